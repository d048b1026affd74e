import { formatMoney } from "../../../../src/cfdi/Money.ts"
import type { TestPortal } from "../../lib/Portal.ts"
import { download, plainAmount, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "TLQ-4821-0093-7715-26K4",
  cents: 67400n,
  description: "Transporte terrestre de pasajeros",
  paymentForm: "04",
  state: "open"
}

const old: Sale = { ...open, ticket: "TLQ-4790-1182-0046-11D9", cents: 51200n, state: "expired" }

const ticketOf = (sale: Sale, days: number, key = sale.ticket) => ({
  "Clave Facturación": key,
  Folio: "B0098812",
  Origen: "XALAPA CAXA",
  Destino: "MEXICO TAPO",
  Asiento: "23",
  "Fecha de viaje": daysAgo(days).spelled,
  Salida: "06:30",
  Tarifa: `$${formatMoney(sale.cents)}`
})

export const portal: TestPortal = {
  id: "tlaloque",
  traps: [
    "RFC in two boxes of 10 and 3, the ticket's key in five of 3, 4, 4, 4 and 4 that move on by themselves",
    "a person's name in three boxes, behind a radio that starts on company",
    "e-mail twice, the first one prefilled by the page, no pasting into the second",
    "a div for a button, downloads by POST"
  ],
  profile: "person",
  start: () => start([open, old]),
  cases: [
    { name: "ok", ticket: ticketOf(open, 2), expected: { status: "COMPLETED", delivery: "download" } },
    {
      name: "another key",
      ticket: ticketOf(open, 2, "TLQ-4821-0093-7751-26K4"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    { name: "expired", ticket: ticketOf(old, 21), expected: { status: "FAILED", code: "TICKET_EXPIRED" } }
  ],
  script: async (page, ticket, profile) => {
    const field = (name: string) => page.locator(`[name=${name}]`)
    const parts = printed(ticket, "Clave Facturación").split("-")
    for (const [index, part] of parts.entries()) await field(`cve${index + 1}`).fill(part)
    await field("referencia").fill(plainAmount(printed(ticket, "Tarifa")))
    await page.locator("#tpf").check()
    await field("rfc_a").fill(profile.rfc.slice(0, 10))
    await field("rfc_b").fill(profile.rfc.slice(10))
    for (const [index, name] of profile.fullName.split(" ").entries()) await field(`n${index + 1}`).fill(name)
    await field("cp").fill(profile.postalCode)
    await field("reg").selectOption({ label: "Personas Físicas con Actividades Empresariales y Profesionales (612)" })
    await field("uso").selectOption(profile.cfdiUse)
    await field("correo").fill(profile.email)
    await field("correo2").fill(profile.email)
    await page.locator("#emitir").click()
    await download(page, () => page.getByText("Obtener XML").click())
  }
}
