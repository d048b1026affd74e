import { Context, type Effect, type Redacted } from "effect"
import type { NewProfile } from "../profile/Profiles.ts"
import type {
  AuthUnavailable,
  Email,
  EmailNotConfirmed,
  EmailTaken,
  InvalidCredentials,
  PasswordRefused,
  Registered
} from "./Account.ts"
import type { TooManyAttempts } from "./LoginLimits.ts"
import type { Granted } from "./Sessions.ts"

export interface Credentials {
  readonly email: Email
  readonly password: Redacted.Redacted
}

export type Warnings = NonNullable<Registered["warnings"]>

/** Where accounts are: here, or at Supabase Auth. */
export class Accounts extends Context.Tag("auth/Accounts")<
  Accounts,
  {
    /** Account and profile; tells what is odd about them. */
    readonly register: (
      registration: Credentials & NewProfile
    ) => Effect.Effect<Warnings, EmailTaken | PasswordRefused | AuthUnavailable>
    readonly login: (
      credentials: Credentials,
      address: string
    ) => Effect.Effect<Granted, InvalidCredentials | EmailNotConfirmed | TooManyAttempts | AuthUnavailable>
  }
>() {}
