import { Predicate, Schema } from "effect"
import { CfdiUse, FiscalRegime } from "../cfdi/Catalogs.ts"
import { Email, FullName, PostalCode } from "../cfdi/FiscalProfile.ts"
import { type ProfileProblemCode, profileProblem } from "../cfdi/ProfileProblem.ts"
import * as Rfc from "../cfdi/Rfc.ts"
import * as Message from "../http/Message.ts"

const said = (code: ProfileProblemCode) =>
  Message.of(code, profileProblem(code, "es").detail, profileProblem(code, "en").detail)

const maxDetails = 16_000

/** Whatever a company wants kept with its profile. */
const CompanyDetails = Schema.Unknown.pipe(
  Schema.filter(
    (value): value is Readonly<Record<string, unknown>> =>
      Predicate.isReadonlyRecord(value) && JSON.stringify(value).length <= maxDetails,
    {
      jsonSchema: { type: "object" },
      ...Message.of("COMPANY_DETAILS", "Debe ser un objeto de hasta 16 kB.", "This must be an object of up to 16 kB.")
    }
  )
)
export type CompanyDetails = typeof CompanyDetails.Type

/** The fields of a profile as they come and go over HTTP. */
export const rfc = Rfc.Rfc.annotations(said("RFC_FORMAT"))
export const fullName = FullName.annotations(said("NAME_FORMAT"))
export const fiscalRegime = FiscalRegime.annotations(said("REGIME_UNKNOWN"))
export const postalCode = PostalCode.annotations(said("POSTAL_CODE_FORMAT"))
export const cfdiUse = CfdiUse.annotations(said("USE_UNKNOWN"))
export const email = Email.annotations(said("EMAIL_FORMAT"))
export const companyDetails = CompanyDetails
