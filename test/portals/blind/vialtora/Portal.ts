import { join } from "node:path"
import {
  ago,
  clientBundle,
  completed,
  download,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  usesFor,
  type Wrong,
  wrongOf,
  zipFile
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly id: number
  readonly plaza: string
  readonly lane: string
  readonly date: string
  readonly refused?: string
}

const day = ago(6)
const lateDay = ago(72)
const open: Sale = {
  id: 1,
  ticket: "24K7M90QX1B3R8T5WZ",
  plaza: "021 Tres Lomas",
  lane: "A04",
  date: day.slashes,
  cents: 18700n,
  description: "Peaje vehículo clase 2 ejes",
  paymentForm: "01"
}
const used: Sale = {
  ...open,
  id: 2,
  ticket: "24K7M90QX77C2D9LHU",
  refused: "El cruce fue incluido en el CFDI A-5530127 solicitado por otro usuario."
}
const late: Sale = {
  ...open,
  id: 3,
  ticket: "23H1J04VT8PA6E2MNB",
  date: lateDay.slashes,
  refused: "El plazo de 60 días naturales para solicitar la factura de este cruce concluyó."
}

const paper = (sale: Sale, code = sale.ticket) => ({
  Plaza: sale.plaza,
  Carril: sale.lane,
  Cobrador: "40718",
  Folio: "0031877",
  Evento: "118264",
  Fecha: sale.id === 3 ? lateDay.words : day.words,
  Hora: "07:41:10",
  Clase: "A",
  "Tarifa pagada": `$${money(sale.cents)}`,
  "Clave electrónica": code
})

const page = `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Vialtora Facturación</title>
<link rel="stylesheet" href="/vendor/primereact/resources/themes/lara-light-blue/theme.css"><link rel="stylesheet" href="/vendor/primeicons/primeicons.css">
<style>body{margin:0;font-family:Inter,Arial,sans-serif}header{background:#0b4f6c;color:#fff;padding:16px 32px}header a{color:#bfe}header nav{float:right}main{max-width:980px;margin:24px auto}.grid{display:grid;grid-template-columns:repeat(12,1fr);gap:28px 16px;margin:24px 0}.c4{grid-column:span 4}.c8{grid-column:span 8}.grid input,.grid .p-dropdown,.grid .p-autocomplete{width:100%}.grid button{grid-column:span 3}</style></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/static/js/main.6f1c2b.js"></script></body></html>`

const words: Record<Wrong, string> = {
  empty: "Complete los campos marcados con *.",
  rfc: "RFC no válido.",
  name: "El nombre no coincide con el RFC capturado.",
  postalCode: "El C.P. no coincide con el domicilio fiscal.",
  regime: "El régimen fiscal no coincide con el RFC.",
  use: "Uso de CFDI no válido.",
  email: "Correo electrónico no válido."
}

const start = async () => {
  const till = openTill(
    { rfc: "VRA950320DM2", name: "VIALTORA RED DE AUTOPISTAS", regime: "601", postalCode: "06600" },
    "95111602"
  )
  const bundle = await clientBundle(join(import.meta.dir, "client.tsx"))
  return shop<{ ids: Set<number> }>({
    till,
    cookie: "SESSION",
    fresh: () => ({ ids: new Set() }),
    routes: {
      "GET /": () => seeOther("/Vialtora/facturacionrapida"),
      "GET /Vialtora/facturacionrapida": () => html(page),
      "GET /static/js/main.6f1c2b.js": () => bundle(),
      "POST /api/catalogos/regimen": ({ field }) =>
        json({
          lista: /^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(field("rfc"))
            ? regimesFor(field("rfc")).map(({ code, name }) => ({ clave: code, etiqueta: `${code} - ${name}` }))
            : []
        }),
      "POST /api/catalogos/uso": async ({ field }) => {
        await Bun.sleep(400)
        return json({
          lista: usesFor(field("rfc"))
            .filter(({ code }) => /^(G|I0|S)/.test(code))
            .map(({ code, name }) => ({ clave: code, etiqueta: `${code} - ${name}` }))
        })
      },
      "POST /api/cruces/validar": async ({ field, session }) => {
        await Bun.sleep(300)
        const sale = [open, used, late].find((s) => s.ticket === field("codigo"))
        if (sale === undefined)
          return json({
            ok: false,
            mensaje: "El código capturado no corresponde a un cruce registrado. Verifique mayúsculas y números."
          })
        if (sale.refused !== undefined) return json({ ok: false, mensaje: sale.refused })
        if (isStamped(till, sale)) return json({ ok: false, mensaje: "El cruce fue incluido en un CFDI." })
        session.ids.add(sale.id)
        return json({
          ok: true,
          concepto: {
            id: sale.id,
            plaza: sale.plaza,
            carril: sale.lane,
            fecha: sale.date,
            importe: `$${money(sale.cents)}`
          }
        })
      },
      "POST /api/cfdi/rapida": async ({ field, session }) => {
        const sale = [open].find((s) => String(s.id) === field("conceptos") && session.ids.has(s.id))
        if (sale === undefined) return json({ ok: false, mensaje: "Agregue y seleccione un concepto." })
        const typed: Typed = {
          rfc: field("rfc"),
          name: field("nombre"),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: field("uso"),
          email: field("correo")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ ok: false, mensaje: words[wrong] })
        if (isStamped(till, sale)) return json({ ok: false, mensaje: "El cruce fue incluido en un CFDI." })
        await Bun.sleep(1200)
        const made = await stampOf(till, sale, typed)
        return json({
          ok: true,
          uuid: made.uuid,
          zip: Buffer.from(await zipFile(made).arrayBuffer()).toString("base64")
        })
      }
    }
  })
}

export const portal: TestPortal = {
  id: "vialtora",
  traps: [
    "PrimeReact AutoComplete, Dropdowns, DataTable selection, Toast that goes after six seconds",
    "a notice dialog first",
    "the receiver before the ticket",
    "a row of the table must be ticked",
    "uses come after the regime",
    "base64 ZIP in JSON"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "another code", ticket: paper(open, "24K7M90QX1B3R8T5VZ"), expected: failed("TICKET_NOT_FOUND") },
    { name: "in somebody else's invoice", ticket: paper(used), expected: failed("ALREADY_INVOICED") },
    { name: "past sixty days", ticket: paper(late), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    await page.getByRole("button", { name: "Entendido" }).click()
    await page.locator("#rfc").fill(profile.rfc)
    await page.locator("#nombre").fill(profile.fullName)
    await page.locator("#domicilioFiscalReceptor").pressSequentially(profile.postalCode)
    const pick = async (id: string, code: string) => {
      await page.locator(`.p-dropdown:not(.p-disabled):has(#${id})`).click()
      await page.locator(".p-dropdown-item", { hasText: `${code} - ` }).click()
    }
    await pick("regimen", profile.fiscalRegime)
    await pick("uso", profile.cfdiUse)
    await page.locator("#correo").fill(profile.email)
    await page.locator("#codigo").fill(printed(ticket, "Clave electrónica"))
    await page.getByRole("button", { name: "Validar Código" }).click()
    await page.locator("tbody .p-checkbox").click()
    await page.locator("#cb1").click()
    await page.getByRole("button", { name: "Facturar conceptos" }).click()
    await download(page, () => page.getByRole("button", { name: "Guardar archivos" }).click())
  }
}
