import { ago, commas, completed, download, failed, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "0614012004417231126",
  cents: 187345n,
  description: "Abarrotes y artículos del hogar",
  paymentForm: "01",
  date: ago(2).slashes
}
const fresh: Sale = { ...open, ticket: "0614003001288241126", cents: 64210n, date: ago(0).slashes, state: "notYet" }
const late: Sale = { ...open, ticket: "0614007009934020926", cents: 233180n, date: ago(75).slashes, state: "late" }
const other: Sale = { ...open, ticket: "0614009002210211126", cents: 98055n, date: ago(4).slashes, state: "foreign" }

const paper = (sale: Sale) => ({
  "SUC.": "0614 LAS PALMAS",
  CAJA: sale.ticket.slice(4, 7),
  TRANS: sale.ticket.slice(7, 13).replace(/^0+/, ""),
  "FECHA DE VENTA": sale.date,
  "TOTAL A PAGAR": commas(sale.cents),
  EFECTIVO: commas(sale.cents),
  "NUM. UNICO P/ FACTURAR": sale.ticket
})

export const portal: TestPortal = {
  id: "merkanela",
  traps: [
    "a shop's whole site around the form: search box, delivery postal code in a dialog, newsletter e-mail",
    "tickets are added to a list first; the form's fields are inert until one is in it",
    "the stamp is an XHR with a token that changes; XML and PDF are links in the reply"
  ],
  profile: "company",
  start: () => start([open, fresh, late, other]),
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "bought today, not uploaded yet", ticket: paper(fresh), expected: failed("TICKET_NOT_FOUND") },
    { name: "the month is closed", ticket: paper(late), expected: failed("TICKET_EXPIRED") },
    { name: "invoiced to another RFC", ticket: paper(other), expected: failed("ALREADY_INVOICED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#deliveryModal .close").click()
    await page.getByRole("button", { name: "Entendido" }).click()
    await page.locator("[name=ticketNumber]").fill(printed(ticket, "NUM. UNICO P/ FACTURAR"))
    await page.getByRole("button", { name: "Agregar" }).click()
    await page.locator("#ticketList tbody tr").waitFor()
    await page.locator("[name=agregarRfc]").fill(profile.rfc)
    await page.locator("[name=nombreRazonSocial]").fill(profile.fullName)
    await page.locator("[name=codigoPostal]").fill(profile.postalCode)
    await page.locator("[name=regimenFiscal]").selectOption({ value: `REG_${profile.fiscalRegime}` })
    await page.locator("[name=usoCfdi]").selectOption({ value: `USO_${profile.cfdiUse}` })
    await page.locator("[name=correoElectronico]").fill(profile.email)
    await page.locator("[name=avisoPrivacidad]").check()
    await page.getByRole("button", { name: "Emitir factura" }).click()
    await download(page, () => page.getByRole("link", { name: "XML" }).click())
  }
}
