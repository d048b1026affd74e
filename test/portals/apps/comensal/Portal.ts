import type { TestPortal } from "../../lib/Portal.ts"
import { download, printed } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate } from "../../lib/TicketDates.ts"
import { type Bill, start } from "./Site.ts"

const open: Bill = {
  ticket: "8841",
  brand: "mariscos",
  store: "0217",
  date: daysAgo(1),
  cents: 96850n,
  description: "Consumo de alimentos y bebidas",
  paymentForm: "04",
  state: "open"
}

const invoiced: Bill = { ...open, ticket: "8790", cents: 41200n, state: "invoiced" }

const old: Bill = { ...open, ticket: "8013", date: daysAgo(70), cents: 150000n, state: "expired" }

const ticketOf = (bill: Bill, total: string) => ({
  Restaurante: "MARISCOS EL TIMON",
  Tienda: bill.store,
  Cuenta: bill.ticket,
  Personas: 4,
  Fecha: bill.date.dayMonthYear,
  Subtotal: (Number(bill.cents) / 116).toFixed(2),
  Total: total,
  "Forma de pago": "TARJETA CREDITO"
})

export const portal: TestPortal = {
  id: "comensal",
  traps: [
    "a landing page of five brands, pictures in clickable divs; the form is behind a hash route",
    "search by store and date or by total; the date is aaaa/mm/dd",
    "person type decides between three name boxes and one, and which régimen list comes",
    "values of the lists are meaningless numbers",
    "the last 'Siguiente' stamps",
    "errors in a modal, of the second page in a list; already invoiced offers to send the invoice again",
    "a newsletter form whose field is called as the e-mail is elsewhere",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, invoiced, old]),
  cases: [
    { name: "ok", ticket: ticketOf(open, "$968.50"), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "already invoiced, in a modal",
      ticket: ticketOf(invoiced, "$412.00"),
      expected: { status: "FAILED", code: "ALREADY_INVOICED" }
    },
    {
      name: "of another month, in a modal",
      ticket: ticketOf(old, "$1,500.00"),
      expected: { status: "FAILED", code: "TICKET_EXPIRED" }
    },
    {
      name: "not found, in a modal",
      ticket: ticketOf({ ...open, ticket: "8814" }, "$968.50"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    }
  ],
  script: async (page, ticket, profile) => {
    await page.locator(".marca", { hasText: "El Timón" }).click()
    await page.getByLabel("RFC").fill(profile.rfc)
    await page.getByLabel("Ticket / Cuenta").fill(printed(ticket, "Cuenta"))
    await page.getByLabel("Número de tienda").fill(printed(ticket, "Tienda"))
    await page.getByLabel("Fecha de consumo").fill(readDate(printed(ticket, "Fecha")).iso.replaceAll("-", "/"))
    await page.getByRole("button", { name: "Siguiente" }).click()
    const [given = "", first = "", second = ""] = profile.fullName.split(" ")
    await page.getByLabel("Persona física").check()
    await page.getByLabel("Nombre(s)").fill(given)
    await page.getByLabel("Apellido paterno").fill(first)
    await page.getByLabel("Apellido materno").fill(second)
    await page.getByLabel("Código Postal").fill(profile.postalCode)
    await page.locator("[name=mail]").fill(profile.email)
    const pick = async (list: string, text: string) => {
      const option = page.getByLabel(list).locator("option", { hasText: text })
      await page.getByLabel(list).selectOption(await option.getAttribute("value"))
    }
    await pick("Régimen fiscal", profile.fiscalRegime)
    await pick("Uso CFDI", profile.cfdiUse)
    await page.getByRole("button", { name: "Siguiente" }).click()
    await download(page, () => page.getByRole("link", { name: "Descargar XML" }).click())
  }
}
