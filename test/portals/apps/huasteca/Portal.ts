import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Purchase, start } from "./Site.ts"

const open: Purchase = {
  ticket: "40281170093366154208",
  cents: 215830n,
  description: "Abarrotes y perecederos",
  paymentForm: "04",
  reported: true
}

const fresh: Purchase = { ...open, ticket: "40281170093371026614", cents: 8850n, reported: false }

const inFours = (ticket: string) => ticket.replace(/(.{4})(?=.)/g, "$1 ")

const ticketOf = (purchase: Purchase, total: string) => ({
  Tienda: "1170 VALLES",
  "TC#": inFours(purchase.ticket),
  Fecha: daysAgo(purchase.reported ? 9 : 0).dayMonthYear,
  Artículos: 38,
  "TOTAL $": total,
  "T. CREDITO": total
})

export const portal: TestPortal = {
  id: "huasteca",
  traps: [
    "the stamp is an XHR of 20 seconds; the form stays, and the button works again after 5 seconds",
    "every further click stamps again, the CFDI being made when the request comes in",
    "the ticket's number is printed in groups of four",
    "errors under their fields or above the form, after the stamping click",
    "a 'Descargar … PDF' decoy"
  ],
  profile: "company",
  start: () => start([open, fresh]),
  cases: [
    { name: "ok", ticket: ticketOf(open, "2,158.30"), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "unknown, under the field",
      ticket: ticketOf({ ...open, ticket: "40281170093366154280" }, "2,158.30"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "not yet there, above the form",
      ticket: ticketOf(fresh, "88.50"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "another total, under the field",
      ticket: ticketOf(open, "2,185.30"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    }
  ],
  script: async (page, ticket, profile) => {
    const control = (name: string) => page.locator(`[name=${name}]`)
    const pick = async (name: string, code: string) => {
      const option = control(name).locator("option", { hasText: code })
      await control(name).selectOption({ label: (await option.textContent()) ?? "" })
    }
    await control("tk").fill(printed(ticket, "TC#"))
    await control("imp").fill(plainAmount(printed(ticket, "TOTAL $")))
    await control("rfc").fill(profile.rfc)
    await control("nom").fill(profile.fullName)
    await control("cp").fill(profile.postalCode)
    await pick("reg", profile.fiscalRegime)
    await pick("uso", profile.cfdiUse)
    await control("mail").fill(profile.email)
    await page.getByRole("button", { name: "Generar factura" }).click()
    const link = page.getByRole("link", { name: "XML" })
    await link.waitFor({ timeout: 40_000 })
    await download(page, () => link.click())
  }
}
