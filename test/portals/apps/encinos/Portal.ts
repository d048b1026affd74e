import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "0140388127",
  store: "014",
  date: daysAgo(5),
  cents: 124990n,
  description: "Material para construcción",
  paymentForm: "28"
}

const old: Sale = { ...open, ticket: "0140351006", date: daysAgo(41), cents: 38900n, expired: true }

const unlisted: Sale = {
  ...open,
  ticket: "0330120954",
  store: "033",
  date: daysAgo(2),
  cents: 75650n,
  refused:
    "Por favor verifica que los datos ingresados coinciden con los de tu constancia de situación fiscal. (CFDI40147: El campo DomicilioFiscalReceptor del receptor, debe encontrarse en la lista de RFC inscritos no cancelados en el SAT.)"
}

const ticketOf = (sale: Sale, store: string, total: string) => ({
  Tienda: store,
  Caja: "07",
  "No. Ticket": sale.ticket,
  Fecha: sale.date.dayMonthYear,
  Hora: "12:08",
  "Artículos vendidos": 6,
  TOTAL: total,
  "T. DEBITO": total
})

export const portal: TestPortal = {
  id: "encinos",
  traps: [
    "Angular Material: a linear stepper that keeps all its steps in the page, mat-autocomplete, mat-datepicker, mat-select",
    "two stores called Centro Sur; typed text is nothing until an option was picked",
    "the ticket number is called reservationId",
    "régimen by AJAX after the RFC, use after the régimen",
    "a box for promotions beside that for the privacy notice",
    "the invoice is base64 in the JSON reply; buttons make blob links",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, old, unlisted]),
  cases: [
    {
      name: "ok",
      ticket: ticketOf(open, "014 QRO CENTRO SUR", "$1,249.90"),
      expected: { status: "COMPLETED", delivery: "download" }
    },
    {
      name: "not found, in a snack bar",
      ticket: ticketOf({ ...open, ticket: "0140388721" }, "014 QRO CENTRO SUR", "$1,249.90"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "expired, in a snack bar",
      ticket: ticketOf(old, "014 QRO CENTRO SUR", "$389.00"),
      expected: { status: "FAILED", code: "TICKET_EXPIRED" }
    },
    {
      name: "fiscal data refused, in a dialog after the stamping click",
      ticket: ticketOf(unlisted, "033 PUE CENTRO SUR", "$756.50"),
      expected: { status: "FAILED", code: "DATA_REJECTED" }
    }
  ],
  script: async (page, ticket, profile) => {
    const store = printed(ticket, "Tienda").slice(0, 3)
    await page.getByLabel("Sucursal").fill(store)
    await page.getByRole("option", { name: store }).click()
    await page.getByLabel("Número de ticket").fill(printed(ticket, "No. Ticket"))
    await page.getByLabel("Fecha de compra").fill(printed(ticket, "Fecha"))
    await page.getByLabel("Importe total").fill(plainAmount(printed(ticket, "TOTAL")))
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.getByLabel("RFC").fill(profile.rfc)
    await page.getByLabel("Nombre o razón social").fill(profile.fullName)
    await page.getByLabel("Código postal fiscal").fill(profile.postalCode)
    await page.getByLabel("Correo electrónico").fill(profile.email)
    await page.getByRole("combobox", { name: "Régimen fiscal" }).click()
    await page.getByRole("option", { name: profile.fiscalRegime }).click()
    await page.getByRole("combobox", { name: "Uso del CFDI" }).click()
    await page.getByRole("option", { name: profile.cfdiUse }).click()
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.getByLabel("He leído y acepto el aviso de privacidad").check()
    await page.getByRole("button", { name: "Generar factura" }).click()
    await download(page, () => page.getByRole("button", { name: "Archivo XML" }).click())
  }
}
