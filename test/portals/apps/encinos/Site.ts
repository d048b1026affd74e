import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { reply } from "../../lib/ShopServer.ts"
import { receiverOf, refusal, regimesFor, usesOf } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { stores } from "./Stores.ts"

export interface Sale extends TillSale {
  readonly store: string
  readonly date: TicketDate
  readonly expired?: true
  /** What the PAC answers, whatever the data are. */
  readonly refused?: string
}

const listed = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  reply(entries.map(({ code, name }) => ({ clave: code, descripcion: `${code} - ${name}` })))

const error = (mensaje: string) => reply({ estatus: "ERROR", mensaje })

/** Any RFC of that kind will do: the catalogues only look at its length. */
const sampleRfc = (tipo: string) => "X".repeat(tipo === "M" ? 12 : 13)

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "FEH090312Q40", name: "ENCINOS HOGAR Y CONSTRUCCION", regime: "601", postalCode: "64000" },
    "27113200"
  )

  const find = (field: (name: string) => string) =>
    sales.find(
      (sale) =>
        sale.store === field("storeKey") &&
        sale.ticket === field("reservationId") &&
        sale.date.iso === field("businessDate") &&
        isTotal(field("amount"), sale.cents)
    )

  return openApp({
    folder: import.meta.dir,
    client: "client.js",
    script: "/main-7QK2VXLE.js",
    till,
    cookie: "encsid",
    newSession: () => ({}),
    routes: {
      "GET /api/v2/sucursales": () => reply(stores),
      "GET /api/v2/regimenes": ({ field }) => listed(regimesFor(sampleRfc(field("tipo")))),
      "GET /api/v2/usos": ({ field }) => listed(usesOf(sampleRfc(field("tipo")), field("regimen"))),
      "POST /api/v2/venta": ({ body }) => {
        const sale = find(jsonFields(body))
        if (sale === undefined)
          return error("No localizamos la venta con los datos proporcionados. Verifique su ticket.")
        if (sale.expired) return error("El periodo para facturar esta compra ha concluido (30 días naturales).")
        return reply({ estatus: "OK" })
      },
      "POST /api/v2/cfdi": async ({ body }) => {
        const field = jsonFields(body)
        const sale = find(field)
        if (sale === undefined || sale.expired) return error("La venta no puede facturarse.")
        const typed = {
          rfc: field("taxId").toUpperCase(),
          name: field("legalName").toUpperCase(),
          postalCode: field("zip"),
          regime: field("regime"),
          use: field("cfdiUse"),
          email: field("mail")
        }
        const refused = refusal(typed) ?? sale.refused
        if (refused !== undefined) return error(refused)
        const invoice = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        return reply({
          estatus: "OK",
          uuid: invoice.uuid,
          archivo: invoice.fileName,
          receptor: `${typed.rfc} ${typed.name}`,
          total: formatMoney(invoice.totalCents),
          xmlBase64: Buffer.from(invoice.xml).toString("base64"),
          pdfBase64: Buffer.from(invoice.pdf).toString("base64")
        })
      }
    }
  })
}
