import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "00418823",
  branch: "027",
  register: "3",
  date: daysAgo(4),
  cents: 48635n,
  description: "Abarrotes",
  paymentForm: "01"
}

const old: Sale = { ...open, ticket: "00391170", register: "1", date: daysAgo(64), cents: 122050n, expired: true }

const ticketOf = (sale: Sale, total: string) => ({
  Suc: sale.branch,
  Caja: sale.register,
  Cajero: "LUPITA M.",
  Ticket: sale.ticket,
  Fecha: sale.date.dayMonthYear,
  Hora: "18:42",
  Artículos: 14,
  "TOTAL M.N.": total,
  Pago: "EFECTIVO"
})

export const portal: TestPortal = {
  id: "tepozan",
  traps: [
    "table layout without labels, a header row above the ticket's inputs",
    "buttons are pictures: a link with onclick and no alt, and an image input",
    "names lie: the total is txtReservationId, the register txtFolio, the e-mail telefono",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, old]),
  cases: [
    { name: "ok", ticket: ticketOf(open, "$486.35"), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "another total",
      ticket: ticketOf(open, "$468.35"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    { name: "expired", ticket: ticketOf(old, "$1,220.50"), expected: { status: "FAILED", code: "TICKET_EXPIRED" } }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("[name=txtSuc]").fill(printed(ticket, "Suc"))
    await page.locator("[name=txtFolio]").fill(printed(ticket, "Caja"))
    await page.locator("[name=txtReferencia]").fill(printed(ticket, "Ticket"))
    await page.locator("[name=f_1]").fill(printed(ticket, "Fecha"))
    await page.locator("[name=txtReservationId]").fill(plainAmount(printed(ticket, "TOTAL M.N.")))
    await page.locator("a:has(img[src*=btn_buscar])").click()
    await page.locator("[name=campo1]").fill(profile.rfc)
    await page.locator("[name=campo2]").fill(profile.fullName)
    await page.locator("[name=campo3]").fill(profile.postalCode)
    await page.locator("[name=campo4]").selectOption(profile.fiscalRegime)
    await page.locator("[name=campo5]").selectOption(profile.cfdiUse)
    await page.locator("[name=campo6]").selectOption("01")
    await page.locator("form[name=frmDatos] [name=telefono]").fill(profile.email)
    await page.locator("[src*=btn_facturar]").click()
    await download(page, () => page.getByAltText("XML").click())
  }
}
