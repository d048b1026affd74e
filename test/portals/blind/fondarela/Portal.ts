import { ago, commas, completed, failed, nameParts, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const day = ago(2)

const table: Sale = {
  brand: "Molcanela",
  ticket: "231904417",
  store: "07218",
  date: day.slashes,
  cents: 68900n,
  description: "Consumo de alimentos",
  paymentForm: "04"
}
const coffee: Sale = {
  ...table,
  brand: "Nubeluz",
  ticket: "118840362",
  store: "30117",
  cents: 15800n,
  paymentForm: "01"
}
const invoiced: Sale = {
  ...table,
  ticket: "231904391",
  bar: `Para el ticket 231904391 existe un comprobante emitido el ${ago(1).slashes} a otro contribuyente.`
}
const refused: Sale = {
  ...coffee,
  ticket: "118840377",
  pac: "Error al timbrar: el RFC CACX7605101P8 del receptor no se encuentra en la lista de RFC inscritos no cancelados (LRFC)."
}

const ticketOf = (sale: Sale, brand: string, number = sale.ticket) => ({
  RESTAURANTE: brand,
  TIENDA: sale.store,
  FECHA: day.words,
  HORA: "15:33",
  MESA: "12",
  "CLAVE DE FACTURACION": number,
  TOTAL: `$${commas(sale.cents)}`,
  PROPINA: "$0.00"
})

export const portal: TestPortal = {
  id: "fondarela",
  traps: [
    "first the restaurant's logo, which is a picture in a link",
    "an Angular form that asks for the day or for the total, as the brand is; a masked day with bootstrap-datepicker",
    "a person's name in two; the kind of person follows from the RFC",
    "alertify: refusals that go, a confirmation whose button says Continuar",
    "two links in the reply's HTML, each to a new tab"
  ],
  profile: "person",
  start: () => start([table, coffee, invoiced, refused]),
  cases: [
    { name: "ok", ticket: ticketOf(table, "MOLCANELA"), expected: completed },
    { name: "another ticket", ticket: ticketOf(table, "MOLCANELA", "231904471"), expected: failed("TICKET_NOT_FOUND") },
    { name: "invoiced before", ticket: ticketOf(invoiced, "MOLCANELA"), expected: failed("ALREADY_INVOICED") },
    { name: "refused by the SAT", ticket: ticketOf(refused, "NUBELUZ CAFE"), expected: failed("DATA_REJECTED") },
    { name: "ok, by its total", ticket: ticketOf(coffee, "NUBELUZ CAFE"), expected: completed }
  ],
  script: async (page, ticket, profile) => {
    const { first, father, mother } = nameParts(profile)
    const fast = printed(ticket, "RESTAURANTE").startsWith("NUBELUZ")
    await page.getByAltText(fast ? "Nubeluz Café" : "Molcanela").click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#ticket").fill(printed(ticket, "CLAVE DE FACTURACION"))
    await page.locator("#tienda").fill(printed(ticket, "TIENDA"))
    if (fast) await page.locator("#total").fill(printed(ticket, "TOTAL").replace(/[$,]/g, ""))
    else {
      await page.locator("#dtFecha").pressSequentially(day.slashes, { delay: 20 })
      await page.keyboard.press("Tab")
    }
    await page.getByRole("button", { name: "Siguiente" }).click()
    await page.locator("#nombres").fill(first)
    await page.locator("#apellidos").fill(`${father} ${mother}`)
    await page.locator("#codigoPostal").fill(profile.postalCode)
    await page.locator("#regimenFiscal").selectOption(profile.fiscalRegime)
    await page.locator(`#usoCfdi option[value=${profile.cfdiUse}]`).waitFor({ state: "attached" })
    await page.locator("#usoCfdi").selectOption(profile.cfdiUse)
    await page.locator("#correoElectronico").fill(profile.email)
    await page.getByRole("button", { name: "Facturar" }).click()
    await page.locator(".ajs-ok").click()
    const link = page.getByText("Archivo XML")
    await link.waitFor()
    const { promise, resolve } = Promise.withResolvers<void>()
    page.once("download", () => resolve())
    page.context().once("page", (tab) => tab.once("download", () => resolve()))
    await link.click()
    await promise
  }
}
