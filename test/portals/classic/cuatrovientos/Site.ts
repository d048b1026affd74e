import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openShop, page, pdfFile, redirect, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import type { TicketDate } from "../../lib/TicketDates.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, type ViewValues, viewsIn } from "../../lib/Views.ts"

export interface Sale extends TillSale {
  readonly plaza: string
  readonly lane: string
  readonly date: TicketDate
  /** `17:42` */
  readonly time: string
  readonly invoiced?: true
}

const plazas = ["Apizaco", "Cuapiaxtla", "El Carmen", "Oriental", "Perote", "Las Vigas", "Banderilla", "Xalapa Sur"]

const view = viewsIn(import.meta.dir)

const show = async (file: string, values: ViewValues) =>
  page(await view("layout.html", { content: await view(file, values) }))

const fiscal = (sale: Sale, error: string) =>
  show("fiscal.html", {
    error,
    consecutivo: sale.ticket,
    plaza: sale.plaza,
    importe: formatMoney(sale.cents),
    regimenes: optionTags(fiscalRegimes.map(({ code, name }) => ({ value: code, text: `${code}-${name}` }))),
    usos: optionTags(cfdiUses.map(({ code, name }) => ({ value: code, text: `${code}-${name}` })))
  })

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "CCV080221E36", name: "CONCESIONARIA CUATRO VIENTOS", regime: "601", postalCode: "90300" },
    "95111602"
  )

  const capture = ({ field }: Visit<object>, error: string) =>
    show("capture.html", {
      error,
      plazas: optionTags(
        plazas.map((text, index) => ({ value: String(index + 31), text })),
        field("cmbCaseta")
      ),
      carril: field("CarrilId"),
      fecha: field("Fecha"),
      hora: field("hora"),
      consecutivo: field("NumeroId"),
      importe: field("total")
    })

  const find = ({ field }: Visit<object>) =>
    sales.find(
      (sale) =>
        sale.plaza === plazas[Number(field("cmbCaseta")) - 31] &&
        sale.lane === field("CarrilId").toUpperCase() &&
        sale.date.iso === field("Fecha") &&
        sale.time === field("hora").slice(0, 5) &&
        sale.ticket === field("NumeroId") &&
        isTotal(field("total"), sale.cents)
    )

  const issue = async (visit: Visit<object>) => {
    const { field } = visit
    const sale = sales.find(({ ticket }) => ticket === field("cruce"))
    if (sale === undefined || sale.invoiced) return redirect("/peaje/inicio.do")
    const typed = {
      rfc: field("rfc").toUpperCase(),
      name: field("razon").toUpperCase(),
      postalCode: field("cp"),
      regime: field("regimen"),
      use: field("ClaveCDFI"),
      email: field("correo")
    }
    const refused = refusal(typed)
    if (refused !== undefined) return fiscal(sale, refused)
    const invoice = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
    await Bun.sleep(6000)
    return show("done.html", {
      uuid: invoice.uuid,
      rfc: invoice.receiverRfc,
      importe: formatMoney(invoice.totalCents)
    })
  }

  return openShop<object>({
    till,
    cookie: "JSESSIONID",
    newSession: () => ({}),
    landing: "/peaje/inicio.do",
    routes: {
      "GET /peaje/inicio.do": (visit) => capture(visit, ""),
      "POST /peaje/cruce.do": (visit) => {
        const sale = find(visit)
        if (sale === undefined) return capture(visit, "No se encontró el cruce con los datos proporcionados.")
        if (sale.invoiced) return capture(visit, "Su ticket ya se encuentra facturado.")
        return fiscal(sale, "")
      },
      "GET /peaje/emitir.do": issue,
      "GET /peaje/cfdi.do": ({ field }) => {
        const invoice = till.find(field("f"))
        return invoice === undefined ? redirect("/peaje/inicio.do") : xmlFile(invoice, "inline")
      },
      "GET /peaje/visor.do": async ({ field }) => page(await view("viewer.html", { uuid: field("f") })),
      "GET /peaje/pdf.do": ({ field }) => {
        const invoice = till.find(field("f"))
        return invoice === undefined ? redirect("/peaje/inicio.do") : pdfFile(invoice, "inline")
      }
    }
  })
}
