import { join } from "node:path"
import {
  ago,
  clientBundle,
  completed,
  failed,
  html,
  inline,
  isStamped,
  json,
  money,
  nameParts,
  oneLine,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  shop,
  stampOf,
  svg,
  type TestPortal,
  type TillSale,
  type Typed,
  usesFor,
  type Wrong,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly days: number
  readonly mine?: true
  readonly late?: true
}

const open: Sale = {
  ticket: "447109182231",
  days: 4,
  cents: 48600n,
  description: "Consumo de alimentos y bebidas",
  paymentForm: "04"
}
const mine: Sale = { ...open, ticket: "447109175508", days: 5, cents: 29700n, mine: true }
const late: Sale = { ...open, ticket: "447108330047", days: 44, cents: 35150n, late: true }

const paper = (sale: Sale, store = "38217") => ({
  Restaurante: "MOKAMBE WOK",
  Centro: store,
  Mesa: "6",
  Cheque: "7730",
  Apertura: `${ago(sale.days).short} 14:12`,
  Subtotal: `$${money((sale.cents * 100n) / 116n)}`,
  Total: `$${money(sale.cents)}`,
  "Propina sugerida": `$${money(sale.cents / 10n)}`,
  "Referencia para factura": sale.ticket.replace(/(\d{4})(?=\d)/g, "$1-")
})

const page = `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>Interfaktura | Grupo Mokambe</title><base href="/"><link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css"><link rel="stylesheet" href="/vendor/bootstrap-datepicker/dist/css/bootstrap-datepicker3.min.css">
<style>.marca{cursor:pointer;display:block;text-align:center}.card{max-width:640px;margin:auto}.cargando{position:fixed;inset:0;background:#fff9;display:flex;align-items:center;justify-content:center;z-index:1500}.ajs-dimmer{position:fixed;inset:0;background:#2526;z-index:1981}.ajs-modal{position:fixed;inset:0;z-index:1982}.ajs-dialog{max-width:500px;margin:12% auto 0;background:#fff;padding:24px}.ajs-header{font-weight:bold}.ajs-content{padding:16px 0}.ajs-buttons{text-align:right}.ajs-button{border:0;background:transparent;color:#3593d2;font-weight:bold;padding:8px;min-width:88px}</style></head><body><app-root></app-root><script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/bootstrap-datepicker/dist/js/bootstrap-datepicker.min.js"></script><script src="/main-es2015.js" type="module"></script></body></html>`

const words: Record<Wrong, string> = {
  empty: "Por favor completa todos los campos.",
  rfc: "El RFC no está en la lista de contribuyentes.",
  name: "El nombre no es igual al de la constancia.",
  postalCode: "El código postal no es igual al de la constancia.",
  regime: "El régimen no es igual al de la constancia.",
  use: "Selecciona el uso de CFDI.",
  email: "Correo electrónico incorrecto."
}

const links = (uuid: string) =>
  `<p>Folio fiscal ${uuid}</p><p>Da clic para abrir tus archivos:</p><ul><li><a href="/cfdi/${uuid}.pdf" target="_blank">Representación impresa</a></li><li><a href="/cfdi/${uuid}.xml" target="_blank">Comprobante (XML)</a></li></ul>`

