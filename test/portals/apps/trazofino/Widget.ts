import { join } from "node:path"
import { cfdiUses } from "../../../../src/cfdi/Catalogs.ts"
import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { reply } from "../../lib/ShopServer.ts"
import { receiverOf, refusal, regimesFor } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, type Till, type TillSale } from "../../lib/Till.ts"

export interface Sale extends TillSale {
  readonly date: TicketDate
  readonly expired?: true
}

const listed = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }) => ({ clave: code, nombre: `${code} – ${name}` }))

const refuse = (texto: string, campo?: string) => reply({ estado: "error", texto, campo })

/** The invoicing service that the shop embeds; it lives at an origin of its own. */
export const openWidget = (till: Till, sales: ReadonlyArray<Sale>) => {
  const find = (field: (name: string) => string) =>
    sales.find(
      (sale) =>
        sale.ticket === field("transaccion") &&
        sale.date.dayMonthShortYear === field("fecha") &&
        isTotal(field("subtotal"), sale.cents)
    )

  return openApp({
    folder: join(import.meta.dir, "widget"),
    client: "client.jsx",
    script: "/embed/widget.min.js",
    till,
    cookie: "ffsid",
    newSession: () => ({}),
    routes: {
      "GET /embed/catalogo": ({ field }) =>
        reply({ regimenes: listed(regimesFor(field("rfc"))), usos: listed(cfdiUses) }),
      "POST /embed/ticket": ({ body }) => {
        const sale = find(jsonFields(body))
        if (sale === undefined) return refuse("No se encontró ningún ticket con esos datos.")
        if (sale.expired) {
          return reply({ estado: "rechazo", texto: "Lo sentimos: solo se pueden facturar tickets del mes en curso." })
        }
        return reply({ estado: "ok" })
      },
      "POST /embed/cfdi": async ({ body }) => {
        const field = jsonFields(body)
        const sale = find(field)
        if (sale === undefined || sale.expired) return refuse("No se encontró ningún ticket con esos datos.")
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: field("razonSocial").toUpperCase(),
          postalCode: field("domicilio"),
          regime: field("regimen"),
          use: field("usocfdi"),
          email: field("email")
        }
        if (!/^\d{5}$/.test(typed.postalCode)) return refuse("Deben ser 5 dígitos", "domicilio")
        const refused = refusal(typed)
        if (refused !== undefined) return refuse(refused)
        const { uuid } = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        return reply({ estado: "ok", uuid, folio: `W-${sale.ticket}` })
      }
    }
  })
}
