import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo, readDate } from "../../lib/TicketDates.ts"
import { type Fare, start } from "./Site.ts"

const open: Fare = {
  ticket: "60281193407",
  origin: "Hidalgo del Parral",
  date: daysAgo(1),
  cents: 74800n,
  description: "Transporte de pasajeros",
  paymentForm: "01",
  state: "open"
}

const old: Fare = { ...open, ticket: "60279920014", date: daysAgo(16), cents: 51000n, state: "expired" }

const ticketOf = (fare: Fare, price: string) => ({
  "No. Boleto": fare.ticket,
  Pasajero: "XOCHILT CASAS",
  Origen: "PARRAL",
  Destino: "CHIHUAHUA CENTRAL",
  Salida: `${fare.date.spelled} 06:30`,
  Asiento: 14,
  Tarifa: price,
  Pago: "EFECTIVO"
})

export const portal: TestPortal = {
  id: "tarahumara",
  traps: [
    "web components in open shadow roots, two deep: inputs without label, div buttons, a list of divs",
    "terminals by other names than the ticket's; the destination is a terminal too",
    "fiscal section hidden until the ticket was found",
    "a native date input; departure printed with its month spelled and its time",
    "régimen after the RFC, use after the régimen"
  ],
  profile: "person",
  start: () => start([open, old]),
  cases: [
    { name: "ok", ticket: ticketOf(open, "$748.00"), expected: { status: "COMPLETED", delivery: "download" } },
    { name: "expired", ticket: ticketOf(old, "$510.00"), expected: { status: "FAILED", code: "TICKET_EXPIRED" } },
    {
      name: "not found",
      ticket: ticketOf({ ...open, ticket: "60281193470" }, "$748.00"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    }
  ],
  script: async (page, ticket, profile) => {
    const type = (name: string, text: string) => page.locator(`tar-campo[nombre=${name}] input`).fill(text)
    const choose = async (name: string, option: string) => {
      const list = page.locator(`tar-lista[nombre=${name}]`)
      const item = list.locator(".hoja div", { hasText: option })
      await item.waitFor({ state: "attached" })
      await list.locator(".caja").click()
      await item.click()
    }
    await type("t0", printed(ticket, "No. Boleto"))
    await type("t1", readDate(printed(ticket, "Salida").slice(0, 11)).iso)
    await choose("t2", "Hidalgo del Parral")
    await type("t3", plainAmount(printed(ticket, "Tarifa")))
    await page.getByText("Buscar boleto").click()
    await type("f0", profile.rfc)
    await type("f1", profile.fullName)
    await type("f2", profile.postalCode)
    await type("f5", profile.email)
    await choose("f3", profile.fiscalRegime)
    await choose("f4", profile.cfdiUse)
    await page.getByText("Facturar boleto").click()
    await download(page, () => page.getByText("Archivo XML").click())
  }
}
