import type { Expected, TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Delivery, member, start } from "./Site.ts"

const open: Delivery = { ticket: "R-0092274", cents: 384200n, description: "Abarrotes al mayoreo", paymentForm: "01" }

const invoiced: Delivery = { ...open, ticket: "R-0091800", cents: 120000n, invoiced: true }

const earlier: Delivery = { ...open, ticket: "R-0090315", cents: 384200n }

const ticketOf = (delivery: Delivery, total: string) => ({
  Remisión: delivery.ticket,
  Socio: "40917",
  Fecha: daysAgo(4).dayMonthYear,
  Bultos: 11,
  Total: total,
  Pago: "EFECTIVO"
})

const asked = (answers: Readonly<Record<string, string>>, then: Expected): Expected => ({
  status: "ASKED",
  kind: "login",
  answers,
  then
})

const known = { Usuario: member.user, Contraseña: member.password }

export const portal: TestPortal = {
  id: "clubdorado",
  traps: [
    "nothing but a log-in at first; the form is a tab that is not the first",
    "PrimeReact DataTable where another taxpayer's row is chosen; a new receiver is added in a dialog and is not chosen by that",
    "the e-mail is filled in with the member's own",
    "the invoice is a row of a table, beside another taxpayer's with the same total; links are icons"
  ],
  profile: "person",
  start: () => start([open, invoiced], earlier),
  cases: [
    {
      name: "ok",
      ticket: ticketOf(open, "$3,842.00"),
      expected: asked(known, { status: "COMPLETED", delivery: "download" })
    },
    {
      name: "a wrong password",
      ticket: ticketOf(open, "$3,842.00"),
      expected: asked({ ...known, Contraseña: "nopal2026" }, { status: "FAILED", code: "LOGIN_FAILED" })
    },
    {
      name: "already invoiced",
      ticket: ticketOf(invoiced, "$1,200.00"),
      expected: asked(known, { status: "FAILED", code: "ALREADY_INVOICED" })
    },
    {
      name: "another total",
      ticket: ticketOf(open, "$3,482.00"),
      expected: asked(known, { status: "FAILED", code: "TICKET_NOT_FOUND" })
    }
  ],
  script: async (page, ticket, profile) => {
    const beside = (label: string) => page.locator(`.renglones > span:text-is("${label}") + *`)
    const dialog = page.getByRole("dialog")
    await page.getByLabel("Usuario").fill(member.user)
    await page.getByLabel("Contraseña").fill(member.password)
    await page.getByRole("button", { name: "Entrar" }).click()
    await page.getByRole("menuitem", { name: "Facturar remisión" }).click()
    await beside("Número de remisión").fill(printed(ticket, "Remisión"))
    await beside("Total de la remisión").fill(plainAmount(printed(ticket, "Total")))
    await page.getByRole("button", { name: "Agregar otro receptor" }).click()
    await dialog.locator("input:not([readonly])").nth(0).fill(profile.rfc)
    await dialog.locator("input:not([readonly])").nth(1).fill(profile.fullName)
    await dialog.locator("input:not([readonly])").nth(2).fill(profile.postalCode)
    await dialog.locator(".p-dropdown").click()
    await page.locator(".p-dropdown-item", { hasText: `(${profile.fiscalRegime})` }).click()
    await dialog.getByRole("button", { name: "Guardar" }).click()
    await page.getByRole("row", { name: profile.rfc }).locator("[type=radio]").check()
    await beside("Uso de CFDI").click()
    await page.locator(".p-dropdown-item", { hasText: `(${profile.cfdiUse})` }).click()
    await beside("Correo de envío").fill(profile.email)
    await page.getByRole("button", { name: "Facturar", exact: true }).click()
    const row = page.getByRole("row", { name: printed(ticket, "Remisión") })
    await download(page, () => row.getByTitle("Descargar XML").click())
  }
}
