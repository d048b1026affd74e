import { ago, commas, completed, download, failed, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const bought = ago(3)

const open: Sale = {
  ticket: "518204",
  saleId: "10QMT50QMT2",
  date: bought.slashes,
  cents: 18750n,
  description: "Abarrotes y bebidas",
  paymentForm: "01"
}
const invoiced: Sale = {
  ...open,
  ticket: "517966",
  saleId: "10QMT50QMS8",
  cents: 9400n,
  bar: `La venta capturada cuenta con una factura emitida el ${ago(1).slashes}. Si requieres una copia solicítala al 800 001 0203.`
}
const late: Sale = {
  ...open,
  ticket: "402117",
  saleId: "10QMT50QLA1",
  cents: 26150n,
  date: ago(64).slashes,
  bar: "El periodo para solicitar la factura de esta compra ha terminado."
}

const ticketOf = (sale: Sale, days: number, folio = sale.ticket) => ({
  TIENDA: "50QMT MITRAS TIZ",
  FECHA: ago(days).words,
  HORA: "08:41",
  "FOLIO VTA": folio,
  "ID VTA": sale.saleId,
  "TOTAL M.N.": `$${commas(sale.cents)}`,
  EFECTIVO: "$200.00"
})

export const portal: TestPortal = {
  id: "tizkoma",
  traps: [
    "PrimeFaces: partial updates, selects whose panels hang from the body, a read-only date picker",
    "a notice over the page; a veil while it works",
    "a link that validates and a button that lives only after it",
    "régimen comes with the RFC's blur, uso with the régimen; an address that need not be given",
    "files by command links that post the form"
  ],
  profile: "person",
  start: () => start([open, invoiced, late]),
  cases: [
    { name: "ok", ticket: ticketOf(open, 3), expected: completed },
    { name: "another folio", ticket: ticketOf(open, 3, "518240"), expected: failed("TICKET_NOT_FOUND") },
    { name: "invoiced before", ticket: ticketOf(invoiced, 3), expected: failed("ALREADY_INVOICED") },
    { name: "after the period", ticket: ticketOf(late, 64), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const field = (id: string) => page.locator(`[id="form:${id}"]`)
    const pick = async (id: string, text: string) => {
      await field(`${id}_label`).click()
      await field(`${id}_panel`).locator("li", { hasText: text }).first().click()
    }
    await page.locator(".ui-dialog-titlebar-close").click()
    const day = Number(printed(ticket, "FECHA").slice(0, 2))
    await field("fecha_input").click()
    const months = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
    const [, month = "", year = ""] = printed(ticket, "FECHA").split("-")
    const [nowYear = 0, nowMonth = 0] = ago(0).iso.split("-").map(Number)
    const back = (nowYear - Number(year)) * 12 + nowMonth - 1 - months.indexOf(month)
    for (let n = 0; n < back; n++) await page.locator(".ui-datepicker-prev").click()
    await page.locator("#ui-datepicker-div td a", { hasText: new RegExp(`^${day}$`) }).click()
    await field("folio").fill(printed(ticket, "FOLIO VTA"))
    await field("venta").fill(printed(ticket, "ID VTA"))
    await field("total").fill(printed(ticket, "TOTAL M.N.").replace(/[$,]/g, ""))
    await field("validarTicket").click()
    await page.locator('[id="form:continuar"]:not([disabled])').click()
    await field("rfc").fill(profile.rfc)
    await field("razon").fill(profile.fullName)
    await field("codigo").fill(profile.postalCode)
    await field("correo").fill(profile.email)
    await page.locator('[id="form:selectOneMenuRegFis"]:not(.ui-state-disabled)').waitFor()
    await pick("selectOneMenuRegFis", `${profile.fiscalRegime} `)
    await page.locator('[id="form:selectOneMenuCFDI"]:not(.ui-state-disabled)').waitFor()
    await pick("selectOneMenuCFDI", `${profile.cfdiUse} `)
    await field("generarFactura").click()
    await download(page, () => field("descargarXml").click())
  }
}
