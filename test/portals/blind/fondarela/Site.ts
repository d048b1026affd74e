import { isTotal } from "../../lib/Till.ts"
import { fits } from "../kit/checks.ts"
import {
  attachment,
  clientBundle,
  escaped,
  html,
  inline,
  isStamped,
  json,
  openTill,
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
  readonly brand: string
  readonly store: string
  /** dd/mm/aaaa */
  readonly date: string
  readonly bar?: string
  readonly pac?: string
}

/** As the group's page has them; those of fast food want the total, the others the day. */
const brands = [
  { opc: "Molcanela", name: "Molcanela", fast: false, colour: "#8e2a1f" },
  { opc: "Nubeluz", name: "Nubeluz Café", fast: true, colour: "#1d5c42" },
  { opc: "PizzaTroka", name: "Pizza Troka", fast: true, colour: "#c9302c" },
  { opc: "Tortugal", name: "Tortugal Mariscos", fast: false, colour: "#0b7285" },
  { opc: "DonaBrunda", name: "Doña Brunda", fast: false, colour: "#7048a8" }
]

const words: Readonly<Record<Wrong, string>> = {
  empty: "Todos los datos son requeridos.",
  rfc: "El RFC proporcionado no existe en la lista del SAT.",
  name: "El nombre o razón social es distinto al de la lista del SAT.",
  postalCode: "El código postal es distinto al de la lista del SAT.",
  regime: "El régimen fiscal es distinto al de la lista del SAT.",
  use: "El uso de CFDI es incorrecto.",
  email: "El correo electrónico es incorrecto."
}

const passed = (nivel: number) => json({ nivel, response: true, exception: null })

const thrown = (nivel: number, Message: string) =>
  json({
    nivel,
    response: null,
    exception: { ClassName: "System.Exception", Message, Data: null, HResult: -2146233088 }
  })

export const start = async (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "FON0105223H0", name: "FONDARELA ALIMENTOS", regime: "601", postalCode: "06600" },
    "90101501"
  )
  const bundle = await clientBundle(`${import.meta.dir}/client.ts`)

  const saleOf = ({ field }: Visit<object>) => {
    const brand = brands.find(({ opc }) => opc === field("operador"))
    return sales.find(
      (sale) =>
        sale.brand === brand?.opc &&
        sale.ticket === field("ticket") &&
        sale.store === field("tienda") &&
        (!brand.fast || isTotal(field("total"), sale.cents))
    )
  }

  const checkTicket = async (visit: Visit<object>) => {
    await Bun.sleep(500)
    const sale = saleOf(visit)
    if (sale === undefined) {
      return thrown(
        1,
        `El ticket ${visit.field("ticket")} no se localizó en la tienda ${visit.field("tienda")}, verifica los datos.`
      )
    }
    if (sale.bar !== undefined) return thrown(1, sale.bar)
    return isStamped(till, sale) ? thrown(1, "El ticket fue facturado el día de hoy.") : passed(1)
  }

  const checkDate = (visit: Visit<object>) => {
    const fast = brands.find(({ opc }) => opc === visit.field("operador"))?.fast === true
    return fast || saleOf(visit)?.date === visit.field("fecha")
      ? passed(1)
      : thrown(1, "La fecha de consumo no es la del ticket.")
  }

  const issue = async (visit: Visit<object>) => {
    const { field } = visit
    const sale = saleOf(visit)
    if (sale === undefined || sale.bar !== undefined || isStamped(till, sale))
      return thrown(2, "El ticket no es facturable.")
    const typed: Typed = {
      rfc: field("rfc"),
      name: `${field("nombres")} ${field("apellidos")}`.trim().toUpperCase(),
      postalCode: field("codigoPostal"),
      regime: field("regimenFiscal"),
      use: field("usoCfdi"),
      email: field("correoElectronico")
    }
    const wrong = wrongOf(typed)
    if (wrong !== undefined) return thrown(2, words[wrong])
    if (!fits(typed)) return thrown(2, "El uso de CFDI no es válido para el régimen fiscal seleccionado.")
    await Bun.sleep(1500)
    if (sale.pac !== undefined) return thrown(2, sale.pac)
    const made = await stampOf(till, sale, typed)
    const link = (kind: string, text: string) =>
      `<a href='/Viewer/Document?k=${kind}&id=${made.uuid}' target='_blank'>${text}</a>`
    return json({
      nivel: 99,
      response: `<h5>Gracias por tu visita</h5><p>El comprobante de tu consumo se generó. Consúltalo en las siguientes ligas:</p><p>${link("p", "Archivo PDF")}</p><p>${link("x", "Archivo XML")}</p><p>También lo enviamos a ${escaped(typed.email)}.</p>`,
      exception: null
    })
  }

  const logo = (name: string, colour: string) =>
    svg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80"><rect width="200" height="80" rx="10" fill="${colour}"/><text x="100" y="48" fill="#fff" font-family="Georgia" font-size="22" text-anchor="middle">${name}</text></svg>`
    )

  return shop<object>({
    till,
    cookie: "INTERF",
    fresh: () => ({}),
    routes: {
      "GET /": async () =>
        html(
          await template(import.meta.dir, "marcas.html", {
            brands: brands
              .map(
                ({ name, opc }) =>
                  `<a href="/wwwroot?opc=${opc}"><img src="/assets/logo/${opc}.svg" alt="${name}" width="200" height="80"></a>`
              )
              .join("")
          })
        ),
      "GET /wwwroot": async () => html(await Bun.file(`${import.meta.dir}/page.html`).text()),
      "GET /dist/main.js": bundle,
      "GET /assets/logo/*": ({ url }) => {
        const brand = brands.find(({ opc }) => url.pathname.endsWith(`/${opc}.svg`))
        return brand === undefined ? seeOther("/") : logo(brand.name, brand.colour)
      },
      "POST /api/autofactura/Marca": ({ field }) => {
        const brand = brands.find(({ opc }) => opc === field("operador"))
        return json(brand === undefined ? {} : { nombre: brand.name, isFastFood: brand.fast })
      },
      "POST /api/autofactura/ValidaPagina1RFC": ({ field }) =>
        /^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(field("rfc")) ? passed(1) : thrown(1, "El RFC es incorrecto."),
      "POST /api/autofactura/ValidaPagina1Ticket": checkTicket,
      "POST /api/autofactura/ValidaPagina1Fecha": checkDate,
      "POST /api/autofactura/Regimenes": ({ field }) =>
        json({
          lista: regimesFor(field("rfc")).map(({ code, name }) => ({ clave: code, descripcion: `${code} ${name}` }))
        }),
      "POST /api/autofactura/Usos": async ({ field }) => {
        await Bun.sleep(500)
        return json({
          lista: usesFor(field("rfc")).map(({ code, name }) => ({ clave: code, descripcion: `${code} ${name}` }))
        })
      },
      "POST /api/autofactura/ValidaPagina2Facturar": issue,
      "GET /Viewer/Document": async ({ field }) => {
        const made = till.find(field("id"))
        if (made === undefined) return seeOther("/")
        return field("k") === "x"
          ? attachment(await xmlText(made), "application/xml", `${made.uuid}.xml`)
          : inline(await pdfBytes(made), "application/pdf", `${made.uuid}.pdf`)
      }
    }
  })
}
