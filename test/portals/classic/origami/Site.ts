import { join } from "node:path"
import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openShop, page, pdfFile, redirect, reply, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, viewsIn } from "../../lib/Views.ts"

export interface Sale extends TillSale {
  readonly branch: string
  readonly date: TicketDate
  readonly invoiced?: true
}

interface Session {
  readonly added: Map<string, Sale>
}

const view = viewsIn(import.meta.dir)

const choices = {
  regimenes: optionTags(
    fiscalRegimes.map(({ code, name }) => ({ value: code, text: `${code} ${name}` })),
    "616"
  ),
  usos: optionTags(
    cfdiUses.map(({ code, name }) => ({ value: code, text: `${code} ${name}` })),
    "S01"
  )
}

const donation = 500n

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "POA9904121D5", name: "PAPELERIAS ORIGAMI AZUL", regime: "601", postalCode: "44100" },
    "44121600"
  )

  const typedBy = ({ field }: Visit<Session>) => ({
    rfc: field("rfc").toUpperCase(),
    name: field("razon").toUpperCase(),
    postalCode: field("cp"),
    regime: field("regimen"),
    use: field("uso"),
    email: field("correo")
  })

  const invoice = async (visit: Visit<Session>) => {
    const { field, session } = visit
    const sale = session.added.get(field("ids"))
    if (sale === undefined) return reply({ error: "Seleccione al menos un ticket de la lista" })
    const typed = typedBy(visit)
    const toNobody = typed.rfc === "XAXX010101000" && typed.name === "PUBLICO EN GENERAL"
    const refused = toNobody ? undefined : refusal(typed)
    if (refused !== undefined) return reply({ error: refused })
    if (field("ine") === "1")
      return reply({ error: "Complemento INE: capture la clave de entidad y el tipo de proceso" })
    await Bun.sleep(1300)
    const cents = field("dona") === "1" ? sale.cents + donation : sale.cents
    const { uuid } = await till.stamp({ ...sale, cents }, { receiver: receiverOf(typed), use: typed.use })
    return reply({ uuid })
  }

  return openShop<Session>({
    till,
    cookie: "ci_session",
    newSession: () => ({ added: new Map() }),
    routes: {
      "GET /": async () => page(await view("page.html", choices)),
      "GET /js/grid.js": () => new Response(Bun.file(join(import.meta.dir, "grid.js"))),
      "POST /tickets/agregar": async ({ field, session }) => {
        await Bun.sleep(300)
        const sale = sales.find(({ cents, ticket }) => ticket === field("venta") && isTotal(field("total"), cents))
        if (sale === undefined) return reply({ error: "No se encontró ningún ticket." })
        const id = crypto.randomUUID()
        const row = {
          id,
          venta: sale.ticket,
          fecha: sale.date.dayMonthYear,
          tienda: sale.branch,
          total: formatMoney(sale.cents)
        }
        if (sale.invoiced) {
          return reply({
            fila: { ...row, estado: "FACTURADO" },
            error: `La venta ${sale.ticket} fue facturada previamente.`
          })
        }
        session.added.set(id, sale)
        return reply({ fila: { ...row, estado: "PENDIENTE" } })
      },
      "POST /tickets/facturar": invoice,
      "GET /cfdi/": ({ url }) => {
        const [, , uuid = "", kind] = url.pathname.split("/")
        const made = till.find(uuid)
        if (made === undefined) return redirect("/")
        return kind === "xml" ? xmlFile(made) : pdfFile(made)
      }
    }
  })
}
