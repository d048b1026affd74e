import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo, type TicketDate } from "../../lib/TicketDates.ts"
import { type Stay, start } from "./Site.ts"

const open: Stay = {
  ticket: "PB4471",
  room: "312",
  date: daysAgo(2),
  cents: 287450n,
  description: "Hospedaje",
  paymentForm: "04"
}

const old: Stay = { ...open, ticket: "PB4102", room: "108", date: daysAgo(33), cents: 143725n, expired: true }

const ticketOf = (stay: Stay, arrived: TicketDate, total: string) => ({
  Reservación: stay.ticket,
  "Hab.": stay.room,
  Llegada: arrived.dayMonthYear,
  Salida: stay.date.dayMonthYear,
  Noches: 2,
  "Total estancia": total
})

export const portal: TestPortal = {
  id: "balcones",
  traps: [
    "asks for more than ticket and profile hold: a telephone and the reason of the journey",
    "an optional client number, which any guess makes wrong",
    "MUI: Autocomplete for régimen and use with the SAT's key behind the name, TextField as a select",
    "another form above with Salida and Teléfono; a box that donates",
    "dd-mm-aaaa; arrival and departure on the ticket",
    "the links open new tabs that become downloads",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, old]),
  cases: [
    {
      name: "ok",
      ticket: ticketOf(open, daysAgo(4), "$2,874.50"),
      expected: {
        status: "ASKED",
        kind: "missing_data",
        answers: { Teléfono: "4431230099", Motivo: "Negocios" },
        then: { status: "COMPLETED", delivery: "download" }
      }
    },
    {
      name: "another room, before anything is asked",
      ticket: ticketOf({ ...open, room: "321" }, daysAgo(4), "$2,874.50"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "expired, before anything is asked",
      ticket: ticketOf(old, daysAgo(35), "$1,437.25"),
      expected: { status: "FAILED", code: "TICKET_EXPIRED" }
    }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (list: string, text: string) => {
      await page.getByLabel(list).click()
      await page.getByRole("option", { name: text }).click()
    }
    await page.getByLabel("Clave de reservación").fill(printed(ticket, "Reservación"))
    await page.getByLabel("Habitación").fill(printed(ticket, "Hab."))
    await page.getByLabel("Fecha de salida").fill(printed(ticket, "Salida").replaceAll("/", "-"))
    await page.getByLabel("Total de la cuenta").fill(plainAmount(printed(ticket, "Total estancia")))
    await page.getByRole("button", { name: "Localizar estancia" }).click()
    await page.getByLabel("RFC").fill(profile.rfc)
    await page.getByLabel("Nombre o razón social").fill(profile.fullName)
    await page.getByLabel("Código postal").fill(profile.postalCode)
    await choose("Régimen fiscal", `- ${profile.fiscalRegime}`)
    await choose("Uso de CFDI", `- ${profile.cfdiUse}`)
    await page.getByLabel("Correo electrónico").fill(profile.email)
    await page.getByLabel("Teléfono").fill("4431230099")
    await choose("Motivo de viaje", "Negocios")
    await page.getByRole("button", { name: "Emitir factura" }).click()
    await download(page, () => page.getByRole("link", { name: "Comprobante XML" }).click())
  }
}
