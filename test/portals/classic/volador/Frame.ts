import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { type Handler, page, pdfFile, redirect, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal, regimesFor, usesOf } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, type Till, type TillSale } from "../../lib/Till.ts"
import { optionTags, type ViewValues, viewsIn } from "../../lib/Views.ts"

export interface Sale extends TillSale {
  readonly branch: string
  readonly date: TicketDate
  readonly lastMonth?: true
}

export interface Session {
  sale: Sale | undefined
  rfc: string
  uuid: string
}

const branches = ["Papantla Centro", "Papantla Terminal", "Poza Rica 27", "Tuxpan Malecón", "Teziutlán"]

const view = viewsIn(import.meta.dir)

const show = async (file: string, values: ViewValues) =>
  page(await view("frame.html", { content: await view(file, values) }))

const ticketStep = ({ field }: Visit<Session>, error: string) =>
  show("frame-ticket.html", {
    error,
    sucursales: optionTags(
      branches.map((text, index) => ({ value: `S${index}`, text })),
      field("suc")
    ),
    tk: field("tk"),
    fc: field("fc"),
    tt: field("tt")
  })

const rfcStep = (sale: Sale, { field }: Visit<Session>, error: string) =>
  show("frame-rfc.html", { error, tk: sale.ticket, tt: formatMoney(sale.cents), x1: field("x1") })

const fiscalStep = ({ field, session }: Visit<Session>, error: string) => {
  const regimes = regimesFor(session.rfc).map(({ code, name }) => ({ value: code, text: `${code} ${name}` }))
  const uses = regimes.flatMap(({ value }) => usesOf(session.rfc, value))
  const useTexts = new Map(uses.map(({ code, name }) => [code, `${code} ${name}`]))
  return show("frame-fiscal.html", {
    error,
    x1: session.rfc,
    x2: field("x2"),
    x3: field("x3"),
    x6: field("x6"),
    regimenes: optionTags(regimes, field("x4")),
    usos: optionTags(
      [...useTexts].map(([value, text]) => ({ value, text })),
      field("x5")
    )
  })
}

/** The invoicing provider's own pages, which the bakery shows in an iframe; each step is a post to one address. */
export const frameRoutes = (sales: ReadonlyArray<Sale>, till: Till): Readonly<Record<string, Handler<Session>>> => {
  const find = ({ field }: Visit<Session>) =>
    sales.find(
      (sale) =>
        sale.branch === branches[Number(field("suc").slice(1))] &&
        sale.ticket === field("tk") &&
        sale.date.dayMonthYear === field("fc") &&
        isTotal(field("tt"), sale.cents)
    )

  const invoice = async (visit: Visit<Session>, sale: Sale) => {
    const { field, session } = visit
    const typed = {
      rfc: session.rfc,
      name: field("x2").toUpperCase(),
      postalCode: field("x3"),
      regime: field("x4"),
      use: field("x5"),
      email: field("x6")
    }
    const refused = refusal(typed)
    if (refused !== undefined) return fiscalStep(visit, refused)
    await Bun.sleep(1000)
    session.uuid = (await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })).uuid
    return show("frame-done.html", { uuid: session.uuid })
  }

  return {
    "GET /fe/index.php": (visit) => ticketStep(visit, ""),
    "POST /fe/index.php": (visit) => {
      const { field, session } = visit
      if (field("paso") === "1") {
        const sale = find(visit)
        if (sale === undefined) return ticketStep(visit, "El folio no se encuentra con los datos proporcionados")
        if (sale.lastMonth) return ticketStep(visit, "Solo se pueden facturar tickets del mes en curso.")
        session.sale = sale
        return rfcStep(sale, visit, "")
      }
      if (session.sale === undefined) return ticketStep(visit, "")
      if (field("paso") === "2") {
        session.rfc = field("x1").toUpperCase()
        if (!/^[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}$/.test(session.rfc)) {
          return rfcStep(session.sale, visit, "RFC inválido")
        }
        return fiscalStep(visit, "")
      }
      return invoice(visit, session.sale)
    },
    "GET /fe/archivo.php": ({ field, session }) => {
      const made = till.find(session.uuid)
      if (made === undefined) return redirect("/fe/index.php")
      return field("tipo") === "xml" ? xmlFile(made) : pdfFile(made)
    }
  }
}
