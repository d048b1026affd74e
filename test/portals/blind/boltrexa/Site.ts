import { profiles } from "../../lib/Portal.ts"
import { fits } from "../kit/checks.ts"
import {
  clientBundle,
  html,
  isStamped,
  json,
  openTill,
  pdfBytes,
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
  xmlText
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly store: string
  readonly date: string
  readonly bar?: string
  readonly invoicedBefore?: true
}

const client = profiles.person

const words: Readonly<Record<Wrong, string>> = {
  empty: "Completa todos los campos.",
  rfc: "El RFC no está inscrito en el padrón del SAT.",
  name: "El nombre capturado es distinto al de tu Constancia de Situación Fiscal.",
  postalCode: "El código postal capturado es distinto al de tu Constancia de Situación Fiscal.",
  regime: "El régimen fiscal capturado es distinto al de tu Constancia de Situación Fiscal.",
  use: "Selecciona un uso de CFDI.",
  email: "El correo electrónico no es válido."
}

type Made = NonNullable<ReturnType<ReturnType<typeof openTill>["find"]>>

export const start = async (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "BOL9902103J5", name: "BOLTREXA FERRETERIAS", regime: "601", postalCode: "67100" },
    "27111700"
  )
  const bundle = await clientBundle(`${import.meta.dir}/client.ts`)
  const old = new Map<string, Made>()
  for (const sale of sales.filter(({ invoicedBefore }) => invoicedBefore)) {
    old.set(
      sale.ticket,
      await till.archive(sale, {
        receiver: {
          rfc: client.rfc,
          name: client.fullName,
          postalCode: client.postalCode,
          regime: client.fiscalRegime
        },
        use: "G03"
      })
    )
  }

  const files = async (made: Made, email: string) =>
    json({
      uuid: made.uuid,
      correo: email,
      xml: Buffer.from(await xmlText(made)).toString("base64"),
      pdf: Buffer.from(await pdfBytes(made)).toString("base64")
    })

  const saleOf = ({ field }: Visit<object>) => sales.find(({ ticket }) => ticket === field("ticket"))

  const consult = async (visit: Visit<object>) => {
    const rfc = visit.field("rfc")
    await Bun.sleep(900)
    if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return json({ mensaje: "El RFC no tiene una estructura válida." })
    const sale = saleOf(visit)
    if (sale === undefined)
      return json({ mensaje: "Los datos proporcionados no generaron resultados. Revisa el número de tu ticket." })
    if (sale.bar !== undefined) return json({ mensaje: sale.bar })
    if (old.get(sale.ticket)?.receiverRfc === rfc) {
      return json({
        facturado: true,
        mensaje: "El ticket tiene una factura con el RFC capturado. ¿Quieres obtenerla de nuevo?"
      })
    }
    if (old.has(sale.ticket) || isStamped(till, sale)) return json({ mensaje: "El ticket está facturado a otro RFC." })
    return json({
      compra: { tienda: sale.store, fecha: sale.date, total: Number(sale.cents) / 100 },
      regimenes: regimesFor(rfc).map(({ code, name }) => ({ clave: code, nombre: name }))
    })
  }

  const issue = async (visit: Visit<object>) => {
    const { field } = visit
    const sale = saleOf(visit)
    if (sale === undefined || sale.bar !== undefined || old.has(sale.ticket) || isStamped(till, sale)) {
      return json({ mensaje: "El ticket no puede facturarse." })
    }
    const typed: Typed = {
      rfc: field("rfc"),
      name: field("nombre").toUpperCase(),
      postalCode: field("codigoPostal"),
      regime: field("regimen"),
      use: field("uso"),
      email: field("correo")
    }
    const wrong = wrongOf(typed)
    if (wrong !== undefined) return json({ mensaje: words[wrong] })
    if (!fits(typed)) return json({ mensaje: "El uso de CFDI no se puede utilizar con el régimen fiscal." })
    const made = await stampOf(till, sale, typed)
    await Bun.sleep(2500)
    return files(till.find(made.uuid) ?? made, typed.email)
  }

  return shop<object>({
    till,
    cookie: "HDSESSION",
    landing: "/FacturacionWeb/#/portalweb",
    fresh: () => ({}),
    routes: {
      "GET /": () => seeOther("/FacturacionWeb/"),
      "GET /FacturacionWeb/": async () => html(await Bun.file(`${import.meta.dir}/page.html`).text()),
      "GET /FacturacionWeb/main.js": bundle,
      "POST /FacturacionWeb/api/ticket/consulta": consult,
      "POST /FacturacionWeb/api/catalogos/usos": async ({ field }) => {
        await Bun.sleep(400)
        return json({ usos: usesFor(field("rfc")).map(({ code, name }) => ({ clave: code, nombre: name })) })
      },
      "POST /FacturacionWeb/api/cfdi/reenvio": async ({ field }) => {
        const made = old.get(field("ticket"))
        return made === undefined ? json({}, 404) : files(made, client.email)
      },
      "POST /FacturacionWeb/api/cfdi/timbrado": issue
    }
  })
}
