import { join } from "node:path"
import { profiles } from "../../lib/Portal.ts"
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
  oneLine,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  shop,
  stampOf,
  type TestPortal,
  type Till,
  type TillSale,
  typedAs,
  usesFor,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly code: string
  readonly days: number
}

const description = "Consumo de alimentos y bebidas"
const good: Sale = { ticket: "48213", code: "K7QX2MWA94TD", cents: 68900n, days: 2, description, paymentForm: "04" }
const before: Sale = { ticket: "47960", code: "HN83PZ6CVW2R", cents: 112350n, days: 6, description, paymentForm: "01" }
const sales = [good, before]

type Made = NonNullable<ReturnType<Till["find"]>>
const files = async (made: Made) => ({
  estatus: "ok",
  uuid: made.uuid,
  nombre: made.fileName,
  xml: Buffer.from(await xmlText(made)).toString("base64"),
  pdf: Buffer.from(await pdfBytes(made)).toString("base64")
})

const start = async () => {
  const till = openTill(
    { rfc: "LHO1704052H7", name: "LA HORMIGA DE ORO RESTAURANTES", regime: "601", postalCode: "44100" },
    "90101500"
  )
  const { person } = profiles
  const archived = await till.archive(before, {
    receiver: { rfc: person.rfc, name: person.fullName, postalCode: person.postalCode, regime: person.fiscalRegime },
    use: "G03"
  })
  const script = await clientBundle(join(import.meta.dir, "client.ts"))
  const find = (field: (name: string) => string) =>
    sales.find(
      ({ code, ticket }) =>
        code === field("unicCode").toUpperCase().replaceAll("-", "") && ticket === field("folio").replace(/^0+/, "")
    )
  return shop<{ sale?: Sale | undefined; token: string }>({
    till,
    cookie: "srsession",
    fresh: () => ({ token: "" }),
    routes: {
      "GET /": () =>
        html(`<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Autofactura</title><base href="/"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css"><link rel="stylesheet" href="/vendor/sweetalert2/dist/sweetalert2.min.css">
<style>.ngx-overlay{position:fixed;inset:0;background:rgba(30,30,60,.6);z-index:1080;display:flex;align-items:center;justify-content:center}body{background:#f4f4f9}</style></head>
<body><app-root></app-root><script src="main-4KQ7WZ2A.js" type="module"></script></body></html>`),
      "GET /main-4KQ7WZ2A.js": () => script(),
      "POST /api/autofactura/ticket": async ({ field, session }) => {
        await Bun.sleep(800)
        const sale = find(field)
        const rfc = field("rfc").toUpperCase()
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc))
          return json({ estatus: "error", mensaje: "El RFC no tiene la estructura correcta." })
        if (sale === undefined) {
          return json({
            estatus: "invalido",
            titulo: "Revisa tus datos",
            mensaje:
              "No localizamos un consumo con ese código único y folio. Revísalos en tu ticket e intenta otra vez."
          })
        }
        if (sale === before || isStamped(till, sale)) {
          return json({
            estatus: "facturado",
            mensaje: "Tu consumo ya tiene una factura emitida. Si la necesitas de nuevo puedes bajarla desde aquí."
          })
        }
        session.sale = sale
        session.token = crypto.randomUUID()
        return json({
          estatus: "ok",
          venta: {
            restaurante: "La Hormiga de Oro, Providencia",
            folio: sale.ticket,
            total: `$${commas(sale.cents)}`,
            token: session.token
          },
          regimenes: regimesFor(rfc).map((r) => ({ clave: r.code, descripcion: r.name }))
        })
      },
      "POST /api/autofactura/consulta": async ({ field }) => {
        await Bun.sleep(500)
        if (find(field) !== before || field("rfc").toUpperCase() !== archived.receiverRfc) {
          return json({ estatus: "error", mensaje: "La factura fue emitida a otro RFC." })
        }
        return json(await files(archived))
      },
      "POST /api/autofactura/usos": async ({ field }) => {
        await Bun.sleep(400)
        return json({ usos: usesFor(field("rfc").toUpperCase()).map((u) => ({ clave: u.code, descripcion: u.name })) })
      },
      "POST /api/autofactura/timbrar": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || field("token") !== session.token)
          return json({ estatus: "error", mensaje: "La sesión terminó, captura tu ticket nuevamente." })
        const typed = typedAs(
          (name) =>
            name === "rfc" ? field(name).toUpperCase() : name === "razonSocial" ? oneLine(field(name)) : field(name),
          {
            rfc: "rfc",
            name: "razonSocial",
            postalCode: "cp",
            regime: "regimen",
            use: "uso",
            email: "email"
          }
        )
        const wrong = wrongOf(typed)
        if (wrong) {
          const what = {
            empty: "datos incompletos",
            rfc: "RFC",
            name: "nombre",
            postalCode: "código postal",
            regime: "régimen fiscal",
            use: "uso del CFDI",
            email: "correo"
          }[wrong]
          return json({
            estatus: "error",
            mensaje: `El PAC no aceptó los datos del receptor (${what}). Compáralos con tu constancia.`
          })
        }
        if (isStamped(till, sale))
          return json({ estatus: "error", mensaje: "Tu consumo ya tiene una factura emitida." })
        session.sale = undefined
        await Bun.sleep(3000)
        return json(await files(await stampOf(till, sale, typed)))
      }
    }
  })
}

const ticketOf = (one: Sale, folio = one.ticket) => ({
  Sucursal: "PROVIDENCIA",
  "Folio Vta": folio,
  Mesa: "12",
  Mesero: "LAURA G",
  Personas: "3",
  Fecha: `${ago(one.days).slashes} 15:41`,
  "TOTAL M.N.": `$${commas(one.cents)}`,
  "Código autofactura": one.code.replace(/(.{4})(?=.)/g, "$1-")
})

export const portal: TestPortal = {
  id: "zurrapo",
  traps: [
    "Angular reactive forms, floating labels, submit disabled until valid; option values are indexes",
    "code printed with hyphens, folio of the sale beside a table number",
    "uso arrives by XHR after the régimen; SweetAlert2 question before the stamp",
    "XML and PDF as base64 in the reply, saved as blobs; an old invoice is offered in a dialog"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(good), expected: completed },
    { name: "invoiced before, offered again", ticket: ticketOf(before), expected: { ...completed, recovered: true } },
    { name: "folio of another sale", ticket: ticketOf(good, "48231"), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#unicCode").fill(printed(ticket, "Código autofactura"))
    await page.locator("#folio").fill(printed(ticket, "Folio Vta"))
    await page.locator("#RFC").fill(profile.rfc)
    await page.getByRole("button", { name: "Facturar", exact: true }).click()
    await page.locator("#razonSocial").fill(profile.fullName)
    await page.locator("#cp").fill(profile.postalCode)
    const pick = async (id: string, code: string) => {
      const option = page.locator(`${id} option`, { hasText: `${code} - ` })
      await option.waitFor({ state: "attached" })
      await page.locator(id).selectOption({ label: ((await option.textContent()) ?? "").trim() })
    }
    await pick("#regimen", profile.fiscalRegime)
    await pick("#usoCfdi", profile.cfdiUse)
    await page.locator("#email").fill(profile.email)
    await page.getByRole("button", { name: "Generar factura" }).click()
    await page.getByRole("button", { name: "Continuar" }).click()
    await download(page, () => page.getByRole("button", { name: "XML" }).click())
  }
}
