import { type Redacted, Schema } from "effect"
import { body } from "../http/Body.ts"
import * as Message from "../http/Message.ts"
import * as Problem from "../Problem.ts"

export const CredentialId = Schema.UUID.pipe(Schema.brand("CredentialId"))
export type CredentialId = typeof CredentialId.Type

const text = (longest: number) => Schema.String.pipe(Schema.minLength(1), Schema.maxLength(longest))

const AdditionalFields = Schema.Record({ key: text(100), value: Schema.String.pipe(Schema.maxLength(1_000)) }).pipe(
  Schema.filter((fields) => Object.keys(fields).length <= 20, {
    ...Message.of("ADDITIONAL_FIELDS", "A lo más 20 campos de texto.", "At most 20 fields of text.")
  })
)

/** What a user enters a portal with. Only the name is ever shown again. */
export const NewCredential = body({
  vendor_domain: text(253),
  username: text(320),
  password: Schema.Redacted(text(1_024)),
  additional_fields: Schema.optionalWith(Schema.Redacted(AdditionalFields), { nullable: true })
})
export type NewCredential = typeof NewCredential.Type

/** What somebody enters a portal with, as its page asks for it. */
export interface Login {
  readonly username: Redacted.Redacted
  readonly password: Redacted.Redacted
}

export class Credential extends Schema.Class<Credential>("Credential")({
  id: CredentialId,
  vendor_domain: Schema.String,
  username: Schema.String,
  created_at: Schema.DateTimeUtc,
  last_used_at: Schema.NullOr(Schema.DateTimeUtc)
}) {}

export class CredentialNotFound extends Problem.make<CredentialNotFound>()("CredentialNotFound", {
  status: 404,
  code: "CREDENTIAL_NOT_FOUND",
  es: "No existe ese acceso a portal.",
  en: "There is no such portal log-in."
}) {}

const FieldError = Schema.Struct({ pointer: Schema.String, code: Schema.String, detail: Schema.String })

export class VendorDomainRefused extends Problem.make<VendorDomainRefused>()("VendorDomainRefused", {
  status: 400,
  code: "VALIDATION",
  fields: { errors: Schema.Array(FieldError) },
  es: "La petición no es válida: vea errors.",
  en: "The request is not valid: see errors."
}) {}
