import { Option, Schema } from "effect"
import paymentFormRows from "./catalogs/forma_pago.json" with { type: "json" }
import regimeRows from "./catalogs/regimen_fiscal.json" with { type: "json" }
import useRows from "./catalogs/uso_cfdi.json" with { type: "json" }
import type { PersonType } from "./Rfc.ts"

// SAT's c_RegimenFiscal, c_UsoCFDI and c_FormaPago as of 2026-08-06, from phpcfdi/resources-sat-catalogs (public domain).

// They come with the program, so the compiler has checked their form.
export const fiscalRegimes = regimeRows.map(({ clave, descripcion, fisica, moral }) => {
  return { code: clave, name: descripcion, individual: fisica, moral }
})

export const cfdiUses = useRows.map(({ clave, descripcion, fisica, moral, regimenes }) => {
  return { code: clave, name: descripcion, individual: fisica, moral, fiscalRegimes: regimenes }
})

export const paymentForms = paymentFormRows.map(({ clave, descripcion }) => ({ code: clave, name: descripcion }))

const find =
  <A extends { readonly code: string }>(catalog: ReadonlyArray<A>) =>
  (code: string) =>
    Option.fromNullable(catalog.find((entry) => entry.code === code))

export const findRegime = find(fiscalRegimes)
const findUse = find(cfdiUses)
const findPaymentForm = find(paymentForms)

export const regimeName = (code: string) => Option.map(findRegime(code), (regime) => regime.name)

export const useName = (code: string) => Option.map(findUse(code), (use) => use.name)

export const paymentFormName = (code: string) => Option.map(findPaymentForm(code), (form) => form.name)

export const FiscalRegime = Schema.String.pipe(
  Schema.filter((code) => Option.isSome(findRegime(code)), {
    identifier: "FiscalRegime",
    message: () => "must be a key of SAT's c_RegimenFiscal",
    jsonSchema: { enum: fiscalRegimes.map((regime) => regime.code) },
    arbitrary: () => (fc) => fc.constantFrom(...fiscalRegimes.map((regime) => regime.code))
  })
)

export const CfdiUse = Schema.String.pipe(
  Schema.filter((code) => Option.isSome(findUse(code)), {
    identifier: "CfdiUse",
    message: () => "must be a key of SAT's c_UsoCFDI",
    jsonSchema: { enum: cfdiUses.map((use) => use.code) },
    arbitrary: () => (fc) => fc.constantFrom(...cfdiUses.map((use) => use.code))
  })
)

// Payment complements and payroll receipts have these uses; no purchase does.
const neverOfPurchases = ["CP01", "CN01"]

/** What a buyer of this régimen may declare for a purchase. */
export const usesFor = (regime: string, personType: PersonType) =>
  cfdiUses.filter(
    (use) => use[personType] && use.fiscalRegimes.includes(regime) && !neverOfPurchases.includes(use.code)
  )
