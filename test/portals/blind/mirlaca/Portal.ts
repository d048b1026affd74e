import { ago, failed, money, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "00231187",
  cents: 6500n,
  description: "Cruce puente vehículo ligero",
  paymentForm: "01",
  iso: ago(2).iso
}
const late: Sale = { ...open, ticket: "00219034", iso: ago(21).iso, late: true }
const asked: Sale = { ...open, ticket: "00231102", iso: ago(3).iso, invoiced: true }

const paper = (sale: Sale, days: number) => ({
  "RECIBO NO.": sale.ticket,
  CRUCE: `${ago(days).short} 08:41`,
  SENTIDO: "NORTE-SUR",
  "TIPO VEH.": "A2",
  "CUOTA PAGADA": `$ ${money(sale.cents)}`,
  MEDIO: "EFECTIVO"
})

export const portal: TestPortal = {
  id: "mirlaca",
  traps: [
    "an Elementor form: the RFC's id is form-field-email, the name's example has S.A. DE C.V., a honeypot",
    "a contact form in the footer with the same ids",
    "flatpickr over the date, which is printed with the time and two digits of the year",
    "only a request: the invoice comes by e-mail within 48 hours, and the form empties itself"
  ],
  profile: "company",
  start: () => start([open, late, asked]),
  cases: [
    { name: "ok", ticket: paper(open, 2), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "too late", ticket: paper(late, 21), expected: failed("TICKET_EXPIRED") },
    { name: "invoiced before", ticket: paper(asked, 3), expected: failed("ALREADY_INVOICED") }
  ],
  script: async (page, ticket, profile) => {
    const form = page.locator("form[name=Prefacturación]")
    await form.locator("#form-field-field_3c1a2ff").fill(profile.email)
    await form.locator("#form-field-name").fill(profile.fullName)
    await form.locator("#form-field-email").fill(profile.rfc)
    await form.locator("#form-field-field_81d07be").fill(profile.postalCode)
    await form.locator("#form-field-field_9be2210").selectOption({ label: "601 General de Ley Personas Morales" })
    await form.locator("#form-field-field_d1f6634").selectOption({ label: "G03 Gastos en general" })
    await form.locator("#form-field-message").fill(printed(ticket, "RECIBO NO."))
    const [day = "", month = "", year = ""] = printed(ticket, "CRUCE").split(" ")[0]?.split("/") ?? []
    await form.locator("#form-field-field_a02c9d4").evaluate((el, iso) => {
      ;(el as unknown as { _flatpickr: { setDate: (iso: string, fire: boolean) => void } })._flatpickr.setDate(
        iso,
        true
      )
    }, `20${year}-${month}-${day}`)
    await form.locator("#form-field-field_58e4c07").fill(printed(ticket, "CUOTA PAGADA").replace(/[^0-9.]/g, ""))
    await form.locator("#form-field-field_77aa310-0").check()
    await form.locator("#form-field-field_acc1b20").check()
    await form.getByRole("button", { name: "Solicitar" }).click()
    await page.locator(".elementor-message-success").waitFor()
  }
}
