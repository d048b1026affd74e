import { ago, asked, commas, failed, printed, type TestPortal } from "../kit/kit.ts"
import { imageText, type Sale, start } from "./Site.ts"

const day = ago(3).iso.replaceAll("-", "")

const open: Sale = {
  ticket: `2100664015${day}174530`,
  cents: 348912n,
  description: "Abarrotes y artículos para el hogar",
  paymentForm: "04"
}
const other: Sale = { ...open, ticket: `2100664018${day}180211`, cents: 129900n }
const closed: Sale = {
  ...open,
  ticket: `4800312009${day}110804`,
  cents: 86450n,
  bar: "Estamos realizando labores de mantenimiento en el sistema de facturación. Le pedimos volver a intentarlo más tarde."
}
const invoiced: Sale = {
  ...open,
  ticket: `2100664002${day}093317`,
  cents: 211040n,
  bar: "El comprobante cuenta con factura MX-5520931. Para una reimpresión acuda al módulo de servicio al socio."
}

const spaced = (digits: string) => digits.replace(/(\d{4})(?=\d)/g, "$1 ")

const ticketOf = (sale: Sale, total = sale.cents) => ({
  "No. Socio": "1118 40227",
  Bodega: `${sale.ticket.slice(0, 3)} QUERETARO`,
  Caja: "15",
  Fecha: ago(3).slashes,
  Hora: "17:45",
  "Artículos vendidos": "14",
  TOTAL: commas(total),
  "AMEX ************2003": commas(total),
  "Código de barras": spaced(sale.ticket)
})

export const portal: TestPortal = {
  id: "magnivora",
  traps: [
    "24 digits from under the barcode, printed in groups",
    "an image captcha beside the fiscal data; every word of the portal in one area",
    "régimen with its code at the end, uso with a bar; values that mean nothing",
    "the e-mail twice, and no pasting; the invoice by e-mail only, later"
  ],
  profile: "person",
  start: () => start([open, other, closed, invoiced]),
  cases: [
    {
      name: "ok",
      ticket: ticketOf(open),
      expected: asked({ imagen: imageText(0), captcha: imageText(0) }, { status: "COMPLETED", delivery: "email" })
    },
    { name: "another total", ticket: ticketOf(other, 129000n), expected: failed("TICKET_NOT_FOUND") },
    { name: "under maintenance", ticket: ticketOf(closed), expected: failed("PORTAL_DOWN") },
    { name: "invoiced before", ticket: ticketOf(invoiced), expected: failed("ALREADY_INVOICED") }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (id: string, text: string) => {
      const label = await page.locator(`#${id} option`, { hasText: text }).textContent()
      await page.locator(`#${id}`).selectOption({ label: label ?? "" })
    }
    await page.locator("#ticket").fill(printed(ticket, "Código de barras").replaceAll(" ", ""))
    await page.locator("#monto").fill(printed(ticket, "TOTAL").replaceAll(",", ""))
    await page.locator("#rfc").fill(profile.rfc)
    await page.waitForLoadState("networkidle")
    await page.locator("#btnContinuar").click()
    await page.locator("#razonSocial").fill(profile.fullName)
    await page.locator("#codigoPostal").fill(profile.postalCode)
    await choose("regimenFiscal", `(${profile.fiscalRegime})`)
    await choose("usoCFDI", `${profile.cfdiUse} |`)
    await page.locator("#correo").fill(profile.email)
    await page.locator("#correoConfirmacion").fill(profile.email)
    await page.locator("#textoImagen").fill(imageText(0))
    await page.locator("#btnGenerar").click()
    await page.locator("#result.ok").waitFor()
  }
}
