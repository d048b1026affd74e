import type { TestPortal } from "../../lib/Portal.ts"
import { printed } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "A-3391",
  date: daysAgo(1),
  time: "15:07",
  pesos: "640",
  tip: "96",
  cents: 64000n,
  description: "Consumo de alimentos",
  paymentForm: "28"
}

const late: Sale = {
  ...open,
  ticket: "A-3218",
  date: daysAgo(8),
  time: "14:20",
  pesos: "275",
  tip: "0",
  cents: 27500n,
  late: true
}

const ticketOf = (sale: Sale, order = sale.ticket) => ({
  Comanda: order,
  Mesa: "7",
  Personas: 3,
  Fecha: sale.date.dayMonthShortYear,
  Hora: sale.time,
  Consumo: `$${sale.pesos}.00`,
  Propina: `$${sale.tip}.00`,
  "Total con propina": `$${Number(sale.pesos) + Number(sale.tip)}.00`,
  "Forma de pago": "TARJETA DÉBITO"
})

export const portal: TestPortal = {
  id: "cuca",
  traps: [
    "delivery by e-mail only",
    "a total in whole pesos whose field swallows the decimal point, the tip apart",
    "date as dd/mm/aa and an hour",
    "options without SAT codes: row numbers for values, names in capitals without accents; payment 1, 2, 3",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, late]),
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "email" } },
    {
      name: "another order",
      ticket: ticketOf(open, "A-3931"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    { name: "too late", ticket: ticketOf(late), expected: { status: "FAILED", code: "TICKET_EXPIRED" } }
  ],
  script: async (page, ticket, profile) => {
    const field = (name: string) => page.locator(`[name=${name}]`)
    const pesos = (label: string) => printed(ticket, label).replace("$", "").replace(".00", "")
    await field("orden").fill(printed(ticket, "Comanda"))
    await field("dia").fill(readDate(printed(ticket, "Fecha")).dayMonthShortYear)
    await field("hr").fill(printed(ticket, "Hora"))
    await field("pesos").fill(pesos("Consumo"))
    await field("prop").fill(pesos("Propina"))
    await page.locator("[value=Continuar]").click()
    await field("k1").fill(profile.rfc)
    await field("k2").fill(profile.fullName)
    await field("k3").fill(profile.postalCode)
    await field("k4").selectOption({ label: "PERSONAS FISICAS CON ACTIVIDADES EMPRESARIALES Y PROFESIONALES" })
    await field("k5").selectOption({ label: "GASTOS EN GENERAL" })
    await field("k6").selectOption({ label: "Tarjeta de débito" })
    await field("k7").fill(profile.email)
    await page.locator("[value=Enviar]").click()
    await page.getByText("Se generó y envió correctamente").waitFor()
  }
}