const start = async () => {
  const till = openTill(
    { rfc: "OMO011120KU5", name: "OPERADORA MOKAMBE", regime: "601", postalCode: "11510" },
    "90101501"
  )
  const bundle = await clientBundle(join(import.meta.dir, "client.ts"))
  const owner = { rfc: "CACX7605101P8", name: "XOCHILT CASAS CHAVEZ", postalCode: "36257", regime: "612" }
  const before = await till.archive(mine, { receiver: owner, use: "G03" })
  const find = (field: (n: string) => string) =>
    [open, mine, late].find(
      (s) =>
        field("opc") === "MokambeWok" &&
        field("tienda") === "38217" &&
        s.ticket === field("ticket").replaceAll("-", "") &&
        ago(s.days).dashes === field("fecha")
    )
  const oldOf = (sale: Sale, rfc: string) =>
    (sale.mine ? before : till.find(till.stamps().find((s) => s.ticket === sale.ticket)?.uuid ?? ""))?.receiverRfc ===
    rfc
      ? sale.mine
        ? before.uuid
        : (till.stamps().find((s) => s.ticket === sale.ticket)?.uuid ?? "")
      : ""
  const brand = (name: string, color: string) => () =>
    svg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="220" height="120"><rect width="220" height="120" rx="12" fill="${color}"/><text x="110" y="56" fill="#fff" font-family="Arial" font-size="26" text-anchor="middle">Mokambe</text><text x="110" y="88" fill="#fff" font-family="Arial" font-size="22" text-anchor="middle">${name}</text></svg>`
    )
  return shop<object>({
    till,
    cookie: "ARRAffinity",
    fresh: () => ({}),
    routes: {
      "GET /": () => html(page),
      "GET /main-es2015.js": () => bundle(),
      "GET /assets/MokambeCafe.svg": brand("Café", "#4b2e1e"),
      "GET /assets/MokambeGrill.svg": brand("Grill", "#8c1c13"),
      "GET /assets/MokambeWok.svg": brand("Wok", "#1b5e20"),
      "POST /Facturacion/ValidaPagina1": async ({ field }) => {
        await Bun.sleep(500)
        const rfc = field("rfc")
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return json({ nivel: "0", mensaje: "Escribe un RFC válido." })
        const sale = find(field)
        if (sale === undefined)
          return json({
            nivel: "0",
            mensaje: "No contamos con información de ese consumo. Confirma el restaurante, ticket, tienda y fecha."
          })
        if (sale.late)
          return json({
            nivel: "0",
            mensaje:
              "Han pasado más de 30 días desde tu consumo, por lo que el ticket dejó de estar disponible para facturación."
          })
        const uuid = oldOf(sale, rfc)
        if (uuid !== "")
          return json({
            nivel: "5",
            mensaje: `Este consumo lo facturaste con anterioridad con el RFC ${rfc}. ¿Quieres obtener tus archivos nuevamente?`
          })
        if (sale.mine || isStamped(till, sale))
          return json({ nivel: "0", mensaje: "Este consumo se facturó con un RFC distinto." })
        return json({
          nivel: "2",
          regimenes: regimesFor(rfc).map(({ code, name }) => ({ clave: code, texto: `${code}-${name}` })),
          usos: usesFor(rfc).map(({ code, name }) => ({ clave: code, texto: `${code}-${name}` }))
        })
      },
      "POST /Facturacion/Obtener": ({ field }) => {
        const sale = find(field)
        const uuid = sale === undefined ? "" : oldOf(sale, field("rfc"))
        return json({ html: uuid === "" ? "<p>Sin archivos.</p>" : links(uuid) })
      },
      "POST /Facturacion/ValidaPagina2Facturar": async ({ field }) => {
        const sale = find(field)
        if (sale === undefined || sale.mine || sale.late) return json({ nivel: "0", mensaje: "Inicia de nuevo." })
        const rfc = field("rfc")
        const typed: Typed = {
          rfc,
          name: rfc.length === 13 ? `${field("nombres")} ${field("apellidos")}` : field("razonSocial"),
          postalCode: field("codigoPostal"),
          regime: field("regimenFiscal"),
          use: field("usoCfdi"),
          email: field("correoElectronico")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ nivel: "1", mensaje: words[wrong] })
        if (isStamped(till, sale)) return json({ nivel: "0", mensaje: "Este consumo se facturó." })
        await Bun.sleep(2000)
        return json({
          nivel: "99",
          html: links((await stampOf(till, sale, { ...typed, name: oneLine(typed.name) })).uuid)
        })
      },
      "GET /cfdi/*": async ({ url }) => {
        const [uuid = "", kind] = (url.pathname.split("/").at(-1) ?? "").split(".")
        const made = till.find(uuid)
        if (made === undefined) return html("404", 404)
        return kind === "xml"
          ? inline(await xmlText(made), "text/xml", `${uuid}.xml`)
          : inline(await pdfBytes(made), "application/pdf", `${uuid}.pdf`)
      }
    }
  })
}

export const portal: TestPortal = {
  id: "mokambe",
  traps: [
    "brands as images without href: the ticket's one has to be chosen",
    "which fields are asked depends on the brand",
    "a masked ticket, bootstrap-datepicker dd-mm-yyyy that reads keys only",
    "given names and surnames in two fields",
    "alertify before the stamp",
    "XML opens in a new tab, no attachment",
    "the old invoice is offered again by a dialog"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "invoiced before to the same RFC", ticket: paper(mine), expected: { ...completed, recovered: true } },
    { name: "another shop", ticket: paper(open, "38271"), expected: failed("TICKET_NOT_FOUND") },
    { name: "after thirty days", ticket: paper(late), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const { father, first, mother } = nameParts(profile)
    await page.getByAltText("Mokambe Wok").click()
    await page.fill("#rfc", profile.rfc)
    await page.fill("#ticket", printed(ticket, "Referencia para factura"))
    await page.fill("#tienda", printed(ticket, "Centro"))
    const [d, m, y] = printed(ticket, "Apertura").slice(0, 8).split("/")
    await page.locator("#dtFecha").pressSequentially(`${d}-${m}-20${y}`, { delay: 10 })
    await page.keyboard.press("Tab")
    await page.getByRole("button", { name: "Siguiente" }).click()
    await page.fill("[name=nombres]", first)
    await page.fill("[name=apellidos]", `${father} ${mother}`)
    await page.fill("[name=codigoPostal]", profile.postalCode)
    for (const [list, code] of [
      ["regimenFiscal", profile.fiscalRegime],
      ["usoCfdi", profile.cfdiUse]
    ])
      await page.selectOption(`[name=${list}]`, {
        label: (await page.locator(`[name=${list}] option`, { hasText: `${code}-` }).textContent()) ?? ""
      })
    await page.fill("[name=correoElectronico]", profile.email)
    await page.getByRole("button", { name: "Facturar" }).click()
    await page.getByRole("button", { name: "Sí" }).click()
    const [popup] = await Promise.all([page.waitForEvent("popup"), page.getByText("Comprobante (XML)").click()])
    await popup.waitForLoadState()
  }
}
