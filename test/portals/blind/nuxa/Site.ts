import { join } from "node:path"
import {
  ago,
  attachment,
  cfdiUses,
  clientBundle,
  fiscalRegimes,
  html,
  isStamped,
  json,
  money,
  openTill,
  pdfBytes,
  same,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly station: string
  readonly late?: true
  /** The account's own, of an earlier day. */
  readonly mine?: true
}

export const account = { email: "xochilt@example.com", password: "Guayaba.1905" }

interface Session {
  signedIn: boolean
  added: Array<Sale>
}

const streets = [
  "LINCOLN",
  "GARZA SADA",
  "MORONES",
  "RUIZ CORTINES",
  "CHAPULTEPEC",
  "LAS TORRES",
  "BARRAGAN",
  "UNIVERSIDAD",
  "SENDERO",
  "PABLO LIVAS",
  "EL ROSARIO",
  "MIGUEL ALEMAN",
  "LA HUASTECA"
]
const ends = ["", " PTE", " OTE", " NORTE", " SUR", " II", " CENTRO"]
const cities = ["MONTERREY", "APODACA", "GUADALUPE", "SALTILLO", "REYNOSA", "TORREON", "LEON"]

/** In no order that helps: as the stations were opened. */
const stations = Array.from({ length: 584 }, (_, at) => {
  const number = `E${String(2700 + at).padStart(5, "0")}`
  const name =
    number === "E03127" ? "LINCOLN PTE" : `${streets[(at * 5) % streets.length]}${ends[(at * 3) % ends.length]}`
  return { id: 10_000 + at * 7, number, text: `${number} ${name}, ${cities[(at * 2) % cities.length]}` }
})

const shell = `<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Facturación Nuxa</title><base href="/"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css"><link rel="stylesheet" href="/vendor/chosen-js/chosen.min.css"><link rel="stylesheet" href="/vendor/sweetalert2/dist/sweetalert2.min.css">
<style>body{background:#f3f3f3}.top{background:#d8232a;color:#fff}.top a{color:#fff}.chosen-container{width:100%!important}</style></head><body><app-root>Cargando...</app-root>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/chosen-js/chosen.jquery.min.js"></script><script src="/vendor/sweetalert2/dist/sweetalert2.all.min.js"></script><script src="main.js"></script></body></html>`

const buyer = { rfc: "CACX7605101P8", name: "XOCHILT CASAS CHAVEZ", postalCode: "36257" }

export const start = async (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "SNU940214UY6", name: "SERVICIOS NUXA DEL NORTE", regime: "601", postalCode: "64000" },
    "15101514"
  )
  const bundle = await clientBundle(join(import.meta.dir, "client.ts"))
  const listed: Array<{ uuid: string; folio: string; fecha: string; total: string }> = []
  const record = (uuid: string, sale: TillSale, days: number) =>
    listed.unshift({ uuid, folio: sale.ticket, fecha: ago(days).slashes, total: money(sale.cents) })
  const older: TillSale = { ticket: "90211084", cents: 51020n, description: "Magna 21.35 L", paymentForm: "04" }
  for (const sale of [older, ...sales.filter(({ mine }) => mine)]) {
    const made = await till.archive(sale, { receiver: { ...buyer, regime: "612" }, use: "G03" })
    record(made.uuid, sale, sale === older ? 19 : 1)
  }
  const no = (mensaje: string) => json({ ok: false, mensaje })

  return shop<Session>({
    till,
    cookie: "PHPSESSID",
    fresh: () => ({ signedIn: false, added: [] }),
    routes: {
      "GET /": () => html(shell),
      "GET /favicon.ico": () => new Response(null, { status: 204 }),
      "GET /main.js": bundle,
      "GET /api/sesion": ({ session }) => json({ activa: session.signedIn, correo: account.email }),
      "POST /api/acceso": async ({ field, session }) => {
        await Bun.sleep(400)
        session.signedIn = field("email").toLowerCase() === account.email && field("password") === account.password
        return session.signedIn ? json({ ok: true }) : no("Correo y/o contraseña incorrectos.")
      },
      "GET /api/estaciones": () => json(stations.map(({ id, text }) => ({ id, nombre: text }))),
      "GET /api/perfiles": () => json([{ id: 55102, rfc: buyer.rfc, nombre: buyer.name, cp: buyer.postalCode }]),
      "GET /api/regimenes": async () => {
        await Bun.sleep(500)
        return json(
          ["626", "612"].map((key, id) => ({
            id: id + 1,
            texto: `${key} - ${fiscalRegimes.find(({ code }) => code === key)?.name}`
          }))
        )
      },
      "GET /api/usos": () =>
        json(
          cfdiUses
            .filter(({ individual }) => individual)
            .map(({ code, name }) => ({ id: code, texto: `${code} - ${name.replace(/\.$/, "")}` }))
        ),
      "POST /api/tickets": async ({ field, session }) => {
        await Bun.sleep(700)
        if (!session.signedIn) return no("Tu sesión terminó.")
        const station = stations.find(({ id }) => String(id) === field("estacion"))
        if (station === undefined || field("ticket") === "" || field("monto") === "")
          return no("Captura estación, folio y monto.")
        const sale = sales.find(({ ticket }) => ticket === field("ticket"))
        if (sale === undefined || sale.station !== station.number)
          return no("El folio no pertenece a la estación seleccionada.")
        if (!same(field("monto"), sale.cents))
          return no("El monto capturado no coincide con el del folio. Revisa tu ticket.")
        if (sale.mine || isStamped(till, sale))
          return no(`El folio ${sale.ticket} fue facturado por tu cuenta; puedes descargarlo en Mis Facturas.`)
        if (sale.late) return no("Han pasado más de 48 horas desde tu carga, el folio ya no puede facturarse.")
        if (session.added.includes(sale)) return no("Ese folio está en la tabla.")
        session.added = [sale]
        return json({ ok: true, id: 381, folio: sale.ticket, estacion: station.text, monto: money(sale.cents) })
      },
      "POST /api/solicitudes": async ({ field, session }) => {
        await Bun.sleep(1600)
        const sale = session.added[0]
        if (!session.signedIn || sale === undefined || isStamped(till, sale)) return no("No hay folios por facturar.")
        if (field("perfil") !== "55102" || !["1", "2"].includes(field("regimen")) || field("uso") === "")
          return no("Completa tus datos fiscales.")
        if (field("tipopago_381") !== sale.paymentForm) return no("El tipo de pago no coincide con el de la venta.")
        const typed = {
          ...buyer,
          regime: field("regimen") === "2" ? "612" : "626",
          use: field("uso"),
          email: account.email
        }
        if (wrongOf(typed) !== undefined) return no("El régimen o el uso de CFDI no corresponden con tu RFC.")
        const { uuid } = await stampOf(till, sale, typed)
        session.added = []
        record(uuid, sale, 0)
        return json({ ok: true })
      },
      "GET /api/facturas": ({ session }) => (session.signedIn ? json(listed) : json([])),
      "GET /descarga/*": async ({ session, url }) => {
        const [, , kind, uuid = ""] = url.pathname.split("/")
        const made = session.signedIn ? till.find(uuid) : undefined
        if (made === undefined) return seeOther("/")
        return kind === "xml"
          ? attachment(await xmlText(made), "application/xml", `${uuid}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${uuid}.pdf`)
      }
    }
  })
}
