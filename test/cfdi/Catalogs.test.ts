import { describe, expect, test } from "bun:test"
import { Arbitrary, Either, FastCheck, JSONSchema, Option, Schema } from "effect"
import {
  CfdiUse,
  cfdiUses,
  FiscalRegime,
  fiscalRegimes,
  paymentFormName,
  paymentForms,
  regimeName,
  useName,
  usesFor
} from "../../src/cfdi/Catalogs.ts"

const codes = (entries: ReadonlyArray<{ readonly code: string }>) => entries.map((entry) => entry.code)

test("the catalogues are whole", () => {
  expect([fiscalRegimes.length, cfdiUses.length, paymentForms.length]).toEqual([19, 24, 22])
  expect(cfdiUses.flatMap((use) => use.fiscalRegimes).filter((code) => !codes(fiscalRegimes).includes(code))).toEqual(
    []
  )
})

test("an entry says who may use it", () => {
  expect(fiscalRegimes.find((regime) => regime.code === "605")).toEqual({
    code: "605",
    name: "Sueldos y Salarios e Ingresos Asimilados a Salarios",
    individual: true,
    moral: false
  })
})

test("a code has a name, an unknown one has none", () => {
  expect(regimeName("601")).toEqual(Option.some("General de Ley Personas Morales"))
  expect(useName("G03")).toEqual(Option.some("Gastos en general."))
  expect(paymentFormName("04")).toEqual(Option.some("Tarjeta de crédito"))
  expect([regimeName("600"), useName("P01"), paymentFormName("4")]).toEqual([
    Option.none(),
    Option.none(),
    Option.none()
  ])
})

describe("usesFor", () => {
  const investments = ["I01", "I02", "I03", "I04", "I05", "I06", "I07", "I08"]
  const deductions = ["D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10"]

  test.each([
    ["601", "moral", ["G01", "G02", "G03", ...investments, "S01"]],
    ["605", "individual", [...deductions, "S01"]],
    ["612", "individual", ["G01", "G02", "G03", ...investments, ...deductions, "S01"]],
    ["616", "individual", ["G02", "S01"]],
    ["626", "moral", ["G01", "G02", "G03", ...investments, "S01"]],
    ["605", "moral", ["S01"]],
    ["999", "moral", []]
  ] as const)("%s %s is SAT's matrix without payments and payroll", (regime, person, expected) => {
    expect(codes(usesFor(regime, person))).toEqual([...expected])
  })
})

describe.each([
  { schema: FiscalRegime, known: "612", catalogue: "c_RegimenFiscal" },
  { schema: CfdiUse, known: "G03", catalogue: "c_UsoCFDI" }
])("a code of $catalogue", ({ schema, known, catalogue }) => {
  test("is taken, and all else refused by the catalogue's name", () => {
    expect(Schema.decodeSync(schema)(known)).toBe(known)
    for (const wrong of ["", "P01", "600", "g03", ` ${known}`]) {
      const error = Either.getOrThrow(Either.flip(Schema.decodeEither(schema)(wrong)))
      expect(error.message).toContain(catalogue)
    }
  })

  test("is documented, and generated for tests", () => {
    expect(JSON.stringify(JSONSchema.make(schema))).toContain(`"${known}"`)
    FastCheck.assert(FastCheck.property(Arbitrary.make(schema), (code) => Schema.is(schema)(code)))
  })
})
