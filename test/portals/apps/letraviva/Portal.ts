import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Note, start } from "./Site.ts"

const open: Note = {
  ticket: "XAL-0071832",
  webKey: "q8Zt",
  cents: 56700n,
  description: "Libros",
  paymentForm: "28",
  state: "open"
}

const invoiced: Note = { ...open, ticket: "XAL-0071011", webKey: "R2mm", cents: 19900n, state: "invoiced" }

const refused: Note = { ...open, ticket: "XAL-0071900", webKey: "0OlI", cents: 33350n, state: "refused" }

const ticketOf = (note: Note, total: string) => ({
  Suc: "XALAPA ENRIQUEZ",
  "Ref.": note.ticket,
  "Clave web": note.webKey,
  Fecha: daysAgo(5).spelled,
  Ejemplares: 3,
  "TOTAL MXN": total
})

export const portal: TestPortal = {
  id: "letraviva",
  traps: [
    "native <dialog> for the confirmation, with the stamp, and another for errors",
    "the result is a popup window with the links; the page itself only says that it opened",
    "list boxes (select with size) whose values are row numbers, the SAT's key behind the name",
    "names lie: the code is txtDomicilio, the amount venta; the web key is a password box that is no log-in; the case of its letters counts",
    "the postal code is a number input; another form with an RFC beside",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, invoiced, refused]),
  cases: [
    { name: "ok", ticket: ticketOf(open, "$567.00"), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "already invoiced, in a dialog",
      ticket: ticketOf(invoiced, "$199.00"),
      expected: { status: "FAILED", code: "ALREADY_INVOICED" }
    },
    {
      name: "wrong key, in a dialog",
      ticket: ticketOf({ ...open, webKey: "q8ZT" }, "$567.00"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "fiscal data refused after the stamping click, in a dialog",
      ticket: ticketOf(refused, "$333.50"),
      expected: { status: "FAILED", code: "DATA_REJECTED" }
    }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#txtDomicilio").fill(printed(ticket, "Ref."))
    await page.locator("#contrasenia").fill(printed(ticket, "Clave web"))
    await page.locator("#venta").fill(plainAmount(printed(ticket, "TOTAL MXN")))
    await page.locator("#r").fill(profile.rfc)
    await page.locator("#n").fill(profile.fullName)
    await page.locator("#c").fill(profile.postalCode)
    await page.locator("#e").fill(profile.email)
    const pick = async (list: string, code: string) => {
      const option = page.locator(`${list} option`, { hasText: `[${code}]` })
      await page.locator(list).selectOption(await option.getAttribute("value"))
    }
    await pick("#g", profile.fiscalRegime)
    await pick("#u", profile.cfdiUse)
    await page.getByRole("button", { name: "Facturar nota" }).click()
    const confirm = page.getByRole("button", { name: "Sí, facturar" })
    await confirm.waitFor()
    const [viewer] = await Promise.all([page.waitForEvent("popup"), confirm.click()])
    await download(viewer, () => viewer.getByRole("link", { name: "Descargar archivo XML" }).click())
  }
}
