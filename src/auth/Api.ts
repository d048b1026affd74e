import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema } from "@effect/platform"
import { Schema } from "effect"
import { body } from "../http/Body.ts"
import { newProfile } from "../profile/Profile.ts"
import {
  AuthUnavailable,
  Email,
  EmailNotConfirmed,
  EmailTaken,
  Grant,
  InvalidCredentials,
  NewPassword,
  PasswordRefused,
  Registered,
  TriedPassword
} from "./Account.ts"
import { Authentication } from "./Authentication.ts"
import { TooManyAttempts } from "./LoginLimits.ts"
import { InvalidRefreshToken } from "./Sessions.ts"

export const Registration = body({ email: Email, password: NewPassword, ...newProfile })

const Login = body({ email: Email, password: TriedPassword })

const Refresh = body({ refresh_token: Schema.Redacted(Schema.String) })

export class AuthApi extends HttpApiGroup.make("auth")
  .add(HttpApiEndpoint.post("logout")`/logout`.addSuccess(HttpApiSchema.NoContent))
  .middlewareEndpoints(Authentication)
  // unauthenticated
  .add(
    HttpApiEndpoint.post("register")`/register`
      .setPayload(Registration)
      .addSuccess(Registered, { status: 201 })
      .addError(EmailTaken)
      .addError(PasswordRefused)
      .addError(AuthUnavailable)
  )
  .add(
    HttpApiEndpoint.post("login")`/login`
      .setPayload(Login)
      .addSuccess(Grant)
      .addError(InvalidCredentials)
      .addError(EmailNotConfirmed)
      .addError(TooManyAttempts)
      .addError(AuthUnavailable)
  )
  .add(
    HttpApiEndpoint.post("refresh")`/refresh`
      .setPayload(Refresh)
      .addSuccess(Grant)
      .addError(InvalidRefreshToken)
      .addError(AuthUnavailable)
  )
  .prefix("/auth") {}
