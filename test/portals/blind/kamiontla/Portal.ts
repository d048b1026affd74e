import type { PortalCase } from "../../lib/Portal.ts"
import { ago, asked, commas, completed, failed, printed, type TestPortal } from "../kit/kit.ts"
import { imageText, type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "40218830561",
  seat: "07",
  route: "XALAPA - PUEBLA CAPU",
  travels: ago(1).slashes,
  cents: 45600n,
  description: "Servicio de transporte terrestre de pasajeros",
  paymentForm: "04"
}
const closed: Sale = {
  ...open,
  ticket: "40190077412",
  seat: "22",
  travels: ago(75).slashes,
  cents: 38800n,
  bar: "La vigencia para facturar el boleto concluyó."
}
const invoiced: Sale = {
  ...open,
  ticket: "40218830598",
  seat: "11",
  bar: `El boleto fue facturado el ${ago(1).slashes} con folio KT-551024.`
}

const ticketOf = (sale: Sale, days: number, seat = sale.seat) => ({
  "FOLIO/TICKET No.": sale.ticket,
  NOMBRE: "XOCHILT CASAS",
  ORIGEN: "XALAPA",
  DESTINO: "PUEBLA CAPU",
  FECHA: ago(days).words,
  HORA: "06:45",
  "ASIENTO/SEAT": seat,
  SERVICIO: "PRIMERA",
  "PRECIO/PRICE": `$ ${commas(sale.cents)}`,
  OPERACIÓN: "77120931"
})

const afterImage = (then: PortalCase["expected"]) =>
  asked({ código: imageText(0), captcha: imageText(0), imagen: imageText(0) }, then)

export const portal: TestPortal = {
  id: "kamiontla",
  traps: [
    "JSP with tables and no labels; an image captcha in the first step, called CÓDIGO",
    "the seat under the name Ticket_Amount; a boleto joins a list, then Continuar",
    "the image is renewed after the boleto was added, and its field is not needed again",
    "régimen with the code at its end, uso without a code; a window.confirm before the stamp",
    "the XML by a pop-up window"
  ],
  profile: "person",
  start: () => start([open, closed, invoiced]),
  cases: [
    { name: "ok", ticket: ticketOf(open, 1), expected: afterImage(completed) },
    { name: "another seat", ticket: ticketOf(open, 1, "17"), expected: afterImage(failed("TICKET_NOT_FOUND")) },
    { name: "month closed", ticket: ticketOf(closed, 75), expected: afterImage(failed("TICKET_EXPIRED")) },
    { name: "invoiced before", ticket: ticketOf(invoiced, 1), expected: afterImage(failed("ALREADY_INVOICED")) }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#sch_Id_Ticket").fill(printed(ticket, "FOLIO/TICKET No."))
    await page.locator("#sch_Ticket_Amount").fill(printed(ticket, "ASIENTO/SEAT"))
    await page.locator("#sch_RFC").fill(profile.rfc)
    await page.locator("#captcha").fill(imageText(0))
    await page.getByRole("button", { name: "Agregar boleto" }).click()
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.locator("#RName").fill(profile.fullName)
    await page.locator("#RCodigoPostal").fill(profile.postalCode)
    await page.locator("#RRegimen").selectOption(`R${profile.fiscalRegime}`)
    await page.locator("#RUso").selectOption(profile.cfdiUse)
    await page.locator("#REmail").fill(profile.email)
    await page.getByRole("button", { name: "Facturar" }).click()
    const { promise, resolve } = Promise.withResolvers<void>()
    page.once("download", () => resolve())
    page.context().once("page", (popup) => popup.once("download", () => resolve()))
    await page.locator("#buttondwXML").click()
    await promise
  }
}
