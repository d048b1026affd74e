import { cfdiUses, fiscalRegimes, paymentForms } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { buttonImage } from "../../lib/ButtonImage.ts"
import { openShop, page, pdfFile, redirect, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, type ViewValues, viewsIn } from "../../lib/Views.ts"

export interface Sale extends TillSale {
  readonly branch: string
  readonly register: string
  readonly date: TicketDate
  readonly expired?: true
}

interface Session {
  sale: Sale | undefined
}

const pictures: Readonly<Record<string, readonly [text: string, width: number]>> = {
  btn_buscar: ["Buscar", 96],
  btn_facturar: ["Facturar", 110],
  btn_regresar: ["Regresar", 104],
  btn_suscribir: ["Enviar", 84],
  ico_pdf: ["PDF", 56],
  ico_xml: ["XML", 56]
}

const coded = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }) => ({ value: code, text: `${code} ${name}` }))

const view = viewsIn(import.meta.dir)

const show = async (file: string, values: ViewValues) =>
  page(await view("layout.html", { content: await view(file, values) }))

const ticketForm = ({ field }: Visit<Session>, error: string) =>
  show("ticket.html", {
    suc: field("txtSuc"),
    caja: field("txtFolio"),
    ticket: field("txtReferencia"),
    fecha: field("f_1"),
    importe: field("txtReservationId"),
    error
  })

const fiscalForm = (sale: Sale, { field }: Visit<Session>, error: string) =>
  show("fiscal.html", {
    ticket: sale.ticket,
    importe: formatMoney(sale.cents),
    rfc: field("campo1"),
    nombre: field("campo2"),
    cp: field("campo3"),
    regimenes: optionTags(coded(fiscalRegimes), field("campo4")),
    usos: optionTags(coded(cfdiUses), field("campo5")),
    formas: optionTags(
      coded(paymentForms).filter(({ value }) => ["01", "03", "04", "28"].includes(value)),
      field("campo6")
    ),
    correo: field("telefono"),
    error
  })

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "ATE640311RX5", name: "ABARROTES EL TEPOZAN", regime: "601", postalCode: "76000" },
    "50192100"
  )

  const find = ({ field }: Visit<Session>) =>
    sales.find(
      (sale) =>
        sale.branch === field("txtSuc") &&
        sale.register === field("txtFolio") &&
        sale.ticket === field("txtReferencia") &&
        sale.date.dayMonthYear === field("f_1") &&
        isTotal(field("txtReservationId"), sale.cents)
    )

  return openShop<Session>({
    till,
    cookie: "PHPSESSID",
    newSession: () => ({ sale: undefined }),
    routes: {
      "GET /": (visit) => ticketForm(visit, ""),
      "POST /buscar.php": (visit) => {
        const sale = find(visit)
        if (sale === undefined) return ticketForm(visit, "El ticket no existe, revise los datos que capturo")
        if (sale.expired) return ticketForm(visit, "El plazo para facturar este ticket ha vencido")
        visit.session.sale = sale
        return fiscalForm(sale, visit, "")
      },
      "POST /facturar.php": async (visit) => {
        const { field, session } = visit
        if (session.sale === undefined) return redirect("/")
        const typed = {
          rfc: field("campo1").toUpperCase(),
          name: field("campo2").toUpperCase(),
          postalCode: field("campo3"),
          regime: field("campo4"),
          use: field("campo5"),
          email: field("telefono")
        }
        const refused = refusal(typed)
        if (refused !== undefined) return fiscalForm(session.sale, visit, refused)
        if (field("campo6") !== session.sale.paymentForm) {
          return fiscalForm(session.sale, visit, "La forma de pago no corresponde a la del ticket")
        }
        const invoice = await till.stamp(session.sale, { receiver: receiverOf(typed), use: typed.use })
        return redirect(`/comprobante.php?f=${invoice.uuid}`)
      },
      "GET /comprobante.php": ({ field }) => {
        const invoice = till.find(field("f"))
        if (invoice === undefined) return redirect("/")
        return show("done.html", {
          uuid: invoice.uuid,
          rfc: invoice.receiverRfc,
          importe: formatMoney(invoice.totalCents)
        })
      },
      "GET /archivo.php": ({ field }) => {
        const invoice = till.find(field("f"))
        if (invoice === undefined) return redirect("/")
        return field("t") === "1" ? xmlFile(invoice) : pdfFile(invoice)
      },
      "GET /img/": ({ url }) => {
        const [text, width] = pictures[url.pathname.slice("/img/".length).replace(".gif", "")] ?? ["", 40]
        return buttonImage(text, { background: "#2d6a2d", width })
      }
    }
  })
}
