import { join } from "node:path"
import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { openShop, page, redirect, reply, type Visit } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, viewsIn } from "../../lib/Views.ts"
import { zipFile } from "../../lib/ZipFile.ts"
import { stations } from "./Stations.ts"

export interface Sale extends TillSale {
  readonly station: string
  readonly date: TicketDate
  readonly late?: true
}

const view = viewsIn(import.meta.dir)

const choices = {
  estaciones: optionTags(stations.map(({ id, key, name }) => ({ value: id, text: `${key} - ${name}` }))),
  regimenes: optionTags(fiscalRegimes.map(({ code, name }) => ({ value: code, text: `${code} | ${name}` }))),
  usos: optionTags(cfdiUses.map(({ code, name }) => ({ value: code, text: `${code} | ${name}` })))
}

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "CPP030918AB2", name: "COMBUSTIBLES POCHOTE DEL PACIFICO", regime: "601", postalCode: "22000" },
    "15101515"
  )

  const find = ({ field }: Visit<object>) => {
    const station = stations.find(({ id }) => id === field("est"))
    return sales.find(
      (sale) =>
        sale.station === station?.key &&
        sale.ticket === field("ref") &&
        sale.date.dayMonthYear === field("fecha") &&
        isTotal(field("total"), sale.cents)
    )
  }

  return openShop<object>({
    till,
    cookie: "connect.sid",
    newSession: () => ({}),
    routes: {
      "GET /": async () => page(await view("page.html", choices)),
      "GET /js/pochote.js": () => new Response(Bun.file(join(import.meta.dir, "pochote.js"))),
      "POST /ws/consulta": async (visit) => {
        await Bun.sleep(700)
        if (visit.field("est") === "") return reply({ error: "Estación inválida" })
        const sale = find(visit)
        if (sale === undefined) return reply({ error: "No se encontró la referencia" })
        if (sale.late) return reply({ error: "Ticket fuera del plazo de 2 días permitidos" })
        return reply({ texto: `${sale.description}, total $ ${visit.field("total")}` })
      },
      "POST /ws/factura": async (visit) => {
        const { field } = visit
        const sale = find(visit)
        if (sale === undefined || sale.late) return reply({ error: "No se encontró la referencia" })
        const typed = {
          rfc: field("f1").toUpperCase(),
          name: field("f2").toUpperCase(),
          postalCode: field("f3"),
          regime: field("f4"),
          use: field("f5"),
          email: field("f6")
        }
        const refused = refusal(typed, { rfc: "RFC inválido o no registrado en el SAT." })
        if (refused !== undefined) return reply({ error: refused })
        if (field("placas") === "1") return reply({ error: "Capture las placas y el número económico del vehículo" })
        await Bun.sleep(1800)
        const { uuid } = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        return reply({ uuid })
      },
      "GET /descarga": ({ field }) => {
        const invoice = till.find(field("id"))
        return invoice === undefined ? redirect("/") : zipFile(invoice)
      }
    }
  })
}
