import { openShop, page, redirect, xmlFile } from "../../portals/lib/ShopServer.ts"
import { receiverOf, refusal } from "../../portals/lib/Taxpayers.ts"
import { openTill } from "../../portals/lib/Till.ts"

export const folio = "LV-20418"
const cents = 34_850n

/** Where a person would press, on a window of 1280 × 900. */
export const places = {
  comments: { x: 200 / 1280, y: 620 / 900 },
  box: { x: 100 / 1280, y: 280 / 900 },
  stamp: { x: 150 / 1280, y: 720 / 900 }
} as const

const field = (top: number, label: string, input: string) =>
  `<label style="position:absolute;left:40px;top:${top}px;width:460px">${label}<br>${input}</label>`

const form = `<!doctype html><meta charset="utf-8"><title>Facturación</title><body style="background:#fff">
<h1>Facture su ticket</h1><form method="post" action="/factura">
${field(90, "Folio del ticket", '<input name="folio" required style="width:100%">')}
${field(150, "RFC", '<input name="rfc" required style="width:100%">')}
${field(210, "Nombre o razón social", '<input name="name" required style="width:100%">')}
${field(270, "Código postal", '<input name="postalCode" required style="width:100%">')}
${field(330, "Régimen fiscal", '<select name="regime"><option value="">Seleccione</option><option value="605">605 Sueldos y salarios</option><option value="612">612 Personas Físicas con Actividades Empresariales y Profesionales</option></select>')}
${field(390, "Uso de CFDI", '<select name="use"><option value="">Seleccione</option><option value="G01">G01</option><option value="G03">G03 Gastos en general</option></select>')}
${field(450, "Correo electrónico", '<input name="email" required style="width:100%">')}
${field(590, "Comentarios (opcional)", '<textarea name="comments" style="width:100%;height:40px"></textarea>')}
<button style="position:absolute;left:40px;top:700px;width:220px;height:40px">Generar factura</button>
</form>`

/** Who presses the box is a person. */
const wall = `<!doctype html><meta charset="utf-8"><title>Un momento</title><h1>Verifica que eres humano</h1>
<div class="cf-turnstile" data-sitekey="x" style="position:absolute;left:40px;top:200px;width:300px;height:160px;background:#ddd"
onclick="location='/humano'"></div>`

interface Doing {
  /** Runs when the order to stamp has arrived. */
  readonly beforeStamp?: () => Promise<void>
  /** Lets nobody in who has not said that they are a person. */
  readonly walled?: boolean
}

/** A portal of one page whose things stand where they stand. */
export const openHandPortal = async ({ beforeStamp = () => Promise.resolve(), walled = false }: Doing = {}) => {
  const till = openTill(
    { rfc: "EKU9003173C9", name: "ESCUELA KEMPER URGATE", regime: "601", postalCode: "42501" },
    "90101501"
  )
  return openShop<{ human: boolean }>({
    till,
    cookie: "hand",
    newSession: () => ({ human: !walled }),
    routes: {
      "GET /": ({ session }) => page(session.human ? form : wall),
      "GET /humano": ({ session }) => {
        session.human = true
        return redirect("/")
      },
      "POST /factura": async ({ field }) => {
        const typed = {
          rfc: field("rfc"),
          name: field("name"),
          postalCode: field("postalCode"),
          regime: field("regime").slice(0, 3),
          use: field("use"),
          email: field("email")
        }
        const wrong = field("folio") === folio ? refusal(typed) : "No se encontró el ticket."
        if (wrong !== undefined) return page(`${form}<p role="alert">${wrong}</p>`)
        await beforeStamp()
        const sale = { ticket: folio, cents, description: "Consumo", paymentForm: "01" }
        const { uuid } = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        return page(`<!doctype html><meta charset="utf-8"><title>Listo</title>
          <h1>Su factura se generó correctamente</h1><a href="/xml/${uuid}">Descargar XML</a>`)
      },
      "GET /xml/": ({ url }) => {
        const invoice = till.find(url.pathname.split("/").pop() ?? "")
        return invoice === undefined ? page("", 404) : xmlFile(invoice)
      }
    }
  })
}
