import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { profiles } from "../../lib/Portal.ts"
import { openShop, page, redirect, type Visit } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { type Invoice, isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, type ViewValues, viewsIn } from "../../lib/Views.ts"
import { zipFile } from "../../lib/ZipFile.ts"

export interface Sale extends TillSale {
  readonly date: TicketDate
  /** Whose CFDI it already has. */
  readonly invoicedTo?: keyof typeof profiles
  /** What the PAC answers to whoever asks. */
  readonly pacRefuses?: string
}

interface Session {
  sale: Sale | undefined
}

const view = viewsIn(import.meta.dir)

const show = async (file: string, values: ViewValues = {}) =>
  page(await view("layout.html", { content: await view(file, values) }))

const ticketForm = ({ field }: Visit<Session>, error: string) =>
  show("ticket.html", { error, ref: field("ref"), fch: field("fch"), mto: field("mto") })

const fiscalForm = (sale: Sale, { field }: Visit<Session>, error: string) =>
  show("fiscal.html", {
    error,
    ref: sale.ticket,
    mto: formatMoney(sale.cents),
    rfc: field("n-rfc"),
    nom: field("n-nom"),
    cp: field("n-cp"),
    mail: field("n-mail"),
    regimenes: optionTags(
      fiscalRegimes.map(({ code, name }) => ({ value: code, text: `${name} (${code})` })),
      field("n-reg")
    ),
    usos: optionTags(
      cfdiUses.map(({ code, name }) => ({ value: code, text: `${name} (${code})` })),
      field("n-uso")
    )
  })

export const start = async (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "LXI8311095U0", name: "LIBRERIAS XICALLI", regime: "601", postalCode: "06000" },
    "55101500"
  )
  const issued = new Map<string, Invoice>()
  for (const sale of sales) {
    if (sale.invoicedTo === undefined) continue
    const { cfdiUse, fiscalRegime, fullName, postalCode, rfc } = profiles[sale.invoicedTo]
    const receiver = { rfc, name: fullName, postalCode, regime: fiscalRegime }
    issued.set(sale.ticket, await till.archive(sale, { receiver, use: cfdiUse }))
  }

  const done = (titulo: string, { uuid }: Invoice) => show("done.html", { titulo, uuid })

  const invoice = async (visit: Visit<Session>) => {
    const { field, session } = visit
    const { sale } = session
    if (sale === undefined) return redirect("/")
    if (issued.has(sale.ticket)) return show("recover.html")
    const typed = {
      rfc: field("n-rfc").toUpperCase(),
      name: field("n-nom").toUpperCase(),
      postalCode: field("n-cp"),
      regime: field("n-reg"),
      use: field("n-uso"),
      email: field("n-mail")
    }
    const refused = refusal(typed) ?? sale.pacRefuses
    if (refused !== undefined) return fiscalForm(sale, visit, `Error al timbrar: ${refused}`)
    const made = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
    issued.set(sale.ticket, made)
    return done("¡Su factura ha sido generada con éxito!", made)
  }

  return openShop<Session>({
    till,
    cookie: "_xicalli_session",
    newSession: () => ({ sale: undefined }),
    routes: {
      "GET /": (visit) => ticketForm(visit, ""),
      "POST /ticket": (visit) => {
        const { field } = visit
        const sale = sales.find(
          ({ cents, date, ticket }) =>
            ticket === field("ref") && date.iso === field("fch") && isTotal(field("mto"), cents)
        )
        if (sale === undefined) return ticketForm(visit, "No se encontró la referencia.")
        visit.session.sale = sale
        return issued.has(sale.ticket) ? show("recover.html") : fiscalForm(sale, visit, "")
      },
      "POST /recuperar": ({ session }) => {
        const old = issued.get(session.sale?.ticket ?? "")
        return old === undefined ? redirect("/") : done("Recuperación de factura", old)
      },
      "POST /factura": invoice,
      "GET /bajar/": ({ url }) => {
        const made = till.find(url.pathname.split("/")[2] ?? "")
        return made === undefined ? redirect("/") : zipFile(made)
      }
    }
  })
}
