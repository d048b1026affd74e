import { HttpApiBuilder, HttpApp, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { Api } from "../Api.ts"
import { RequestInfo } from "../http/RequestInfo.ts"
import { Grant, Registered } from "./Account.ts"
import { Accounts } from "./Accounts.ts"
import { Sessions } from "./Sessions.ts"
import { CurrentUser } from "./User.ts"

const retryAfter = (seconds: number) =>
  HttpApp.appendPreResponseHandler((_, response) =>
    Effect.succeed(HttpServerResponse.setHeader(response, "Retry-After", String(seconds)))
  )

export const AuthHttp = HttpApiBuilder.group(
  Api,
  "auth",
  Effect.fnUntraced(function* (handlers) {
    const accounts = yield* Accounts
    const sessions = yield* Sessions
    return handlers
      .handle("register", ({ payload }) =>
        accounts
          .register(payload)
          .pipe(
            Effect.map(
              (warnings) => new Registered({ message: "User registered", ...(warnings.length > 0 ? { warnings } : {}) })
            )
          )
      )
      .handle("login", ({ payload }) =>
        Effect.flatMap(RequestInfo, ({ address }) => accounts.login(payload, address)).pipe(
          Effect.map(Grant.of),
          Effect.tapErrorTag("TooManyAttempts", ({ retry_after }) => retryAfter(retry_after))
        )
      )
      .handle("refresh", ({ payload }) => Effect.map(sessions.renew(payload.refresh_token), Grant.of))
      .handle("logout", () => Effect.flatMap(CurrentUser, sessions.close))
  })
)
