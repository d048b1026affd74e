import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openShop, page, pdfFile, redirect, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, type ViewValues, viewsIn } from "../../lib/Views.ts"

export interface Sale extends TillSale {
  readonly branch: string
  readonly date: TicketDate
  readonly expired?: true
}

interface Session {
  sale: Sale | undefined
  error: string
  uuid: string
}

const view = viewsIn(import.meta.dir)

const show = async (file: string, values: ViewValues = {}) =>
  page(await view("layout.html", { content: await view(file, values) }))

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "NTI0206187G8", name: "NEZAMART TIENDAS", regime: "601", postalCode: "57000" },
    "50192100"
  )

  /** Whatever is wrong, the visitor starts over on the first page, and only a small line there says why. */
  const startOver = (session: Session, error: string) => {
    session.sale = undefined
    session.error = `* ${error}`
    return redirect("/")
  }

  const invoice = async ({ field, session }: Visit<Session>) => {
    const { sale } = session
    if (sale === undefined) return redirect("/")
    const typed = {
      rfc: field("a").toUpperCase(),
      name: field("b").toUpperCase(),
      postalCode: field("c"),
      regime: field("d"),
      use: field("e"),
      email: field("g")
    }
    const refused = refusal(typed)
    if (refused !== undefined) return startOver(session, refused)
    session.sale = undefined
    const { uuid } = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
    await Bun.sleep(1500)
    session.uuid = uuid
    return redirect("/paso3")
  }

  return openShop<Session>({
    till,
    cookie: "nzsession",
    newSession: () => ({ sale: undefined, error: "", uuid: "" }),
    routes: {
      "GET /": ({ session }) => {
        const { error } = session
        session.error = ""
        return show("ticket.html", { error })
      },
      "GET /terminos": () => show("terms.html"),
      "POST /paso1": ({ field, session }) => {
        const sale = sales.find(
          (sale) =>
            sale.ticket === field("tc") &&
            sale.branch === field("ti") &&
            sale.date.dayMonthYear === field("fe") &&
            isTotal(field("to"), sale.cents)
        )
        if (field("acepto") !== "1") return startOver(session, "Debe aceptar los términos y condiciones")
        if (sale === undefined) return startOver(session, "Los datos del ticket no son validos")
        if (sale.expired) return startOver(session, "El periodo para facturar este ticket ha vencido")
        if (till.stamps().some(({ ticket }) => ticket === sale.ticket)) {
          return startOver(session, "Ticket ya se encuentra facturado")
        }
        session.sale = sale
        return redirect("/paso2")
      },
      "GET /paso2": ({ session: { sale } }) =>
        sale === undefined
          ? redirect("/")
          : show("fiscal.html", {
              tienda: sale.branch,
              importe: formatMoney(sale.cents),
              regimenes: optionTags(
                fiscalRegimes.map(({ code, name }) => ({ value: code, text: `${code} : ${name}` }))
              ),
              usos: optionTags(cfdiUses.map(({ code, name }) => ({ value: code, text: `${code} : ${name}` })))
            }),
      "POST /paso2": invoice,
      "GET /paso3": ({ session }) => (session.uuid === "" ? redirect("/") : show("done.html", { uuid: session.uuid })),
      "GET /cfdi": ({ field, session }) => {
        const made = till.find(session.uuid)
        if (made === undefined) return redirect("/")
        return field("tipo") === "xml" ? xmlFile(made) : pdfFile(made)
      }
    }
  })
}
