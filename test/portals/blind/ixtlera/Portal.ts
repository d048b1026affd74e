import { ago, failed, money, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = { ticket: "0482-00993726-K7", cents: 72040n, description: "Diésel 27.81 L", paymentForm: "01" }
const taken: Sale = { ...open, ticket: "0482-00988130-B2", cents: 40000n, invoiced: true }

const paper = (sale: Sale, days: number, code = sale.ticket) => ({
  "E.S.": "0482",
  DESPACHO: sale.ticket.slice(5, 13),
  POSICION: "11",
  "FECHA Y HORA": `${ago(days).dashes} 07:18`,
  PRODUCTO: "DIESEL",
  "T O T A L": `$${money(sale.cents)}`,
  "F. PAGO": "EFECTIVO",
  "CVE. P/FACTURAR": code
})

export const portal: TestPortal = {
  id: "ixtlera",
  traps: [
    "Blazor Server: prerendered and inert until the circuit is up, then drawn anew; values go by change events over a socket",
    "MudSelect and MudAutocomplete: no roles, their lists at the document's end behind an overlay",
    "the form says Referencia, the paper another name; errors are snackbars that go again",
    "a hidden error bar that always is in the page; only by e-mail"
  ],
  profile: "person",
  start: () => start([open, taken]),
  cases: [
    { name: "ok", ticket: paper(open, 1), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "another key", ticket: paper(open, 1, "0482-00993728-K7"), expected: failed("TICKET_NOT_FOUND") },
    { name: "invoiced before", ticket: paper(taken, 5), expected: failed("ALREADY_INVOICED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("body[data-circuit]").waitFor()
    const box = (label: string) => page.locator(".mud-input-control", { has: page.getByText(label, { exact: true }) })
    const choose = async (label: string, text: string) => {
      await box(label).locator(".mud-select-input").first().click()
      await page.locator(".mud-popover-open .mud-list-item", { hasText: text }).click()
      await page.locator(".mud-popover-open").waitFor({ state: "detached" })
    }
    await box("Referencia").locator("input").fill(printed(ticket, "CVE. P/FACTURAR"))
    await box("Importe").locator("input").fill(printed(ticket, "T O T A L").replace("$", ""))
    await page.getByRole("button", { name: "Validar" }).click()
    await box("RFC").locator("input").fill(profile.rfc)
    await box("Nombre o razón social").locator("input").fill(profile.fullName)
    await box("Código postal fiscal").locator("input").fill(profile.postalCode)
    await box("Correo").locator("input").fill(profile.email)
    await choose("Régimen fiscal", profile.fiscalRegime)
    await box("Uso del CFDI").locator("input").pressSequentially(profile.cfdiUse, { delay: 30 })
    await page.locator(".mud-popover-open .mud-list-item", { hasText: profile.cfdiUse }).click()
    await choose("Forma de pago", "Efectivo")
    await page.getByRole("button", { name: "Facturar" }).click()
    await page.locator(".mud-dialog").getByRole("button", { name: "Sí, facturar" }).click()
    await page.locator(".mud-alert-text-success").waitFor()
  }
}
