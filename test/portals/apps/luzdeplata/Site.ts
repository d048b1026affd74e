import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { openApp } from "../../lib/AppShop.ts"
import { jsonFields } from "../../lib/JsonFields.ts"
import { pdfFile, reply, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"

export interface Show extends TillSale {
  readonly date: TicketDate
  readonly state: "open" | "expired" | "invoiced"
}

const listed = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }) => [code, `${code}: ${name}`])

const no = (error: string) => reply({ error })

/** Begins and never ends; closing the server ends it. */
const endless = () =>
  new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(" ")
    }),
    { headers: { "content-type": "text/plain" } }
  )

export const start = (shows: ReadonlyArray<Show>) => {
  const till = openTill(
    { rfc: "CLP480915D24", name: "CINES LUZ DE PLATA", regime: "601", postalCode: "20000" },
    "90131502"
  )
  const file =
    (send: typeof xmlFile) =>
    ({ field }: Visit<object>) => {
      const invoice = till.find(field("id"))
      return invoice === undefined ? new Response("No existe", { status: 404 }) : send(invoice)
    }
  return openApp({
    folder: import.meta.dir,
    client: "client.js",
    script: "/js/fact.js",
    till,
    cookie: "ldp",
    newSession: () => ({}),
    routes: {
      "GET /svc/listas": () => reply({ regimenes: listed(fiscalRegimes), usos: listed(cfdiUses) }),
      "GET /svc/asientos": endless,
      "POST /svc/factura": async ({ body }) => {
        const field = jsonFields(body)
        const iso = [field("a"), field("m").padStart(2, "0"), field("d").padStart(2, "0")].join("-")
        const show = shows.find(
          (show) => show.ticket === field("Rfc_Emisor") && show.date.iso === iso && isTotal(field("imp"), show.cents)
        )
        if (show === undefined)
          return no("No existe factura con ese código: verifique código, fecha e importe de su boleto")
        if (show.state === "expired") return no("El periodo de 7 días para facturar su función ha terminado")
        if (show.state === "invoiced") return no("Este código ya fue facturado anteriormente!")
        const typed = {
          rfc: field("usuario").toUpperCase(),
          name: field("apodo").toUpperCase(),
          postalCode: field("codigo"),
          regime: field("reg"),
          use: field("uso"),
          email: field("mail")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return no(refused)
        const { uuid } = await till.stamp(show, { receiver: receiverOf(typed), use: typed.use })
        return reply({ uuid })
      },
      "GET /svc/archivo.xml": file(xmlFile),
      "GET /svc/archivo.pdf": file(pdfFile)
    }
  })
}
