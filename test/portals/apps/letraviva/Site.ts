import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { page, pdfFile, reply, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import { type Invoice, isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { viewsIn } from "../../lib/Views.ts"

export interface Note extends TillSale {
  readonly webKey: string
  readonly state: "open" | "invoiced" | "refused"
}

const numbered = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }, index) => [String(index), `${name} [${code}]`])

const codeAt = (entries: ReadonlyArray<{ readonly code: string }>, index: string) =>
  index === "" ? "" : (entries[Number(index)]?.code ?? "")

const no = (error: string) => reply({ error })

const view = viewsIn(import.meta.dir)

export const start = (notes: ReadonlyArray<Note>) => {
  const till = openTill(
    { rfc: "LLV850316F75", name: "LIBRERIAS LETRA VIVA", regime: "603", postalCode: "91000" },
    "55101500"
  )

  const check = (field: (name: string) => string) => {
    const note = notes.find(
      ({ cents, ticket, webKey }) =>
        ticket === field("txtDomicilio") && webKey === field("contrasenia") && isTotal(field("venta"), cents)
    )
    if (note === undefined)
      return "No se encontró la referencia. Verifique la clave web y el monto impresos en su nota."
    return note.state === "invoiced" ? "Folio con factura: la nota ya ha sido facturada el día de su compra." : note
  }

  const withInvoice =
    (show: (invoice: Invoice) => Response | Promise<Response>) =>
    ({ field }: Visit<object>) => {
      const invoice = till.find(field("cfdi"))
      return invoice === undefined ? page("<h1>No existe el comprobante</h1>", 404) : show(invoice)
    }

  return openApp({
    folder: import.meta.dir,
    client: "client.js",
    script: "/guiones/factura.js",
    till,
    cookie: "letraviva",
    newSession: () => ({}),
    routes: {
      "GET /guiones/listas.json": () => reply({ regimenes: numbered(fiscalRegimes), usos: numbered(cfdiUses) }),
      "POST /nota/revisar": ({ body }) => {
        const found = check(jsonFields(body))
        return typeof found === "string" ? no(found) : reply({})
      },
      "POST /nota/facturar": async ({ body }) => {
        const field = jsonFields(body)
        const note = check(field)
        if (typeof note === "string") return no(note)
        const typed = {
          rfc: field("r").toUpperCase(),
          name: field("n").toUpperCase(),
          postalCode: field("c"),
          regime: codeAt(fiscalRegimes, field("g")),
          use: codeAt(cfdiUses, field("u")),
          email: field("e")
        }
        const refused = refusal(typed, { rfc: "RFC inválido o no registrado en el SAT." })
        if (refused !== undefined) return no(refused)
        if (note.state === "refused") {
          return no(
            "El SAT rechazó el timbrado: 40145 - El campo Nombre del receptor, debe pertenecer al nombre asociado al RFC."
          )
        }
        const { uuid } = await till.stamp(note, { receiver: receiverOf(typed), use: typed.use })
        return reply({ uuid })
      },
      "GET /visor": withInvoice(async (invoice) =>
        page(
          await view("viewer.html", {
            folio: invoice.ticket,
            uuid: invoice.uuid,
            rfc: invoice.receiverRfc,
            importe: formatMoney(invoice.totalCents)
          })
        )
      ),
      "GET /visor/cfdi.xml": withInvoice((invoice) => xmlFile(invoice)),
      "GET /visor/cfdi.pdf": withInvoice((invoice) => pdfFile(invoice))
    }
  })
}
