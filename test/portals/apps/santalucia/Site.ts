import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { pdfFile, reply, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"

export interface Sale extends TillSale {
  readonly pharmacy: string
  readonly date: TicketDate
  readonly state: "open" | "invoiced" | "expired"
}

const pharmacies = [
  "Ávila Camacho",
  "Belisario Domínguez",
  "Centro Histórico",
  "Chapultepec",
  "División del Norte",
  "Hidalgo",
  "Hidalgo Oriente",
  "Insurgentes 24 horas",
  "La Minerva",
  "Las Águilas",
  "Providencia",
  "Revolución",
  "San Juan de Dios",
  "Santa Tere",
  "Tonalá",
  "Zapopan Centro"
].map((nombre, index) => ({ id: `f${7 + index * 3}`, nombre }))

/** The lists carry the rows of the shop's own table; only the text has the SAT's key, behind the name. */
const numbered = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }, index) => ({ id: String(index + 1), code, texto: `${name} (${code})` }))

const regimes = numbered(fiscalRegimes)
const uses = numbered(cfdiUses)

const codeOf = (entries: typeof regimes, id: string) => entries.find((entry) => entry.id === id)?.code ?? ""

const problem = (detalle: string, campo?: string) => Response.json({ detalle, campo }, { status: 422 })

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "BSL871104K21", name: "BOTICAS SANTA LUCIA", regime: "601", postalCode: "44100" },
    "51101500"
  )

  const find = (field: (name: string) => string) =>
    sales.find(
      (sale) =>
        sale.pharmacy === pharmacies.find(({ id }) => id === field("farmacia"))?.nombre &&
        sale.ticket === field("folio") &&
        sale.date.iso === field("fecha") &&
        isTotal(field("importe"), sale.cents)
    )

  return openApp({
    folder: import.meta.dir,
    client: "client.jsx",
    script: "/_next/static/chunks/main-app.js",
    till,
    cookie: "bsl",
    newSession: () => ({}),
    routes: {
      "GET /api/farmacias": () => reply(pharmacies),
      "GET /api/catalogos/regimenes": () => reply(regimes),
      "GET /api/catalogos/usos/": ({ url }) => {
        const regime = codeOf(regimes, url.pathname.split("/").at(-1) ?? "")
        const open = cfdiUses.filter((use) => use.fiscalRegimes.includes(regime)).map(({ code }) => code)
        return reply(uses.filter(({ code }) => open.includes(code)))
      },
      "POST /api/comprobantes": async ({ body }) => {
        const field = jsonFields(body)
        const sale = find(field)
        if (sale === undefined) return problem("No encontramos este folio en la farmacia seleccionada", "folio")
        if (sale.state === "invoiced") {
          return problem(
            `El folio de venta ${sale.ticket} ya fue facturado anteriormente. Consulte sus facturas emitidas.`
          )
        }
        if (sale.state === "expired") {
          return problem(
            "Su compra está fuera del periodo permitido para facturar (mes de compra más 5 días).",
            "fecha"
          )
        }
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: field("razon").toUpperCase(),
          postalCode: field("cp"),
          regime: codeOf(regimes, field("regimen")),
          use: codeOf(uses, field("uso")),
          email: field("correo")
        }
        if (/ S\.? ?A\.?( DE C\.?V\.?)?$/.test(typed.name))
          return problem("Favor de omitir la sociedad mercantil", "razon")
        const refused = refusal(typed, { rfc: "RFC inválido o no registrado en el SAT." })
        if (refused !== undefined) return problem(refused)
        const { uuid } = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        return reply({ uuid, correo: typed.email })
      },
      "GET /api/comprobantes/": ({ field, url }) => {
        const invoice = till.find(url.pathname.split("/").at(-1) ?? "")
        if (invoice === undefined) return problem("El comprobante no existe")
        return field("formato") === "xml" ? xmlFile(invoice) : pdfFile(invoice)
      }
    }
  })
}
