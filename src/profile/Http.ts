import { HttpApiBuilder } from "@effect/platform"
import { Effect } from "effect"
import { Api } from "../Api.ts"
import { CurrentUser } from "../auth/User.ts"
import { Profiles } from "./Profiles.ts"

export const ProfileHttp = HttpApiBuilder.group(
  Api,
  "profile",
  Effect.fnUntraced(function* (handlers) {
    const profiles = yield* Profiles
    return handlers
      .handle("get", () => Effect.flatMap(CurrentUser, ({ id }) => profiles.get(id)))
      .handle("change", ({ payload }) => Effect.flatMap(CurrentUser, ({ id }) => profiles.change(id, payload)))
  })
)
