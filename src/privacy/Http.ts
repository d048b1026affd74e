import { HttpApiBuilder } from "@effect/platform"
import { Effect } from "effect"
import { Api } from "../Api.ts"
import { notice } from "./Notice.ts"

export const PrivacyHttp = HttpApiBuilder.group(Api, "privacy", (handlers) =>
  handlers.handle("notice", () => Effect.succeed(notice))
)
