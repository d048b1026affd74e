import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { reply } from "../../lib/ShopServer.ts"
import { receiverOf, refusal, regimesFor, usesOf } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { zipFile } from "../../lib/ZipFile.ts"

export interface Crossing extends TillSale {
  readonly plaza: string
  readonly lane: string
  readonly date: TicketDate
  readonly time: string
  readonly state: "open" | "late" | "expired"
}

const plazas = [
  "Apaseo el Grande",
  "Calera",
  "Cerro Gordo",
  "Chichimequillas",
  "Cortazar",
  "El Colorado",
  "Jaral del Progreso",
  "La Cinta",
  "Libramiento Irapuato",
  "Libramiento Salamanca",
  "Palmillas Norte",
  "Palmillas Sur",
  "Querétaro Poniente",
  "Salamanca Centro",
  "San Isidro",
  "Silao Aeropuerto",
  "Valtierrilla",
  "Villagrán"
]

/** The shop's own numbers for the ways to pay. */
const paymentForms: Readonly<Record<string, string>> = { 1: "01", 2: "28", 3: "04" }

const options = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }) => ({ value: code, label: `${code} | ${name.toUpperCase()}` }))

const fault = (texto: string) => reply({ codigo: 1, texto })

export const start = (crossings: ReadonlyArray<Crossing>) => {
  const till = openTill(
    { rfc: "ACB980226T17", name: "AUTOPISTAS CONCESIONADAS DEL BAJIO", regime: "601", postalCode: "38000" },
    "95111602"
  )

  const find = (field: (name: string) => string) =>
    crossings.find(
      (crossing) =>
        crossing.plaza === field("caseta") &&
        crossing.lane === field("carril") &&
        crossing.ticket === field("referencia") &&
        crossing.date.iso === field("fecha") &&
        crossing.time === field("hora") &&
        isTotal(field("venta"), crossing.cents)
    )

  return openApp({
    folder: import.meta.dir,
    client: "client.jsx",
    script: "/static/js/main.3f9c1a77.js",
    till,
    cookie: "JSESSIONID",
    newSession: () => ({}),
    routes: {
      "GET /peaje/servicio/plazas": () => reply(plazas.map((name, index) => ({ value: 300 + index, label: name }))),
      "GET /peaje/servicio/receptor": ({ field }) => {
        const rfc = field("rfc").toUpperCase()
        const usable = new Map(regimesFor(rfc).flatMap(({ code }) => usesOf(rfc, code).map((use) => [use.code, use])))
        const usos = [...usable.values()].sort((a, b) => a.code.localeCompare(b.code))
        return reply({ regimenes: options(regimesFor(rfc)), usos: options(usos) })
      },
      "POST /peaje/servicio/timbrar": async ({ body }) => {
        const posted: Readonly<Record<string, unknown>> = JSON.parse(body)
        const caseta = plazas[Number(posted.caseta) - 300] ?? ""
        const field = jsonFields(JSON.stringify({ ...posted, caseta, pago: String(posted.pago) }))
        const crossing = find(field)
        if (crossing === undefined) return fault("No se encontró el cruce con la información capturada.")
        if (crossing.state === "late") {
          return fault("El cruce aún no está disponible para facturación. Intente nuevamente más tarde.")
        }
        if (crossing.state === "expired") return fault("El plazo de facturación ha vencido para este cruce.")
        if (paymentForms[field("pago")] !== crossing.paymentForm) {
          return fault("La forma de pago no corresponde con la registrada en el carril.")
        }
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: field("nombre").toUpperCase(),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: field("uso"),
          email: field("correo")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return fault(refused)
        const invoice = await till.stamp(crossing, { receiver: receiverOf(typed), use: typed.use })
        return reply({ codigo: 0, uuid: invoice.uuid, serie: `W${crossing.ticket}` })
      },
      "GET /peaje/servicio/zip": ({ field }) => {
        const invoice = till.find(field("id"))
        if (invoice === undefined) return fault("El comprobante no existe.")
        const file = zipFile(invoice)
        file.headers.set("content-type", "application/octet-stream")
        return file
      }
    }
  })
}
