import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { pdfFile, reply, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import { type Invoice, isTotal, openTill, type TillSale } from "../../lib/Till.ts"

export interface Purchase extends TillSale {
  /** The tills report the next morning; until then nothing is known of the sale. */
  readonly reported: boolean
}

/** The PAC has stamped at once; its answer takes this long. */
const pacDelayMs = 20_000

const texts = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }) => `${code} ${name}`)

const no = (field: string, text: string) => reply({ errores: { [field]: text } })

export const start = (purchases: ReadonlyArray<Purchase>) => {
  const till = openTill({ rfc: "SHU791203W12", name: "SUPER HUASTECA", regime: "601", postalCode: "79000" }, "50192100")

  const file =
    (send: (invoice: Invoice) => Response) =>
    ({ url }: Visit<object>) => {
      const invoice = till.find(url.pathname.split("/").at(-1) ?? "")
      return invoice === undefined ? new Response("No existe", { status: 404 }) : send(invoice)
    }

  return openApp({
    folder: import.meta.dir,
    client: "client.jsx",
    script: "/facturacion/js/app.6b71.js",
    till,
    cookie: "huasteca",
    newSession: () => ({}),
    routes: {
      "GET /facturacion/listas": () => reply({ regimenes: texts(fiscalRegimes), usos: texts(cfdiUses) }),
      "POST /facturacion/timbrar": async ({ body }) => {
        const field = jsonFields(body)
        const purchase = purchases.find(({ ticket }) => ticket === field("tk").replaceAll(" ", ""))
        if (purchase === undefined) return no("tk", "El número de ticket no existe, verifique los 20 dígitos.")
        if (!purchase.reported) {
          return no("general", "El ticket aún no está disponible. Intente 24 horas después de su compra.")
        }
        if (!isTotal(field("imp"), purchase.cents)) return no("imp", "Monto del ticket Inválido")
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: field("nom").toUpperCase(),
          postalCode: field("cp"),
          regime: field("reg").slice(0, 3),
          use: field("uso").split(" ")[0] ?? "",
          email: field("mail")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return no("general", refused)
        const { uuid } = await till.stamp(purchase, { receiver: receiverOf(typed), use: typed.use })
        await Bun.sleep(pacDelayMs)
        return reply({ uuid })
      },
      "GET /facturacion/xml/": file((invoice) => xmlFile(invoice)),
      "GET /facturacion/pdf/": file((invoice) => pdfFile(invoice))
    }
  })
}
