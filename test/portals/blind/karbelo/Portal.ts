import { ago, completed, failed, money, printed, type TestPortal } from "../kit/kit.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "1847736",
  cents: 110055n,
  description: "Gasolina Premium 44.02 L",
  paymentForm: "04",
  station: 3,
  date: ago(1).slashes,
  time: "14:07"
}
const offline: Sale = { ...open, ticket: "0440912", station: 5, time: "20:55" }

const streets: Readonly<Record<number, string>> = {
  3: "BLVD AGUA ZARCA 515 COL EL MIRADOR",
  5: "CARR LIBRE A TLACOTE KM 4.5"
}

const paper = (sale: Sale, number = sale.ticket) => ({
  "PERMISO CRE": "PL/10482/EXP/ES/2015",
  DOMICILIO: streets[sale.station] ?? "",
  DISP: "08",
  "NUM. TRANSACCION": number,
  "FECHA DESPACHO": sale.date,
  "HORA DESPACHO": `${sale.time}:33`,
  "IMPORTE M.N.": money(sale.cents),
  "MEDIO DE PAGO": "TARJETA CREDITO"
})

export const portal: TestPortal = {
  id: "karbelo",
  traps: [
    "WEBDEV: generated ids, labels that are texts of their own placed beside the boxes, one form with a hidden button field",
    "stations named by their address, values that are ordinals; masked date and a time without seconds",
    "errors are alerts as the page loads; the files are posted into a new tab and shown there"
  ],
  profile: "company",
  start: () => start([open, offline]),
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "another number", ticket: paper(open, "1847763"), expected: failed("TICKET_NOT_FOUND") },
    { name: "the station is off line", ticket: paper(offline), expected: failed("PORTAL_DOWN") }
  ],
  script: async (page, ticket, profile) => {
    const said = page.waitForEvent("dialog", { timeout: 0 }).then(async (dialog) => {
      await dialog.accept()
      throw new Error(dialog.message())
    })
    said.catch(() => undefined)
    await page.locator("#A9").selectOption(printed(ticket, "DOMICILIO").startsWith("BLVD") ? "3" : "5")
    await page.locator("#A11").pressSequentially(printed(ticket, "FECHA DESPACHO").replaceAll("/", ""))
    await page.locator("#A13").pressSequentially(printed(ticket, "HORA DESPACHO").slice(0, 5).replace(":", ""))
    await page.locator("#A15").fill(printed(ticket, "NUM. TRANSACCION"))
    await page.locator("#A17").fill(profile.rfc)
    await page.locator("#A19").click()
    await Promise.race([page.locator("#A27").waitFor(), said])
    await page.locator("#A27").fill(profile.fullName)
    await page.locator("#A29").fill(profile.postalCode)
    await page.locator("#A31").selectOption({ label: "601 GENERAL DE LEY PERSONAS MORALES" })
    await page.locator("#A33").selectOption({ label: "G03 GASTOS EN GENERAL" })
    await page.locator("#A35").fill(profile.email)
    await page.locator("#A37").click()
    const [tab] = await Promise.all([page.context().waitForEvent("page"), page.locator("#A44").click()])
    await tab.waitForLoadState()
  }
}
