import type { Expected } from "../../lib/Portal.ts"
import { ago, completed, failed, money, printed, type TestPortal } from "../kit/kit.ts"
import { account, type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "90418827",
  cents: 60010n,
  description: "Magna 25.11 L",
  paymentForm: "04",
  station: "E03127"
}
const late: Sale = { ...open, ticket: "90377120", late: true }
const before: Sale = { ...open, ticket: "90416603", cents: 45000n, mine: true }

const paper = (sale: Sale, days: number, cents = sale.cents) => ({
  ES: `${sale.station} NUXA LINCOLN PTE`,
  "TRANS. NO.": sale.ticket,
  ISLA: "3",
  FECHA: `${ago(days).short} 19:30`,
  MAGNA: "25.110 LTS",
  TOTAL: `$${money(cents)}`,
  VENTA: "T. CREDITO"
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
  id: "nuxa",
  traps: [
    "a log-in; Angular around jQuery Chosen with 584 stations, some of them of like names",
    "régimen arrives after the RFC, two of them; the method of payment is a radio in the added ticket's row",
    "success is a dialog and an empty form; the files are behind Mis Facturas, for old tickets as well"
  ],
  profile: "person",
  start: () => start([open, late, before]),
  cases: [
    { name: "ok", ticket: paper(open, 1), expected: afterLogin(completed) },
    { name: "later than 48 hours", ticket: paper(late, 6), expected: afterLogin(failed("TICKET_EXPIRED")) },
    { name: "another total", ticket: paper(open, 1, 61010n), expected: afterLogin(failed("TICKET_NOT_FOUND")) },
    {
      name: "asked for before, in the list",
      ticket: paper(before, 1),
      expected: afterLogin({ ...completed, recovered: true })
    }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#email").fill(account.email)
    await page.locator("#password").fill(account.password)
    await page.getByRole("button", { name: "Entrar" }).click()
    await page.locator("#rfc").selectOption({ label: profile.rfc })
    await page.locator("#regimen_fiscal option", { hasText: profile.fiscalRegime }).waitFor({ state: "attached" })
    await page
      .locator("#regimen_fiscal")
      .selectOption({ label: "612 - Personas Físicas con Actividades Empresariales y Profesionales" })
    await page.locator("#usocfdi").selectOption({ label: "G03 - Gastos en general" })
    await page.locator("#estacion_chosen").click()
    await page
      .locator("#estacion_chosen .chosen-search-input")
      .pressSequentially(printed(ticket, "ES").split(" ")[0] ?? "", { delay: 20 })
    await page.locator("#estacion_chosen .active-result").click()
    await page.locator("#ticket").fill(printed(ticket, "TRANS. NO."))
    await page.locator("#monto").fill(printed(ticket, "TOTAL").replace("$", ""))
    await page.getByRole("button", { name: "Agregar" }).click()
    await page.getByRole("radio", { name: "Crédito" }).check()
    await page.getByRole("button", { name: "Solicitar CFDI" }).click()
    await page.locator(".swal2-confirm").click()
    await page.getByRole("link", { name: "Mis Facturas" }).click()
    const row = page.locator("tr", { hasText: printed(ticket, "TRANS. NO.") })
    const [file] = await Promise.all([page.waitForEvent("download"), row.locator("a.xml").click()])
    await file.path()
  }
}
