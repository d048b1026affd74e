import { ago, commas, completed, download, failed, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "3451112",
  branch: "18",
  date: ago(3).iso,
  cents: 42700n,
  description: "Consumo de alimentos",
  paymentForm: "04"
}
const early: Sale = {
  ...open,
  ticket: "3451873",
  date: ago(0).iso,
  cents: 31950n,
  bar: "Tu consumo todavía no aparece en nuestro sistema. Los tickets se cargan al cierre del día, vuelve a intentarlo mañana."
}
const late: Sale = {
  ...open,
  ticket: "3398204",
  date: ago(40).iso,
  cents: 51100n,
  bar: "Ya pasó el último día para pedir la factura de este consumo."
}
const other: Sale = { ...open, ticket: "3451120", cents: 28400n }

const ticketOf = (sale: Sale, days: number, total = sale.cents) => ({
  WAFELONIA: "CUMBRES",
  SUC: sale.branch,
  Check: sale.ticket.replace(/\B(?=(\d{3})+$)/g, ","),
  Fecha: ago(days).short,
  Hora: "10:12",
  Personas: "3",
  Subtotal: commas((total * 100n) / 116n),
  "Total con IVA": `$${commas(total)}`,
  "Propina sugerida": `$${commas(total / 10n)}`
})

export const portal: TestPortal = {
  id: "wafelonia",
  traps: [
    "Angular Material: one question a screen, whose buttons are divs",
    "a branch by autocomplete that wants its option; a calendar without a field",
    "the number printed with commas; a suggested tip beside the total",
    "régimen and uso come after the RFC's blur, and their values are indexes",
    "a preview first, then the stamp; a ZIP as base64 in the reply"
  ],
  profile: "company",
  start: () => start([open, early, late, other]),
  cases: [
    { name: "ok", ticket: ticketOf(open, 3), expected: completed },
    { name: "not yet uploaded", ticket: ticketOf(early, 0), expected: failed("TICKET_NOT_FOUND") },
    { name: "month closed", ticket: ticketOf(late, 40), expected: failed("TICKET_EXPIRED") },
    { name: "another total", ticket: ticketOf(other, 3, 24800n), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    const next = (text = "Siguiente") => page.locator("div.navigation-container", { hasText: text }).click()
    const pick = async (name: string, text: string) => {
      await page.locator(`mat-select[name=${name}]:not(.mat-mdc-select-disabled)`).click()
      await page.locator("mat-option", { hasText: text }).click()
      await page.locator("mat-option").first().waitFor({ state: "detached" })
    }
    await page.getByText("Facturación rápida").click()
    await next("Iniciar")
    await page.locator("[name=branch]").pressSequentially(`${printed(ticket, "SUC")} -`)
    await page.locator("mat-option").first().click()
    await next()
    await page.locator("[name=TicketNumber]").fill(printed(ticket, "Check").replaceAll(",", ""))
    await next()
    const [day = "", month = ""] = printed(ticket, "Fecha").split("/")
    const [, nowMonth = ""] = ago(0).iso.split("-")
    for (let n = 0; n < (Number(nowMonth) - Number(month) + 12) % 12; n++) {
      await page.locator(".mat-calendar-previous-button").click()
    }
    await page.locator(".mat-calendar-body-cell-content", { hasText: new RegExp(`^\\s*${Number(day)}\\s*$`) }).click()
    await next()
    await page.locator("[name=amount]").fill(printed(ticket, "Total con IVA").replace(/[$,]/g, ""))
    await next()
    await page.locator("[name=TaxId]").fill(profile.rfc)
    await page.locator("[name=LegalName]").fill(profile.fullName)
    await page.locator("[name=PostalCode]").fill(profile.postalCode)
    await pick("TaxRegime", profile.fiscalRegime)
    await pick("UseCFDI", profile.cfdiUse)
    await page.locator("[name=Email]").fill(profile.email)
    await next()
    await next("Generar factura")
    await download(page, () => next("Descargar archivos"))
  }
}
