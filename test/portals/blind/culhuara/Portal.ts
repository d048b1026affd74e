import type { Expected } from "../../lib/Portal.ts"
import { ago, completed, failed, money, printed, type TestPortal } from "../kit/kit.ts"
import { account, type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "5521907",
  cents: 14600n,
  description: "Peaje vehículo ligero",
  paymentForm: "01",
  booth: "Limoncito Sur",
  lane: "7",
  iso: ago(3).iso
}
const taken: Sale = { ...open, ticket: "5520118", iso: ago(4).iso, invoiced: true }

const paper = (sale: Sale, days: number, cents = sale.cents) => ({
  PLAZA: "03 LIMONCITO SUR",
  CABINA: sale.lane,
  "No. BOLETO": sale.ticket,
  EMITIDO: `${ago(days).words} 11:05:12`,
  VEHICULO: "LIGERO 2 EJES",
  "IMPORTE PAGADO": `$${money(cents)} M.N.`,
  CAJERO: "0093"
})

const afterLogin = (then: Expected): Expected => ({
  status: "ASKED",
  kind: "login",
  answers: { contraseña: account.password, password: account.password, usuario: account.user, correo: account.user },
  then
})

export const portal: TestPortal = {
  id: "culhuara",
  traps: [
    "a log-in; React with MUI selects and a MUI X date picker of contenteditable sections",
    "the account's fiscal data stand in the form already, with an old postal code",
    "Generar factura stamps without another question; the file is a ZIP from the list Mis facturas, among older ones"
  ],
  profile: "person",
  start: () => start([open, taken]),
  cases: [
    { name: "ok", ticket: paper(open, 3), expected: afterLogin(completed) },
    { name: "invoiced before", ticket: paper(taken, 4), expected: afterLogin(failed("ALREADY_INVOICED")) },
    { name: "another amount", ticket: paper(open, 3, 16400n), expected: afterLogin(failed("TICKET_NOT_FOUND")) }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (name: string, text: string) => {
      await page.locator(`#mui-${name}`).click()
      await page.getByRole("option", { name: text }).click()
    }
    await page.locator("[name=usuario]").fill(account.user)
    await page.locator("[name=password]").fill(account.password)
    await page.getByRole("button", { name: "Iniciar sesión" }).click()
    await choose("caseta", "Limoncito Sur")
    await page.locator("[name=carril]").fill(printed(ticket, "CABINA"))
    await page.locator("[name=folio]").fill(printed(ticket, "No. BOLETO"))
    await page.locator("[name=amount]").fill(printed(ticket, "IMPORTE PAGADO").replace(/[^0-9.]|\.(?!\d)/g, ""))
    await page.locator(".MuiPickersSectionList-section").first().click()
    const iso = printed(ticket, "No. BOLETO") === taken.ticket ? taken.iso : open.iso
    await page.keyboard.type(iso.split("-").toReversed().join(""), { delay: 40 })
    await page.getByRole("button", { name: "Consultar" }).click()
    await page.locator("[name=cp]").fill(profile.postalCode)
    await choose("uso", profile.cfdiUse)
    await page.getByRole("button", { name: "Generar factura" }).click()
    const row = page.getByRole("row", { name: printed(ticket, "No. BOLETO") })
    const [file] = await Promise.all([page.waitForEvent("download"), row.getByRole("button").click()])
    await file.path()
  }
}
