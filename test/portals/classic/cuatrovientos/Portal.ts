import { formatMoney } from "../../../../src/cfdi/Money.ts"
import type { TestPortal } from "../../lib/Portal.ts"
import { printed } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "0004471829",
  plaza: "Perote",
  lane: "A04",
  date: daysAgo(3),
  time: "17:42",
  cents: 17300n,
  description: "Peaje vehículo 2 ejes",
  paymentForm: "01"
}

const invoiced: Sale = { ...open, ticket: "0004471277", lane: "A02", time: "09:05", cents: 34600n, invoiced: true }

const ticketOf = (sale: Sale, time = sale.time) => ({
  PLAZA: sale.plaza.toUpperCase(),
  CARRIL: sale.lane,
  CONSECUTIVO: sale.ticket,
  CLASE: "T2 AUTOMOVIL",
  FECHA: sale.date.dayMonthYear,
  HORA: `${time}:31`,
  TOTAL: `$${formatMoney(sale.cents)}`
})

export const portal: TestPortal = {
  id: "cuatrovientos",
  traps: [
    "the stamp is a GET by script that takes 6 s while the address and the button stay",
    "native date and time inputs, a store select without codes",
    "the XML opens in a new tab, the PDF in a viewer",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, invoiced]),
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "another hour",
      ticket: ticketOf(open, "07:42"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    { name: "already invoiced", ticket: ticketOf(invoiced), expected: { status: "FAILED", code: "ALREADY_INVOICED" } }
  ],
  script: async (page, ticket, profile) => {
    const field = (name: string) => page.locator(`[name=${name}]`)
    const plaza = printed(ticket, "PLAZA")
    await field("cmbCaseta").selectOption({ label: plaza.charAt(0) + plaza.slice(1).toLowerCase() })
    await field("CarrilId").fill(printed(ticket, "CARRIL"))
    await field("Fecha").fill(readDate(printed(ticket, "FECHA")).iso)
    await field("hora").fill(printed(ticket, "HORA").slice(0, 5))
    await field("NumeroId").fill(printed(ticket, "CONSECUTIVO"))
    await field("total").fill(printed(ticket, "TOTAL").replace("$", ""))
    await page.getByText("Continuar").click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#razon").fill(profile.fullName)
    await page.locator("#cp").fill(profile.postalCode)
    await page.locator("#regimen").selectOption(profile.fiscalRegime)
    await page.locator("#ClaveCDFI").selectOption(profile.cfdiUse)
    await page.locator("#correo").fill(profile.email)
    await page.locator("#emitir").click()
    const [tab] = await Promise.all([page.waitForEvent("popup"), page.getByText("Archivo XML").click()])
    await tab.waitForLoadState()
  }
}
