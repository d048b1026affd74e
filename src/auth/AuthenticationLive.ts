import { HttpApp, HttpServerResponse } from "@effect/platform"
import { Effect, Layer } from "effect"
import { Authentication } from "./Authentication.ts"
import { Sessions } from "./Sessions.ts"

// RFC 9110 wants every 401 to name the scheme.
const challenge = HttpApp.appendPreResponseHandler((_, response) =>
  Effect.succeed(HttpServerResponse.setHeader(response, "WWW-Authenticate", "Bearer"))
)

export const AuthenticationLive = Layer.effect(
  Authentication,
  Effect.map(Sessions, (sessions) => ({
    bearer: (token) =>
      sessions.authenticate(token).pipe(
        Effect.map(({ userId, sessionId }) => ({ id: userId, sessionId, token })),
        Effect.tapErrorTag("Unauthorized", () => challenge)
      )
  }))
)
