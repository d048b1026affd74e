import { HttpApiBuilder, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { Api } from "../Api.ts"
import { CurrentUser } from "../auth/User.ts"
import { Erasure } from "./Erasure.ts"
import { Export } from "./Export.ts"
import { notice } from "./Notice.ts"

export const PrivacyHttp = HttpApiBuilder.group(
  Api,
  "privacy",
  Effect.fnUntraced(function* (handlers) {
    const exports = yield* Export
    const erasure = yield* Erasure
    return handlers
      .handle("export", () =>
        Effect.flatMap(CurrentUser, ({ id }) => exports.document(id)).pipe(
          Effect.map((document) =>
            HttpServerResponse.stream(document, {
              contentType: "application/json",
              headers: { "Content-Disposition": 'attachment; filename="timbra.json"' }
            })
          )
        )
      )
      .handle("erase", () => Effect.flatMap(CurrentUser, ({ id }) => erasure.request(id)))
      .handle("notice", () => Effect.succeed(notice))
  })
)
