import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { pdfFile, reply, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"

export interface Stay extends TillSale {
  readonly room: string
  readonly date: TicketDate
  readonly expired?: true
}

const texts = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }) => `${name} - ${code}`)

const codeIn = (text: string) => text.split(" - ").at(-1) ?? ""

const no = (mensaje: string) => reply({ ok: false, mensaje })

export const start = (stays: ReadonlyArray<Stay>) => {
  const till = openTill(
    { rfc: "HPB920611B41", name: "HOTEL POSADA DE LOS BALCONES", regime: "601", postalCode: "58000" },
    "90111501"
  )

  const find = (field: (name: string) => string) =>
    stays.find(
      (stay) =>
        stay.ticket === field("reserva").toUpperCase() &&
        stay.room === field("cuarto") &&
        stay.date.dayMonthYear.replaceAll("/", "-") === field("salida") &&
        isTotal(field("cargo"), stay.cents)
    )

  return openApp({
    folder: import.meta.dir,
    client: "client.jsx",
    script: "/factura/static/main.js",
    till,
    cookie: "balcones",
    newSession: () => ({}),
    routes: {
      "GET /factura/listas": () => reply({ regimenes: texts(fiscalRegimes), usos: texts(cfdiUses) }),
      "POST /factura/estancia": ({ body }) => {
        const stay = find(jsonFields(body))
        if (stay === undefined)
          return no("No se encontró la estancia. Revise la clave, la habitación, la fecha y el total.")
        if (stay.expired) return no("Plazo de facturación vencido: su estancia terminó hace más de 7 días.")
        return reply({ ok: true, mensaje: "" })
      },
      "POST /factura/emitir": async ({ body }) => {
        const field = jsonFields(body)
        const stay = find(field)
        if (stay === undefined || stay.expired) return no("La estancia no puede facturarse.")
        if (!/^\d{10}$/.test(field("telefono"))) return no("El teléfono debe tener 10 dígitos.")
        if (field("motivo") === "") return no("Indique el motivo de su viaje.")
        if (field("cliente") !== "")
          return no("El número de cliente no existe. Si no es cliente frecuente déjelo vacío.")
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: field("nombre").toUpperCase(),
          postalCode: field("cp"),
          regime: codeIn(field("regimen")),
          use: codeIn(field("uso")),
          email: field("correo")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return no(refused)
        const { uuid } = await till.stamp(stay, { receiver: receiverOf(typed), use: typed.use })
        return reply({ ok: true, uuid, mensaje: "Correcto: la factura ha sido timbrada correctamente." })
      },
      "GET /factura/archivo": ({ field }) => {
        const invoice = till.find(field("uuid"))
        if (invoice === undefined) return new Response("No existe", { status: 404 })
        return field("ext") === "xml" ? xmlFile(invoice) : pdfFile(invoice)
      }
    }
  })
}
