import { isTotal } from "../../lib/Till.ts"
import { fits } from "../kit/checks.ts"
import {
  captchaCode,
  captchaImage,
  html,
  isStamped,
  js,
  json,
  openTill,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  type Typed,
  usesFor,
  type Visit,
  type Wrong,
  wrongOf
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly bar?: string
}

interface Session {
  token: string | undefined
  sale: Sale | undefined
  rfc: string
  images: number
}

/** The text of the n-th image of a visit. */
export const imageText = (n: number) => captchaCode("magnivora", n)

const words: Readonly<Record<Wrong, string>> = {
  empty: "Capture todos los datos.",
  rfc: "El RFC no está dado de alta en el SAT.",
  name: "La razón social no concuerda con la registrada ante el SAT para este RFC.",
  postalCode: "El código postal no concuerda con el domicilio fiscal registrado ante el SAT.",
  regime: "El régimen fiscal no está asignado al RFC.",
  use: "Seleccione el uso del CFDI.",
  email: "El correo electrónico no es válido."
}

const rejected = (text: string) => json({ success: false, data: { error_code: "310", error_code_description: text } })

const answer = (code: string, text: string, newImage = false) =>
  json({ status_code: code, description: text, nueva_imagen: newImage })

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill({ rfc: "MAG9106281R2", name: "MAGNIVORA CLUB", regime: "601", postalCode: "76120" }, "50202306")

  const authorised = (handler: (visit: Visit<Session>) => Response | Promise<Response>) => (visit: Visit<Session>) =>
    visit.session.token !== undefined && visit.headers.get("x-oauth_token") === visit.session.token
      ? handler(visit)
      : json({ error: "invalid_token" }, 401)

  const check = async ({ field, session }: Visit<Session>) => {
    await Bun.sleep(900)
    const rfc = field("RFC")
    if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return rejected("El formato del RFC es incorrecto.")
    if (!/^\d{24}$/.test(field("COMPROBANTE"))) return rejected("El número de ticket debe tener 24 dígitos.")
    const sale = sales.find(({ ticket }) => ticket === field("COMPROBANTE"))
    if (sale === undefined) return rejected("El comprobante no está registrado. Verifique el número capturado.")
    if (sale.bar !== undefined) return rejected(sale.bar)
    if (!isTotal(field("MONTO"), sale.cents))
      return rejected("El monto capturado es diferente al total del comprobante.")
    if (isStamped(till, sale)) return rejected("El comprobante se facturó con anterioridad.")
    session.sale = sale
    session.rfc = rfc
    return json({
      success: true,
      response: {
        id_transaccion: 7_700_000 + sales.indexOf(sale),
        regimenes: regimesFor(rfc).map(({ code, name }, index) => ({
          clave: 20 + index,
          descripcion: `${name} (${code})`
        })),
        usos: usesFor(rfc).map(({ code, name }, index) => ({ clave: 50 + index, descripcion: `${code} | ${name}` }))
      }
    })
  }

  const issue = async ({ field, session }: Visit<Session>) => {
    const { rfc, sale } = session
    if (sale === undefined || field("ID_TRANSACCION") !== String(7_700_000 + sales.indexOf(sale))) {
      return answer("9", "La transacción no es válida, reinicie el proceso.")
    }
    if (field("TEXTO").toUpperCase() !== imageText(session.images)) {
      session.images += 1
      return answer("4", "El texto no es igual al de la imagen. Inténtelo con la nueva imagen.", true)
    }
    const typed: Typed = {
      rfc,
      name: field("RAZON").toUpperCase(),
      postalCode: field("CP"),
      regime: regimesFor(rfc)[Number(field("REGIMEN")) - 20]?.code ?? "",
      use: usesFor(rfc)[Number(field("USO")) - 50]?.code ?? "",
      email: field("CORREO")
    }
    const wrong = wrongOf(typed)
    if (wrong !== undefined) return answer("5", words[wrong])
    if (!fits(typed)) return answer("6", "El uso del CFDI no está permitido para el régimen fiscal.")
    if (isStamped(till, sale)) return answer("7", "El comprobante se facturó con anterioridad.")
    session.sale = undefined
    await Bun.sleep(1500)
    await stampOf(till, sale, typed)
    return answer(
      "0",
      `Su solicitud fue aceptada. Su CFDI será enviado a ${typed.email} en los próximos minutos (máximo 72 horas). Número de solicitud ${7_700_000 + sales.indexOf(sale)}.`
    )
  }

  return shop<Session>({
    till,
    cookie: "MGVSESSION",
    landing: "/facturacion",
    fresh: () => ({ token: undefined, sale: undefined, rfc: "", images: 0 }),
    routes: {
      "GET /": () => seeOther("/facturacion"),
      "GET /facturacion": async () => html(await Bun.file(`${import.meta.dir}/page.html`).text()),
      "GET /facturacion/js/portal.js": async () => js(await Bun.file(`${import.meta.dir}/portal.js`).text()),
      "POST /portales/oauth/estilos": ({ session }) => {
        session.token = crypto.randomUUID().replaceAll("-", "")
        return json({ accessToken: session.token, estilos: { color: "#0b6e4f" } })
      },
      "POST /portales/invoice/validateCheck": authorised(check),
      "POST /portales/invoice/generaCFDiXTransaccion": authorised(issue),
      "POST /portales/seguridad/nueva": authorised(({ session }) => {
        session.images += 1
        return json({})
      }),
      "GET /portales/seguridad/imagen": ({ session }) => captchaImage(imageText(session.images))
    }
  })
}
