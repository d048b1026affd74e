import { describe, expect, test } from "bun:test"
import { Either, Schema } from "effect"
import { FiscalProfile, type PartialProfile, problems } from "../../src/cfdi/FiscalProfile.ts"

const company = {
  rfc: "EKU9003173C9",
  fullName: "ESCUELA KEMPER URGATE",
  fiscalRegime: "601",
  postalCode: "42501",
  cfdiUse: "G03",
  email: "facturas@kemper.mx"
}
const person = {
  ...company,
  rfc: "CACX7605101P8",
  fullName: "XOCHILT CASAS CHAVEZ",
  fiscalRegime: "605",
  cfdiUse: "D01"
}

const found = (profile: PartialProfile) => problems(profile).map(({ field, code }) => `${field} ${code}`)

describe("problems", () => {
  test("a complete profile has none", () => {
    expect(found(company)).toEqual([])
    expect(found(person)).toEqual([])
  })

  test("a check digit that does not match is none", () => {
    expect(found({ ...company, rfc: "EKU9003173C8" })).toEqual([])
  })

  test("all that is missing is named, in the wire's names, whether absent, null or blank", () => {
    const missing = [
      "rfc RFC_MISSING",
      "full_name NAME_MISSING",
      "fiscal_regime REGIME_MISSING",
      "postal_code POSTAL_CODE_MISSING",
      "cfdi_use USE_MISSING",
      "email EMAIL_MISSING"
    ]
    expect(found({})).toEqual(missing)
    expect(found({ rfc: null, fullName: " ", fiscalRegime: "", postalCode: null, cfdiUse: "", email: "\t" })).toEqual(
      missing
    )
  })

  test("the profile that a bare registration leaves lacks name, use and e-mail, and its RFC has no date", () => {
    expect(found({ rfc: "ABC123456XYZ", fiscalRegime: "601", postalCode: "03100" })).toEqual([
      "rfc RFC_DATE",
      "full_name NAME_MISSING",
      "cfdi_use USE_MISSING",
      "email EMAIL_MISSING"
    ])
  })

  test.each([
    [{ rfc: "NOPE" }, ["rfc RFC_FORMAT"]],
    [{ rfc: "XAXX010101000" }, ["rfc RFC_GENERIC"]],
    [{ rfc: "XEXX010101000" }, ["rfc RFC_GENERIC"]],
    [{ fullName: "A|B" }, ["full_name NAME_FORMAT"]],
    [{ fullName: "A\0B" }, ["full_name NAME_FORMAT"]],
    [{ fullName: "A".repeat(301) }, ["full_name NAME_FORMAT"]],
    [{ fiscalRegime: "600" }, ["fiscal_regime REGIME_UNKNOWN"]],
    [{ fiscalRegime: "612" }, ["fiscal_regime REGIME_PERSON_TYPE"]],
    [{ postalCode: "3100" }, ["postal_code POSTAL_CODE_FORMAT"]],
    [{ postalCode: "0310O" }, ["postal_code POSTAL_CODE_FORMAT"]],
    [{ cfdiUse: "P01" }, ["cfdi_use USE_UNKNOWN"]],
    [{ cfdiUse: "D01" }, ["cfdi_use USE_REGIME"]],
    [{ cfdiUse: "CP01" }, ["cfdi_use USE_REGIME"]],
    [{ email: "facturas@kemper" }, ["email EMAIL_FORMAT"]],
    [{ email: "a@b.mx\r\nBcc: c@d.mx" }, ["email EMAIL_FORMAT"]]
  ])("of a company with %j are %j", (change, expected) => {
    expect(found({ ...company, ...change })).toEqual(expected)
  })

  test.each([
    [{ fiscalRegime: "601", cfdiUse: "G03" }, ["fiscal_regime REGIME_PERSON_TYPE"]],
    [{ cfdiUse: "G03" }, ["cfdi_use USE_REGIME"]],
    [{ fiscalRegime: "626", cfdiUse: "G03" }, []]
  ])("of a person with %j are %j", (change, expected) => {
    expect(found({ ...person, ...change })).toEqual(expected)
  })

  test("are told in Spanish, in English when asked, and quote no value", () => {
    const wrong = { ...company, postalCode: "ABCDE" }
    expect(problems(wrong)).toEqual([
      { field: "postal_code", code: "POSTAL_CODE_FORMAT", detail: "El código postal debe tener cinco dígitos." }
    ])
    expect(problems(wrong, "en")[0]?.detail).toBe("The postal code must have five digits.")
  })
})

describe("FiscalProfile", () => {
  const decode = Schema.decodeUnknownEither(FiscalProfile)

  test("normalises what was typed with spaces around it", () => {
    const typed = { ...company, rfc: " eku-900317-3c9", fullName: " PEÑA & HIJOS ", email: " a@b.mx " }
    expect(Either.getOrThrow(decode(typed))).toMatchObject({
      rfc: "EKU9003173C9",
      fullName: "PEÑA & HIJOS",
      email: "a@b.mx"
    })
  })

  test.each(Object.keys(company))("cannot be without %s", (field) => {
    expect(Either.isLeft(decode({ ...company, [field]: undefined }))).toBe(true)
  })
})
