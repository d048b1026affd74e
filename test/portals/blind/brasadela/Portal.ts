import { ago, commas, completed, download, failed, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = { ticket: "045712208843917", cents: 41300n, description: "Consumo de alimentos", paymentForm: "04" }
const invoiced: Sale = { ...open, ticket: "045712208841006", cents: 25800n, invoicedBefore: true }
const early: Sale = {
  ...open,
  ticket: "046112208850114",
  cents: 19950n,
  bar: "La venta del ticket 046112208850114 no se ha recibido de la sucursal. Intente dentro de 24 horas."
}
const refused: Sale = {
  ...open,
  ticket: "045712208843925",
  cents: 33040n,
  pac: "301|CFDI40147 - El código postal del receptor no se encuentra en la lista de RFC del SAT para CACX7605101P8."
}

const ticketOf = (sale: Sale, days: number, reference = sale.ticket) => ({
  SUC: "0457 BLVD KINO",
  CUENTA: reference.slice(-5, -1),
  MESERO: "IVAN",
  FECHA: ago(days).short,
  HORA: "21:08",
  "REF. FACTURACION": reference.replace(/(\d{4})(?=\d)/g, "$1-"),
  TOTAL: `$ ${commas(sale.cents)}`,
  "TARJETA CREDITO": commas(sale.cents)
})

export const portal: TestPortal = {
  id: "brasadela",
  traps: [
    "a wizard of four steps in one page, whose one Siguiente stamps in the third",
    "uso by a typeahead of jQuery UI that empties what was not chosen",
    "every message in one modal; the PAC's words behind a detail link",
    "the reference printed with hyphens, and wanted without",
    "an old invoice offered in a modal; a ZIP out of base64"
  ],
  profile: "person",
  start: () => start([open, invoiced, early, refused]),
  cases: [
    { name: "ok", ticket: ticketOf(open, 2), expected: completed },
    {
      name: "invoiced before, offered again",
      ticket: ticketOf(invoiced, 6),
      expected: { ...completed, recovered: true }
    },
    { name: "not yet sent by the branch", ticket: ticketOf(early, 0), expected: failed("TICKET_NOT_FOUND") },
    { name: "refused by the SAT", ticket: ticketOf(refused, 2), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    const next = page.locator("#btn_siguiente")
    await page.locator("#txt_ticket").fill(printed(ticket, "REF. FACTURACION").replaceAll("-", ""))
    await page.locator("#txt_total").fill(printed(ticket, "TOTAL").replace(/[$, ]/g, ""))
    await page.locator("#txt_rfccliente").fill(profile.rfc)
    await next.click()
    await page.locator("#txt_cnombre, #btn_dxmlpet").filter({ visible: true }).first().waitFor()
    if (await page.locator("#btn_dxmlpet").isVisible()) {
      await download(page, () => page.locator("#btn_dxmlpet").click())
      return
    }
    await page.locator("#txt_cnombre").fill(profile.fullName)
    await page.locator("#txt_ccp").fill(profile.postalCode)
    await page.locator("#txt_cucfdi").pressSequentially(profile.cfdiUse)
    await page.locator(".ui-autocomplete li", { hasText: profile.cfdiUse }).click()
    const regime = await page.locator("#cbo_cregfiscal option", { hasText: profile.fiscalRegime }).getAttribute("value")
    await page.locator("#cbo_cregfiscal").selectOption(regime ?? "")
    await page.locator("#txt_ccorreo").fill(profile.email)
    await next.click()
    await page.locator("#div_comprobante table").waitFor()
    await next.click()
    await page.locator("#modalnotificacion .btn-primary").click()
    await page.locator("#lbl_uuid", { hasText: "-" }).waitFor()
    await download(page, () => page.locator("#btn_dxmlpdf").click())
  }
}
