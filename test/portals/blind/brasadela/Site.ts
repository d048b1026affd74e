import { profiles } from "../../lib/Portal.ts"
import { isTotal } from "../../lib/Till.ts"
import { fits } from "../kit/checks.ts"
import {
  commas,
  escaped,
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
  wrongOf,
  zipFile
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly bar?: string
  /** What the PAC answers to a stamp of it. */
  readonly pac?: string
  readonly invoicedBefore?: true
}

const client = profiles.person

const words: Readonly<Record<Wrong, string>> = {
  empty: "Existen campos obligatorios sin capturar.",
  rfc: "El RFC capturado no es correcto.",
  name: "El nombre no corresponde con el RFC capturado (validación SAT).",
  postalCode: "El código postal no corresponde con el RFC capturado (validación SAT).",
  regime: "El régimen fiscal no corresponde con el RFC capturado (validación SAT).",
  use: "Seleccione un uso de CFDI de la lista.",
  email: "Capture un correo válido."
}

/** A page method's answer: JSON as text within JSON. */
const d = (value: unknown) => json({ d: JSON.stringify(value) })

const bad = (mensaje: string, detalle = "") => d({ ok: false, mensaje, detalle })

export const start = async (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "BRA8504123M9", name: "BRASADELA RESTAURANTES", regime: "601", postalCode: "83280" },
    "90101501"
  )
  const old = new Map<string, string>()
  for (const sale of sales.filter(({ invoicedBefore }) => invoicedBefore)) {
    const made = await till.archive(sale, {
      receiver: { rfc: client.rfc, name: client.fullName, postalCode: client.postalCode, regime: client.fiscalRegime },
      use: "G03"
    })
    old.set(sale.ticket, made.uuid)
  }

  const findSale = ({ field }: Visit<object>) =>
    sales.find(({ cents, ticket }) => ticket === field("ticket") && isTotal(field("total"), cents))

  const typedOf = ({ field }: Visit<object>): Typed => ({
    rfc: field("rfc"),
    name: field("nombre").toUpperCase(),
    postalCode: field("cp"),
    regime: regimesFor(field("rfc"))[Number(field("regimen")) - 1]?.code ?? "",
    use: usesFor(field("rfc"))[Number(field("uso")) - 300]?.code ?? "",
    email: field("correo")
  })

  const refusal = (visit: Visit<object>) => {
    const typed = typedOf(visit)
    const wrong = wrongOf(typed)
    if (wrong !== undefined) return words[wrong]
    return fits(typed) ? undefined : "El uso de CFDI seleccionado no es compatible con el régimen fiscal."
  }

  const ticket = async (visit: Visit<object>) => {
    const { field } = visit
    await Bun.sleep(700)
    if (["ticket", "total", "rfc"].some((name) => field(name) === ""))
      return bad("Existen campos obligatorios sin capturar.")
    if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(field("rfc"))) return bad("El RFC capturado no es correcto.")
    const sale = findSale(visit)
    if (sale === undefined) {
      return bad(
        `El ticket ${field("ticket")} con total ${field("total")} no fue localizado. Revise los datos capturados.`
      )
    }
    if (sale.bar !== undefined) return bad(sale.bar, `EDX-4107 tck=${sale.ticket}`)
    const uuid = old.get(sale.ticket)
    if (uuid !== undefined && field("rfc") === client.rfc) {
      return d({
        facturado: true,
        uuid,
        correo: client.email,
        mensaje: `La factura del ticket ${sale.ticket} se emitió anteriormente. Puede descargarla o enviarla por correo.`
      })
    }
    if (uuid !== undefined || isStamped(till, sale)) return bad("El ticket fue facturado a otro cliente.")
    return d({
      ok: true,
      cliente: { nombre: "", cp: "", correo: "" },
      regimenes: regimesFor(field("rfc")).map(({ code, name }, index) => ({
        id: index + 1,
        nombre: `${code}-${name}`
      })),
      usos: usesFor(field("rfc")).map(({ code, name }, index) => ({ id: 300 + index, label: `${code} ${name}` }))
    })
  }

  const preview = (visit: Visit<object>) => {
    const sale = findSale(visit)
    if (sale === undefined) return bad("El ticket no fue localizado.")
    const refused = refusal(visit)
    if (refused !== undefined) return bad(refused)
    const { email, name, postalCode, regime, rfc, use } = typedOf(visit)
    const lines = [
      ["RFC emisor", "BRA8504123M9"],
      ["RFC receptor", rfc],
      ["Nombre receptor", name],
      ["Domicilio fiscal", postalCode],
      ["Régimen fiscal", regime],
      ["Uso CFDI", use],
      ["Correo", email],
      ["Ticket", sale.ticket],
      ["Concepto", sale.description],
      ["Total", `$${commas(sale.cents)} MXN`]
    ]
    const rows = lines.map(([label = "", text = ""]) => `<tr><td>${label}:</td><td><b>${escaped(text)}</b></td></tr>`)
    return d({ ok: true, html: `<b>COMPROBANTE FISCAL DIGITAL (VISTA PREVIA)</b><table>${rows.join("")}</table>` })
  }

  const issue = async (visit: Visit<object>) => {
    const sale = findSale(visit)
    if (sale === undefined || isStamped(till, sale)) return bad("El ticket no puede facturarse.")
    const refused = refusal(visit)
    if (refused !== undefined) return bad(refused)
    await Bun.sleep(1800)
    if (sale.pac !== undefined) return bad("El SAT rechazó los datos de su comprobante.", sale.pac)
    const made = await stampOf(till, sale, typedOf(visit))
    return d({ ok: true, uuid: made.uuid })
  }

  return shop<object>({
    till,
    cookie: "ASP.NET_SessionId",
    landing: "/BRA2/",
    fresh: () => ({}),
    routes: {
      "GET /": () => seeOther("/BRA2/"),
      "GET /BRA2/": async () => html(await Bun.file(`${import.meta.dir}/page.html`).text()),
      "GET /BRA2/js/facturacion.js": async () => js(await Bun.file(`${import.meta.dir}/facturacion.js`).text()),
      "POST /BRA2/DataProcessor.aspx/GetTicket": ticket,
      "POST /BRA2/DataProcessor.aspx/GetPreview": preview,
      "POST /BRA2/DataProcessor.aspx/GeneraCFDI": issue,
      "POST /BRA2/DataProcessor.aspx/EnviarCorreo": ({ field }) =>
        d({
          mensaje: /^[^\s@]+@[^\s@]+\.[a-z]+$/.test(field("correo")) ? "Los archivos se enviaron." : "Correo no válido."
        }),
      "POST /BRA2/DataProcessor.aspx/DescargarArchivo": async ({ field }) => {
        const made = till.find(field("uuid"))
        if (made === undefined) return d({ archivo: "", nombre: "" })
        const zip = Buffer.from(await zipFile(made).arrayBuffer())
        return d({ archivo: zip.toString("base64"), nombre: `${made.ticket}.zip` })
      }
    }
  })
}
