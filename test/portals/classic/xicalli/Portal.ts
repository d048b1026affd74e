import { formatMoney } from "../../../../src/cfdi/Money.ts"
import type { TestPortal } from "../../lib/Portal.ts"
import { download, printed } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "XC-207-55182",
  date: daysAgo(5),
  cents: 54900n,
  description: "Libros",
  paymentForm: "04"
}

const ours: Sale = { ...open, ticket: "XC-207-55090", date: daysAgo(9), cents: 32750n, invoicedTo: "person" }

const theirs: Sale = { ...open, ticket: "XC-207-55101", date: daysAgo(8), cents: 41000n, invoicedTo: "company" }

const refused: Sale = {
  ...open,
  ticket: "XC-207-55190",
  cents: 28800n,
  pacRefuses:
    "CFDI40148 - El campo Nombre del receptor debe pertenecer al nombre asociado al RFC registrado en el campo Rfc del Receptor."
}

const ticketOf = (sale: Sale, reference = sale.ticket) => ({
  Ref: reference,
  Fecha: sale.date.dayMonthYear,
  Caja: "2",
  Libros: 3,
  Total: formatMoney(sale.cents),
  "Tarjeta terminación": "4471"
})

export const portal: TestPortal = {
  id: "xicalli",
  traps: [
    "already invoiced: the page offers the old file, which may bear our RFC or another's",
    "the PAC's own refusals (CFDI40147, CFDI40148) under the form, and named in the footer of every page",
    "date as aaaa-mm-dd where the ticket prints dd/mm/aaaa",
    "ZIP download"
  ],
  profile: "person",
  start: () => start([open, ours, theirs, refused]),
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "another reference",
      ticket: ticketOf(open, "XC-207-55128"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "already invoiced to somebody else",
      ticket: ticketOf(theirs),
      expected: { status: "FAILED", code: "ALREADY_INVOICED" }
    },
    { name: "refused by the PAC", ticket: ticketOf(refused), expected: { status: "FAILED", code: "DATA_REJECTED" } },
    {
      name: "already invoiced to us: recovered",
      ticket: ticketOf(ours),
      expected: { status: "COMPLETED", delivery: "download", recovered: true }
    }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#ref").fill(printed(ticket, "Ref"))
    await page.locator("#fch").fill(readDate(printed(ticket, "Fecha")).iso)
    await page.locator("#mto").fill(printed(ticket, "Total"))
    await page.getByText("Verificar").click()
    await page.locator("#n-rfc").fill(profile.rfc)
    await page.locator("#n-nom").fill(profile.fullName)
    await page.locator("#n-cp").fill(profile.postalCode)
    await page.locator("#n-reg").selectOption(profile.fiscalRegime)
    await page.locator("#n-uso").selectOption(profile.cfdiUse)
    await page.locator("#n-mail").fill(profile.email)
    await page.getByText("Generar CFDI").click()
    await download(page, () => page.getByText("Descargar ZIP").click())
  }
}
