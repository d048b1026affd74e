import type { Expected } from "../../lib/Portal.ts"
import { ago, commas, failed, printed, type TestPortal } from "../kit/kit.ts"
import { account, type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "4471093862205518",
  cents: 85000n,
  description: "Gasolina Magna 35.432 L",
  paymentForm: "28",
  date: ago(1).slashes
}
const late: Sale = { ...open, ticket: "4471093120114073", cents: 50000n, date: ago(40).slashes, expired: true }

const paper = (sale: Sale, id = sale.ticket) => ({
  Estación: "E07731 ZAFIREL LIBRAMIENTO SUR",
  "No. Venta": sale.ticket.slice(-7),
  Bomba: "06",
  Fecha: sale.date,
  Producto: "MAGNA",
  "Total M.N.": `$ ${commas(sale.cents)}`,
  Pago: "T. DEBITO",
  "WEB ID": id
})

const afterLogin = (then: Expected): Expected => ({
  status: "ASKED",
  kind: "login",
  answers: {
    contraseña: account.password,
    password: account.password,
    usuario: account.email,
    correo: account.email,
    email: account.email
  },
  then
})

export const portal: TestPortal = {
  id: "zafirel",
  traps: [
    "ASP.NET Core Identity log-in, reached by a link; antiforgery tokens",
    "a masked code of 4-4-4-4 digits, printed without hyphens",
    "the account keeps two taxpayers and the other one is chosen already",
    "only by e-mail; a window.confirm before the stamp"
  ],
  profile: "person",
  start: () => start([open, late]),
  cases: [
    { name: "ok", ticket: paper(open), expected: afterLogin({ status: "COMPLETED", delivery: "email" }) },
    { name: "expired", ticket: paper(late), expected: afterLogin(failed("TICKET_EXPIRED")) },
    {
      name: "a digit mistyped",
      ticket: paper(open, "4471093862205578"),
      expected: afterLogin(failed("TICKET_NOT_FOUND"))
    }
  ],
  script: async (page, ticket, profile) => {
    page.on("dialog", (dialog) => dialog.accept())
    await page.getByRole("link", { name: "Facturar ahora" }).click()
    await page.locator("#Input_Email").fill(account.email)
    await page.locator("#Input_Password").fill(account.password)
    await page.locator("#login-submit").click()
    await page.locator("#Input_Folio").pressSequentially(printed(ticket, "WEB ID"))
    await page.getByRole("button", { name: "Buscar despacho" }).click()
    await page.locator("#ClienteId").selectOption({ label: `${profile.rfc} · ${profile.fullName}` })
    await page.locator("#ClaveFormaPago").selectOption("28")
    await page.locator("#ClaveUsoCFDI").selectOption(profile.cfdiUse)
    await page.getByRole("button", { name: "Timbrar" }).click()
    await page.getByText("Comprobante enviado").waitFor()
  }
}
