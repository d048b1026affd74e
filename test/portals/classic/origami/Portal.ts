import { formatMoney } from "../../../../src/cfdi/Money.ts"
import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "V0561177",
  branch: "Chapultepec",
  date: daysAgo(2),
  cents: 86207n,
  description: "Artículos de papelería",
  paymentForm: "03"
}

const invoiced: Sale = { ...open, ticket: "V0561020", cents: 15000n, invoiced: true }

const ticketOf = (sale: Sale, total = formatMoney(sale.cents)) => ({
  Venta: sale.ticket,
  Tienda: sale.branch,
  Vendedor: "LUIS",
  Fecha: sale.date.dayMonthYear,
  "Total (IVA incl.)": `$${total}`,
  "Puntos acumulados": 86
})

export const portal: TestPortal = {
  id: "origami",
  traps: [
    "tickets are added to a grid, its rows arrive unticked, then Facturar seleccionados",
    "the receiver is prefilled with the generic RFC, and the portal would stamp to it",
    "decoy check boxes: INE complement, a donation that changes the total",
    "an inline question before the stamp",
    "no guard against a second stamp"
  ],
  profile: "company",
  start: () => start([open, invoiced]),
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "another total",
      ticket: ticketOf(open, "826.07"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    { name: "already invoiced", ticket: ticketOf(invoiced), expected: { status: "FAILED", code: "ALREADY_INVOICED" } }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#razon").fill(profile.fullName)
    await page.locator("#cp").fill(profile.postalCode)
    await page.locator("#regimen").selectOption(profile.fiscalRegime)
    await page.locator("#uso").selectOption(profile.cfdiUse)
    await page.locator("#correo").fill(profile.email)
    await page.locator("#venta").fill(printed(ticket, "Venta"))
    await page.locator("#total").fill(plainAmount(printed(ticket, "Total (IVA incl.)").slice(1)))
    await page.locator("#agregar").click()
    await page.locator("#filas input").check()
    await page.locator("#facturar").click()
    await page.locator("#si").click()
    await download(page, () => page.locator("#res a", { hasText: "XML" }).click())
  }
}
