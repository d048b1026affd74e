import { ago, commas, completed, download, failed, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "8761002190351124260733",
  store: "8761 CUMBRES",
  date: ago(4).slashes,
  cents: 124870n,
  description: "Herramienta y material eléctrico",
  paymentForm: "28"
}
const invoiced: Sale = { ...open, ticket: "8761002190351124260810", cents: 26700n, invoicedBefore: true }
const late: Sale = {
  ...open,
  ticket: "8761002188160911261422",
  cents: 81500n,
  date: ago(88).slashes,
  bar: "Transcurrieron más de 60 días desde tu compra, por lo que el ticket no puede facturarse."
}
const other: Sale = { ...open, ticket: "8761002190351124260955", cents: 33310n }

const ticketOf = (sale: Sale, days: number, digits = sale.ticket) => ({
  Tienda: sale.store,
  Cajero: "SELF 52",
  Fecha: ago(days).slashes,
  Hora: "18:26",
  SUBTOTAL: commas((sale.cents * 100n) / 116n),
  TOTAL: `$${commas(sale.cents)}`,
  "TARJETA DEBITO XXXX0913": commas(sale.cents),
  barcode: digits.replace(/(\d{4})(?=\d)/g, "$1 ")
})

export const portal: TestPortal = {
  id: "boltrexa",
  traps: [
    "an Angular app behind a hash; a button that lives when the form is valid",
    "selects whose values are internal (3: Object); uso comes with the régimen",
    "SweetAlert2: a loading one, a confirmation before the stamp, every refusal",
    "the barcode's 22 digits printed in groups; no amount is asked",
    "files as base64 in the reply; an old invoice offered in an alert"
  ],
  profile: "person",
  start: () => start([open, invoiced, late, other]),
  cases: [
    { name: "ok", ticket: ticketOf(open, 4), expected: completed },
    {
      name: "invoiced before, offered again",
      ticket: ticketOf(invoiced, 4),
      expected: { ...completed, recovered: true }
    },
    { name: "after the period", ticket: ticketOf(late, 88), expected: failed("TICKET_EXPIRED") },
    {
      name: "another ticket",
      ticket: ticketOf(other, 4, "8761002190351124260965"),
      expected: failed("TICKET_NOT_FOUND")
    }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (id: string, text: string) => {
      const option = page.locator(`#${id} option`, { hasText: text })
      await option.waitFor({ state: "attached" })
      await page.locator(`#${id}`).selectOption((await option.getAttribute("value")) ?? "")
    }
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#ticket").fill(printed(ticket, "barcode").replaceAll(" ", ""))
    await page.getByRole("button", { name: "Continuar" }).click()
    const again = page.getByRole("button", { name: "Reenviar factura" })
    await page.locator("#nombre").or(again).first().waitFor()
    if (await again.isVisible()) {
      await again.click()
    } else {
      await page.locator("#nombre").fill(profile.fullName)
      await page.locator("#codigoPostal").fill(profile.postalCode)
      await choose("regimenFiscal", `${profile.fiscalRegime} -`)
      await choose("usoCfdi", `${profile.cfdiUse} -`)
      await page.locator("#correo").fill(profile.email)
      await page.getByRole("button", { name: "Continuar" }).click()
      await page.getByRole("button", { name: "Aceptar" }).click()
    }
    await download(page, () => page.getByRole("button", { name: "XML" }).click())
  }
}
