import { Schema } from "effect"
import { body } from "../http/Body.ts"
import * as Problem from "../Problem.ts"
import * as Fields from "./Fields.ts"

/** Something in a profile that is well formed and yet cannot be right. */
export const Warning = Schema.Literal("RFC_DATE", "RFC_CHECK_DIGIT")

/** A user's fiscal profile as HTTP shows it. What it lacks is null. */
export class Profile extends Schema.Class<Profile>("Profile")({
  rfc: Schema.NullOr(Fields.rfc),
  full_name: Schema.NullOr(Fields.fullName),
  fiscal_regime: Schema.NullOr(Fields.fiscalRegime),
  postal_code: Schema.NullOr(Fields.postalCode),
  cfdi_use: Schema.NullOr(Fields.cfdiUse),
  email: Fields.email,
  company_details: Schema.NullOr(Fields.companyDetails),
  privacy_version: Schema.NullOr(Schema.String),
  privacy_accepted_at: Schema.NullOr(Schema.DateTimeUtc),
  warnings: Schema.Array(Warning)
}) {}

/** What register gives a profile at first. */
export const newProfile = {
  rfc: Fields.rfc,
  fiscal_regime: Fields.fiscalRegime,
  postal_code: Fields.postalCode,
  full_name: Schema.optionalWith(Fields.fullName, { nullable: true }),
  cfdi_use: Schema.optionalWith(Fields.cfdiUse, { nullable: true }),
  company_details: Schema.optionalWith(Fields.companyDetails, { nullable: true }),
  accept_privacy: Schema.optionalWith(Schema.Boolean, { nullable: true })
}

/** Only what is given changes; null empties what may be empty. `accept_privacy: false` takes the consent back. */
export const ProfileChange = body({
  rfc: Schema.optional(Fields.rfc),
  full_name: Schema.optional(Schema.NullOr(Fields.fullName)),
  fiscal_regime: Schema.optional(Fields.fiscalRegime),
  postal_code: Schema.optional(Fields.postalCode),
  cfdi_use: Schema.optional(Schema.NullOr(Fields.cfdiUse)),
  email: Schema.optional(Fields.email),
  company_details: Schema.optional(Schema.NullOr(Fields.companyDetails)),
  accept_privacy: Schema.optional(Schema.Boolean)
})
export type ProfileChange = typeof ProfileChange.Type

export class ProfileIncomplete extends Problem.make<ProfileIncomplete>()("ProfileIncomplete", {
  status: 422,
  code: "PROFILE_INCOMPLETE",
  es: "Complete su perfil fiscal antes de pedir una factura: vea errors.",
  en: "Complete your fiscal profile before asking for an invoice: see errors.",
  fields: {
    errors: Schema.Array(Schema.Struct({ pointer: Schema.String, code: Schema.String, detail: Schema.String }))
  }
}) {}

export class ConsentRequired extends Problem.make<ConsentRequired>()("ConsentRequired", {
  status: 422,
  code: "CONSENT_REQUIRED",
  es: "Acepte el aviso de privacidad (accept_privacy en PUT /profile) antes de pedir una factura.",
  en: "Accept the privacy notice (accept_privacy in PUT /profile) before asking for an invoice.",
  fields: { privacy_version: Schema.String }
}) {}
