import { HttpApiBuilder } from "@effect/platform"
import { Effect } from "effect"
import { Api } from "../Api.ts"
import { CurrentUser } from "../auth/User.ts"
import { VendorCredentials } from "./VendorCredentials.ts"

export const CredentialsHttp = HttpApiBuilder.group(
  Api,
  "credentials",
  Effect.fnUntraced(function* (handlers) {
    const credentials = yield* VendorCredentials
    return handlers
      .handle("list", () => Effect.flatMap(CurrentUser, ({ id }) => credentials.list(id)))
      .handle("add", ({ payload }) => Effect.flatMap(CurrentUser, ({ id }) => credentials.add(id, payload)))
      .handle("remove", ({ path }) =>
        Effect.flatMap(CurrentUser, ({ id }) => credentials.remove(id, path.credentialId))
      )
  })
)
