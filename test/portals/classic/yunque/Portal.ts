import { formatMoney } from "../../../../src/cfdi/Money.ts"
import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "REM-0077412",
  date: daysAgo(2),
  cents: 312096n,
  description: "Herramienta",
  paymentForm: "03",
  state: "open"
}

const late: Sale = { ...open, ticket: "REM-0069901", date: daysAgo(45), cents: 45999n, state: "lastMonth" }

const ticketOf = (sale: Sale, remission = sale.ticket) => ({
  Remisión: remission,
  Fecha: sale.date.dayMonthYear,
  Vendedor: "17",
  Subtotal: "2690.48",
  "I.V.A.": "430.48",
  "Importe total": `$${formatMoney(sale.cents)}`
})

export const portal: TestPortal = {
  id: "yunque",
  traps: [
    "jQuery UI autocomplete for uso: typed text counts only when picked, the id is a position",
    "jQuery UI datepicker in mm/dd/aaaa where the ticket prints dd/mm/aaaa",
    "window.confirm before the stamp, alert for errors, fields inert until verified",
    "an optional field to leave empty",
    "no guard against a second stamp"
  ],
  profile: "company",
  start: () => start([open, late]),
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "another number",
      ticket: ticketOf(open, "REM-0077421"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    { name: "last month's", ticket: ticketOf(late), expected: { status: "FAILED", code: "TICKET_EXPIRED" } }
  ],
  script: async (page, ticket, profile) => {
    page.on("dialog", (dialog) => dialog.accept())
    await page.locator("#remision").fill(printed(ticket, "Remisión"))
    await page.locator("#fecha").fill(readDate(printed(ticket, "Fecha")).monthDayYear)
    await page.locator("#fecha").press("Tab")
    await page.locator("#importe").fill(plainAmount(printed(ticket, "Importe total")))
    await page.locator("#verificar").click()
    await page.locator("#r").fill(profile.rfc)
    await page.locator("#n").fill(profile.fullName)
    await page.locator("#c").fill(profile.postalCode)
    await page.locator("#g").selectOption(profile.fiscalRegime)
    await page.locator("#e").fill(profile.email)
    await page.locator("#u").pressSequentially(profile.cfdiUse)
    await page.locator(".ui-menu-item", { hasText: profile.cfdiUse }).click()
    await page.locator("#enviar").click()
    await download(page, () => page.getByText("Ver XML").click())
  }
}
