import { isTotal } from "../../lib/Till.ts"
import { fits } from "../kit/checks.ts"
import {
  attachment,
  escaped,
  html,
  isStamped,
  js,
  money,
  openTill,
  pdfBytes,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  type Typed,
  template,
  usesFor,
  type Visit,
  type Wrong,
  wrongOf,
  xmlText
} from "../kit/kit.ts"
import { continueButton, doneView, fiscalView, type Item, selectOneMenu, ticketView } from "./Views.ts"

export interface Sale extends TillSale {
  readonly saleId: string
  /** dd/mm/aaaa */
  readonly date: string
  readonly bar?: string
}

interface Session {
  sale: Sale | undefined
  valid: boolean
  uuid: string | undefined
}

const folder = import.meta.dir
const base = "/facturacion-web/views/layout/inicio.do"

/** The two leading digits of a postal code tell the state, for those the page knows. */
const states: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ["AGUASCALIENTES", ["20"]],
  [
    "CIUDAD DE MEXICO",
    ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16"]
  ],
  ["GUANAJUATO", ["36", "37", "38"]],
  ["HIDALGO", ["42", "43"]],
  ["JALISCO", ["44", "45", "46", "47", "48", "49"]],
  ["NUEVO LEON", ["64", "65", "66", "67"]],
  ["PUEBLA", ["72", "73", "74", "75"]],
  ["SONORA", ["83", "84", "85"]]
]

const stateOf = (postalCode: string) => states.find(([, codes]) => codes.includes(postalCode.slice(0, 2)))?.[0] ?? ""

const items = (list: ReadonlyArray<{ readonly code: string; readonly name: string }>): ReadonlyArray<Item> =>
  list.map(({ code, name }) => ({ value: code, text: `${code} ${name}` }))

const words: Readonly<Record<Wrong, string>> = {
  empty: "Los campos marcados con * son requeridos.",
  rfc: "El RFC capturado no tiene una estructura correcta o no está inscrito.",
  name: "El nombre o razón social no es el que el SAT tiene registrado para el RFC.",
  postalCode: "El código postal no es el del domicilio fiscal del RFC.",
  regime: "El RFC no cuenta con el régimen fiscal seleccionado.",
  use: "Seleccione un uso de CFDI.",
  email: "El correo electrónico no tiene un formato válido."
}

const partial = (changes: ReadonlyArray<string>) =>
  new Response(
    `<?xml version='1.0' encoding='UTF-8'?>\n<partial-response id="j_id1"><changes>${changes.join("")}</changes></partial-response>`,
    { headers: { "content-type": "text/xml;charset=UTF-8", "cache-control": "no-cache" } }
  )

const update = (id: string, markup: string) => `<update id="${id}"><![CDATA[${markup}]]></update>`

const content = (markup: string) => update("form:contenido", `<div id="form:contenido">${markup}</div>`)

