import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { pdfFile, reply, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal, regimesFor, usesOf } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"

export interface Fare extends TillSale {
  readonly origin: string
  readonly date: TicketDate
  readonly state: "open" | "expired"
}

const terminals = [
  "Aeropuerto Chihuahua",
  "Chihuahua Central",
  "Ciudad Cuauhtémoc",
  "Ciudad Delicias",
  "Creel",
  "Guachochi",
  "Hidalgo del Parral",
  "Jiménez",
  "Ojinaga",
  "San Juanito"
]

const options = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  reply(entries.map(({ code, name }) => ({ valor: code, texto: `[${code}] ${name}` })))

const no = (texto: string) => reply({ valido: false, texto })

export const start = (fares: ReadonlyArray<Fare>) => {
  const till = openTill(
    { rfc: "AST760801LM6", name: "TRANSPORTES SIERRA TARAHUMARA", regime: "624", postalCode: "31000" },
    "78111802"
  )
  const invoiced = new Set<string>()

  const find = (field: (name: string) => string) =>
    fares.find(
      (fare) =>
        fare.ticket === field("t0") &&
        fare.date.iso === field("t1") &&
        fare.origin === terminals[Number(field("t2").replace("T", "")) - 1] &&
        isTotal(field("t3"), fare.cents)
    )

  return openApp({
    folder: import.meta.dir,
    client: "client.js",
    script: "/js/tst-facturacion.esm.js",
    till,
    cookie: "tstsid",
    newSession: () => ({}),
    routes: {
      "GET /ws/terminales": () => reply(terminals.map((texto, index) => ({ valor: `T${index + 1}`, texto }))),
      "GET /ws/regimenes": ({ field }) => options(regimesFor(field("rfc"))),
      "GET /ws/usos": ({ field }) => options(usesOf(field("rfc"), field("regimen"))),
      "POST /ws/boleto": ({ body }) => {
        const fare = find(jsonFields(body))
        if (fare === undefined)
          return no("El boleto no se encuentra con los datos proporcionados. Revísalos e intenta de nuevo.")
        if (fare.state === "expired") return no("Boleto fuera del plazo de 72 horas permitidas para facturar.")
        if (invoiced.has(fare.ticket)) return no("Este boleto ya fue facturado anteriormente.")
        return reply({ valido: true, texto: "Boleto localizado. Captura tus datos fiscales." })
      },
      "POST /ws/factura": async ({ body }) => {
        const field = jsonFields(body)
        const fare = find(field)
        if (fare === undefined || fare.state !== "open") return no("El boleto no puede facturarse.")
        if (invoiced.has(fare.ticket)) return no("Este boleto ya fue facturado anteriormente.")
        const typed = {
          rfc: field("f0"),
          name: field("f1"),
          postalCode: field("f2"),
          regime: field("f3"),
          use: field("f4"),
          email: field("f5")
        }
        const refused = refusal(typed, { rfc: "El RFC capturado no tiene la estructura correcta." })
        if (refused !== undefined) return no(refused)
        invoiced.add(fare.ticket)
        const { uuid } = await till.stamp(fare, { receiver: receiverOf(typed), use: typed.use })
        return reply({ valido: true, uuid, texto: "¡Ya ha sido generada su factura! Gracias por viajar con nosotros." })
      },
      "GET /ws/archivo": ({ field }) => {
        const invoice = till.find(field("id"))
        if (invoice === undefined) return no("No existe el archivo.")
        return field("tipo") === "xml" ? xmlFile(invoice) : pdfFile(invoice)
      }
    }
  })
}
