import { fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { pdfFile, reply, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import { openTill, type TillSale } from "../../lib/Till.ts"

export interface Bill extends TillSale {
  readonly branch: string
  readonly state: "open" | "invoiced" | "refused"
}

const refuse = (mensaje: string, campo?: string) => reply({ ok: false, mensaje, campo })

export const start = (bills: ReadonlyArray<Bill>) => {
  const till = openTill(
    { rfc: "CCH140519H77", name: "EL CAFETAL CHIAPANECO", regime: "626", postalCode: "29000" },
    "90101501"
  )

  const find = (field: (name: string) => string) =>
    bills.find(
      (bill) =>
        bill.ticket.replaceAll("-", "") === field("codigo") &&
        bill.branch === field("sucursal") &&
        String(bill.cents) === field("centavos")
    )

  return openApp({
    folder: import.meta.dir,
    client: "client.jsx",
    script: "/assets/index-Bk2aQ91d.js",
    till,
    cookie: "cafetal",
    newSession: () => ({}),
    routes: {
      "GET /api/regimenes": () => reply(fiscalRegimes.map(({ code, name }) => ({ clave: code, nombre: name }))),
      "GET /api/colonias/": ({ url }) =>
        reply(url.pathname.endsWith("36257") ? ["Los Pirules", "Valle del Sol", "Centro"] : ["Centro", "Otra"]),
      "POST /api/ticket/validar": ({ body }) => {
        const bill = find(jsonFields(body))
        if (bill === undefined)
          return refuse("Código inválido: no coincide con el total o la sucursal capturados", "codigo")
        if (bill.state === "invoiced") {
          return refuse("El consumo ya fue facturado. Si no recibió su comprobante solicite su reenvío en sucursal.")
        }
        return reply({ ok: true })
      },
      "POST /api/ticket/timbrar": async ({ body }) => {
        const field = jsonFields(body)
        const bill = find(field)
        if (bill === undefined || bill.state === "invoiced") return refuse("El código ya no es válido.")
        const typed = {
          rfc: field("rfc"),
          name: field("nombre").toUpperCase(),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: field("uso"),
          email: field("correo")
        }
        const refused = refusal(typed, { rfc: "RFC inválido o no registrado en el SAT." })
        if (refused !== undefined) return refuse(refused)
        if (bill.state === "refused") {
          return refuse(
            "Error del PAC [CFDI40148]: el campo DomicilioFiscalReceptor del receptor debe pertenecer al nombre asociado al RFC registrado."
          )
        }
        const { uuid } = await till.stamp(bill, { receiver: receiverOf(typed), use: typed.use })
        return reply({ ok: true, uuid })
      },
      "GET /f/": ({ url }) => {
        const [uuid = "", kind] = url.pathname.slice("/f/".length).split(".")
        const invoice = till.find(uuid)
        if (invoice === undefined) return refuse("No existe el comprobante.")
        return kind === "xml" ? xmlFile(invoice) : pdfFile(invoice)
      }
    }
  })
}
