import { ago, commas, failed, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start, stationOf } from "./Site.ts"

const open: Sale = {
  ticket: "2471936",
  station: "SUPER SERVICIO TOLTECA (ZAPATA)",
  webId: "60844917",
  when: `${ago(1).slashes} 07:12`,
  litres: "41.667",
  cents: 100000n,
  description: "DIESEL",
  paymentForm: "03"
}
const invoiced: Sale = {
  ...open,
  ticket: "2471802",
  webId: "51820033",
  cents: 75000n,
  bar: "El folio 2471802 cuenta con la factura TK-88120 y no puede volver a facturarse."
}
const late: Sale = {
  ...open,
  ticket: "2460417",
  webId: "47720916",
  cents: 120000n,
  when: `${ago(9).slashes} 19:40`,
  bar: "La nota excede las 72 horas permitidas para solicitar su factura."
}

const ticketOf = (sale: Sale, days: number, webId = sale.webId) => ({
  "E.S.": stationOf(sale.station).Text.slice(0, 6),
  "Razón social": stationOf(sale.station).Text.slice(9),
  Fecha: ago(days).slashes,
  Folio: sale.ticket,
  "Web ID": webId,
  Bomba: "3",
  Producto: sale.description,
  Volumen: `${sale.litres} L`,
  Importe: `$${commas(sale.cents)}`
})

export const portal: TestPortal = {
  id: "kombustla",
  traps: [
    "a log-in in front, and a way without one beside it",
    "a RadComboBox that loads what is typed and wants its item clicked",
    "fields inert until the RFC's own Agregar; another Agregar below",
    "a stamp that takes more than five seconds; the invoice by e-mail only"
  ],
  profile: "company",
  start: () => start([open, invoiced, late]),
  cases: [
    { name: "ok", ticket: ticketOf(open, 1), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "another Web ID", ticket: ticketOf(open, 1, "60844971"), expected: failed("TICKET_NOT_FOUND") },
    { name: "invoiced before", ticket: ticketOf(invoiced, 1), expected: failed("ALREADY_INVOICED") },
    { name: "after 72 hours", ticket: ticketOf(late, 9), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (id: string, text: string) => {
      const value = await page.locator(`#${id} option`, { hasText: text }).getAttribute("value")
      await page.locator(`#${id}`).selectOption(value ?? "")
    }
    await page.getByText("FACTURACIÓN SIN USUARIO").click()
    await page.locator("#rstation_Input").pressSequentially(printed(ticket, "E.S."))
    await page.locator("#rstation_DropDown .rcbItem[data-v]").click()
    await page.locator("#despacho").fill(printed(ticket, "Folio"))
    await page.locator("#webId").fill(printed(ticket, "Web ID"))
    await page.locator("#btnSerchTk").click()
    await page.locator("#inputRfc2").fill(profile.rfc)
    await page.locator("#btnAddRfc").click()
    await page.locator("#inputRazon:not([readonly])").fill(profile.fullName)
    await page.locator("#inputCorreo").fill(profile.email)
    await page.locator("#inputCp").fill(profile.postalCode)
    await choose("cmbRegimen", profile.fiscalRegime)
    await choose("cmbUsos", profile.cfdiUse)
    await page.locator("#btnGenFacUs").click()
    await page.locator("#lblMensaje .alert-success", { hasText: profile.email }).waitFor()
  }
}
