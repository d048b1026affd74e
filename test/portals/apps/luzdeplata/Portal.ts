import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate } from "../../lib/TicketDates.ts"
import { type Show, start } from "./Site.ts"

const open: Show = {
  ticket: "WQ7K3ZL",
  date: daysAgo(2),
  cents: 31400n,
  description: "Entradas de cine",
  paymentForm: "04",
  state: "open"
}

const old: Show = { ...open, ticket: "P0O4RTT", date: daysAgo(19), cents: 15700n, state: "expired" }

const invoiced: Show = { ...open, ticket: "MM81XCA", date: daysAgo(4), cents: 62800n, state: "invoiced" }

const ticketOf = (show: Show, total: string) => ({
  Complejo: "AGS. PLAZA VESTIR",
  Sala: 9,
  Función: `${show.date.dayMonthYear} 20:15`,
  Asientos: "H7 H8",
  Confirmación: show.ticket,
  TOTAL: total
})

export const portal: TestPortal = {
  id: "luzdeplata",
  traps: [
    "a page that never rests: a clock every 100 ms, a carousel, a counter, a marquee, a request that never ends",
    "errors and success are alert()s; beforeunload stays armed once anything was typed, also for the download",
    "the date is three selects, whose values are no dates",
    "names lie: the code is Rfc_Emisor, the RFC usuario, the name apodo",
    "no guard against a second stamp: the form takes the same again"
  ],
  profile: "person",
  start: () => start([open, old, invoiced]),
  cases: [
    { name: "ok", ticket: ticketOf(open, "$314.00"), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "not found, in an alert",
      ticket: ticketOf({ ...open, ticket: "WQ7K3LZ" }, "$314.00"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "expired, in an alert",
      ticket: ticketOf(old, "$157.00"),
      expected: { status: "FAILED", code: "TICKET_EXPIRED" }
    },
    {
      name: "already invoiced, in an alert",
      ticket: ticketOf(invoiced, "$628.00"),
      expected: { status: "FAILED", code: "ALREADY_INVOICED" }
    }
  ],
  script: async (page, ticket, profile) => {
    page.on("dialog", (dialog) => void dialog.accept())
    const [year = "", month = "", day = ""] = readDate(printed(ticket, "Función").slice(0, 10)).iso.split("-")
    const control = (name: string) => page.locator(`#f [name=${name}]`)
    await control("Rfc_Emisor").fill(printed(ticket, "Confirmación"))
    await control("d").selectOption({ label: String(Number(day)) })
    await control("m").selectOption({ index: Number(month) - 1 })
    await control("a").selectOption({ label: year })
    await control("imp").fill(plainAmount(printed(ticket, "TOTAL")))
    await control("usuario").fill(profile.rfc)
    await control("apodo").fill(profile.fullName)
    await control("codigo").fill(profile.postalCode)
    await control("reg").selectOption(profile.fiscalRegime)
    await control("uso").selectOption(profile.cfdiUse)
    await control("mail").fill(profile.email)
    await page.getByRole("button", { name: "Generar factura" }).click()
    await download(page, () => page.getByRole("link", { name: "Guardar XML" }).click())
  }
}
