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

test("a label that lists its parts gives each field its own", () => {
  expect(matched(["Tienda", "Caja", "Ticket"], { "Tda/Caja/Tkt": "0118/04/99120" })).toEqual({
    Tienda: "0118",
    Caja: "04",
    Ticket: "99120"
  })
  expect(matched(["Ticket"], { "Folio/Ticket": "118-77182" })).toEqual({ Ticket: "118-77182" })
})

test("a code goes whole where the placeholder shows how it is printed", () => {
  expect(matched(["Código de ticket"], { "S/T/C": "055-2219-03" }, "000-0000-00")).toEqual({
    "Código de ticket": "055-2219-03"
  })
  expect(matched(["Código de ticket"], { Ticket: "0552219" }, "000-0000-00")).toEqual({
    "Código de ticket": undefined
  })
})

test("a day is written the field's way, whatever its placeholder shows", () => {
  expect(matched(["Fecha"], { Fecha: "23 NOV 2026" }, "00/00/0000")).toEqual({ Fecha: "23 NOV 2026" })
})

test("what has a name of its own answers the field of that name and no other", () => {
  const fuel = { "E.S.": "7712", PERMISO: "PL/21933/EXP/ES/2018", "POS. CARGA": "5", "PREMIUM L": "20.000" }
  expect(matched(["Permiso CRE de la estación", "Bomba", "Litros", "Caja"], fuel)).toEqual({
    "Permiso CRE de la estación": "PL/21933/EXP/ES/2018",
    Bomba: "5",
    Litros: "20.000",
    Caja: undefined
  })
  expect(matched(["Permiso CRE de la estación"], { "E.S.": "7712" })).toEqual({
    "Permiso CRE de la estación": undefined
  })
  const club = { "No. SOCIO": "8800123491", "FOL:": "F-223190" }
  expect(matched(["Folio", "Número de membresía"], club)).toEqual({
    Folio: "F-223190",
    "Número de membresía": "8800123491"
  })
  expect(matched(["Núm. de asiento"], { ASIENTO: "17", "FOLIO ASIENTO": "0391124" })).toEqual({
    "Núm. de asiento": "17"
  })
  expect(matched(["Folio de receta"], { FOLIO: "33812" })).toEqual({ "Folio de receta": undefined })
  expect(matched(["Código de facturación"], { "PIN ENTREGA": "4471" })).toEqual({ "Código de facturación": undefined })
})

test("a tip that was only suggested is none", () => {
  const ticket = { TOTAL: "$410.00", "PROPINA SUGERIDA 15%": "$61.50" }
  expect(matched(["Consumo total", "Propina"], ticket)).toEqual({ "Consumo total": "$410.00", Propina: undefined })
})

test("a field for the amount without the tip speaks of it and takes none", () => {
  const ticket = { Total: "$742.00", Propina: "$100.00", "Gran total": "$842.00" }
  const field = control({ label: "Total de compra", hint: "Importe sin propina" })
  const facts = factsOf(assignment(new URL("https://portal.example.mx"), ticket)).filter(({ label }) => label !== "")
  expect(matchTicket([field], facts).get(field)?.value).toBe("$742.00")
})

test("a moment goes into no field that asks for something else", () => {
  expect(matched(["Pago"], { "F. PAGO": "10/11/2026" })).toEqual({ Pago: undefined })
})

test("a place to pay at is a till and no store", () => {
  const ticket = { "TERM.": "POS07", UNIDAD: "PLAZA MAYOR" }
  expect(matched(["Estación de cobro (terminal)"], ticket)).toEqual({ "Estación de cobro (terminal)": "POS07" })
})

test("a store's number is no name, and a store that is called one by its value is found", () => {
  expect(matched(["No. de tienda"], { TIENDA: "LA MICHOACANA EXPRESS" })).toEqual({ "No. de tienda": undefined })
  expect(matched(["Tienda"], { "PAPELERIA LUMEN": "SUC 09" })).toEqual({ Tienda: "SUC 09" })
})

test("how it was paid is not said where a ticket prints two ways, and by nothing it was not paid", () => {
  const mixed = { EFECTIVO: "$200.00", "VALES DESPENSA": "$300.00", TOTAL: "$500.00" }
  expect(matched(["Forma de pago"], mixed)).toEqual({ "Forma de pago": undefined })
  const card = { EFECTIVO: "$0.00", "T. DEBITO": "$500.00", TOTAL: "$500.00" }
  expect(matched(["Forma de pago"], card)).toEqual({ "Forma de pago": "28" })
})

test("a field that is a key's by its name in the page's code alone takes no key", () => {
  const field = control({ label: "Número de socio", name: "loyaltyId" })
  const facts = factsOf(assignment(new URL("https://portal.example.mx"), { CONFIRMACION: "55209941" }))
  expect(
    matchTicket(
      [field],
      facts.filter(({ label }) => label !== "")
    ).size
  ).toBe(0)
})

test("a field that shows the sign of money takes an amount", () => {
  const ticket = { "NO. VENTA": "881230", "VENTA TOTAL": "$640.20" }
  expect(matched(["Venta"], ticket, "$ 0.00")).toEqual({ Venta: "$640.20" })
})

test("initials and what stands in brackets are names as well", () => {
  expect(matched(["Orden de servicio"], { "O.S.": "2026-0881" })).toEqual({ "Orden de servicio": "2026-0881" })
  expect(matched(["Número de documento (EMD)"], { EMD: "837 4512098812" })).toEqual({
    "Número de documento (EMD)": "837 4512098812"
  })
})

test("the telephone of a top-up's ticket is its line, any other the shop's", () => {
  const of = (ticket: Readonly<Record<string, string>>) =>
    factsOf(assignment(new URL("https://portal.example.mx"), ticket)).find(({ roles }) => roles.has("line"))?.value
  expect(of({ Teléfono: "55 4821 7730", "Folio recarga": "8834120077" })).toBe("5548217730")
  expect(of({ Teléfono: "55 4821 7730", Folio: "8834120077" })).toBeUndefined()
})
