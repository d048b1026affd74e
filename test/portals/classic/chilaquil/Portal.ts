import { formatMoney } from "../../../../src/cfdi/Money.ts"
import type { TestPortal } from "../../lib/Portal.ts"
import { download, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "88213",
  code: "aK7r-0QeZ",
  branch: "Portales",
  cents: 41800n,
  description: "Consumo de alimentos",
  paymentForm: "28",
  state: "open"
}

const invoiced: Sale = { ...open, ticket: "88190", code: "tt4P-9xNd", cents: 26550n, state: "invoiced" }

const late: Sale = { ...open, ticket: "71056", code: "Rm2w-H8uy", cents: 30200n, state: "lastMonth" }

const ticketOf = (sale: Sale, date: string, code = sale.code) => ({
  Sucursal: sale.branch,
  Mesa: "12",
  Mesero: "Joaquín",
  Folio: sale.ticket,
  "Código único": code,
  Fecha: date,
  Subtotal: "360.34",
  IVA: "57.66",
  Total: formatMoney(sale.cents)
})

export const portal: TestPortal = {
  id: "chilaquil",
  traps: [
    "Select2 on both selects, one with an AJAX search, the régimen's values are internal ids",
    "the stamp happens in a SweetAlert2 confirmation, the links come only after a second one",
    "a ticket code whose case counts",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, invoiced, late]),
  cases: [
    {
      name: "ok",
      ticket: ticketOf(open, daysAgo(1).spelled),
      expected: { status: "COMPLETED", delivery: "download" }
    },
    {
      name: "another code",
      ticket: ticketOf(open, daysAgo(1).spelled, "bX1t-7LmQ"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "already invoiced",
      ticket: ticketOf(invoiced, daysAgo(2).spelled),
      expected: { status: "FAILED", code: "ALREADY_INVOICED" }
    },
    {
      name: "last month's",
      ticket: ticketOf(late, daysAgo(40).spelled),
      expected: { status: "FAILED", code: "TICKET_EXPIRED" }
    }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#q1").fill(printed(ticket, "Folio"))
    await page.locator("#q2").fill(printed(ticket, "Código único"))
    await page.locator("#q3").fill(printed(ticket, "Total"))
    await page.locator("#validar").click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#cp").fill(profile.postalCode)
    await page.locator("#rs").fill(profile.fullName)
    await page.locator("#mail").fill(profile.email)
    await page.locator("#select2-reg-container").click()
    await page.locator(".select2-results__option", { hasText: profile.fiscalRegime }).click()
    await page.locator("#select2-uso-container").click()
    await page.locator(".select2-search__field").fill(profile.cfdiUse)
    await page.locator(".select2-results__option", { hasText: profile.cfdiUse }).click()
    await page.locator("#timbrar").click()
    await page.getByRole("button", { name: "Sí, timbrar" }).click()
    await page.getByRole("button", { name: "Aceptar", exact: true }).click()
    await download(page, () => page.locator("#bxml").click())
  }
}
