import { formatMoney } from "../../../../src/cfdi/Money.ts"
import type { TestPortal } from "../../lib/Portal.ts"
import { download, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "55-10293-8",
  terminal: "POS4",
  cents: 89900n,
  description: "Líneas de boliche",
  paymentForm: "04",
  state: "open"
}

const invoiced: Sale = { ...open, ticket: "55-10288-1", cents: 45000n, state: "invoiced" }

const refused: Sale = { ...open, ticket: "55-10301-2", cents: 120000n, state: "refusedByPac" }

const ticketOf = (sale: Sale, transaction = sale.ticket) => ({
  Transacción: transaction,
  Terminal: sale.terminal,
  Fecha: daysAgo(3).dayMonthYear,
  Línea: "14",
  Jugadores: 5,
  Autorización: "118204",
  TOTAL: formatMoney(sale.cents)
})

export const portal: TestPortal = {
  id: "tequio",
  traps: [
    "one text on two buttons: the first previews, the one in the dialog stamps",
    "the stamp takes two seconds and its button stays enabled",
    "XML and PDF are base64 in the JSON, links with data: addresses",
    "names lie: the e-mail is phone, the ticket reservationId",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, invoiced, refused]),
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "another transaction",
      ticket: ticketOf(open, "55-10239-8"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "already invoiced",
      ticket: ticketOf(invoiced),
      expected: { status: "FAILED", code: "ALREADY_INVOICED" }
    },
    {
      name: "refused by the PAC in the dialog",
      ticket: ticketOf(refused),
      expected: { status: "FAILED", code: "DATA_REJECTED" }
    }
  ],
  script: async (page, ticket, profile) => {
    const field = (name: string) => page.locator(`#f [name=${name}]`)
    await field("reservationId").fill(printed(ticket, "Transacción"))
    await field("t").fill(printed(ticket, "Terminal"))
    await field("amount").fill(printed(ticket, "TOTAL"))
    await field("taxId").fill(profile.rfc)
    await field("legalName").fill(profile.fullName)
    await field("zip").fill(profile.postalCode)
    await field("regime").selectOption(`rf_${profile.fiscalRegime}`)
    await field("use").selectOption(`uc_${profile.cfdiUse}`)
    await field("phone").fill(profile.email)
    await page.locator("#previa").click()
    await page.locator("#final").click()
    await download(page, () => page.getByRole("link", { name: "XML" }).click())
  }
}
