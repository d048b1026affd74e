import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openShop, page, pdfFile, redirect, reply, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, viewsIn } from "../../lib/Views.ts"

export interface Sale extends TillSale {
  readonly date: TicketDate
  readonly state: "open" | "lastMonth"
}

const view = viewsIn(import.meta.dir)

const regimes = fiscalRegimes.map(({ code, name }) => ({ value: code, text: `${name} [${code}]` }))
const uses = cfdiUses.map(({ code, name }, index) => ({ id: index + 1, label: `${code} - ${name}` }))

/** The autocomplete sends the place in its list, from 1 on. */
const useCode = (id: string) => cfdiUses[Number(id) - 1]?.code ?? ""

const form = async ({ field }: Visit<object>, warning: string) =>
  page(
    await view("page.html", {
      remision: field("remision"),
      fecha: field("fecha"),
      importe: field("importe"),
      r: field("r"),
      n: field("n"),
      c: field("c"),
      e: field("e"),
      regimenes: optionTags(regimes, field("g")),
      usos: JSON.stringify(uses),
      aviso: warning
    })
  )

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "FYU7704129H3", name: "FERRETERIAS EL YUNQUE", regime: "601", postalCode: "64000" },
    "27111700"
  )

  const find = ({ field }: Visit<object>) =>
    sales.find(
      (sale) =>
        sale.ticket === field("remision") &&
        sale.date.monthDayYear === field("fecha") &&
        isTotal(field("importe"), sale.cents)
    )

  const problem = (visit: Visit<object>) => {
    const sale = find(visit)
    if (sale === undefined) return "No existe ninguna remisión con esos datos, los datos del ticket no son validos"
    if (sale.state === "lastMonth") return "FACTURA EN LINEA SOLO EL MISMO MES DE COMPRA. Su remisión ya venció."
  }

  return openShop<object>({
    till,
    cookie: "JSESSIONID",
    newSession: () => ({}),
    routes: {
      "GET /": (visit) => form(visit, ""),
      "POST /verifica": (visit) => reply({ msg: problem(visit) }),
      "POST /guardar": async (visit) => {
        const { field } = visit
        const sale = find(visit)
        if (sale?.state !== "open") return form(visit, problem(visit) ?? "")
        const typed = {
          rfc: field("r").toUpperCase(),
          name: field("n").toUpperCase(),
          postalCode: field("c"),
          regime: field("g"),
          use: useCode(field("usoid")),
          email: field("e")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return form(visit, refused)
        await Bun.sleep(900)
        const invoice = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        return page(
          await view("done.html", {
            uuid: invoice.uuid,
            rfc: invoice.receiverRfc,
            importe: formatMoney(invoice.totalCents)
          })
        )
      },
      "GET /f/": ({ url }) => {
        const [uuid = "", kind] = url.pathname.slice("/f/".length).split(".")
        const invoice = till.find(uuid)
        if (invoice === undefined) return redirect("/")
        return kind === "xml" ? xmlFile(invoice) : pdfFile(invoice)
      }
    }
  })
}
