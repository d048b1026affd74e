import { expect, test } from "bun:test"
import { findOption, isPlaceholder } from "../../../src/agent/portal/Options.ts"

const list = (...texts: ReadonlyArray<string>) =>
  texts.map((text, index) => ({ text, value: String(index), disabled: false }))
const use = { value: "G03", names: ["Gastos en general."] }
const regime = { value: "612", names: ["Personas Físicas con Actividades Empresariales y Profesionales"] }

test("the SAT code at the beginning of an item decides", () => {
  const items = list("Seleccione", "G01 - Adquisición de mercancías", "G03 - Gastos en general")
  expect(findOption(items, use)?.value).toBe("2")
})

test("without codes the catalogue's description decides, whatever its case and accents", () => {
  expect(findOption(list("--", "ADQUISICION DE MERCANCIAS", "GASTOS EN GENERAL"), use)?.value).toBe("2")
  const regimes = list(
    "Sueldos y Salarios",
    "Régimen de las Personas Físicas con Actividades Empresariales y Profesionales",
    "RESICO"
  )
  expect(findOption(regimes, regime)?.value).toBe("1")
})

test("an index is never taken for a code", () => {
  expect(
    findOption(
      [
        { text: "Efectivo", value: "4", disabled: false },
        { text: "Cheque", value: "28", disabled: false }
      ],
      { value: "28", names: ["Tarjeta de débito"] }
    )
  ).toBeUndefined()
})

test("two items that fit equally are no choice", () => {
  expect(findOption(list("Centro Norte", "Centro Sur"), { value: "Centro", names: [] })).toBeUndefined()
})

test("a disabled item is not offered", () => {
  expect(findOption([{ text: "G03 - Gastos en general", value: "1", disabled: true }], use)).toBeUndefined()
})

test("numbers are compared as numbers", () => {
  expect(findOption(list("0046 - Coapa", "0047 - Roma"), { value: "47", names: [] })?.value).toBe("1")
})

test.each(["", "--", "Seleccione…", "Selecciona una opción", "-- Elige --"])("%j is no choice yet", (text) => {
  expect(isPlaceholder(text)).toBe(true)
})

test.each(["601", "G03 - Gastos en general", "Roma Norte"])("%j is a choice", (text) => {
  expect(isPlaceholder(text)).toBe(false)
})

test("a place is known by its number wherever the ticket prints it, else by a word that no other item has", () => {
  const stations = list("5516 - EL ENCINAL CARRETERA 45 NORTE", "5517 - EL ENCINAL CARRETERA 45 SUR")
  expect(findOption(stations, { value: "PL/5517 EL ENCINAL CARR. 45 SUR", names: [] })?.value).toBe("1")
  const branches = list("DC007 | Plaza Galerías", "DC012 | Antea Lifestyle", "DC034 | Aeropuerto T2")
  expect(findOption(branches, { value: "DON CARBON ANTEA", names: [] })?.value).toBe("1")
  expect(findOption(branches, { value: "DON CARBON PLAZA MAYOR", names: [] })).toBeUndefined()
})

test("what the taxpayer's catalogues name is never taken by a single word", () => {
  expect(findOption(list("Donativos", "Gastos médicos"), use)).toBeUndefined()
})

test("of two places whose names are both in the ticket's the longer one is meant", () => {
  const stores = list("Linda Vista", "Linda Vista Sur", "Lincoln")
  expect(findOption(stores, { value: "BISQUETTO LINDA VISTA SUR", names: [] })?.text).toBe("Linda Vista Sur")
  expect(findOption(stores, { value: "LINDA VISTA", names: [] })?.text).toBe("Linda Vista")
})

test("a list of numbers alone is answered by the place's number, one of amounts by the amount", () => {
  expect(findOption(list("3", "13", "23", "203"), { value: "23 ZAPOPAN CENTRO", names: [] })?.text).toBe("23")
  expect(findOption(list("3", "13"), { value: "23 ZAPOPAN CENTRO", names: [] })).toBeUndefined()
  expect(findOption(list("$50", "$200", "$500"), { value: "$200.00", names: [] })?.text).toBe("$200")
  expect(findOption(list("$50", "$500"), { value: "$200.00", names: [] })).toBeUndefined()
})

test("a name with a capital inside is one word", () => {
  expect(findOption(list("McAllen", "Laredo"), { value: "MCALLEN", names: [] })?.text).toBe("McAllen")
})

test("a place is the one that most items' brand and its name make up, not a longer one", () => {
  const shops = ["Tokala Aeropuerto", "Tokala Lindavista", "Tokala Lindavista Parque Vía"]
  const wanted = { value: "118 LINDAVISTA", names: [] }
  expect(findOption(list(...shops), wanted)?.text).toBe("Tokala Lindavista")
  expect(findOption(list("Plaza Lindavista", "Lindavista Norte"), wanted)).toBeUndefined()
})
