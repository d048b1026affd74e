import { Context, type Effect, type Redacted } from "effect"
import * as Problem from "../Problem.ts"
import type { AuthUnavailable } from "./Account.ts"
import type { Unauthorized } from "./Authentication.ts"
import type { Claims } from "./Tokens.ts"
import type { CurrentUser } from "./User.ts"

export class InvalidRefreshToken extends Problem.make<InvalidRefreshToken>()("InvalidRefreshToken", {
  status: 401,
  code: "INVALID_REFRESH_TOKEN",
  es: "El token de renovación ya no es válido. Inicie sesión de nuevo.",
  en: "The refresh token is no longer valid. Log in again."
}) {}

/** What a login gives. */
export interface Granted {
  readonly token: Redacted.Redacted
  /** Seconds. */
  readonly expiresIn: number
  readonly refreshToken: Redacted.Redacted
}

/** What clients hold, whoever issued it. */
export class Sessions extends Context.Tag("auth/Sessions")<
  Sessions,
  {
    readonly renew: (token: Redacted.Redacted) => Effect.Effect<Granted, InvalidRefreshToken | AuthUnavailable>
    readonly close: (user: Context.Tag.Service<CurrentUser>) => Effect.Effect<void>
    /** Who holds this access token, if its session is still open. Both HTTP and the sockets ask here. */
    readonly authenticate: (token: Redacted.Redacted) => Effect.Effect<Claims, Unauthorized | AuthUnavailable>
  }
>() {}
