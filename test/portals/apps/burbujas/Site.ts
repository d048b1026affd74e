import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { openApp } from "../../lib/AppShop.ts"
import { reply } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"

export interface Note extends TillSale {
  readonly shop: string
  readonly date: TicketDate
  /** Of a shop that is `down`, nothing can be invoiced. */
  readonly state: "open" | "invoiced" | "down"
}

const shops = ["Bosques", "Centro", "Jardines del Campestre", "Juárez", "Moral", "San Felipe"]

const texts = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }) => `${code} ${name}`)

const say = (text: string, status = 200) => new Response(text, { status })

export const start = (notes: ReadonlyArray<Note>) => {
  const till = openTill(
    { rfc: "LBE160208J97", name: "LAVANDERIAS BURBUJAS EXPRES", regime: "601", postalCode: "37150" },
    "91111502"
  )
  return openApp({
    folder: import.meta.dir,
    client: "client.jsx",
    script: "/build/app.js",
    till,
    cookie: "burbujas",
    newSession: () => ({}),
    routes: {
      "GET /datos.json": () => reply({ locales: shops, regimenes: texts(fiscalRegimes), usos: texts(cfdiUses) }),
      "POST /autofactura": async ({ field }) => {
        const note = notes.find(
          (note) =>
            note.shop === shops[Number(field("local")) - 1] &&
            note.ticket === field("nota") &&
            note.date.iso === field("entrega") &&
            isTotal(field("cantidad"), note.cents)
        )
        if (note === undefined) return say("La nota no existe en ese local o los datos no coinciden", 404)
        if (note.state === "down")
          return say("Lo sentimos, el servicio está temporalmente inactivo. Intente más tarde.", 503)
        if (note.state === "invoiced") return say("La nota ya se encuentra facturada", 409)
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: field("cliente").toUpperCase(),
          postalCode: field("cpostal"),
          regime: field("reg").slice(0, 3),
          use: field("uso").split(" ")[0] ?? "",
          email: field("para")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return say(refused, 422)
        await till.stamp(note, { receiver: receiverOf(typed), use: typed.use })
        return say(`Se generó y envió correctamente el documento a ${typed.email}`)
      }
    }
  })
}
