import type { TestPortal } from "../../lib/Portal.ts"
import {
  ago,
  attachment,
  completed,
  download,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  template,
  usesFor,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly shop: string
  readonly expired?: true
  readonly down?: true
}
interface Session {
  sale: Sale | undefined
}

const open: Sale = {
  ticket: "NB-7K2M90QF",
  shop: "41",
  cents: 18700n,
  description: "Bebidas preparadas",
  paymentForm: "28"
}
const old: Sale = { ...open, ticket: "NB-1C8D33WE", cents: 9600n, expired: true }
const stuck: Sale = { ...open, ticket: "NB-7K2P15RA", cents: 22150n, down: true }
const sales = [open, old, stuck]
const dir = import.meta.dir
const both = <A>(make: (rfc: string) => A) => ({ m: make("X".repeat(12)), f: make("X".repeat(13)) })

const start = () => {
  const till = openTill({ rfc: "NCA170829HH1", name: "NEBLINA CAFE", regime: "626", postalCode: "91000" }, "50201706")
  return shop<Session>({
    till,
    cookie: "connect.sid",
    fresh: () => ({ sale: undefined }),
    routes: {
      "GET /": async () => html(await template(dir, "index.html")),
      "GET /ayuda": () =>
        html("<h2>¿Dónde está mi factura?</h2><p>Revisa tu bandeja de spam.</p><a href='/'>Volver</a>"),
      "POST /api/v2/orders/lookup": async ({ field, session }) => {
        await Bun.sleep(300)
        const sale = sales.find(
          ({ shop: place, ticket }) => ticket === field("order") && Number(place) === Number(field("shop"))
        )
        if (sale === undefined || !same(field("total"), sale.cents))
          return json(
            { error: "Ups, no hay ninguna orden con esos datos. Revísalos con calma e inténtalo otra vez." },
            404
          )
        if (sale.expired) return json({ error: "Esta orden superó los 30 días para solicitar factura." }, 410)
        if (sale.down)
          return json(
            { error: "Nuestro servicio de facturación está en mantenimiento. Por favor intenta más tarde." },
            503
          )
        if (isStamped(till, sale)) return json({ error: "Esta orden ya fue facturada." }, 409)
        session.sale = sale
        return json({
          regimes: both((rfc) =>
            regimesFor(rfc).map(({ code, name }, index) => ({ id: index + 1, label: `${name} — ${code}` }))
          ),
          uses: both((rfc) => usesFor(rfc).map(({ code, name }) => ({ id: code, label: name })))
        })
      },
      "POST /api/v2/invoices": async ({ field, session }) => {
        await Bun.sleep(900)
        const { sale } = session
        if (sale === undefined) return json({ error: "La sesión caducó" }, 401)
        const rfc = field("rfc").toUpperCase()
        const typed = {
          rfc,
          name: [field("name"), field("last"), field("second")].filter((part) => part !== "").join(" "),
          postalCode: field("cp"),
          regime: regimesFor(rfc)[Number(field("regime")) - 1]?.code ?? "",
          use: field("use"),
          email: field("email")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined)
          return json({ error: `Los datos no coinciden con la constancia de situación fiscal (${wrong}).` }, 422)
        if (isStamped(till, sale)) return json({ error: "Esta orden ya fue facturada." }, 409)
        const { uuid } = await stampOf(till, sale, typed)
        return json({ id: uuid, uuid, rfc })
      },
      "GET /api/v2/invoices/*": async ({ url }) => {
        const [, , , , uuid = "", kind] = url.pathname.split("/")
        const made = till.find(uuid)
        if (made === undefined) return seeOther("/")
        return kind === "xml"
          ? attachment(await xmlText(made), "application/xml", `${uuid}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${uuid}.pdf`)
      }
    }
  })
}

const paper = (sale: Sale, days: number, over: Record<string, string> = {}) => ({
  Cafetería: "41 Xalapa Ánimas",
  Orden: sale.ticket,
  Turno: "88",
  Barista: "Fer",
  Fecha: ago(days).iso,
  Total: money(sale.cents),
  Pago: "Débito",
  ...over
})

export const says = {
  expired: /superó los 30 días/,
  "another order": /ninguna orden con esos datos/,
  "out of service": /en mantenimiento/
}

export const portal: TestPortal = {
  id: "neblina",
  traps: [
    "a stepper SPA that redraws itself",
    "comboboxes whose listbox hangs in the body and answers mousedown",
    "English leftovers (Order ID, Select..., Back, Download XML)",
    "a name in three boxes that turn into one for a moral RFC",
    "uso without its SAT code",
    "the stamp takes a second; a button asleep until all is right",
    "a club box that must stay off"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open, 5), expected: completed },
    { name: "expired", ticket: paper(old, 44), expected: failed("TICKET_EXPIRED") },
    { name: "another order", ticket: paper(open, 5, { Orden: "NB-7K2M9OQF" }), expected: failed("TICKET_NOT_FOUND") },
    { name: "out of service", ticket: paper(stuck, 5), expected: failed("PORTAL_DOWN") }
  ],
  script: async (page, ticket, profile) => {
    const box = (label: string) => page.getByRole("textbox", { name: label, exact: true })
    const choose = async (label: string, option: string) => {
      await page.getByRole("combobox", { name: label }).click()
      await page.getByRole("option", { name: option }).click()
    }
    await box("Order ID").fill(printed(ticket, "Orden"))
    await box("Cafetería").fill(printed(ticket, "Cafetería").slice(0, 2))
    await box("Monto pagado").fill(printed(ticket, "Total"))
    await page.getByRole("button", { name: "Continuar" }).click()
    await box("RFC").fill(profile.rfc)
    await box("RFC").press("Tab")
    await page.locator('[aria-label="Régimen fiscal"][aria-disabled=false]').waitFor()
    const [name = "", last = "", second = ""] = profile.fullName.split(" ")
    await box("Nombre(s)").fill(name)
    await box("Apellido paterno").fill(last)
    await box("Apellido materno").fill(second)
    await box("Código postal").fill(profile.postalCode)
    await choose("Régimen fiscal", profile.fiscalRegime)
    await choose("Uso de la factura", "Gastos en general")
    await box("¿A dónde la enviamos?").fill(profile.email)
    await page.getByRole("button", { name: "Obtener factura" }).click()
    await download(page, () => page.getByRole("button", { name: "Download XML" }).click())
  }
}
