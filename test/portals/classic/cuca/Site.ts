import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openShop, page, redirect, type Visit } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { openTill, type TillSale } from "../../lib/Till.ts"
import { type Choice, optionTags, type ViewValues, viewsIn } from "../../lib/Views.ts"

export interface Sale extends TillSale {
  readonly date: TicketDate
  readonly time: string
  readonly pesos: string
  readonly tip: string
  readonly late?: true
}

interface Session {
  sale: Sale | undefined
  sentTo: string
}

const view = viewsIn(import.meta.dir)

const show = async (file: string, values: ViewValues) =>
  page(await view("layout.html", { content: await view(file, values) }))

const plain = (name: string) => name.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase()

/** No SAT code anywhere: the value is a row number of the fonda's own table, the text its name in capitals. */
const numbered = (entries: ReadonlyArray<{ readonly name: string }>, from: number): ReadonlyArray<Choice> =>
  entries.map(({ name }, index) => ({ value: String(from + index), text: plain(name.replace(/\.$/, "")) }))

const regimes = numbered(fiscalRegimes, 40)
const uses = numbered(cfdiUses, 7)
const payments: ReadonlyArray<Choice> = [
  { value: "1", text: "Efectivo" },
  { value: "2", text: "Tarjeta de crédito" },
  { value: "3", text: "Tarjeta de débito" }
]
const paymentCodes = ["01", "04", "28"]

const ticketForm = ({ field }: Visit<Session>, error: string) =>
  show("ticket.html", {
    error,
    orden: field("orden"),
    dia: field("dia"),
    hr: field("hr"),
    pesos: field("pesos"),
    prop: field("prop")
  })

const fiscalForm = (sale: Sale, { field }: Visit<Session>, error: string) =>
  show("fiscal.html", {
    error,
    orden: sale.ticket,
    total: formatMoney(sale.cents),
    k1: field("k1"),
    k2: field("k2"),
    k3: field("k3"),
    k7: field("k7"),
    regimenes: optionTags(regimes, field("k4")),
    usos: optionTags(uses, field("k5")),
    pagos: optionTags(payments, field("k6"))
  })

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "FDC710808QM2", name: "FONDA DOÑA CUCA", regime: "626", postalCode: "58000" },
    "90101501"
  )

  const find = ({ field }: Visit<Session>) =>
    sales.find(
      (sale) =>
        sale.ticket === field("orden").toUpperCase() &&
        sale.date.dayMonthShortYear === field("dia") &&
        sale.time === field("hr") &&
        sale.pesos === field("pesos") &&
        ["", sale.tip].includes(field("prop"))
    )

  return openShop<Session>({
    till,
    cookie: "fonda",
    newSession: () => ({ sale: undefined, sentTo: "" }),
    routes: {
      "GET /": (visit) => ticketForm(visit, ""),
      "POST /consumo": (visit) => {
        const sale = find(visit)
        if (sale === undefined) return ticketForm(visit, "No se encontró el consumo, revise su cuenta.")
        if (sale.late) return ticketForm(visit, "Su cuenta está fuera del plazo de 72 horas para facturar.")
        visit.session.sale = sale
        return fiscalForm(sale, visit, "")
      },
      "POST /enviar": async (visit) => {
        const { field, session } = visit
        const { sale } = session
        if (sale === undefined) return redirect("/")
        const typed = {
          rfc: field("k1").toUpperCase(),
          name: field("k2").toUpperCase(),
          postalCode: field("k3"),
          regime: fiscalRegimes[Number(field("k4")) - 40]?.code ?? "",
          use: cfdiUses[Number(field("k5")) - 7]?.code ?? "",
          email: field("k7")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return fiscalForm(sale, visit, refused)
        if (paymentCodes[Number(field("k6")) - 1] !== sale.paymentForm) {
          return fiscalForm(sale, visit, "La forma de pago no es la de su cuenta.")
        }
        await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        await Bun.sleep(700)
        session.sentTo = typed.email
        return redirect("/gracias")
      },
      "GET /gracias": ({ session }) =>
        session.sentTo === "" ? redirect("/") : show("done.html", { correo: session.sentTo })
    }
  })
}
