import { fits } from "../kit/checks.ts"
import {
  commas,
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
  template,
  usesFor,
  type Visit,
  type Wrong,
  wrongOf
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly station: string
  readonly webId: string
  readonly when: string
  readonly litres: string
  readonly bar?: string
}

const owners = [
  "SERVICIO XOLA",
  "COMBUSTIBLES DEL BAJIO",
  "GASOLINERA LA ESPERANZA",
  "SUPER SERVICIO TOLTECA",
  "ENERGETICOS MIXCOAC"
]
const roads = ["CARRETERA NACIONAL", "CENTRO", "ORIENTE", "ZAPATA", "JUAREZ", "LAS TORRES", "PERIFERICO"]

const stations = owners.flatMap((owner, row) =>
  roads.map((road, column) => ({
    Value: String(200 + row * 13 + column),
    Text: `E${10210 + row * 317 + column * 41} - ${owner} (${road})`
  }))
)

export const stationOf = (part: string) => {
  const found = stations.find(({ Text }) => Text.includes(part))
  if (found === undefined) throw new Error(`no station is called ${part}`)
  return found
}

const words: Readonly<Record<Wrong, string>> = {
  empty: "Complete los campos marcados con (*)",
  rfc: "El RFC no tiene un formato correcto o no existe en el SAT.",
  name: "La razón social no coincide con el padrón del SAT.",
  postalCode: "El código postal no coincide con el padrón del SAT.",
  regime: "El régimen fiscal no coincide con el padrón del SAT.",
  use: "Seleccione el uso del CFDI.",
  email: "El correo no tiene un formato correcto."
}

const plain = (text: string) => text.toUpperCase().normalize("NFD").replace(/\p{M}/gu, "").trim()

const d = (value: unknown) => json({ d: value })

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "KOM1201308L3", name: "KOMBUSTLA SERVICIOS", regime: "601", postalCode: "50120" },
    "15101505"
  )

  const consult = async ({ field }: Visit<object>) => {
    await Bun.sleep(1200)
    const bad = (mensaje: string) => d({ valido: false, mensaje })
    if (!/^\d{6,10}$/.test(field("despacho")) || !/^\w{8}$/.test(field("webId"))) {
      return bad("El Folio o el WebID no tienen la longitud requerida.")
    }
    const sale = sales.find(
      ({ station, ticket, webId }) =>
        ticket === field("despacho") && webId === field("webId") && stationOf(station).Value === field("estacion")
    )
    if (sale === undefined) return bad("No existe información del ticket, revise Estación, Folio y WebID.")
    if (sale.bar !== undefined) return bad(sale.bar)
    if (isStamped(till, sale)) return bad(`El folio ${sale.ticket} fue facturado el día de hoy.`)
    return d({
      valido: true,
      id: sales.indexOf(sale),
      mensaje: "Ticket localizado. Capture sus datos fiscales.",
      fila: [sale.ticket, sale.when, sale.description, sale.litres, `$${commas(sale.cents)}`]
    })
  }

  const issue = async ({ field }: Visit<object>) => {
    const sale = sales[Number(field("id"))]
    const bad = (mensaje: string) => d({ ok: false, mensaje })
    if (sale === undefined || sale.bar !== undefined || isStamped(till, sale))
      return bad("El ticket no puede facturarse.")
    const rfc = field("rfc")
    const typed: Typed = {
      rfc,
      name: field("razon").toUpperCase(),
      postalCode: field("cp"),
      regime: regimesFor(rfc)[Number(field("regimen")) - 1]?.code ?? "",
      use: usesFor(rfc)[Number(field("uso")) - 1]?.code ?? "",
      email: field("correo")
    }
    const wrong = wrongOf(typed)
    await Bun.sleep(1000)
    if (wrong !== undefined) return bad(words[wrong])
    if (!fits(typed)) return bad("El régimen fiscal no permite el uso de CFDI elegido.")
    await stampOf(till, sale, typed)
    await Bun.sleep(5000)
    return d({ ok: true, mensaje: `Su comprobante del folio ${sale.ticket} fue enviado a ${typed.email}.` })
  }

  return shop<object>({
    till,
    cookie: "ASP.NET_SessionId",
    landing: "/default.aspx",
    fresh: () => ({}),
    routes: {
      "GET /": () => seeOther("/default.aspx"),
      "GET /default.aspx": async () => html(await template(import.meta.dir, "login.html")),
      "POST /default.aspx": async () =>
        html(await template(import.meta.dir, "login.html", { error: "Usuario o contraseña incorrectos." })),
      "GET /generar_factura.aspx": async () => html(await template(import.meta.dir, "page.html")),
      "GET /Scripts/generar_factura.js": async () => js(await Bun.file(`${import.meta.dir}/generar_factura.js`).text()),
      "POST /generar_factura.aspx/GetEstaciones": async ({ field }) => {
        await Bun.sleep(300)
        const found = stations.filter(({ Text }) => plain(Text).includes(plain(field("texto"))))
        return d({ items: found.slice(0, 10), total: found.length })
      },
      "POST /generar_factura.aspx/ConsultarTicket": consult,
      "POST /generar_factura.aspx/BuscarRfc": ({ field }) => {
        const rfc = field("rfc")
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return d({ ok: false, mensaje: words.rfc })
        return d({
          ok: true,
          regimenes: regimesFor(rfc).map(({ code, name }, index) => ({ Value: index + 1, Text: `${code} - ${name}` })),
          usos: usesFor(rfc).map(({ code, name }, index) => ({ Value: index + 1, Text: `${code} - ${name}` }))
        })
      },
      "POST /generar_factura.aspx/GenerarFactura": issue
    }
  })
}
