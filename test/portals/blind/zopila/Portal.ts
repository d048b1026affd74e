import { ago, failed, money, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "0083412",
  cents: 19800n,
  description: "Cuota de peaje automóvil",
  paymentForm: "01",
  booth: "La Escondida",
  lane: "B03",
  number: "77410",
  date: ago(2).slashes,
  time: "18:22:07"
}
const closed: Sale = {
  ...open,
  ticket: "0061190",
  number: "60277",
  date: ago(48).slashes,
  time: "09:05:41",
  closed: true
}

const paper = (sale: Sale, days: number, tariff = sale.cents) => ({
  "PLAZA DE COBRO": "14 LA ESCONDIDA",
  CUERPO: "B",
  VIA: sale.lane,
  "NUM. IDENT.": sale.number,
  CONSEC: sale.ticket,
  CLASE: "T01 AUTOMOVIL",
  FECHA: ago(days).words,
  HRS: sale.time,
  CUOTA: `$${money(tariff)}`,
  "TIPO PAGO": "EFECTIVO"
})

export const portal: TestPortal = {
  id: "zopila",
  traps: [
    "log-in by RFC and e-mail alone; an unknown RFC has to fill a registration dialog first",
    "a read-only bootstrap-datepicker; lanes that arrive by AJAX after the booth",
    "Facturar opens a dialog whose Facturar stamps; the invoice goes out only by a button and one more dialog"
  ],
  profile: "person",
  start: () => start([open, closed]),
  cases: [
    { name: "ok", ticket: paper(open, 2), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "another tariff", ticket: paper(open, 2, 18900n), expected: failed("TICKET_NOT_FOUND") },
    { name: "the period is closed", ticket: paper(closed, 48), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#correo").fill(profile.email)
    await page.getByRole("button", { name: "Ingresar" }).click()
    const register = page.locator("#modalRegistro")
    await register.locator("#RazonSocial").fill(profile.fullName)
    await register.locator("#CP").fill(profile.postalCode)
    await register
      .locator("#RegimenId")
      .selectOption({ label: `${profile.fiscalRegime} Personas Físicas con Actividades Empresariales y Profesionales` })
    await register.getByRole("button", { name: "Guardar" }).click()
    await page.locator("#cmbCaseta").selectOption({ label: "La Escondida" })
    await page.locator("#CarrilId option", { hasText: printed(ticket, "VIA") }).waitFor({ state: "attached" })
    await page.locator("#CarrilId").selectOption({ label: printed(ticket, "VIA") })
    await page.locator("#Fecha").click()
    const day = printed(ticket, "FECHA").slice(0, 2).replace(/^0/, "")
    if (printed(ticket, "CONSEC") === closed.ticket) {
      const months = Number(ago(0).iso.slice(5, 7)) - Number(ago(48).iso.slice(5, 7))
      for (let back = 0; back < (months + 12) % 12; back++) await page.locator(".datepicker-days .prev").click()
    } else if (ago(0).iso.slice(0, 7) !== ago(2).iso.slice(0, 7)) await page.locator(".datepicker-days .prev").click()
    await page.locator(".datepicker-days td.day:not(.old):not(.new)", { hasText: new RegExp(`^${day}$`) }).click()
    await page.locator("#hora").fill(printed(ticket, "HRS"))
    await page.locator("#NumeroId").fill(printed(ticket, "NUM. IDENT."))
    await page.locator("#consecutivo").fill(printed(ticket, "CONSEC"))
    await page.locator("#total").fill(printed(ticket, "CUOTA").replace("$", ""))
    await page.getByRole("button", { name: "Agregar cruce" }).click()
    await page.locator("#ClaveCDFI").selectOption({ label: "Gastos en general" })
    await page.locator("#btnFacturar").click()
    await page.locator("#modalConfirmar").getByRole("button", { name: "Facturar" }).click()
    await page.locator("#btnSendEmail").click()
    await page.locator("#modalCorreo").getByRole("button", { name: "Enviar" }).click()
    await page.getByText("fue enviado a").waitFor()
  }
}
