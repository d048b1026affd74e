import type { PortalCase } from "../../lib/Portal.ts"
import { ago, commas, completed, download, failed, printed, type TestPortal } from "../kit/kit.ts"
import { account, type Sale, start, stationNamed } from "./Site.ts"

const open: Sale = {
  ticket: "7561043",
  station: stationNamed("LA PRESA CELAYA"),
  cents: 85000n,
  description: "Premium",
  paymentForm: "28"
}
const late: Sale = {
  ...open,
  ticket: "7540877",
  cents: 70000n,
  bar: "Transcurrieron más de 48 horas desde la carga, el folio no puede facturarse."
}
const invoiced: Sale = {
  ...open,
  ticket: "7560991",
  cents: 91020n,
  bar: "El folio está incluido en la factura BR-208811 emitida por otro usuario."
}

const ticketOf = (sale: Sale, days: number) => ({
  Estación: sale.station,
  Fecha: `${ago(days).slashes} 17:22`,
  Bomba: "07",
  Despacho: sale.ticket,
  Producto: sale.description,
  Litros: "34.120",
  Total: `$${commas(sale.cents)}`,
  "Forma de pago": "TARJETA DEBITO **** 4471"
})

const loggedIn = (then: PortalCase["expected"]): PortalCase["expected"] => ({
  status: "ASKED",
  kind: "login",
  answers: { usuario: account.user, contraseña: account.password, correo: account.user, password: account.password },
  then
})

export const portal: TestPortal = {
  id: "bencirol",
  traps: [
    "a log-in; a notice over it; one address for all views",
    "Chosen over selects, one of seventy stations; an account with three RFC",
    "régimen and uso come after the RFC; values are internal",
    "a ticket joins a list; its form of payment is a select without id that goes when chosen",
    "no word of success: the form is empty again and the invoice is in Mis Facturas, beside older ones"
  ],
  profile: "company",
  start: () => start([open, late, invoiced]),
  cases: [
    { name: "ok", ticket: ticketOf(open, 1), expected: loggedIn(completed) },
    { name: "after 48 hours", ticket: ticketOf(late, 5), expected: loggedIn(failed("TICKET_EXPIRED")) },
    { name: "invoiced before", ticket: ticketOf(invoiced, 1), expected: loggedIn(failed("ALREADY_INVOICED")) }
  ],
  script: async (page, ticket, profile) => {
    const pick = async (id: string, text: string) => {
      await page.locator(`#${id}_chosen .chosen-single`).click()
      await page.locator(`#${id}_chosen .chosen-results li`, { hasText: text }).first().click()
    }
    await page.locator(".aviso .btn-close").click()
    await page.locator("#username").fill(account.user)
    await page.locator("[name=password]").fill(account.password)
    await page.getByRole("button", { name: "Entrar" }).click()
    await page.getByText("ACCEDER A FACTURAR").click()
    await page.locator("#estacion option").nth(5).waitFor({ state: "attached" })
    await pick("rfc", profile.rfc)
    await page.locator("#usocfdi option").nth(2).waitFor({ state: "attached" })
    await pick("regimen_fiscal", profile.fiscalRegime)
    await pick("usocfdi", profile.cfdiUse)
    await pick("estacion", printed(ticket, "Estación"))
    await page.locator("#ticket").fill(printed(ticket, "Despacho"))
    await page.locator("#monto").fill(printed(ticket, "Total").replace(/[$,]/g, ""))
    await page.locator("#agregar_tickets").click()
    await page.locator("[name^=tipopago_]").selectOption({ label: "TARJETA DE DÉBITO" })
    await page.locator("#facturar_tickets").click()
    await page.getByText("No tiene agregado ningún Ticket").waitFor()
    await page.getByText("Inicio", { exact: true }).click()
    await page.getByText("ACCEDER A MIS FACTURAS").click()
    const row = page.locator("tr", { hasText: printed(ticket, "Despacho") })
    await download(page, () => row.getByTitle("XML").click())
  }
}
