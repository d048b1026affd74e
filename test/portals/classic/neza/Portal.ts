import { formatMoney } from "../../../../src/cfdi/Money.ts"
import type { TestPortal } from "../../lib/Portal.ts"
import { download, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "44710092881355072216",
  branch: "2217",
  date: daysAgo(6),
  cents: 187322n,
  description: "Artículos de supermercado",
  paymentForm: "04"
}

const old: Sale = { ...open, ticket: "44710092814410986003", date: daysAgo(70), cents: 60050n, expired: true }

const spaced = (code: string) => code.replace(/(\d{4})(?=\d)/g, "$1 ")

const ticketOf = (sale: Sale, code = sale.ticket) => ({
  "TC#": spaced(code),
  "TIENDA NO.": sale.branch,
  "OP#": "00000714",
  "TE#": "31",
  "TR#": "08841",
  "ARTICULOS VENDIDOS": 32,
  FECHA: sale.date.dayMonthYear,
  TOTAL: formatMoney(sale.cents)
})

export const portal: TestPortal = {
  id: "neza",
  traps: [
    "fields inert until Habilitar, a terms box disabled until the terms were opened, a button disabled until it is ticked",
    "anything wrong silently returns to the first page with cleared fields and one small red line",
    "the code is printed in groups and typed without blanks",
    "a search box of the shop above the form"
  ],
  profile: "person",
  start: () => start([open, old]),
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "another code",
      ticket: ticketOf(open, "44710092881355072261"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    { name: "expired", ticket: ticketOf(old), expected: { status: "FAILED", code: "TICKET_EXPIRED" } }
  ],
  script: async (page, ticket, profile) => {
    const field = (name: string) => page.locator(`[name=${name}]`)
    await page.locator("#habilitar").click()
    await field("tc").fill(printed(ticket, "TC#").replaceAll(" ", ""))
    await field("ti").fill(printed(ticket, "TIENDA NO."))
    await field("fe").fill(printed(ticket, "FECHA"))
    await field("to").fill(printed(ticket, "TOTAL"))
    await page.locator("#vertyc").click()
    await page.locator("#cerrartyc").click()
    await page.locator("#acepto").check()
    await page.locator("#sig").click()
    await field("a").fill(profile.rfc)
    await field("b").fill(profile.fullName)
    await field("c").fill(profile.postalCode)
    await field("d").selectOption(profile.fiscalRegime)
    await field("e").selectOption(profile.cfdiUse)
    await field("g").fill(profile.email)
    await page.getByText("Solicitar mi factura").click()
    await download(page, () => page.getByText("Guardar XML").click())
  }
}
