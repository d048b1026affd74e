import { ago, commas, completed, download, failed, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "K8KRKTZBHQSF7WMVJQ",
  plaza: "PASO DEL VALSA",
  crossed: `${ago(2).slashes} 14:03`,
  cents: 21400n,
  description: "Peaje automóvil",
  paymentForm: "01"
}
const refused: Sale = {
  ...open,
  ticket: "M2XDPLTR9HQ4WZBN6C",
  cents: 9800n,
  pac: "CFDI40157 - El régimen fiscal del receptor no corresponde con los registrados ante el SAT para el RFC EKU9003173C9."
}
const late: Sale = {
  ...open,
  ticket: "B7NQHH3TWR5VXKD8LZ",
  cents: 15600n,
  crossed: `${ago(58).slashes} 09:31`,
  bar: "El cruce pertenece a un periodo cerrado, no es posible emitir su factura."
}

const ticketOf = (sale: Sale, days: number, code = sale.ticket) => ({
  PLAZA: sale.plaza,
  CARRIL: "04",
  FOLIO: "00218844",
  FECHA: ago(days).slashes,
  HORA: sale.crossed.slice(-5),
  CLASE: "AUTOMOVIL",
  IMPORTE: `$${commas(sale.cents)} EFECTIVO`,
  FACTURACION: code.replace(/(.{4})(?=.)/g, "$1 ")
})

export const portal: TestPortal = {
  id: "autovalsa",
  traps: [
    "PrimeReact dropdowns that come with the RFC's blur and with the régimen, one with a filter",
    "a code of 18 printed in groups; no amount or date is asked",
    "validating reserves the code for the session; the button lives after a box is ticked",
    "a confirm dialog before the stamp; icons without text for the files, which are base64 in JSON"
  ],
  profile: "company",
  start: () => start([open, refused, late]),
  cases: [
    { name: "ok", ticket: ticketOf(open, 2), expected: completed },
    { name: "another code", ticket: ticketOf(open, 2, "K8KRKTZBHQSF7WMVJO"), expected: failed("TICKET_NOT_FOUND") },
    { name: "refused by the SAT", ticket: ticketOf(refused, 2), expected: failed("DATA_REJECTED") },
    { name: "month closed", ticket: ticketOf(late, 58), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const pick = async (index: number, text: string) => {
      await page.locator(".p-dropdown").nth(index).click()
      await page.locator("li.p-dropdown-item", { hasText: text }).click()
      await page.locator(".p-dropdown-panel").waitFor({ state: "detached" })
    }
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#nombre").fill(profile.fullName)
    await page.locator("#domicilioFiscalReceptor").fill(profile.postalCode)
    await page.locator("#correo").fill(profile.email)
    await page.locator(".p-dropdown:not(.p-disabled)").nth(0).waitFor()
    await pick(0, profile.fiscalRegime)
    await page.locator(".p-dropdown:not(.p-disabled)").nth(1).waitFor()
    await pick(1, profile.cfdiUse)
    await page.locator("#codigo").fill(printed(ticket, "FACTURACION").replaceAll(" ", ""))
    await page.getByRole("button", { name: "Validar Código" }).click()
    await page.locator("td", { hasText: printed(ticket, "PLAZA") }).waitFor()
    await page.locator("#cb1").check()
    await page.getByRole("button", { name: "Facturar conceptos" }).click()
    await page.getByRole("button", { name: "Sí" }).click()
    await download(page, () => page.getByRole("button", { name: "XML" }).click())
  }
}
