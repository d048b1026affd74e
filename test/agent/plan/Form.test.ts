import { expect, test } from "bun:test"
import type { Control } from "../../../src/agent/page/Look.ts"
import { readForm } from "../../../src/agent/plan/Form.ts"
import { factsOf } from "../../../src/agent/portal/Facts.ts"
import { findOption } from "../../../src/agent/portal/Options.ts"
import { assignment } from "../../lib/agent.ts"
import { control } from "../../lib/controls.ts"
import { seenFrame } from "../../lib/looks.ts"

const site = new URL("https://portal.example.mx/")
const frame = seenFrame(site.href)

/** What a form's fields are given, in their order: what is typed, or the item that is chosen. */
const filled = (parts: ReadonlyArray<Partial<Control>>, ticket: Readonly<Record<string, string>>) => {
  const controls = parts.map((part, at) => ({
    ...control({ ref: at, order: at, box: [at * 90, 0, 80, 20], ...part }),
    frame
  }))
  const front = { dialog: 0, dialogText: "", texts: [], controls, buttons: [] }
  const { entries } = readForm(front, factsOf(assignment(site, ticket)), () => undefined, new Set(), [])
  return controls.map(({ ref, options }) => {
    const entry = entries.find((entry) => entry._tag !== "Tick" && entry.field.control.ref === ref)
    if (entry?._tag === "Choose") return findOption(options, entry.fact)?.text
    return entry?._tag === "Type" ? entry.text : undefined
  })
}

const list = (label: string, texts: ReadonlyArray<string>): Partial<Control> => ({
  label,
  kind: "select",
  options: texts.map((text, nth) => ({ text, value: String(nth), disabled: false }))
})

test("unnamed boxes take the code that is printed in their sizes, and never a part of a name", () => {
  const boxes = [{ maxLength: 3 }, { maxLength: 4 }, { maxLength: 4 }]
  expect(filled(boxes, { CLAVE: "881-2203-7719", TOTAL: "$98.00" })).toEqual(["881", "2203", "7719"])
  expect(filled(boxes, { TOTAL: "$98.00" })).toEqual([undefined, undefined, undefined])
  expect(filled(boxes, { CLAVE: "88122037719", FOLIO: "10022037719" })).toEqual([undefined, undefined, undefined])
})

test("fields as many and as long as the groups of a key take them in their order", () => {
  const fields = [
    { label: "Sucursal", maxLength: 3 },
    { label: "Caja", maxLength: 2 },
    { label: "Consecutivo", maxLength: 4 }
  ]
  expect(filled(fields, { TICKET: "112-05-8841" })).toEqual(["112", "05", "8841"])
  expect(filled(fields, { TICKET: "112-0-8841" })).toEqual([undefined, undefined, undefined])
})

test("pesos and centavos go into two boxes", () => {
  const boxes = [{ label: "Pesos" }, { label: "Centavos", maxLength: 2 }]
  expect(filled(boxes, { TOTAL: "$1,087.05", IVA: "$149.94" })).toEqual(["1087", "05"])
  expect(filled(boxes, { FOLIO: "8812" })).toEqual([undefined, undefined])
})

test("a series and a number that are printed as one are parted", () => {
  const fields = [{ label: "Serie" }, { label: "Remisión" }]
  expect(filled(fields, { REMISION: "B 0092113" })).toEqual(["B", "0092113"])
  expect(filled(fields, { NOTA: "A 881", REMISION: "B 0092113" })).toEqual(["B", "0092113"])
  expect(filled([list("Serie", ["A", "B"]), { label: "No. de nota" }], { NOTA: "B-12088" })).toEqual(["B", "12088"])
  expect(filled([{ label: "Serie" }, { label: "Número" }], { "SERIE-FOLIO": "TX-0099182" })).toEqual(["TX", "0099182"])
})

test("a field for the day that asks for the hour is given both, wherever the ticket prints them", () => {
  const both = { label: "Fecha y hora", placeholder: "dd/mm/aaaa hh:mm" }
  expect(filled([both], { "F/H": "17/11/26 23:59" })).toEqual(["17/11/2026 23:59"])
  expect(filled([both], { FECHA: "17/11/26", HORA: "08:05:12" })).toEqual(["17/11/2026 08:05"])
  expect(filled([{ label: "Fecha", placeholder: "dd/mm/aaaa" }], { FECHA: "17/11/26 23:59" })).toEqual(["17/11/2026"])
  const native = { label: "Fecha y hora", type: "datetime-local" }
  expect(filled([native], { FECHA: "17/11/26 23:59" })).toEqual(["2026-11-17T23:59"])
  expect(filled([native], { FECHA: "17/11/26" })).toEqual([undefined])
})

test("lists for the day and the month are known by their name, and so are those for the hour and the minutes", () => {
  const days = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]
  const date = [list("Día", days), list("Mes", ["Octubre", "Noviembre", "Diciembre"])]
  expect(filled(date, { FECHA: "04/11/2026" })).toEqual(["04", "Noviembre"])
  const hour = [list("Hora", ["04", "05", "06"]), list("Minutos", ["30", "40", "50"])]
  expect(filled(hour, { HORA: "05:40:22" })).toEqual(["05", "40"])
})

test("the telephone that credit was bought for is the ticket's, and any other telephone is not", () => {
  const fields = [{ label: "Número celular", maxLength: 10 }, { label: "Folio" }]
  const credit = { TELEFONO: "55 8812 0091", "FOLIO RECARGA": "991200311" }
  expect(filled(fields, credit)).toEqual(["5588120091", "991200311"])
  expect(filled(fields, { TELEFONO: "81 8044 1200", FOLIO: "991200311" })).toEqual([undefined, "991200311"])
})

test("litres are written without their unit", () => {
  expect(filled([{ label: "Litros" }], { CANT: "55.250 LTS", "P.U.": "$25.89" })).toEqual(["55.250"])
  expect(filled([{ label: "Litros", type: "number" }], { "DIESEL LTS": "62.500", "PRECIO X LT": "26.80" })).toEqual([
    "62.500"
  ])
})
