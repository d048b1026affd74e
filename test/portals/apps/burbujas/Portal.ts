import type { TestPortal } from "../../lib/Portal.ts"
import { plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate } from "../../lib/TicketDates.ts"
import { type Note, start } from "./Site.ts"

const open: Note = {
  ticket: "B-30872",
  shop: "Jardines del Campestre",
  date: daysAgo(3),
  cents: 23550n,
  description: "Servicio de lavandería",
  paymentForm: "01",
  state: "open"
}

const invoiced: Note = { ...open, ticket: "B-30790", date: daysAgo(7), cents: 18000n, state: "invoiced" }

const down: Note = { ...open, ticket: "J-11045", shop: "Juárez", date: daysAgo(1), cents: 9900n, state: "down" }

const ticketOf = (note: Note, shop: string, paid: string) => ({
  "NOTA DE SERVICIO": note.ticket,
  Local: shop,
  Kilos: "7.5",
  Recibido: daysAgo(9).dayMonthShortYear,
  Entregado: note.date.dayMonthShortYear,
  Cantidad: paid
})

/** How the tickets shorten what the form spells out. */
const shopOf: Readonly<Record<string, string>> = {
  "JARDINES CAMPESTRE": "Jardines del Campestre",
  JUAREZ: "Juárez"
}

export const portal: TestPortal = {
  id: "burbujas",
  traps: [
    "delivery by e-mail alone",
    "every outcome is a toast that is gone after 3 seconds; after the stamp the form is as empty as at first",
    "régimen and use are inputs with a datalist, and only its texts will do",
    "two dates on the ticket, the form wants that of the delivery as a native date",
    "the submit button only says 'Enviar'",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, invoiced, down]),
  cases: [
    {
      name: "ok",
      ticket: ticketOf(open, "JARDINES CAMPESTRE", "$235.50"),
      expected: { status: "COMPLETED", delivery: "email" }
    },
    {
      name: "already invoiced, in a toast",
      ticket: ticketOf(invoiced, "JARDINES CAMPESTRE", "$180.00"),
      expected: { status: "FAILED", code: "ALREADY_INVOICED" }
    },
    {
      name: "out of service, in a toast",
      ticket: ticketOf(down, "JUAREZ", "$99.00"),
      expected: { status: "FAILED", code: "PORTAL_DOWN" }
    },
    {
      name: "not found, in a toast",
      ticket: ticketOf({ ...open, ticket: "B-38072" }, "JARDINES CAMPESTRE", "$235.50"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    }
  ],
  script: async (page, ticket, profile) => {
    const textOf = async (list: string, code: string) => {
      const option = page.locator(`#${list} option[value^="${code}"]`)
      return (await option.getAttribute("value")) ?? ""
    }
    await page.getByLabel("Nota No.").fill(printed(ticket, "NOTA DE SERVICIO"))
    await page.getByLabel("Local").selectOption({ label: shopOf[printed(ticket, "Local")] ?? "" })
    await page.getByLabel("Fecha de entrega").fill(readDate(printed(ticket, "Entregado")).iso)
    await page.getByLabel("Cantidad pagada").fill(plainAmount(printed(ticket, "Cantidad")))
    await page.getByLabel("RFC").fill(profile.rfc)
    await page.getByLabel("Nombre tal como").fill(profile.fullName)
    await page.getByLabel("CP").fill(profile.postalCode)
    await page.getByLabel("Régimen fiscal").fill(await textOf("lreg", profile.fiscalRegime))
    await page.getByLabel("Uso de la factura").fill(await textOf("luso", profile.cfdiUse))
    await page.getByLabel("Enviar a (correo)").fill(profile.email)
    await page.getByRole("button", { name: "Enviar" }).click()
    await page.getByText("Se generó y envió correctamente").waitFor()
  }
}
