import { expect, test } from "bun:test"
import { factsOf } from "../../../src/agent/portal/Facts.ts"
import { matchTicket } from "../../../src/agent/portal/Match.ts"
import { assignment } from "../../lib/agent.ts"
import { control } from "../../lib/controls.ts"

/** What each of these fields is given of the ticket, by its label. */
const matched = (labels: ReadonlyArray<string>, ticket: Readonly<Record<string, string>>, placeholder = "") => {
  const fields = labels.map((label, ref) => control({ label, placeholder, ref }))
  const facts = factsOf(assignment(new URL("https://portal.example.mx"), ticket)).filter(({ label }) => label !== "")
  const found = matchTicket(fields, facts)
  return Object.fromEntries(fields.map((field) => [field.label, found.get(field)?.value]))
}

test("the one key that a form asks for is the one that the ticket prints for invoicing", () => {
  const ticket = { Chk: "4871", Total: "1,325.00", "Facture su consumo": "0041 0123 1126" }
  expect(matched(["Ticket", "Total"], ticket)).toEqual({ Ticket: "0041 0123 1126", Total: "1,325.00" })
  expect(matched(["Ticket:"], { Check: "1187", "Núm. facturación": "4471901127" })).toEqual({ "Ticket:": "4471901127" })
})

test("a form that asks for two keys is given each its own", () => {
  const ticket = { Despacho: "2270914", "Cod. p/facturar": "7Q2MB41KXD90RTE" }
  expect(matched(["Folio del despacho", "Código de facturación"], ticket)).toEqual({
    "Folio del despacho": "2270914",
    "Código de facturación": "7Q2MB41KXD90RTE"
  })
})

test("a field that says how long its code is takes no other", () => {
  const ticket = { Boleto: "0417752", FACTURACION: "Q7HX RM2K WTB9 ZPLC 4D" }
  expect(matched(["Código"], ticket, "Código de 18 caracteres")).toEqual({ Código: "Q7HX RM2K WTB9 ZPLC 4D" })
})

test("the tip is no part of the amount, unless the portal speaks of it", () => {
  const ticket = { Consumo: "1,494.00", Propina: "149.00", "Total con propina": "1,643.00" }
  expect(matched(["Monto Ticket"], ticket)).toEqual({ "Monto Ticket": "1,494.00" })
  expect(matched(["Total pagado con propina"], ticket)).toEqual({ "Total pagado con propina": "1,643.00" })
})

test("a card is known by its last digits", () => {
  const ticket = { "TARJETA DEBITO": "************4821", Total: "98.00" }
  expect(matched(["Cuenta de pago (4 últimos dígitos)"], ticket)).toEqual({
    "Cuenta de pago (4 últimos dígitos)": "4821"
  })
})

test("what a ticket spaces out, cuts short or calls a cuota is the total all the same", () => {
  expect(matched(["Importe"], { "T O T A L": "$720.40" })).toEqual({ Importe: "$720.40" })
  expect(matched(["Total"], { CUOTA: "$198.00", CLASE: "T01 AUTOMOVIL" })).toEqual({ Total: "$198.00" })
})

test("a moment is no ticket's number, whatever it is called, and answers for the day and the hour", () => {
  const ticket = { CRUCE: "21/11/26 08:41", "RECIBO NO.": "00231187", "HORA DESPACHO": "14:07:33" }
  expect(matched(["Folios", "Fecha"], ticket)).toEqual({ Folios: "00231187", Fecha: "21/11/26 08:41" })
  expect(matched(["Fecha", "Hora"], { "FECHA Y HORA": "22/11/2026 14:07" })).toEqual({
    Fecha: "22/11/2026 14:07",
    Hora: "14:07"
  })
})

test("how it was paid is no ticket's number, whatever it is called", () => {
  const ticket = { "TRANS. NO.": "90418827", VENTA: "T. CREDITO", TOTAL: "$600.10" }
  expect(matched(["Folio", "Monto"], ticket)).toEqual({ Folio: "90418827", Monto: "$600.10" })
})

test("the kitchen's number for the day and the table are no key where the ticket prints one", () => {
  expect(matched(["Ticket"], { Orden: "275", "Núm. de referencia": "40021987" })).toEqual({ Ticket: "40021987" })
  expect(matched(["Ticket"], { Cuenta: "118840", Pedido: "Mostrador 63" })).toEqual({ Ticket: "118840" })
})

test("a key is found by where the form says that it is printed", () => {
  const ticket = { Ticket: "07261", "Núm. bajo el código de barras": "0342 0018 0726 1123" }
  const field = control({ label: "Ingresa el ITU", hint: "Número que aparece bajo el código de barras" })
  const facts = factsOf(assignment(new URL("https://portal.example.mx"), ticket)).filter(({ label }) => label !== "")
  expect(matchTicket([field], facts).get(field)?.value).toBe("0342 0018 0726 1123")
})

test("what hotels and utilities call otherwise is the same number", () => {
  const stay = { "Conf. No.": "44719026", "Folio No.": "88214" }
  expect(matched(["No. de reservación"], stay)).toEqual({ "No. de reservación": "44719026" })
  const water = { Cuenta: "0310-44871-2", "Recibo de pago": "A-2298107" }
  expect(matched(["Contrato", "Folio"], water)).toEqual({ Contrato: "0310-44871-2", Folio: "A-2298107" })
})

test("what is left on a tag is not what was paid, and a collector's number no amount", () => {
  expect(matched(["Total"], { "PAGO TAG": "$104.00", SALDO: "$418.00" })).toEqual({ Total: "$104.00" })
  expect(matched(["Total"], { Cobrador: "40718", "Tarifa pagada": "$187.00" })).toEqual({ Total: "$187.00" })
})

test("a date is taken from a label that is one, and nothing else is ever a date", () => {
  expect(matched(["Fecha"], { "JUE 05 NOV 2026": "13:07", Folio: "66120" }).Fecha).toContain("05 NOV 2026")
  expect(matched(["Fecha"], { Venta: "00044197" })).toEqual({ Fecha: undefined })
})
