import { formatMoney } from "../../../../src/cfdi/Money.ts"
import type { TestPortal } from "../../lib/Portal.ts"
import { download, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "3391745",
  station: "10457",
  webId: "7F3K2Q",
  cents: 73951n,
  description: "MAGNA 31.482 L",
  paymentForm: "04",
  state: "open"
}

const invoiced: Sale = { ...open, ticket: "3391802", webId: "M0P9X4", cents: 50000n, state: "invoiced" }

const offline: Sale = { ...open, ticket: "1100274", station: "11862", webId: "ZT61AA", cents: 64200n, state: "offline" }

const ticketOf = (sale: Sale, webId = sale.webId) => ({
  Estación: sale.station,
  "Folio/Despacho": sale.ticket,
  WebID: webId,
  Bomba: 4,
  Producto: "MAGNA",
  Litros: "31.482",
  "Precio/L": "23.49",
  Fecha: daysAgo(1).dayMonthYear,
  "Total MXN": formatMoney(sale.cents),
  "Forma de pago": "T. CREDITO"
})

export const portal: TestPortal = {
  id: "ahuehuete",
  traps: [
    "WebForms: __doPostBack, __VIEWSTATE, link buttons",
    "a régimen select with AutoPostBack that reloads the page, uso list arrives after",
    "a hidden duplicate panel with a second RFC, CP and régimen",
    "names lie: the WebID is txtReferencia, the amount txtVenta",
    "maintenance page with status 503",
    "no guard against a second stamp"
  ],
  profile: "company",
  start: () => start([open, invoiced, offline]),
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "another WebID",
      ticket: ticketOf(open, "7F3K2D"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "already invoiced",
      ticket: ticketOf(invoiced),
      expected: { status: "FAILED", code: "ALREADY_INVOICED" }
    },
    { name: "maintenance", ticket: ticketOf(offline), expected: { status: "FAILED", code: "PORTAL_DOWN" } }
  ],
  script: async (page, ticket, profile) => {
    const control = (id: string) => page.locator(`#ctl00_CPH1_${id}`)
    await control("txtEstacion").fill(printed(ticket, "Estación"))
    await control("txtDespacho").fill(printed(ticket, "Folio/Despacho"))
    await control("txtReferencia").fill(printed(ticket, "WebID"))
    await control("txtVenta").fill(printed(ticket, "Total MXN"))
    await control("lnkConsultar").click()
    await control("inputRfc").fill(profile.rfc)
    await control("inputRazon").fill(profile.fullName)
    await control("inputCp").fill(profile.postalCode)
    await control("inputCorreo").fill(profile.email)
    await control("cmbPago").selectOption("04")
    await control("cmbRegimen").selectOption(profile.fiscalRegime)
    await page.locator(`#ctl00_CPH1_cmbUsos option[value=${profile.cfdiUse}]`).waitFor({ state: "attached" })
    await control("cmbUsos").selectOption(profile.cfdiUse)
    await control("btnFacturar").click()
    await download(page, () => page.getByText("Descargar XML").click())
  }
}
