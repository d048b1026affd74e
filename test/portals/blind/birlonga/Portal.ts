import { usesOf } from "../../lib/Taxpayers.ts"
import {
  ago,
  clientBundle,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
  plain,
  printed,
  regimesFor,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  wrongOf,
  zipFile
} from "../kit/kit.ts"

const branches = [
  [3, "Birlonga Altavista"],
  [7, "Birlonga Coyoacán"],
  [11, "Birlonga Del Valle"],
  [12, "Birlonga Del Valle Sur"],
  [18, "Birlonga Lindavista"],
  [21, "Birlonga Mundo E"],
  [26, "Birlonga Parque Delta"],
  [31, "Birlonga Satélite"]
] as const

const words = {
  empty: "Complete los datos del cliente.",
  rfc: "El RFC no está inscrito en el SAT.",
  name: "El nombre no corresponde al RFC (CFDI40145). Escríbalo como en su constancia, sin acentos.",
  postalCode: "El código postal no corresponde al domicilio fiscal del RFC (CFDI40147).",
  regime: "El régimen no corresponde al RFC (CFDI40157).",
  use: "El uso no corresponde al régimen (CFDI40161).",
  email: "El correo electrónico no tiene la estructura correcta."
}

interface Sale extends TillSale {
  readonly branch: number
  readonly day: string
  readonly closed?: true
}

const day = ago(2).slashes
const sale: Sale = {
  ticket: "48213",
  cents: 128450n,
  description: "Consumo de alimentos",
  paymentForm: "04",
  branch: 11,
  day
}
const old: Sale = { ...sale, ticket: "41970", cents: 64300n, day: ago(41).slashes, closed: true }
const sales = [sale, old]

const start = () => {
  const till = openTill(
    { rfc: "OBI190312KL4", name: "OPERADORA BIRLONGA", regime: "601", postalCode: "03100" },
    "90101501"
  )
  const refuse = (Mensaje: string) => json({ Exito: false, Mensaje })
  return shop<{ order?: Sale | undefined }>({
    till,
    cookie: "ASP.NET_SessionId",
    landing: "/Factura/Birlonga",
    fresh: () => ({}),
    routes: {
      "GET /Factura/Birlonga": async () => html(await template(import.meta.dir, "page.html")),
      "GET /Scripts/factura.js": async () => (await clientBundle(`${import.meta.dir}/client.js`))(),
      "POST /Factura/LeeSucursales": () => json(branches.map(([Id, Nombre]) => ({ Id, Nombre }))),
      "POST /Factura/LeeRegimenes": ({ field }) =>
        json(regimesFor(field("rfc")).map(({ code, name }) => ({ Clave: code, Descripcion: `(${code}) ${name}` }))),
      "POST /Factura/LeeUsos": ({ field }) =>
        json(
          usesOf(field("rfc"), field("regimen")).map(({ code, name }) => ({
            Clave: code,
            Descripcion: `(${code}) ${name}`
          }))
        ),
      "POST /Factura/ValidaOrden": ({ field, session }) => {
        session.order = undefined
        if (!/^\d+$/.test(field("Sucursal"))) return refuse("Elija el restaurante donde consumió.")
        if (!/^\d{1,8}$/.test(field("Orden"))) return refuse("El número de orden solo lleva dígitos.")
        if (!/^\d{2}\/\d{2}\/\d{4}$/.test(field("Fecha"))) return refuse("Capture la fecha de consumo (dd/mm/aaaa).")
        const found = sales.find(
          (one) =>
            one.branch === Number(field("Sucursal")) && one.ticket === field("Orden") && one.day === field("Fecha")
        )
        if (found === undefined || Number(field("Total")) !== Number(money(found.cents))) {
          return refuse("La orden capturada no coincide con ninguna cuenta cerrada de ese restaurante. Revise su nota.")
        }
        if (found.closed) {
          return refuse(
            "El periodo para solicitar el comprobante de esta cuenta concluyó el último día del mes de consumo."
          )
        }
        if (isStamped(till, found)) return refuse(`La orden ${found.ticket} ya cuenta con comprobante fiscal.`)
        session.order = found
        return json({ Exito: true, Orden: found.ticket, Total: money(found.cents), Forma: "Tarjeta de crédito" })
      },
      "POST /Factura/Timbrar": async ({ field, session }) => {
        const order = session.order
        if (order === undefined) return refuse("La sesión terminó, valide nuevamente su orden.")
        const typed = {
          rfc: field("Rfc"),
          name: field("Nombre"),
          postalCode: field("CodigoPostal"),
          regime: field("Regimen"),
          use: field("Uso"),
          email: field("Correo")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined || plain(typed.name) !== typed.name) return refuse(words[wrong ?? "name"])
        if (isStamped(till, order)) return refuse("La orden ya cuenta con comprobante fiscal.")
        await Bun.sleep(900)
        const made = await stampOf(till, order, typed)
        return json({ Exito: true, Folio: `BDV-${order.ticket}`, Ruta: `/Factura/Archivo?id=${made.uuid}` })
      },
      "GET /Factura/Archivo": ({ field }) => {
        const made = till.find(field("id"))
        return made === undefined ? html("No existe", 404) : zipFile(made)
      }
    }
  })
}

const ticket = (one: Sale, order = one.ticket) => ({
  Restaurante: "BIRLONGA DEL VALLE",
  Mesa: "12",
  Mesero: "PAOLA",
  Personas: 3,
  "# Orden": order,
  Folio: "B-0099127",
  Impreso: `${one.day} 21:14`,
  Subtotal: `$${commas((one.cents * 100n) / 116n)}`,
  TOTAL: `$${commas(one.cents)}`,
  "Propina sugerida 10%": `$${commas(one.cents / 10n)}`
})

export const portal: TestPortal = {
  id: "birlonga",
  traps: [
    "Kendo UI: drop-downs that are spans with a list at the end of the body, a twin numeric box, a date picker, dialogs",
    "two near names of branches; two numbers on the ticket (order, folio); tip apart",
    "régimen by RFC blur, use cascades from régimen; ZIP"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticket(sale), expected: completed },
    { name: "another order", ticket: ticket(sale, "48273"), expected: failed("TICKET_NOT_FOUND") },
    { name: "month closed", ticket: ticket(old), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const pick = async (id: string, text: string | RegExp) => {
      await page.locator(`span.k-dropdown:has(#${id})`).click()
      await page.locator(`#${id}_listbox .k-item`).filter({ hasText: text }).click()
    }
    await pick("Sucursal", /^Birlonga Del Valle$/)
    await page.locator("#Orden").fill(printed(ticket, "# Orden"))
    await page.locator("#Fecha").fill(printed(ticket, "Impreso").slice(0, 10))
    await page.locator(".k-formatted-value").click()
    await page.locator("#Total").fill(printed(ticket, "TOTAL").replace(/[$,]/g, ""))
    await page.locator("#btnValidar").click()
    await page.locator("#Rfc").fill(profile.rfc)
    await page.locator("#Nombre").fill(profile.fullName)
    await page.locator("#CodigoPostal").fill(profile.postalCode)
    await page.locator("#Correo").fill(profile.email)
    await pick("Regimen", profile.fiscalRegime)
    await pick("Uso", profile.cfdiUse)
    await page.locator("#btnGenerar").click()
    await page.locator(".k-dialog .k-primary").click()
    await download(page, () => page.locator("#lnkZip").click())
  }
}
