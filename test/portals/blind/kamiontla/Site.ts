import { fits } from "../kit/checks.ts"
import {
  attachment,
  captchaCode,
  captchaImage,
  commas,
  html,
  inline,
  isStamped,
  json,
  openTill,
  options,
  pdfBytes,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  svg,
  type TillSale,
  type Typed,
  template,
  usesFor,
  type Visit,
  type Wrong,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly seat: string
  readonly route: string
  readonly travels: string
  readonly bar?: string
}

interface Session {
  images: number
  sale: Sale | undefined
  rfc: string
}

export const imageText = (n: number) => captchaCode("kamiontla", n)

const words: Readonly<Record<Wrong, string>> = {
  empty: "Todos los campos con * son obligatorios.",
  rfc: "El RFC no se encuentra registrado en el SAT.",
  name: "El nombre o razón social no es igual al registrado en el SAT.",
  postalCode: "El código postal no es igual al registrado en el SAT.",
  regime: "El régimen fiscal no pertenece al RFC.",
  use: "Selecciona el uso de la factura.",
  email: "El e-mail no es válido."
}

const folder = import.meta.dir

const show = async (file: string, values: Readonly<Record<string, string>> = {}) =>
  html(await template(folder, "layout.html", { content: await template(folder, file, values) }))

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "KAM7403199S8", name: "KAMIONTLA TRANSPORTES", regime: "624", postalCode: "91000" },
    "78111802"
  )
  const lotOf = (sale: Sale) => String(8_100_233 + sales.indexOf(sale) * 17)

  const validate = async ({ field, session }: Visit<Session>) => {
    const bad = (MSG: string, RENEW = true) => json([{ STATUS: "ERROR", IDL: "-1", MSG, RENEW }])
    await Bun.sleep(600)
    if (field("captcha").toUpperCase() !== imageText(session.images)) return bad("El código capturado es incorrecto.")
    if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(field("rfc"))) return bad("El RFC no tiene un formato válido.")
    const sale = sales.find(
      ({ seat, ticket }) => ticket === field("folio") && Number(seat) === Number(field("asiento"))
    )
    if (sale === undefined) return bad("El boleto no existe, verifica el folio y el asiento.")
    if (sale.bar !== undefined) return bad(sale.bar)
    if (isStamped(till, sale)) return bad("El boleto se encuentra facturado.")
    session.sale = sale
    session.rfc = field("rfc")
    return json([
      {
        STATUS: "OK",
        IDL: lotOf(sale),
        FOLIO: sale.ticket,
        ASIENTO: sale.seat,
        RUTA: sale.route,
        FECHA: sale.travels,
        IMPORTE: commas(sale.cents)
      }
    ])
  }

  const form = (sale: Sale, rfc: string, { field }: Visit<Session>, error = "") =>
    show("registro.html", {
      error,
      rfc,
      lot: lotOf(sale),
      name: field("RName"),
      cp: field("RCodigoPostal"),
      email: field("REmail"),
      count: "1",
      total: commas(sale.cents),
      regimes: options(
        regimesFor(rfc).map(({ code, name }) => ({ value: `R${code}`, text: `${name.toUpperCase()} [${code}]` })),
        field("RRegimen")
      ),
      uses: options(
        usesFor(rfc).map(({ code, name }) => ({ value: code, text: name.replace(/\.$/, "") })),
        field("RUso")
      )
    })

  const issue = async (visit: Visit<Session>) => {
    const { field, session } = visit
    const { rfc, sale } = session
    if (sale === undefined || field("idlo") !== lotOf(sale) || isStamped(till, sale)) return seeOther("/FETKM/")
    const typed: Typed = {
      rfc,
      name: field("RName").toUpperCase(),
      postalCode: field("RCodigoPostal"),
      regime: field("RRegimen").slice(1),
      use: field("RUso"),
      email: field("REmail")
    }
    const wrong = wrongOf(typed)
    if (wrong !== undefined) return form(sale, rfc, visit, words[wrong])
    if (!fits(typed)) return form(sale, rfc, visit, "El uso de la factura no aplica para tu régimen fiscal.")
    session.sale = undefined
    const made = await stampOf(till, sale, typed)
    return show("listo.html", { uuid: made.uuid, email: typed.email })
  }

  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    landing: "/FETKM/",
    fresh: () => ({ images: 0, sale: undefined, rfc: "" }),
    routes: {
      "GET /": () => seeOther("/FETKM/"),
      "GET /FETKM/": ({ session }) => {
        session.sale = undefined
        return show("boletos.html")
      },
      "GET /FETKM/img/refresh.svg": () =>
        svg(
          '<svg xmlns="http://www.w3.org/2000/svg" width="26" height="26"><path d="M20 8a9 9 0 1 0 2 7" fill="none" stroke="#8b0000" stroke-width="3"/><path d="M22 2v9h-9z" fill="#8b0000"/></svg>'
        ),
      "GET /FETKM/svt/captcha/mobility": ({ session }) => captchaImage(imageText(session.images)),
      "POST /FETKM/svt/captcha/renew": ({ session }) => {
        session.images += 1
        return json({})
      },
      "POST /FETKM/jsp/validate.jsp": validate,
      "POST /FETKM/register.jsp": (visit) => {
        const { field, session } = visit
        if (session.sale === undefined || field("idlote") !== lotOf(session.sale)) {
          return show("boletos.html", { error: "Agrega al menos un boleto." })
        }
        return form(session.sale, session.rfc, visit)
      },
      "POST /FETKM/facturar.jsp": issue,
      "GET /FETKM/svt/download": async ({ field }) => {
        const made = till.find(field("u"))
        if (made === undefined) return seeOther("/FETKM/")
        return field("t") === "xml"
          ? attachment(await xmlText(made), "text/xml", `${made.uuid}.xml`)
          : inline(await pdfBytes(made), "application/pdf", `${made.uuid}.pdf`)
      }
    }
  })
}
