import { Effect, Layer } from "effect"
import { Unauthorized } from "../Authentication.ts"
import { InvalidRefreshToken, Sessions } from "../Sessions.ts"
import { grantOf, SupabaseAuth } from "./SupabaseAuth.ts"
import { SupabaseTokens } from "./SupabaseTokens.ts"
import { SupabaseUsersRepo } from "./SupabaseUsersRepo.ts"

export const SupabaseSessionsLive = Layer.effect(
  Sessions,
  Effect.gen(function* () {
    const auth = yield* SupabaseAuth
    const tokens = yield* SupabaseTokens
    const users = yield* SupabaseUsersRepo

    const renew: Sessions["Type"]["renew"] = Effect.fn("Sessions.renew")(function* (token) {
      const answer = yield* auth.refresh(token)
      return answer._tag === "Refused" ? yield* new InvalidRefreshToken() : grantOf(answer.value)
    })

    // The note is ours and holds at once; that Supabase ends its refresh tokens too is tried, and an outage told.
    const close: Sessions["Type"]["close"] = Effect.fn("Sessions.close")(function* ({ id, sessionId, token }) {
      yield* users.end({ userId: id, sessionId })
      yield* Effect.catchTag(auth.logOut(token), "AuthUnavailable", () =>
        Effect.logWarning("A session is ended here and may still be renewed at Supabase")
      )
    })

    const authenticate: Sessions["Type"]["authenticate"] = Effect.fn("Sessions.authenticate")(function* (token) {
      const bearer = yield* tokens.verify(token)
      if (!(yield* users.admit(bearer))) return yield* new Unauthorized()
      return bearer
    })

    return { renew, close, authenticate }
  })
)
