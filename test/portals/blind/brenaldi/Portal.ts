import { ago, completed, download, failed, money, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "35160201194420",
  cents: 42350n,
  description: "Medicamentos y cuidado personal",
  paymentForm: "28"
}
const refused: Sale = { ...open, ticket: "35160100873315", cents: 18900n, unlisted: true }
const late: Sale = { ...open, ticket: "35160301022918", cents: 95040n, late: true }

const paper = (sale: Sale, days: number, cents = sale.cents) => ({
  FARMACIA: "3516 AV MORELOS",
  TERMINAL: sale.ticket.slice(4, 6),
  OPERACION: sale.ticket.slice(6),
  FECHA: ago(days).dashes,
  HORA: "21:14",
  "IMP. TOTAL": money(cents),
  "TARJ DEB": money(cents),
  "FOLIO ELECTRONICO": sale.ticket
})

export const portal: TestPortal = {
  id: "brenaldi",
  traps: [
    "a wizard of four tabs, all in the page at once, each with a Siguiente of its own",
    "the use is a typeahead: only what was taken from its list counts; anchors as buttons",
    "messages in one modal; the stamp is Confirmar on the third tab, the files one ZIP on the fourth"
  ],
  profile: "person",
  start: () => start([open, refused, late]),
  cases: [
    { name: "ok", ticket: paper(open, 2), expected: completed },
    { name: "the amount misread", ticket: paper(open, 2, 43250n), expected: failed("TICKET_NOT_FOUND") },
    { name: "not in the SAT's list", ticket: paper(refused, 2), expected: failed("DATA_REJECTED") },
    { name: "out of its term", ticket: paper(late, 62), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const next = () => page.locator(".tab-pane.active a.btn_sig").click()
    await page.locator("#txt_ticket").fill(printed(ticket, "FOLIO ELECTRONICO"))
    await page.locator("#txt_total").fill(printed(ticket, "IMP. TOTAL"))
    await page.locator("#txt_rfccliente").fill(profile.rfc)
    await next()
    await page.locator("#txt_cnombre").fill(profile.fullName)
    await page.locator("#txt_ccp").fill(profile.postalCode)
    await page.locator("#txt_cucfdi").pressSequentially("gastos en", { delay: 30 })
    await page.locator("ul.typeahead li a", { hasText: "Gastos en general" }).click()
    await page
      .locator("#cbo_cregfiscal")
      .selectOption({ label: "612-Personas Físicas con Actividades Empresariales y Profesionales" })
    await page.locator("#txt_ccorreo").fill(profile.email)
    await page.locator("#txt_ccorreo2").fill(profile.email)
    await next()
    await page.locator("#btn_confirmar").click()
    await download(page, () => page.locator("#btn_dxmlpdf").click())
  }
}
