import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "HI-5520417",
  pharmacy: "Hidalgo",
  date: daysAgo(3),
  cents: 63275n,
  description: "Medicamentos",
  paymentForm: "04",
  state: "open"
}

const invoiced: Sale = { ...open, ticket: "HI-5519002", date: daysAgo(6), cents: 21400n, state: "invoiced" }

const old: Sale = { ...open, ticket: "HI-5388120", date: daysAgo(58), cents: 148050n, state: "expired" }

const ticketOf = (sale: Sale, total: string) => ({
  FARMACIA: `${sale.pharmacy.toUpperCase()} SUC. 25`,
  "FOLIO VENTA": sale.ticket,
  FECHA: sale.date.spelled,
  HORA: "09:31:17",
  ATENDIO: "Q.F.B. ROSALBA T.",
  "TOTAL A PAGAR": total,
  "TARJETA DE CREDITO": total
})

export const portal: TestPortal = {
  id: "santalucia",
  traps: [
    "MUI: Autocomplete, Select with its list at the end of the document, DatePicker in three spin buttons",
    "two pharmacies whose names begin alike",
    "values of the lists are row numbers, the SAT's key stands behind the name",
    "use by AJAX after the régimen, which empties it",
    "the e-mail twice, the second not to be pasted",
    "'Solicitar factura' opens a dialog where 'Solicitar factura' stamps",
    "errors of the reply as an alert above the form or as a field's help text",
    "two buttons fetch and make blob downloads",
    "no guard against a second stamp"
  ],
  profile: "company",
  start: () => start([open, invoiced, old]),
  cases: [
    { name: "ok", ticket: ticketOf(open, "632.75"), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "already invoiced, in an alert",
      ticket: ticketOf(invoiced, "214.00"),
      expected: { status: "FAILED", code: "ALREADY_INVOICED" }
    },
    {
      name: "not found, under the field",
      ticket: ticketOf({ ...open, ticket: "HI-5520471" }, "632.75"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "expired, under the field",
      ticket: ticketOf(old, "1,480.50"),
      expected: { status: "FAILED", code: "TICKET_EXPIRED" }
    }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (list: string, option: string) => {
      await page.getByRole("combobox", { name: list }).click()
      await page.getByRole("option", { name: option }).click()
    }
    await page.getByLabel("Farmacia").fill("Hidalgo")
    await page.getByRole("option", { name: "Hidalgo", exact: true }).click()
    await page.getByLabel("Folio de venta").fill(printed(ticket, "FOLIO VENTA"))
    await page.getByRole("spinbutton", { name: "Day" }).click()
    await page.keyboard.type(readDate(printed(ticket, "FECHA")).dayMonthYear.replaceAll("/", ""))
    await page.getByLabel("Total pagado").fill(plainAmount(printed(ticket, "TOTAL A PAGAR")))
    await page.getByLabel("R.F.C.").fill(profile.rfc)
    await page.getByLabel("Denominación o razón social").fill(profile.fullName)
    await page.getByLabel("C.P. del domicilio fiscal").fill(profile.postalCode)
    await page.getByLabel("Correo electrónico", { exact: true }).fill(profile.email)
    await page.getByLabel("Confirme su correo electrónico").fill(profile.email)
    await choose("Régimen", `(${profile.fiscalRegime})`)
    await choose("Uso que dará al comprobante", `(${profile.cfdiUse})`)
    await page.getByLabel("Acepto los términos").check()
    await page.getByRole("button", { name: "Solicitar factura" }).click()
    await page.getByRole("dialog").getByRole("button", { name: "Solicitar factura" }).click()
    await download(page, () => page.getByRole("button", { name: "XML" }).click())
  }
}
