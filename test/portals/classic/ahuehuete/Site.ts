import { fiscalRegimes, paymentForms } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openShop, page, pdfFile, redirect, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal, usesOf } from "../../lib/Taxpayers.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, type ViewValues, viewsIn } from "../../lib/Views.ts"
import { opened, sealed, type ViewState } from "./ViewState.ts"

export interface Sale extends TillSale {
  readonly station: string
  readonly webId: string
  readonly state: "open" | "invoiced" | "offline"
}

const view = viewsIn(import.meta.dir)

const regimes = fiscalRegimes.map(({ code, name }) => ({ value: code, text: `(${code}) ${name}` }))
const forms = paymentForms
  .filter(({ code }) => ["01", "04", "28"].includes(code))
  .map(({ code, name }) => ({ value: code, text: `${code} - ${name.toUpperCase()}` }))

const show = async (file: string, state: ViewState, values: ViewValues) =>
  page(
    await view("layout.html", {
      viewstate: sealed(state),
      regimenes2: optionTags(regimes),
      content: await view(file, values)
    })
  )

const control = ({ field }: Visit<object>, id: string) => field(`ctl00$CPH1$${id}`)

const capture = (visit: Visit<object>, error: string) =>
  show(
    "capture.html",
    { step: "capture", ticket: "", uuid: "" },
    {
      error,
      estacion: control(visit, "txtEstacion"),
      despacho: control(visit, "txtDespacho"),
      webid: control(visit, "txtReferencia"),
      importe: control(visit, "txtVenta")
    }
  )

const fiscal = (visit: Visit<object>, sale: Sale, error: string) => {
  const regime = control(visit, "cmbRegimen")
  const uses = usesOf(control(visit, "inputRfc").toUpperCase(), regime).map(({ code, name }) => ({
    value: code,
    text: `(${code}) ${name}`
  }))
  return show(
    "fiscal.html",
    { step: "fiscal", ticket: sale.ticket, uuid: "" },
    {
      error,
      despacho: sale.ticket,
      producto: sale.description,
      importe: formatMoney(sale.cents),
      rfc: control(visit, "inputRfc"),
      razon: control(visit, "inputRazon"),
      cp: control(visit, "inputCp"),
      correo: control(visit, "inputCorreo"),
      regimenes: optionTags(regimes, regime),
      usos: optionTags([{ value: "0", text: "Seleccione un régimen" }, ...uses], control(visit, "cmbUsos")),
      formas: optionTags(forms, control(visit, "cmbPago"))
    }
  )
}

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "GGA9805146T1", name: "GRUPO GASOLINERO AHUEHUETE", regime: "601", postalCode: "37000" },
    "15101514"
  )

  const consult = (visit: Visit<object>) => {
    const sale = sales.find(
      (sale) => sale.station === control(visit, "txtEstacion") && sale.ticket === control(visit, "txtDespacho")
    )
    if (sale?.state === "offline") return view("offline.html").then((html) => page(html, 503))
    if (sale === undefined || sale.webId !== control(visit, "txtReferencia")) {
      return capture(visit, "Código inválido, verifique con la estación.")
    }
    if (!isTotal(control(visit, "txtVenta"), sale.cents)) return capture(visit, "Monto del ticket Inválido.")
    if (sale.state === "invoiced") return capture(visit, "El consumo ya fue facturado.")
    return fiscal(visit, sale, "")
  }

  const invoice = async (visit: Visit<object>, sale: Sale) => {
    const typed = {
      rfc: control(visit, "inputRfc").toUpperCase(),
      name: control(visit, "inputRazon").toUpperCase(),
      postalCode: control(visit, "inputCp"),
      regime: control(visit, "cmbRegimen"),
      use: control(visit, "cmbUsos"),
      email: control(visit, "inputCorreo")
    }
    const refused = refusal(typed, { use: "Seleccione el uso de CFDI." })
    if (refused !== undefined) return fiscal(visit, sale, refused)
    if (control(visit, "cmbPago") !== sale.paymentForm) return fiscal(visit, sale, "Verifique la forma de pago.")
    await Bun.sleep(1200)
    const { receiverRfc, totalCents, uuid } = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
    return show(
      "done.html",
      { step: "done", ticket: sale.ticket, uuid },
      { uuid, rfc: receiverRfc, importe: formatMoney(totalCents) }
    )
  }

  const postBack = async (visit: Visit<object>) => {
    const state = opened(visit.field("__VIEWSTATE"))
    if (state === undefined) return page("Validation of viewstate MAC failed.", 500)
    const target = visit.field("__EVENTTARGET").replace("ctl00$CPH1$", "")
    if (state.step === "capture") return target === "lnkConsultar" ? consult(visit) : capture(visit, "")
    if (state.step === "done") {
      const made = till.find(state.uuid)
      if (made === undefined) return redirect("/Facturacion/Default.aspx")
      return target === "lnkXml" ? xmlFile(made) : pdfFile(made)
    }
    const sale = sales.find(({ ticket }) => ticket === state.ticket)
    if (sale === undefined || target === "lnkOtro") return capture(visit, "")
    if (visit.typed.has("ctl00$CPH1$btnFacturar")) return invoice(visit, sale)
    await Bun.sleep(500)
    return fiscal(visit, sale, "")
  }

  return openShop<object>({
    till,
    cookie: "ASP.NET_SessionId",
    newSession: () => ({}),
    landing: "/Facturacion/Default.aspx",
    routes: {
      "GET /": () => redirect("/Facturacion/Default.aspx"),
      "GET /Facturacion/Default.aspx": (visit) => capture(visit, ""),
      "POST /Facturacion/Default.aspx": postBack
    }
  })
}
