import { type Redacted, Schema } from "effect"
import * as Message from "../http/Message.ts"
import * as Problem from "../Problem.ts"

const hasControls = (text: string) => /\p{Cc}/u.test(text)
const looksRight = (email: string) => email.length <= 254 && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email)

/** Compared without case, and without the differences that Unicode's compatibility forms would make. */
export const Email = Schema.transform(
  Schema.String.pipe(Schema.filter((text) => !hasControls(text) && text.isWellFormed())),
  Schema.String.pipe(Schema.filter(looksRight), Schema.brand("Email")),
  {
    strict: true,
    decode: (text) => text.normalize("NFKC").trim().toLowerCase(),
    encode: (email) => email
  }
).annotations({
  jsonSchema: { type: "string", format: "email", maxLength: 254 },
  ...Message.of("EMAIL", "No es una dirección de correo.", "This is not an e-mail address.")
})
export type Email = typeof Email.Type

const countOf = (password: string) => [...password].length

export const NewPassword = Schema.Redacted(
  Schema.String.pipe(
    Schema.filter((password) => countOf(password) >= 8, {
      ...Message.ofCheck("PASSWORD_TOO_SHORT", "Use al menos 8 caracteres.", "Use at least 8 characters.")
    }),
    Schema.filter((password) => countOf(password) <= 128, {
      jsonSchema: { type: "string", minLength: 8, maxLength: 128 },
      ...Message.ofCheck("PASSWORD_TOO_LONG", "Use a lo más 128 caracteres.", "Use at most 128 characters.")
    })
  )
)

/** What may be tried at login: anything that a password could ever have been. */
export const TriedPassword = Schema.Redacted(
  Schema.String.pipe(
    Schema.maxLength(
      1_024,
      Message.ofCheck("PASSWORD_TOO_LONG", "La contraseña es demasiado larga.", "It is too long.")
    )
  )
)

export class EmailTaken extends Problem.make<EmailTaken>()("EmailTaken", {
  status: 409,
  code: "EMAIL_TAKEN",
  es: "Ya hay una cuenta con este correo.",
  en: "There is already an account with this e-mail."
}) {}

export class InvalidCredentials extends Problem.make<InvalidCredentials>()("InvalidCredentials", {
  status: 401,
  code: "INVALID_CREDENTIALS",
  es: "El correo o la contraseña no son correctos.",
  en: "The e-mail or the password is not right."
}) {}

export class EmailNotConfirmed extends Problem.make<EmailNotConfirmed>()("EmailNotConfirmed", {
  status: 401,
  code: "EMAIL_NOT_CONFIRMED",
  es: "Confirme su correo con el enlace que se le envió antes de iniciar sesión.",
  en: "Confirm your e-mail by the link that was sent to it before you log in."
}) {}

export class PasswordRefused extends Problem.make<PasswordRefused>()("PasswordRefused", {
  status: 400,
  code: "PASSWORD_REFUSED",
  es: "El proveedor de cuentas no acepta esa contraseña: elija una más fuerte.",
  en: "The account provider does not take that password: choose a stronger one."
}) {}

export class AuthUnavailable extends Problem.make<AuthUnavailable>()("AuthUnavailable", {
  status: 503,
  code: "AUTH_UNAVAILABLE",
  es: "Las cuentas no están disponibles por el momento. Intente de nuevo en unos segundos.",
  en: "Accounts are not available at the moment. Try again in a few seconds."
}) {}

/** What login and refresh answer. */
export class Grant extends Schema.Class<Grant>("Grant")({
  token: Schema.Redacted(Schema.String),
  expires_in: Schema.Int.annotations({ description: "Seconds." }),
  refresh_token: Schema.Redacted(Schema.String)
}) {
  static of(granted: { token: Redacted.Redacted; expiresIn: number; refreshToken: Redacted.Redacted }) {
    return new Grant({ token: granted.token, expires_in: granted.expiresIn, refresh_token: granted.refreshToken })
  }
}

export class Registered extends Schema.Class<Registered>("Registered")({
  message: Schema.Literal("User registered"),
  warnings: Schema.optional(Schema.Array(Schema.Literal("RFC_DATE", "RFC_CHECK_DIGIT", "PASSWORD_COMMON")))
}) {}
