import { profiles } from "../../lib/Portal.ts"
import { fits } from "../kit/checks.ts"
import {
  ago,
  attachment,
  commas,
  html,
  isStamped,
  js,
  json,
  openTill,
  pdfBytes,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  type Typed,
  usesFor,
  type Visit,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly station: string
  readonly bar?: string
}

interface Session {
  user: string | undefined
}

export const account = { user: "flotilla.kemper", password: "Diesel#2040", name: "Flotilla Kemper" }

const client = profiles.company

/** Who the account may invoice to; the second one is the profile's. */
const holders = [
  { id: "40718", rfc: "LOTR7911032B4", name: "ROGELIO LOPEZ TREJO", regimes: ["605", "612"] },
  { id: "40725", rfc: client.rfc, name: client.fullName, regimes: ["601"] },
  { id: "51190", rfc: "MEGJ850214KA0", name: "JUANA MENDEZ GARCIA", regimes: ["626"] }
]

const places = ["CAMPESTRE", "LA PRESA", "AEROPUERTO", "UNIVERSIDAD", "LIBRAMIENTO NORTE", "CENTRAL", "EL MIRADOR"]
const towns = ["LEON", "IRAPUATO", "CELAYA", "SILAO", "QUERETARO", "PACHUCA", "TULA", "APIZACO", "TOLUCA", "MORELIA"]

/** As many as the real list is long: number, name, town. */
const stations = towns.flatMap((town, row) =>
  places.map((place, column) => ({
    id: String(3100 + row * 37 + column * 5),
    name: `E${String(4101 + row * 11 + column * 3).padStart(5, "0")} ${place} ${town}`
  }))
)

const payments = [
  { id: "1", text: "EFECTIVO", code: "01" },
  { id: "2", text: "TARJETA DE CRÉDITO", code: "04" },
  { id: "3", text: "TARJETA DE DÉBITO", code: "28" },
  { id: "4", text: "MONEDERO ELECTRÓNICO", code: "05" },
  { id: "5", text: "VALES", code: "08" }
]

