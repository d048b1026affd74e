import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed, typeMasked } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate, type TicketDate } from "../../lib/TicketDates.ts"
import { type Crossing, start } from "./Site.ts"

const open: Crossing = {
  ticket: "004419386",
  plaza: "Libramiento Salamanca",
  lane: "B04",
  date: daysAgo(8),
  time: "16:37",
  cents: 18700n,
  description: "Peaje automóvil",
  paymentForm: "01",
  state: "open"
}

const late: Crossing = { ...open, ticket: "004421005", date: daysAgo(0), time: "07:12", state: "late" }

const old: Crossing = { ...open, ticket: "004390077", date: daysAgo(47), time: "21:50", cents: 9200n, state: "expired" }

const ticketOf = (crossing: Crossing, amount: string) => ({
  PLAZA: "108 LIB. SALAMANCA",
  Carril: crossing.lane,
  "Folio No.": crossing.ticket,
  Clase: "1 AUTO",
  Fecha: crossing.date.dayMonthYear,
  Hora: `${crossing.time}:09`,
  "Importe (IVA incl.)": amount,
  "F. Pago": "EFECTIVO"
})

const monthOf = ({ iso }: TicketDate) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7))

export const portal: TestPortal = {
  id: "bajio",
  traps: [
    "PrimeReact: Dropdown with a filter, Calendar whose input is read-only, InputMask, ConfirmDialog, Toast",
    "fields without <label>; the ticket is called referencia, the amount venta",
    "régimen and use by AJAX after the RFC; the use list is not cut to the régimen",
    "forms of payment are 1, 2, 3",
    "the ticket abbreviates the plaza and prints seconds that the form has no place for",
    "a hidden second form; errors in toasts that vanish after 6 seconds",
    "a ZIP with the XML and the PDF as application/octet-stream",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, late, old]),
  cases: [
    { name: "ok", ticket: ticketOf(open, "$187.00"), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "not yet there, in a toast",
      ticket: ticketOf(late, "$187.00"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "expired, in a toast",
      ticket: ticketOf(old, "$92.00"),
      expected: { status: "FAILED", code: "TICKET_EXPIRED" }
    },
    {
      name: "not found, in a toast",
      ticket: ticketOf({ ...open, ticket: "004419368" }, "$187.00"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    }
  ],
  script: async (page, ticket, profile) => {
    const beside = (label: string) => page.locator(`.rejilla > div:has(> span:text-is("${label}"))`)
    const type = (label: string, text: string) => beside(label).locator("input").fill(text)
    const choose = async (label: string, option: string) => {
      await beside(label).locator(".p-dropdown").click()
      await page.locator(".p-dropdown-item", { hasText: option }).click()
      await beside(label).locator(".p-dropdown-label", { hasText: option }).waitFor()
    }
    await choose("Plaza de cobro", "Libramiento Salamanca")
    await type("Carril", printed(ticket, "Carril"))
    await type("Folio de cruce", printed(ticket, "Folio No."))
    const crossed = readDate(printed(ticket, "Fecha"))
    await beside("Fecha").getByRole("button").click()
    for (let back = monthOf(daysAgo(0)) - monthOf(crossed); back > 0; back--) {
      await page.locator(".p-datepicker-prev").click()
    }
    await page
      .locator(".p-datepicker-calendar td:not(.p-datepicker-other-month) span:not(.p-disabled)")
      .getByText(String(Number(crossed.iso.slice(8))), { exact: true })
      .click()
    // The calendar takes the focus back to its field when it has gone.
    await page.locator(".p-datepicker").waitFor({ state: "detached" })
    await typeMasked(beside("Hora").locator("input"), printed(ticket, "Hora").slice(0, 5))
    await type("Importe pagado", plainAmount(printed(ticket, "Importe (IVA incl.)")))
    await page.locator(".rejilla > div:has(> span:text-is('RFC')) input").first().fill(profile.rfc)
    const leave = page.locator(".rejilla > div:has(> span:text('Nombre, denominación')) input").fill(profile.fullName)
    await Promise.all([page.waitForResponse(/receptor\?rfc=/), leave])
    await type("Código postal", profile.postalCode)
    await choose("Régimen fiscal del receptor", profile.fiscalRegime)
    await choose("Uso de CFDI", profile.cfdiUse)
    await choose("Forma de pago", "Efectivo")
    await type("Correo electrónico", profile.email)
    await page.getByRole("button", { name: "Facturar", exact: true }).click()
    await page.getByRole("button", { name: "Sí, emitir" }).click()
    await download(page, () => page.getByRole("button", { name: "Descargar comprobante" }).click())
  }
}
