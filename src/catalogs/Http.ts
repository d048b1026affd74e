import { HttpApiBuilder } from "@effect/platform"
import { Effect } from "effect"
import { Api } from "../Api.ts"
import { regimes, uses } from "./Catalog.ts"

export const CatalogsHttp = HttpApiBuilder.group(
  Api,
  "catalogs",
  Effect.fnUntraced(function* (handlers) {
    const fiscalRegimes = yield* Effect.cached(Effect.sync(regimes))
    const cfdiUses = yield* Effect.cached(Effect.sync(uses))
    return handlers.handle("fiscalRegimes", () => fiscalRegimes).handle("cfdiUses", () => cfdiUses)
  })
)
