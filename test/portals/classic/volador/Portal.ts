import { formatMoney } from "../../../../src/cfdi/Money.ts"
import type { TestPortal } from "../../lib/Portal.ts"
import { download, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import type { Sale } from "./Frame.ts"
import { start } from "./Site.ts"

const open: Sale = {
  ticket: "T-300918",
  branch: "Papantla Terminal",
  date: daysAgo(1),
  cents: 21450n,
  description: "Pan dulce",
  paymentForm: "01"
}

const late: Sale = {
  ...open,
  ticket: "T-288104",
  branch: "Teziutlán",
  date: daysAgo(38),
  cents: 9900n,
  lastMonth: true
}

const ticketOf = (sale: Sale, total = formatMoney(sale.cents)) => ({
  Suc: sale.branch,
  "Ticket #": sale.ticket,
  Fecha: `${sale.date.dayMonthYear} 08:11`,
  Cajera: "Nayeli",
  Piezas: 17,
  Total: total,
  Cambio: "35.50"
})

export const portal: TestPortal = {
  id: "volador",
  traps: [
    "the address is a landing page under a notice, the form two links away and inside an iframe",
    "three cards with like links, one of them a decoy look-up form",
    "labels are placeholders only; RFC alone on its own step",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, late]),
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "another total",
      ticket: ticketOf(open, "241.50"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    { name: "last month's", ticket: ticketOf(late), expected: { status: "FAILED", code: "TICKET_EXPIRED" } }
  ],
  script: async (page, ticket, profile) => {
    await page.getByText("Enterado").click()
    await page.getByText("Facturación", { exact: true }).click()
    await page.locator("a[href*=ticket]").click()
    const frame = page.frameLocator("#marco")
    const field = (name: string) => frame.locator(`[name=${name}]`)
    await field("suc").selectOption({ label: printed(ticket, "Suc") })
    await field("tk").fill(printed(ticket, "Ticket #"))
    await field("fc").fill(printed(ticket, "Fecha").slice(0, 10))
    await field("tt").fill(printed(ticket, "Total"))
    await frame.getByText("Siguiente").click()
    await field("x1").fill(profile.rfc)
    await frame.getByText("Siguiente").click()
    await field("x2").fill(profile.fullName)
    await field("x3").fill(profile.postalCode)
    await field("x4").selectOption(profile.fiscalRegime)
    await field("x5").selectOption(profile.cfdiUse)
    await field("x6").fill(profile.email)
    await frame.getByText("Finalizar").click()
    await download(page, () => frame.getByText("Descargar Factura (XML)").click())
  }
}