export const start = async (sales: ReadonlyArray<Sale>) => {
  const till = openTill({ rfc: "BEN0303187K7", name: "RED BENCIROL", regime: "601", postalCode: "66220" }, "15101514")
  const numberOf = (sale: Sale) => String(960_000 + sales.indexOf(sale) * 633 + 12)
  const listed: Array<{ readonly uuid: string; readonly sale: Sale; readonly date: string; readonly rfc: string }> = []

  /** What the account invoiced on other days. */
  for (const [ticket, cents, days, holder] of [
    ["7530188", 60000n, 19, 1],
    ["7498120", 85000n, 33, 0]
  ] as const) {
    const [owner] = holders.slice(holder, holder + 1)
    if (owner === undefined) continue
    const sale: Sale = { ticket, cents, description: "Magna", paymentForm: "28", station: stations[4]?.name ?? "" }
    const made = await till.archive(sale, {
      receiver: { rfc: owner.rfc, name: owner.name, postalCode: "42501", regime: owner.regimes[0] ?? "601" },
      use: "G03"
    })
    listed.push({ uuid: made.uuid, sale, date: ago(days).slashes, rfc: owner.rfc })
  }

  const only = (handler: (visit: Visit<Session>) => Response | Promise<Response>) => (visit: Visit<Session>) =>
    visit.session.user === undefined ? json({ error: "Tu sesión expiró." }, 401) : handler(visit)

  const logged = ({ session }: Visit<Session>) =>
    json(session.user === undefined ? { is_logged: "FALSE" } : { is_logged: "TRUE", nombre: session.user })

  const check = ({ field }: Visit<Session>) => {
    const station = stations.find(({ id }) => id === field("estacion"))
    const sale = sales.find((sale) => sale.ticket === field("ticket") && sale.station === station?.name)
    if (sale === undefined) return json({ error: "El folio no existe en la estación seleccionada." })
    if (!same(field("monto"), sale.cents)) return json({ error: "El monto no es igual al de la carga con ese folio." })
    if (sale.bar !== undefined) return json({ error: sale.bar })
    if (isStamped(till, sale)) return json({ error: "El ticket forma parte de otra de tus facturas." })
    return json({
      ticket: {
        id: numberOf(sale),
        folio: sale.ticket,
        estacion: sale.station,
        producto: sale.description,
        monto: commas(sale.cents),
        pagos: payments.map(({ id, text }) => ({ id, texto: text }))
      }
    })
  }

  const issue = async ({ field }: Visit<Session>) => {
    const holder = holders.find(({ id }) => id === field("rfc"))
    const [number, payment] = field("tickets").split(":")
    const sale = sales.find((sale) => numberOf(sale) === number)
    if (sale === undefined || holder === undefined || isStamped(till, sale)) {
      return json({ error: "No fue posible facturar los tickets de la lista." })
    }
    if (payments.find(({ id }) => id === payment)?.code !== sale.paymentForm) {
      return json({ error: "La forma de pago no corresponde a la registrada en la estación." })
    }
    const typed: Typed = {
      rfc: holder.rfc,
      name: holder.name,
      postalCode: client.postalCode,
      regime: field("regimen_fiscal").slice(2),
      use: field("usocfdi").slice(2),
      email: client.email
    }
    if (holder.rfc === client.rfc && (wrongOf(typed) !== undefined || !fits(typed))) {
      return json({ error: "Los datos fiscales no son aceptados por el SAT." })
    }
    await Bun.sleep(2500)
    const made = await stampOf(till, sale, typed)
    listed.unshift({ uuid: made.uuid, sale, date: ago(0).slashes, rfc: holder.rfc })
    return json({ ok: true })
  }

  const file = ({ url }: Visit<Session>) => {
    const [, , , kind, uuid = ""] = url.pathname.split("/")
    const made = till.find(uuid)
    if (made === undefined) return html("<h1>404</h1>", 404)
    return kind === "xml"
      ? xmlText(made).then((xml) => attachment(xml, "application/xml", `${uuid}.xml`))
      : pdfBytes(made).then((pdf) => attachment(pdf, "application/pdf", `${uuid}.pdf`))
  }

  return shop<Session>({
    till,
    cookie: "ci_sessions",
    fresh: () => ({ user: undefined }),
    routes: {
      "GET /": async () => html(await Bun.file(`${import.meta.dir}/page.html`).text()),
      "GET /home": () => seeOther("/"),
      "GET /assets/js/app.js": async () => js(await Bun.file(`${import.meta.dir}/app.js`).text()),
      "POST /checkuser": logged,
      "POST /login/acceso": ({ field, session }) => {
        if (field("username").toLowerCase() !== account.user || field("password") !== account.password) {
          return json({ is_logged: "FALSE", mensaje: "Usuario y/o contraseña no válidos." })
        }
        session.user = account.name
        return json({ is_logged: "TRUE", nombre: account.name })
      },
      "POST /login/salir": ({ session }) => {
        session.user = undefined
        return json({})
      },
      "GET /facturacion/catalogos": only(() =>
        json({
          rfcs: holders.map(({ id, name, rfc }) => ({ id, rfc, nombre: name })),
          estaciones: stations.map(({ id, name }) => ({ id, nombre: name }))
        })
      ),
      "GET /facturacion/datos_rfc": only(({ field }) => {
        const holder = holders.find(({ id }) => id === field("id"))
        if (holder === undefined) return json({ regimenes: [], usos: [] })
        return json({
          regimenes: regimesFor(holder.rfc)
            .filter(({ code }) => holder.regimes.includes(code))
            .map(({ code, name }) => ({ id: `7.${code}`, texto: `${code} - ${name}` })),
          usos: usesFor(holder.rfc).map(({ code, name }) => ({ id: `4.${code}`, texto: `${code} - ${name}` }))
        })
      }),
      "POST /facturacion/validar_ticket": only(check),
      "POST /facturacion/facturar": only(issue),
      "GET /facturacion/mis_facturas": only(() =>
        json({
          facturas: listed.map(({ date, rfc, sale, uuid }) => ({
            uuid,
            rfc,
            fecha: date,
            estacion: sale.station,
            folio: sale.ticket,
            total: commas(sale.cents)
          }))
        })
      ),
      "GET /facturacion/facturas/*": only(file)
    }
  })
}

export const stationNamed = (part: string) => {
  const found = stations.find(({ name }) => name.includes(part))
  if (found === undefined) throw new Error(`no station is called ${part}`)
  return found.name
}
