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