const growl = (severity: "info" | "error", title: string, text: string) =>
  `<eval><![CDATA[PrimeFaces.growl(${JSON.stringify(severity)},${JSON.stringify(title)},${JSON.stringify(text)});]]></eval>`

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "TIZ980614QXA", name: "TIENDAS TIZKOMA", regime: "601", postalCode: "64000" },
    "50192100"
  )

  const emptyTicket = ticketView({ date: "", folio: "", saleId: "", total: "" })

  const regimeMenu = (rfc: string, chosen = "") =>
    selectOneMenu(
      "selectOneMenuRegFis",
      rfc === "" ? [] : items(regimesFor(rfc)),
      chosen,
      "form:selectOneMenuCFDI",
      rfc === ""
    )
  const useMenu = (rfc: string, regime: string) =>
    selectOneMenu("selectOneMenuCFDI", regime === "" ? [] : items(usesFor(rfc)), "", "", regime === "")
  const stateMenu = (chosen: string) =>
    selectOneMenu(
      "estado",
      states.map(([name]) => ({ value: name, text: name })),
      chosen
    )

  const validate = ({ field, session }: Visit<Session>) => {
    const fault = (text: string) => {
      session.valid = false
      return partial([update("form:continuar", continueButton(false)), growl("error", "Validación de ticket", text)])
    }
    const [date, folio, saleId, total] = ["fecha_input", "folio", "venta", "total"].map((id) => field(`form:${id}`))
    if ([date, folio, saleId, total].some((value) => value === "" || value === undefined)) {
      return fault("Captura fecha, folio, ID y total de tu ticket.")
    }
    const sale = sales.find(
      (sale) =>
        sale.date === date && sale.ticket === folio && sale.saleId === saleId && isTotal(total ?? "", sale.cents)
    )
    if (sale === undefined) {
      return fault("Los datos capturados no corresponden a ninguna venta. Favor de revisar tu ticket.")
    }
    if (sale.bar !== undefined) return fault(sale.bar)
    if (isStamped(till, sale)) return fault("La venta capturada cuenta con una factura emitida con anterioridad.")
    session.sale = sale
    session.valid = true
    return partial([
      update("form:continuar", continueButton(true)),
      growl("info", "Validación de ticket", "Los datos son correctos, presiona Continuar.")
    ])
  }

  const generate = async ({ field, session }: Visit<Session>) => {
    const { sale } = session
    if (sale === undefined || !session.valid || isStamped(till, sale)) {
      return partial([content(emptyTicket), growl("error", "Aviso", "Vuelve a validar tu ticket.")])
    }
    const email = field("form:correo")
    const typed: Typed = {
      rfc: field("form:rfc").toUpperCase(),
      name: field("form:razon").toUpperCase(),
      postalCode: field("form:codigo"),
      regime: field("form:selectOneMenuRegFis_input"),
      use: field("form:selectOneMenuCFDI_input"),
      email: email === "" ? "sin@correo.mx" : email
    }
    const wrong = wrongOf(typed)
    if (wrong !== undefined) return partial([growl("error", "Datos de facturación", words[wrong])])
    if (!fits(typed)) {
      return partial([growl("error", "Datos de facturación", "El uso de CFDI no aplica para el régimen fiscal.")])
    }
    session.valid = false
    await Bun.sleep(1200)
    session.uuid = (await stampOf(till, sale, typed)).uuid
    return partial([
      content(doneView(sale.ticket, money(sale.cents))),
      growl("info", "Factura", "Tu factura se generó correctamente.")
    ])
  }

  const ajax = async (visit: Visit<Session>, source: string) => {
    const { field, session } = visit
    await Bun.sleep(250)
    switch (source) {
      case "form:validarTicket":
        return validate(visit)
      case "form:continuar":
        if (session.sale === undefined || !session.valid) return partial([content(emptyTicket)])
        return partial([
          content(
            fiscalView(
              session.sale.ticket,
              { rfc: "", name: "", postalCode: "" },
              stateMenu(""),
              regimeMenu(""),
              useMenu("", "")
            )
          )
        ])
      case "form:rfc": {
        const rfc = field("form:rfc").toUpperCase()
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) {
          return partial([growl("error", "RFC", "La estructura del RFC es incorrecta.")])
        }
        return partial([
          update("form:selectOneMenuRegFis", regimeMenu(rfc)),
          update("form:selectOneMenuCFDI", useMenu(rfc, ""))
        ])
      }
      case "form:codigo":
        return partial([update("form:estado", stateMenu(stateOf(field("form:codigo"))))])
      case "form:selectOneMenuRegFis":
        return partial([
          update(
            "form:selectOneMenuCFDI",
            useMenu(field("form:rfc").toUpperCase(), field("form:selectOneMenuRegFis_input"))
          )
        ])
      case "form:generarFactura":
        return generate(visit)
      default:
        session.sale = undefined
        session.valid = false
        return partial([content(emptyTicket)])
    }
  }

  const post = async (visit: Visit<Session>) => {
    const { field, session } = visit
    if (field("javax.faces.ViewState") === "") return html("<h1>HTTP 500 - ViewExpiredException</h1>", 500)
    if (field("javax.faces.partial.ajax") === "true") return ajax(visit, field("javax.faces.source"))
    const made = session.uuid === undefined ? undefined : till.find(session.uuid)
    if (made === undefined) return seeOther(base)
    if (field("form:descargarXml") !== "") {
      return attachment(await xmlText(made), "application/octet-stream", `TIZ_${session.sale?.ticket}.xml`)
    }
    return attachment(await pdfBytes(made), "application/pdf", `TIZ_${session.sale?.ticket}.pdf`)
  }

  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    landing: base,
    fresh: () => ({ sale: undefined, valid: false, uuid: undefined }),
    routes: {
      "GET /": () => seeOther(base),
      [`GET ${base}`]: async ({ session }) => {
        session.sale = undefined
        session.valid = false
        return html(
          await template(folder, "page.html", { content: emptyTicket, viewState: escaped(crypto.randomUUID()) })
        )
      },
      [`POST ${base}`]: post,
      "GET /facturacion-web/javax.faces.resource/primefaces.js.xhtml": async () =>
        js(await Bun.file(`${folder}/primefaces.js`).text())
    }
  })
}
