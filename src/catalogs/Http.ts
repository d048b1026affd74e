import { HttpApiBuilder } from "@effect/platform"
import { Effect } from "effect"
import { Api } from "../Api.ts"
import { regimes, uses } from "./Catalog.ts"

export const CatalogsHttp = HttpApiBuilder.group(Api, "catalogs", (handlers) =>
  handlers.handle("fiscalRegimes", () => Effect.succeed(regimes)).handle("cfdiUses", () => Effect.succeed(uses))
)
