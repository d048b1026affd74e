import { join } from "node:path"
import {
  cfdiUses,
  clientBundle,
  html,
  isStamped,
  json,
  money,
  openTill,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  typedAs,
  wrongOf,
  zipFile
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly booth: string
  readonly lane: string
  readonly iso: string
  readonly invoiced?: true
}

export const account = { user: "xcasas76", password: "Tamarindo#2604" }

interface Session {
  signedIn: boolean
  sale: Sale | undefined
}

const shell = `<!doctype html><html lang="es"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width,initial-scale=1"/><title>Culhuara | Facturación de casetas</title><style>body{margin:0;background:#f4f4f4;font-family:Roboto,Helvetica,Arial,sans-serif}</style></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/static/js/main.5d1e0f2b.js"></script></body></html>`

const kept = {
  rfc: "CACX7605101P8",
  nombre: "XOCHILT CASAS CHAVEZ",
  cp: "36200",
  regimen: "612",
  correo: "xochilt@example.com"
}

const words = {
  empty: "Faltan datos obligatorios",
  rfc: "RFC inválido",
  name: "El nombre no corresponde al RFC",
  postalCode: "El código postal no es el del domicilio fiscal registrado ante el SAT",
  regime: "El régimen no corresponde al RFC",
  use: "Uso de CFDI inválido",
  email: "Correo inválido"
} as const

export const start = async (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "CUL8405024E3", name: "CULHUARA OPERADORA DE CASETAS", regime: "603", postalCode: "80129" },
    "95111602"
  )
  const bundle = await clientBundle(join(import.meta.dir, "client.tsx"))
  const older = [
    { ticket: "5487716", cents: 14600n, description: "Peaje vehículo ligero", paymentForm: "01" },
    { ticket: "5490023", cents: 9300n, description: "Peaje motocicleta", paymentForm: "01" }
  ]
  const listed: Array<{ uuid: string; folio: string; total: string }> = []
  for (const sale of older) {
    const made = await till.archive(sale, {
      receiver: { rfc: kept.rfc, name: kept.nombre, postalCode: "36257", regime: "612" },
      use: "G03"
    })
    listed.push({ uuid: made.uuid, folio: sale.ticket, total: money(sale.cents) })
  }

  const guarded = (visit: { session: Session }) =>
    visit.session.signedIn ? undefined : json({ message: "No autorizado" }, 401)

  return shop<Session>({
    till,
    cookie: "connect.sid",
    fresh: () => ({ signedIn: false, sale: undefined }),
    routes: {
      "GET /": () => seeOther("/login"),
      "GET /login": () => html(shell),
      "GET /facturar": () => html(shell),
      "GET /facturas": () => html(shell),
      "GET /favicon.ico": () => new Response(null, { status: 204 }),
      "GET /static/js/main.5d1e0f2b.js": bundle,
      "GET /api/sesion": ({ session }) => json({ activa: session.signedIn }),
      "POST /api/login": async ({ field, session }) => {
        await Bun.sleep(500)
        if (field("usuario") !== account.user || field("password") !== account.password)
          return json({ message: "Usuario o contraseña incorrectos" }, 200)
        session.signedIn = true
        return json({ ok: true })
      },
      "GET /api/catalogos": () =>
        json({
          casetas: ["El Walamo Chico", "Limoncito Norte", "Limoncito Sur", "San Rafaelito"].map((nombre, at) => ({
            id: at + 1,
            nombre
          })),
          regimenes: regimesFor(kept.rfc).map(({ code, name }) => ({ id: code, nombre: `${code} - ${name}` })),
          usos: cfdiUses.map(({ code, name }) => ({ id: code, nombre: `${code} - ${name}` }))
        }),
      "POST /api/cruces": async (visit) => {
        const { field, session } = visit
        const out = guarded(visit)
        if (out) return out
        await Bun.sleep(700)
        if (["caseta", "carril", "folio", "amount", "fecha"].some((name) => field(name) === ""))
          return json({ message: "Todos los campos son requeridos" })
        const sale = sales.find(
          (one) =>
            one.booth === field("caseta") &&
            one.lane === field("carril") &&
            one.ticket === field("folio") &&
            one.iso === field("fecha") &&
            same(field("amount"), one.cents)
        )
        if (sale === undefined)
          return json({ message: "Sin resultados. El cruce no existe o los datos no coinciden con los del boleto." })
        if (isStamped(till, sale)) return json({ message: `El boleto ${sale.ticket} está en Mis facturas.` })
        if (sale.invoiced)
          return json({ message: `El boleto ${sale.ticket} tiene una factura vigente emitida por otro usuario.` })
        session.sale = sale
        return json({
          ok: true,
          cruce: { folio: sale.ticket, caseta: sale.booth, total: money(sale.cents) },
          receptor: kept
        })
      },
      "POST /api/facturas": async (visit) => {
        const { field, session } = visit
        const out = guarded(visit)
        if (out) return out
        await Bun.sleep(2000)
        const { sale } = session
        if (sale === undefined || isStamped(till, sale)) return json({ message: "Consulte nuevamente el cruce" })
        const typed = typedAs(field, {
          rfc: "rfc",
          name: "nombre",
          postalCode: "cp",
          regime: "regimen",
          use: "uso",
          email: "correo"
        })
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ message: words[wrong] })
        const made = await stampOf(till, sale, typed)
        session.sale = undefined
        listed.push({ uuid: made.uuid, folio: sale.ticket, total: money(sale.cents) })
        return json({ ok: true })
      },
      "GET /api/facturas": (visit) => guarded(visit) ?? json(listed.toReversed()),
      "GET /api/facturas/*": (visit) => {
        const out = guarded(visit)
        if (out) return out
        const made = till.find(visit.url.pathname.split("/")[3] ?? "")
        return made === undefined ? json({ message: "No encontrada" }, 404) : zipFile(made)
      }
    }
  })
}
