import { describe, expect, test } from "bun:test"
import { Arbitrary, Either, FastCheck, JSONSchema, Schema } from "effect"
import { isGeneric, normalise, personType, Rfc, warnings } from "../../src/cfdi/Rfc.ts"

const rfc = Schema.decodeSync(Rfc)

// SAT's public test taxpayers.
const companies = ["EKU9003173C9", "XIA190128J61", "IIA040805DZ4"]
const people = ["CACX7605101P8", "FUNK671228PH6", "MISC491214B86"]

describe("reading", () => {
  test.each([
    [" eku-900317-3c9 ", "EKU9003173C9"],
    ["CACX 760510 1P8", "CACX7605101P8"],
    ["eku‑900317–3c9", "EKU9003173C9"],
    ["ñaña800101aa1", "ÑAÑA800101AA1"],
    ["N\u0303&A800101AA1", "Ñ&A800101AA1"]
  ])("%j is %s", (written, read) => {
    expect<string>(rfc(written)).toBe(read)
  })

  test("takes what is well formed although it cannot be right", () => {
    expect<string>(rfc("ABC123456XYZ")).toBe("ABC123456XYZ")
  })

  test.each([
    "",
    "AB123456XYZ",
    "ABCDE123456XYZ",
    "ABC12345XYZ",
    "ABC123456XY",
    "ABC123456XY*",
    "ABC1234567890",
    "ÁBC123456XYZ"
  ])("refuses %j and says what an RFC looks like", (written) => {
    const error = Either.flip(Schema.decodeEither(Rfc)(written)).pipe(Either.getOrThrow)
    expect(error.message).toContain("must be an RFC: 3 or 4 letters, 6 digits, 3 letters or digits")
  })

  test("normalising twice changes nothing more", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.string({ unit: "binary" }), (text) => normalise(normalise(text)) === normalise(text))
    )
  })

  test("every RFC reads as itself, also in lower case and spaced out", () => {
    FastCheck.assert(
      FastCheck.property(
        Arbitrary.make(Rfc),
        (value) => rfc(value) === value && rfc(` ${value.toLowerCase().split("").join(" ")} `) === value
      )
    )
  })

  test("is documented with an example that is one", () => {
    const { examples } = Schema.decodeUnknownSync(Schema.Struct({ examples: Schema.NonEmptyArray(Rfc) }))(
      JSONSchema.make(Rfc)
    )
    expect(examples.flatMap(warnings)).toEqual([])
  })
})

describe("warnings", () => {
  test.each([...companies, ...people])("has none for SAT's test taxpayer %s", (written) => {
    expect(warnings(rfc(written))).toEqual([])
  })

  test.each([
    ["EKU9003173C8", ["RFC_CHECK_DIGIT"]],
    ["ABC123456XYZ", ["RFC_DATE", "RFC_CHECK_DIGIT"]],
    ["EKU901317AAA", ["RFC_DATE", "RFC_CHECK_DIGIT"]]
  ] as const)("of %s are %p", (written, expected) => {
    expect(warnings(rfc(written))).toEqual([...expected])
  })

  test.each(["000229", "040229", "991231", "000101"])("knows that %s is a date", (date) => {
    expect(warnings(rfc(`EKU${date}3C9`))).not.toContain("RFC_DATE")
  })

  test.each(["010229", "900431", "900230", "900001", "901301", "900100", "900132"])(
    "knows that %s is no date",
    (date) => {
      expect(warnings(rfc(`EKU${date}3C9`))).toContain("RFC_DATE")
    }
  )

  test("takes exactly one of the eleven check digits for right", () => {
    const right = [..."0123456789A"].filter((digit) => warnings(rfc(`CACX7605101P${digit}`)).length === 0)
    expect(right).toEqual(["8"])
  })

  test("spares the generic RFCs, whose check digit never matched", () => {
    expect(warnings(rfc("XAXX010101000"))).toEqual([])
    expect(warnings(rfc("XEXX010101000"))).toEqual([])
  })
})

test("the generic RFCs are known, in whatever case", () => {
  expect(["xaxx010101000", "XEXX010101000"].map((written) => isGeneric(rfc(written)))).toEqual([true, true])
  expect([...companies, ...people].some((written) => isGeneric(rfc(written)))).toBe(false)
})

test("twelve characters are a company, thirteen a person", () => {
  expect(new Set(companies.map((written) => personType(rfc(written))))).toEqual(new Set(["moral"]))
  expect(new Set(people.map((written) => personType(rfc(written))))).toEqual(new Set(["individual"]))
})
