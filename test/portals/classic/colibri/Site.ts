import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { captchaCode, captchaImage } from "../../lib/CaptchaImage.ts"
import { openShop, page, pdfFile, redirect, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, type ViewValues, viewsIn } from "../../lib/Views.ts"

export interface Sale extends TillSale {
  readonly branch: string
  readonly expired?: true
}

interface Session {
  sale: Sale | undefined
}

const view = viewsIn(import.meta.dir)

const show = async (file: string, values: ViewValues = {}) =>
  page(await view("layout.html", { content: await view(file, values) }))

const fiscalForm = (sale: Sale, attempt: number, { field }: Visit<Session>, error: string) =>
  show("fiscal.html", {
    error,
    t2: sale.ticket,
    d1: field("d1"),
    d2: field("d2"),
    d3: field("d3"),
    d6: field("d6"),
    v: String(attempt),
    regimenes: optionTags(
      fiscalRegimes.map(({ code, name }) => ({ value: code, text: `${code} - ${name}` })),
      field("d4")
    ),
    usos: optionTags(
      cfdiUses.map(({ code, name }) => ({ value: code, text: `${code} - ${name}` })),
      field("d5")
    )
  })

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill({ rfc: "SCO121001PT6", name: "SUPER COLIBRI", regime: "601", postalCode: "20000" }, "50192100")

  /** How many images a ticket has had, over all sessions: a visitor who comes back finds the one he left. */
  const attempts = new Map<string, number>()
  const attemptOf = (sale: Sale) => attempts.get(sale.ticket) ?? 0
  const renewImage = (sale: Sale) => attempts.set(sale.ticket, attemptOf(sale) + 1)

  const ticketForm = ({ field }: Visit<Session>, error: string) =>
    show("ticket.html", { error, t1: field("t1"), t2: field("t2"), t3: field("t3") })

  const invoice = async (visit: Visit<Session>) => {
    const { field, session } = visit
    const { sale } = session
    if (sale === undefined) return redirect("/")
    if (field("codigo").toUpperCase() !== captchaCode(sale.ticket, attemptOf(sale))) {
      renewImage(sale)
      return fiscalForm(sale, attemptOf(sale), visit, "Captcha incorrecto")
    }
    const typed = {
      rfc: field("d1").toUpperCase(),
      name: field("d2").toUpperCase(),
      postalCode: field("d3"),
      regime: field("d4"),
      use: field("d5"),
      email: field("d6")
    }
    const refused = refusal(typed)
    if (refused !== undefined) return fiscalForm(sale, attemptOf(sale), visit, refused)
    session.sale = undefined
    const { uuid } = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
    return show("done.html", { uuid })
  }

  return openShop<Session>({
    till,
    cookie: "colibri",
    newSession: () => ({ sale: undefined }),
    routes: {
      "GET /": (visit) => ticketForm(visit, ""),
      "POST /validar": (visit) => {
        const { field, session } = visit
        const sale = sales.find(
          ({ branch, cents, ticket }) => branch === field("t1") && ticket === field("t2") && isTotal(field("t3"), cents)
        )
        if (sale === undefined) return ticketForm(visit, "No se encontró ningún ticket.")
        if (sale.expired) return ticketForm(visit, "Plazo de facturación vencido.")
        if (till.stamps().some(({ ticket }) => ticket === sale.ticket)) {
          return ticketForm(visit, "Ticket ya se encuentra facturado.")
        }
        session.sale = sale
        return fiscalForm(sale, attemptOf(sale), visit, "")
      },
      "GET /otra": (visit) => {
        const { sale } = visit.session
        if (sale === undefined) return redirect("/")
        renewImage(sale)
        return fiscalForm(sale, attemptOf(sale), visit, "")
      },
      "GET /captcha.png": ({ session: { sale } }) =>
        sale === undefined ? redirect("/") : captchaImage(captchaCode(sale.ticket, attemptOf(sale))),
      "POST /generar": invoice,
      "GET /doc/": ({ url }) => {
        const [uuid = "", kind] = url.pathname.slice("/doc/".length).split(".")
        const made = till.find(uuid)
        if (made === undefined) return redirect("/")
        return kind === "xml" ? xmlFile(made) : pdfFile(made)
      }
    }
  })
}
