import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate } from "../../lib/TicketDates.ts"
import { start } from "./Site.ts"
import type { Sale } from "./Widget.ts"

const open: Sale = {
  ticket: "700411-2093",
  date: daysAgo(6),
  cents: 41880n,
  description: "Artículos de papelería",
  paymentForm: "01"
}

const old: Sale = { ...open, ticket: "698002-0117", date: daysAgo(75), cents: 23900n, expired: true }

const ticketOf = (sale: Sale, total: string) => ({
  Tienda: "León Centro",
  Transacción: sale.ticket,
  Fecha: sale.date.spelled,
  Artículos: 9,
  Subtotal: "361.03",
  IVA: "57.77",
  "Total con IVA": total,
  Efectivo: "500.00",
  Cambio: "81.20"
})

export const portal: TestPortal = {
  id: "trazofino",
  traps: [
    "the form is an iframe of another origin below the shop's own page, its height follows postMessage",
    "success and expiry are said in the shop's page by postMessage; the iframe is gone after the stamp",
    "the ticket prints subtotal, cash and change; the box for the total is called subtotal",
    "dd/mm/aa against a month in letters",
    "régimen and use by AJAX after the RFC; the uses are not cut to the régimen",
    "a search box, a newsletter and a 'Descarga' decoy in the shop's page",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, old]),
  cases: [
    { name: "ok", ticket: ticketOf(open, "418.80"), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "not found, inside the iframe",
      ticket: ticketOf({ ...open, ticket: "700411-2039" }, "418.80"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "of another month, in the shop's page",
      ticket: { ...ticketOf(old, "239.00"), Subtotal: "206.03", IVA: "32.97", Cambio: "261.00" },
      expected: { status: "FAILED", code: "TICKET_EXPIRED" }
    }
  ],
  script: async (page, ticket, profile) => {
    const widget = page.frameLocator("#facturador")
    const control = (name: string) => widget.locator(`[name=${name}]`)
    await control("transaccion").fill(printed(ticket, "Transacción"))
    await control("fecha").fill(readDate(printed(ticket, "Fecha")).dayMonthShortYear)
    await control("subtotal").fill(plainAmount(printed(ticket, "Total con IVA")))
    await widget.getByRole("button", { name: "Validar ticket" }).click()
    await control("rfc").fill(profile.rfc)
    await control("razonSocial").fill(profile.fullName)
    await control("domicilio").fill(profile.postalCode)
    await control("email").fill(profile.email)
    await control("regimen").selectOption(profile.fiscalRegime)
    await control("usocfdi").selectOption(profile.cfdiUse)
    await widget.getByRole("checkbox").check()
    await widget.getByRole("button", { name: "Generar mi factura" }).click()
    await download(page, () => page.getByRole("link", { name: "Descargar XML" }).click())
  }
}
