import { Option, Schema } from "effect"
import { CfdiUse, FiscalRegime, findRegime, usesFor } from "./Catalogs.ts"
import { PlainText } from "./PlainText.ts"
import { type Language, type ProfileProblem, type ProfileProblemCode, profileProblem } from "./ProfileProblem.ts"
import { isGeneric, personType, Rfc, warnings } from "./Rfc.ts"

const PlainTrimmed = Schema.compose(PlainText, Schema.Trim)

/** SAT's schema allows 300 characters and no pipe, which parts the fields of the original chain. */
export const FullName = PlainTrimmed.pipe(
  Schema.minLength(1),
  Schema.maxLength(300),
  Schema.filter((name) => !name.includes("|"), { message: () => "must not hold a pipe" })
)

export const PostalCode = PlainTrimmed.pipe(Schema.pattern(/^[0-9]{5}$/, { message: () => "must be five digits" }))

export const Email = PlainTrimmed.pipe(
  Schema.maxLength(254),
  Schema.pattern(/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/, { message: () => "must be an e-mail address" })
)

/** All that a portal asks about the receiver of an invoice. */
export class FiscalProfile extends Schema.Class<FiscalProfile>("FiscalProfile")({
  rfc: Rfc,
  fullName: FullName,
  fiscalRegime: FiscalRegime,
  postalCode: PostalCode,
  cfdiUse: CfdiUse,
  email: Email
}) {}

export type PartialProfile = { readonly [Field in keyof typeof FiscalProfile.Encoded]?: string | null | undefined }

type Checked<A> = { readonly value: Option.Option<A>; readonly codes: ReadonlyArray<ProfileProblemCode> }

const check = <A>(
  schema: Schema.Schema<A, string>,
  text: string | null | undefined,
  missing: ProfileProblemCode,
  wrong: ProfileProblemCode
): Checked<A> => {
  if (text === null || text === undefined || text.trim() === "") return { value: Option.none(), codes: [missing] }
  const value = Schema.decodeOption(schema)(text)
  return { value, codes: Option.isSome(value) ? [] : [wrong] }
}

const rfcCodes = (rfc: Rfc): ReadonlyArray<ProfileProblemCode> => {
  if (isGeneric(rfc)) return ["RFC_GENERIC"]
  return warnings(rfc).filter((warning) => warning === "RFC_DATE")
}

const regimeFits = (rfc: Rfc, code: string) => Option.exists(findRegime(code), (regime) => regime[personType(rfc)])

/** All that keeps a profile from being right. A check digit that does not match is not among it: see `warnings`. */
export const problems = (profile: PartialProfile, language: Language = "es"): ReadonlyArray<ProfileProblem> => {
  const rfc = check(Rfc, profile.rfc, "RFC_MISSING", "RFC_FORMAT")
  const name = check(FullName, profile.fullName, "NAME_MISSING", "NAME_FORMAT")
  const regime = check(FiscalRegime, profile.fiscalRegime, "REGIME_MISSING", "REGIME_UNKNOWN")
  const postalCode = check(PostalCode, profile.postalCode, "POSTAL_CODE_MISSING", "POSTAL_CODE_FORMAT")
  const use = check(CfdiUse, profile.cfdiUse, "USE_MISSING", "USE_UNKNOWN")
  const email = check(Email, profile.email, "EMAIL_MISSING", "EMAIL_FORMAT")

  const named = Option.filter(rfc.value, (rfc) => !isGeneric(rfc))
  const taxpayer = Option.all({ rfc: named, regime: regime.value })
  const regimeMisfit = Option.exists(taxpayer, ({ rfc, regime }) => !regimeFits(rfc, regime))
  const useMisfit = Option.exists(Option.all({ regime: regime.value, use: use.value }), ({ regime, use }) => {
    const people = Option.match(named, {
      onNone: () => ["individual", "moral"] as const,
      onSome: (rfc) => [personType(rfc)]
    })
    return !people.some((person) => usesFor(regime, person).some((entry) => entry.code === use))
  })

  return [
    ...rfc.codes,
    ...Option.match(rfc.value, { onNone: () => [], onSome: rfcCodes }),
    ...name.codes,
    ...regime.codes,
    ...(regimeMisfit ? ["REGIME_PERSON_TYPE" as const] : []),
    ...postalCode.codes,
    ...use.codes,
    ...(useMisfit ? ["USE_REGIME" as const] : []),
    ...email.codes
  ].map((code) => profileProblem(code, language))
}
