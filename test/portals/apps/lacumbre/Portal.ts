import type { TestPortal } from "../../lib/Portal.ts"
import { printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Fill, start } from "./Site.ts"

const open: Fill = {
  ticket: "1187340",
  station: "E05121 Libramiento Sur",
  webId: "7F2B",
  cents: 90000n,
  description: "Gasolina menor a 91 octanos",
  paymentForm: "04",
  state: "open"
}

const old: Fill = { ...open, ticket: "1170052", webId: "C019", cents: 50000n, state: "expired" }

const ticketOf = (fill: Fill, total: string) => ({
  Estación: fill.station,
  Bomba: 6,
  Folio: fill.ticket,
  "Web ID": fill.webId,
  Fecha: daysAgo(1).dayMonthYear,
  Producto: "MAGNA 38.314 L",
  TOTAL: total,
  "Forma de pago": "TARJETA CREDITO"
})

export const portal: TestPortal = {
  id: "lacumbre",
  traps: [
    "Angular with zone.js: a wizard whose steps are all in the page, tables without labels",
    "régimen arrives 1.5 seconds after the RFC was left, the first 0.9 with no sign of it; arriving it empties the choice",
    "use arrives after the régimen; lists without the SAT's keys, their values row numbers",
    "a veil 'Cargando…' swallows clicks",
    "two stations whose names differ in a word; the Web ID is called reference",
    "form of payment by the shop's own numbers and it must be the sale's",
    "XML and PDF shown in new tabs, opened by pictures",
    "no guard against a second stamp"
  ],
  profile: "company",
  start: () => start([open, old]),
  cases: [
    { name: "ok", ticket: ticketOf(open, "$900.00"), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "wrong Web ID",
      ticket: ticketOf({ ...open, webId: "7F2D" }, "$900.00"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    { name: "expired", ticket: ticketOf(old, "$500.00"), expected: { status: "FAILED", code: "TICKET_EXPIRED" } },
    {
      name: "the station cannot be reached",
      ticket: ticketOf({ ...open, station: "E09003 Constituyentes", ticket: "0041977" }, "$640.00"),
      expected: { status: "FAILED", code: "PORTAL_DOWN" }
    }
  ],
  script: async (page, ticket, profile) => {
    const control = (name: string) => page.locator(`[formcontrolname=${name}]`)
    await control("station").selectOption({ label: printed(ticket, "Estación") })
    await control("despacho").fill(printed(ticket, "Folio"))
    await control("reference").fill(printed(ticket, "Web ID"))
    await page.getByRole("button", { name: "Consultar ticket" }).click()
    await control("inputRfc2").fill(profile.rfc)
    await control("inputRazon").fill(profile.fullName)
    await control("inputCp").fill(profile.postalCode)
    await control("inputCorreo").fill(profile.email)
    await control("cmbPago").selectOption({ label: "TARJETA DE CRÉDITO" })
    await control("cmbRegimen").selectOption({ label: "GENERAL DE LEY PERSONAS MORALES" })
    await control("cmbUsos").selectOption({ label: "GASTOS EN GENERAL" })
    await page.getByRole("button", { name: "Siguiente" }).click()
    await page.getByRole("button", { name: "Generar factura" }).click()
    const icon = page.locator(".icono", { hasText: "XML" })
    await icon.waitFor()
    const [xml] = await Promise.all([
      page.context().waitForEvent("response", (response) => response.url().endsWith(".xml")),
      icon.click()
    ])
    await xml.finished()
  }
}
