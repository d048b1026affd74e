import { openApp } from "../../lib/AppShop.ts"
import { pdfFile, reply, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal, regimesFor, usesOf } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"

export interface Bill extends TillSale {
  readonly brand: string
  readonly store: string
  readonly date: TicketDate
  readonly state: "open" | "invoiced" | "expired"
}

/** Its own row numbers, from a table where the régimen is a text. */
const rows = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }) => ({ id: String(Number.parseInt(code, 36) % 9973), code, texto: `${code}-${name}` }))

const rfcOfKind = (persona: string) => "X".repeat(persona === "M" ? 12 : 13)
const regimeRows = (persona: string) => rows(regimesFor(rfcOfKind(persona)))
const regimeOf = (persona: string, id: string) => regimeRows(persona).find((row) => row.id === id)?.code ?? ""
const useRows = (persona: string, regime: string) => rows(usesOf(rfcOfKind(persona), regime))

const nameOf = (field: (name: string) => string) =>
  (field("persona") === "M"
    ? field("empresa")
    : `${field("nombres")} ${field("apellidos")} ${field("apellidos2")}`
  ).toUpperCase()

export const start = (bills: ReadonlyArray<Bill>) => {
  const till = openTill({ rfc: "GCO051130R38", name: "GRUPO COMENSAL", regime: "601", postalCode: "06600" }, "90101501")

  const find = ({ field }: Visit<object>) =>
    bills.find((bill) => {
      if (bill.brand !== field("marca") || bill.ticket !== field("ticket")) return false
      if (field("modo") === "total") return isTotal(field("total"), bill.cents)
      return bill.store === field("tienda") && bill.date.iso.replaceAll("-", "/") === field("dtFecha")
    })

  return openApp({
    folder: import.meta.dir,
    client: "client.jsx",
    script: "/bundle.js",
    till,
    cookie: "ci_session",
    newSession: () => ({}),
    routes: {
      "GET /ObtieneRegimen": ({ field }) => reply(regimeRows(field("persona"))),
      "GET /ObtieneUso": ({ field }) => reply(useRows(field("persona"), regimeOf(field("persona"), field("regimen")))),
      "POST /ValidaPagina1": (visit) => {
        const rfc = visit.field("rfc").toUpperCase()
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return reply({ nivel: 2, mensaje: "El RFC no es válido." })
        const bill = find(visit)
        if (bill === undefined) {
          return reply({
            nivel: 2,
            mensaje: "No se encontró el consumo. Verifique la marca, la cuenta y los datos de su ticket."
          })
        }
        if (bill.state === "invoiced") {
          return reply({
            nivel: 3,
            mensaje: "Su ticket ya se encuentra facturado. ¿Desea que le reenviemos la factura?"
          })
        }
        if (bill.state === "expired") {
          return reply({ nivel: 2, mensaje: "Recuerde que solo puede facturar consumos del mismo mes." })
        }
        return reply({ nivel: 1 })
      },
      "POST /ValidaPagina2Facturar": async (visit) => {
        const { field } = visit
        const bill = find(visit)
        if (bill === undefined || bill.state !== "open")
          return reply({ nivel: 2, mensajes: ["No se encontró el consumo."] })
        const regime = regimeOf(field("persona"), field("regimenFiscal"))
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: nameOf(field),
          postalCode: field("codigoPostal"),
          regime,
          use: useRows(field("persona"), regime).find((row) => row.id === field("usoCfdi"))?.code ?? "",
          email: field("mail")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return reply({ nivel: 2, mensajes: [refused] })
        const { uuid } = await till.stamp(bill, { receiver: receiverOf(typed), use: typed.use })
        return reply({
          nivel: 99,
          enlaces: [
            { href: `/Descarga?archivo=${uuid}&tipo=pdf`, texto: "Descargar PDF" },
            { href: `/Descarga?archivo=${uuid}&tipo=xml`, texto: "Descargar XML" }
          ]
        })
      },
      "GET /Descarga": ({ field }) => {
        const invoice = till.find(field("archivo"))
        if (invoice === undefined) return new Response("No existe el archivo", { status: 404 })
        return field("tipo") === "xml" ? xmlFile(invoice) : pdfFile(invoice)
      }
    }
  })
}
