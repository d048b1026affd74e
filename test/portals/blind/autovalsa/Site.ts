import { fits } from "../kit/checks.ts"
import {
  clientBundle,
  commas,
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

/** `ticket` is the code of 18 characters. */
export interface Sale extends TillSale {
  readonly plaza: string
  readonly crossed: string
  readonly bar?: string
  readonly pac?: string
}

interface Session {
  readonly mine: Set<Sale>
}

const words: Readonly<Record<Wrong, string>> = {
  empty: "Faltan datos por capturar.",
  rfc: "El RFC no cumple con la estructura requerida.",
  name: "El nombre del receptor no es el registrado ante el SAT.",
  postalCode: "El domicilio fiscal no es el registrado ante el SAT.",
  regime: "El régimen fiscal no es el registrado ante el SAT.",
  use: "El uso de CFDI no es válido.",
  email: "El correo electrónico no es válido."
}

const home = "/Capital/facturacionrapida"

export const start = async (sales: ReadonlyArray<Sale>) => {
  const till = openTill({ rfc: "AUT9811056N1", name: "AUTOVIAS VALSA", regime: "601", postalCode: "62000" }, "95111602")
  const bundle = await clientBundle(`${import.meta.dir}/client.tsx`)
  /** Whoever verifies a code has it. */
  const held = new Map<Sale, Session>()

  const typedOf = ({ field }: Visit<Session>): Typed => ({
    rfc: field("rfc"),
    name: field("nombre").toUpperCase(),
    postalCode: field("domicilioFiscalReceptor"),
    regime: regimesFor(field("rfc"))[Number(field("regimenFiscalReceptor")) - 11]?.code ?? "",
    use: usesFor(field("rfc"))[Number(field("usoCfdi")) - 71]?.code ?? "",
    email: field("correo")
  })

  const refusal = (visit: Visit<Session>) => {
    const typed = typedOf(visit)
    const wrong = wrongOf(typed)
    if (wrong !== undefined) return words[wrong]
    return fits(typed) ? undefined : "El uso de CFDI no es aplicable al régimen fiscal del receptor."
  }

  const validate = async (visit: Visit<Session>) => {
    const { field, session } = visit
    await Bun.sleep(800)
    const refused = refusal(visit)
    if (refused !== undefined) return json({ error: refused })
    const sale = sales.find(({ ticket }) => ticket === field("codigo"))
    if (sale === undefined) return json({ error: "El código capturado no existe en los registros de cruces." })
    if (sale.bar !== undefined) return json({ error: sale.bar })
    const holder = held.get(sale)
    if (holder !== undefined && holder !== session)
      return json({ error: "El código está siendo utilizado en otra sesión." })
    if (session.mine.has(sale)) return json({ error: "El código está agregado en la lista." })
    if (isStamped(till, sale)) return json({ error: "El cruce fue facturado." })
    held.set(sale, session)
    session.mine.add(sale)
    return json({
      ticket: {
        id: 246_248_500 + sales.indexOf(sale),
        caseta: sale.plaza,
        codigo: sale.ticket,
        fecha: sale.crossed,
        clase: "C2",
        importe: `$${commas(sale.cents)}`
      }
    })
  }

  const issue = async (visit: Visit<Session>) => {
    const { field, session } = visit
    const sale = sales[Number(field("tickets")) - 246_248_500]
    if (sale === undefined || !session.mine.has(sale) || isStamped(till, sale)) {
      return json({ error: "No hay conceptos por facturar." })
    }
    const refused = refusal(visit)
    if (refused !== undefined) return json({ error: refused })
    await Bun.sleep(2000)
    if (sale.pac !== undefined) return json({ error: sale.pac })
    const typed = typedOf(visit)
    const made = await stampOf(till, sale, typed)
    session.mine.delete(sale)
    return json({ uuid: made.uuid, correo: typed.email })
  }

  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    landing: home,
    fresh: () => ({ mine: new Set<Sale>() }),
    routes: {
      "GET /": () => seeOther(home),
      [`GET ${home}`]: async () => html(await Bun.file(`${import.meta.dir}/page.html`).text()),
      "GET /Capital/static/js/main.js": bundle,
      "POST /capital-backend/sinregistro/receptor/buscar_receptor_por_rfc.json": async ({ field }) => {
        await Bun.sleep(300)
        const rfc = field("rfc")
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return json({ error: words.rfc })
        return json({
          regimenes: regimesFor(rfc).map(({ code, name }, index) => ({
            id: index + 11,
            descripcion: `${code} - ${name}`
          }))
        })
      },
      "POST /capital-backend/sinregistro/usocfdi40/uso_cfdi_por_regimen.json": async ({ field }) => {
        await Bun.sleep(300)
        return json({
          usos: usesFor(field("rfc")).map(({ code, name }, index) => ({
            id: index + 71,
            descripcion: `${code} - ${name}`
          }))
        })
      },
      "POST /capital-backend/sinregistro/ticket/validar.json": validate,
      "POST /capital-backend/sinregistro/facturar/conceptos.json": issue,
      "POST /capital-backend/sinregistro/documentos/descargar.json": async ({ field }) => {
        const made = till.find(field("uuid"))
        if (made === undefined) return json({ error: "No existe." }, 404)
        const xml = field("tipo") === "XML"
        const content = xml ? Buffer.from(await xmlText(made)) : Buffer.from(await pdfBytes(made))
        return json({
          contenido: content.toString("base64"),
          mime: xml ? "application/xml" : "application/pdf",
          nombre: `${made.uuid}.${xml ? "xml" : "pdf"}`
        })
      }
    }
  })
}
