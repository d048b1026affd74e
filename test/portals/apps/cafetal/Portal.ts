import type { TestPortal } from "../../lib/Portal.ts"
import { download, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Bill, start } from "./Site.ts"

const open: Bill = {
  ticket: "TX4K-09QM-77BD",
  branch: "Tuxtla Centro",
  cents: 34850n,
  description: "Consumo de alimentos",
  paymentForm: "04",
  state: "open"
}

const invoiced: Bill = { ...open, ticket: "TX4K-08AA-31ZP", cents: 12600n, state: "invoiced" }

const refused: Bill = { ...open, ticket: "TX4K-5F0T-O0RW", cents: 87000n, state: "refused" }

const ticketOf = (bill: Bill, total: string) => ({
  Sucursal: "TUXTLA CENTRO",
  Mesa: 11,
  Mesero: "IVAN",
  Fecha: daysAgo(2).dayMonthShortYear,
  "Cod. Facturación": bill.ticket,
  "Total M.N.": total
})

export const portal: TestPortal = {
  id: "cafetal",
  traps: [
    "masked inputs that hear nothing but keys: the code in groups of four, the total from its cents upwards",
    "typing the RFC clears the name above it, typing the postal code clears the colonia",
    "names lie: the code is email_2, the name direccion, the postal code codigo",
    "branch and use are radio buttons; an optional colonia",
    "a read-only review step with Corregir and Timbrar",
    "a refusal of the PAC brings the form back with a banner",
    "no guard against a second stamp"
  ],
  profile: "person",
  start: () => start([open, invoiced, refused]),
  cases: [
    {
      name: "ok",
      ticket: ticketOf(open, "$348.50"),
      expected: { status: "COMPLETED", delivery: "download" }
    },
    {
      name: "already invoiced, in a banner",
      ticket: ticketOf(invoiced, "$126.00"),
      expected: { status: "FAILED", code: "ALREADY_INVOICED" }
    },
    {
      name: "another total, under the field",
      ticket: ticketOf(open, "$384.50"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    {
      name: "fiscal data refused after the stamping click",
      ticket: ticketOf(refused, "$870.00"),
      expected: { status: "FAILED", code: "DATA_REJECTED" }
    }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("[name=email_2]").pressSequentially(printed(ticket, "Cod. Facturación"))
    await page.locator("[name=monto]").pressSequentially(printed(ticket, "Total M.N.").replace(/\D/g, ""))
    await page.getByLabel("Tuxtla Centro").check()
    await page.locator("[name=clave]").fill(profile.rfc)
    await page.locator("[name=direccion]").fill(profile.fullName)
    await page.locator("[name=codigo]").fill(profile.postalCode)
    await page.locator("[name=reg]").selectOption(profile.fiscalRegime)
    await page.getByLabel(profile.cfdiUse).check()
    await page.locator("[name=correo]").fill(profile.email)
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.getByRole("button", { name: "Timbrar" }).click()
    await download(page, () => page.getByRole("link", { name: "Bajar XML" }).click())
  }
}
