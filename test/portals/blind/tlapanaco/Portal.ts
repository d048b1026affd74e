import { ago, commas, completed, download, failed, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "87020005140332121126164",
  cents: 284990n,
  description: "Artículos de ferretería y jardín",
  paymentForm: "04",
  date: ago(3).iso
}
const before: Sale = { ...open, ticket: "87020005140298719826117", cents: 61900n, invoiced: true }
const refused: Sale = { ...open, ticket: "87020001120455121126203", cents: 129850n, refusedBySat: true }
const unknown: Sale = { ...open, ticket: "87020001120455821126209", cents: 45900n }

const paper = (sale: Sale, days: number) => ({
  TIENDA: "8702 VALLEJO",
  CAJA: sale.ticket.slice(6, 10).replace(/^0+/, ""),
  TRANS: sale.ticket.slice(10, 15),
  FECHA: ago(days).short,
  HORA: "16:42",
  TOTAL: `$${commas(sale.cents)}`,
  "TARJETA CRED": `$${commas(sale.cents)}`,
  "CODIGO PARA SU FACTURA": sale.ticket.replace(/(.{5})(?=.)/g, "$1 ")
})

export const portal: TestPortal = {
  id: "tlapanaco",
  traps: [
    "Angular Material under a hash route; régimen depends on the RFC and uso on the régimen, both fetched",
    "a 23-digit code printed in groups, wanted as digits alone; a shorter transaction number beside it",
    "Continuar opens a dialog, whose Aceptar stamps; both files as base64 in the reply, saved as blobs",
    "already invoiced: a dialog offers the old file, or to send it again"
  ],
  profile: "person",
  start: () => start([open, before, refused]),
  cases: [
    { name: "ok", ticket: paper(open, 3), expected: completed },
    { name: "invoiced before, offered again", ticket: paper(before, 9), expected: { ...completed, recovered: true } },
    { name: "the SAT refuses the receiver", ticket: paper(refused, 3), expected: failed("DATA_REJECTED") },
    { name: "not found", ticket: paper(unknown, 3), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#ticket").fill(printed(ticket, "CODIGO PARA SU FACTURA").replaceAll(" ", ""))
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.locator("#nombre").fill(profile.fullName)
    await page.locator("#codigoPostal").fill(profile.postalCode)
    await page.locator("#regimenFiscal").click()
    await page.getByRole("option", { name: profile.fiscalRegime }).click()
    await page.locator("#usoCfdi").click()
    await page.getByRole("option", { name: profile.cfdiUse }).click()
    await page.locator("#correo").fill(profile.email)
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.getByRole("button", { name: "Aceptar" }).click()
    await download(page, () => page.getByRole("button", { name: "XML" }).click())
  }
}
