import { HttpApiMiddleware, HttpApiSecurity } from "@effect/platform"
import { Schema } from "effect"
import * as Problem from "../Problem.ts"
import { AuthUnavailable } from "./Account.ts"
import { CurrentUser } from "./User.ts"

/** One answer to a token that is missing, forged, expired or revoked: it tells nothing of which. */
export class Unauthorized extends Problem.make<Unauthorized>()("Unauthorized", {
  status: 401,
  code: "UNAUTHORIZED",
  es: "Inicie sesión: el token falta o ya no es válido.",
  en: "Log in: the token is missing or no longer valid."
}) {}

export class Authentication extends HttpApiMiddleware.Tag<Authentication>()("auth/Authentication", {
  failure: Schema.Union(Unauthorized, AuthUnavailable),
  provides: CurrentUser,
  security: { bearer: HttpApiSecurity.bearer }
}) {}
