import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "004417390",
  station: "E0471",
  date: daysAgo(1),
  cents: 124350n,
  description: "Diesel 47.282 L",
  paymentForm: "01"
}

const late: Sale = { ...open, ticket: "004380016", date: daysAgo(9), cents: 98000n, late: true }

const ticketOf = (sale: Sale, total: string, reference = sale.ticket) => ({
  "Estación No.": sale.station,
  Referencia: reference,
  Fecha: sale.date.spelled,
  Hora: "07:14:09",
  Bomba: "06",
  Producto: "DIESEL",
  Litros: "47.282",
  "Total a pagar": total,
  "Le atendió": "R. OSUNA"
})

export const portal: TestPortal = {
  id: "pochote",
  traps: [
    "Chosen over 120 stations whose values are internal ids",
    "bootstrap-datepicker on a read-only input",
    "a masked total that takes keys one by one and shifts in cents",
    "a veil that swallows clicks, ZIP download",
    "a vehicle complement among the check boxes",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, late]),
  cases: [
    { name: "ok", ticket: ticketOf(open, "$ 1,243.50"), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "another reference",
      ticket: ticketOf(open, "$ 1,243.50", "004417930"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    { name: "too late", ticket: ticketOf(late, "$ 980.00"), expected: { status: "FAILED", code: "TICKET_EXPIRED" } }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#cmbEst_chosen").click()
    await page.locator("#cmbEst_chosen input").pressSequentially(printed(ticket, "Estación No."))
    await page.locator("#cmbEst_chosen li.active-result").click()
    const cell = page.locator(`td.day[data-date="${readDate(printed(ticket, "Fecha")).utcMs}"]`)
    await page.locator("#dtp").click()
    if (!(await cell.isVisible())) await page.locator(".datepicker-days .prev").click()
    await cell.click()
    await page.locator("#ref").fill(printed(ticket, "Referencia"))
    await page.locator("#imp").pressSequentially(plainAmount(printed(ticket, "Total a pagar")))
    await page.locator("#consultar").click()
    await page.locator("#f1").fill(profile.rfc)
    await page.locator("#f2").fill(profile.fullName)
    await page.locator("#f3").fill(profile.postalCode)
    await page.locator("#f4").selectOption(profile.fiscalRegime)
    await page.locator("#f5").selectOption(profile.cfdiUse)
    await page.locator("#f6").fill(profile.email)
    await page.locator("#chkTerm").check()
    await page.locator("#facturar").click()
    await download(page, () => page.locator("#zip").click())
  }
}
