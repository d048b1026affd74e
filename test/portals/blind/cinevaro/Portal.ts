import { join } from "node:path"
import { createElement, type FunctionComponent } from "react"
// @ts-expect-error The types of react-dom are not installed here.
import { renderToString } from "react-dom/server"
import {
  ago,
  cfdiUses,
  clientBundle,
  commas,
  completed,
  download,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  oneLine,
  openTill,
  pdfBytes,
  printed,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly days: number
}

const popcorn: Sale = {
  ticket: "184-12-0993021",
  days: 4,
  cents: 38700n,
  description: "Alimentos y bebidas",
  paymentForm: "28"
}
const blocked: Sale = { ...popcorn, ticket: "184-09-0991877", days: 5, cents: 21400n }

const names = [
  "Andamar Boca del Río",
  "Altabrisa Mérida",
  "Antara CDMX",
  "Cumbres Monterrey",
  "Forum Buenavista CDMX",
  "Galerías Metepec",
  "Galerías Toluca",
  "Gran Patio Pachuca",
  "La Isla Acapulco",
  "Las Américas Morelia",
  "Paseo Durango",
  "Plaza Mayor León",
  "Plaza Sendero Toluca",
  "Universidad CDMX"
]
const cinemas = names.map((label, i) => ({ value: `cin_${(i * 7919 + 411).toString(36)}`, label }))
const here = cinemas[names.indexOf("Galerías Toluca")]?.value
const regimes = fiscalRegimes
  .filter(({ code }) => code !== "610")
  .map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))

const style = `body{margin:0;font-family:Geist,system-ui,sans-serif;color:#18181b}.top{background:#0b1020;color:#fff;display:flex;justify-content:space-between;padding:16px 10%}.top a{color:#fff;margin-left:18px;text-decoration:none}.wrap{max-width:520px;margin:24px auto}form{display:grid;gap:16px}.grid{display:grid;gap:6px}
input,.border{border:1px solid #d4d4d8;border-radius:6px;padding:8px 10px;background:#fff;font:inherit;text-align:left;width:100%;box-sizing:border-box;display:flex;justify-content:space-between}.text-destructive{color:#dc2626;margin:0;font-size:13px}.text-muted{color:#71717a;margin:0;font-size:13px}[role=tablist]{background:#f4f4f5;padding:4px;border-radius:8px;margin-bottom:16px}[role=tab]{border:0;padding:8px 18px;background:none;border-radius:6px}[role=tab][data-state=active]{background:#fff;font-weight:600}
[data-slot=button]{background:#18181b;color:#fff;border:0;border-radius:6px;padding:10px 20px}[data-slot=button][data-variant=outline]{background:#fff;color:#18181b;border:1px solid #d4d4d8}[data-slot=button]:disabled{opacity:.5}.row{display:flex;gap:12px}.popover{background:#fff;border:1px solid #e4e4e7;border-radius:6px;box-shadow:0 4px 12px #0002;padding:4px}[role=option]{padding:7px 10px;cursor:default}[role=option]:hover{background:#f4f4f5}[data-sonner-toaster]{position:fixed;right:24px;bottom:24px;list-style:none;width:356px;z-index:999}[data-sonner-toast]{background:#fff;border:1px solid #eee;box-shadow:0 4px 12px #0003;padding:16px;border-radius:8px}.rdp-day_button{border:0;background:none;width:32px;height:30px}`

const entry = join(import.meta.dir, "client.tsx")

/** By a path that the types do not follow, for the client's own need a browser's. */
const { App }: { App: FunctionComponent<{ cinemas: typeof cinemas; regimes: typeof regimes }> } = await import(entry)

const start = async () => {
  const till = openTill(
    { rfc: "CIN980312QX6", name: "CINEVARO EXHIBIDORA", regime: "601", postalCode: "58270" },
    "90131501"
  )
  const client = await clientBundle(entry)
  const props = { cinemas, regimes }
  const page = `<!DOCTYPE html><html lang="es-MX"><head><meta charset="utf-8"/><title>Facturación | cinevaro</title><style>${style}</style></head><body class="__variable_5cfdac antialiased"><div id="__next">${renderToString(createElement(App, props))}</div><script id="__props" type="application/json">${JSON.stringify(props)}</script><script type="module" src="/_next/static/chunks/app/facturacion/page-9d3c7b21.js" async=""></script></body></html>`
  const flight = (value: unknown) =>
    new Response(`0:{"a":"$@1","f":"","b":"kX9v2"}\n1:${JSON.stringify(value)}\n`, {
      headers: { "content-type": "text/x-component" }
    })

  const actions: Readonly<Record<string, (p: Readonly<Record<string, string>>) => Promise<unknown>>> = {
    "40c1f7e0b9a6d2": async (p) => {
      await Bun.sleep(450)
      if (p.tipo !== "dulceria") return { error: "No identificamos esa clave de reservación." }
      const sale = [popcorn, blocked].find(({ ticket }) => ticket === p.transaccion?.trim())
      if (sale === undefined || p.cine !== here || p.dia !== ago(sale.days).iso || !same(p.total ?? "", sale.cents))
        return { error: "No identificamos tu compra. Confirma el cine, el código, el día y el total." }
      if (isStamped(till, sale)) return { error: "Esta compra generó su factura anteriormente." }
      return {
        venta: Buffer.from(sale.ticket).toString("base64url"),
        detalle: `Dulcería Galerías Toluca, ${ago(sale.days).slashes}, $${commas(sale.cents)}`
      }
    },
    c0aa91e77b3d10: async ({ regimen = "", rfc = "" }) => ({
      usos: JSON.stringify(
        cfdiUses
          .filter(
            (use) =>
              use.fiscalRegimes.includes(regimen) &&
              !/^C/.test(use.code) &&
              (rfc.trim().length === 12 ? use.moral : use.individual)
          )
          .map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))
      )
    }),
    "7f22d09e1c54ab": async (p) => {
      await Bun.sleep(1600)
      const sale = [popcorn, blocked].find(({ ticket }) => Buffer.from(ticket).toString("base64url") === p.venta)
      if (sale === undefined || isStamped(till, sale)) return { error: "Busca tu compra de nuevo." }
      const typed = {
        rfc: p.rfc?.trim() ?? "",
        name: oneLine(p.nombre ?? ""),
        postalCode: p.cp ?? "",
        regime: p.regimen ?? "",
        use: p.uso ?? "",
        email: p.correo?.trim() ?? ""
      }
      if (sale === blocked)
        return {
          error: `El SAT reporta que el RFC ${typed.rfc} no está activo en su padrón. No podemos generar tu factura hasta que lo regularices.`
        }
      const wrong = wrongOf(typed)
      if (wrong !== undefined) return { error: `Revisa tus datos fiscales (${wrong}).` }
      const made = await stampOf(till, sale, typed)
      return {
        uuid: made.uuid,
        archivo: made.fileName,
        xml: Buffer.from(await xmlText(made)).toString("base64"),
        pdf: Buffer.from(await pdfBytes(made)).toString("base64")
      }
    }
  }

  return shop({
    till,
    cookie: "cv_sid",
    landing: "/facturacion",
    fresh: () => ({}),
    routes: {
      "GET /": () => seeOther("/facturacion"),
      "GET /facturacion": () => html(page),
      "GET /_next/static/chunks/app/facturacion/page-9d3c7b21.js": client,
      "POST /facturacion": async ({ body, headers }) => {
        const run = actions[headers.get("next-action") ?? ""]
        if (run === undefined) return new Response(null, { status: 303, headers: { location: "/facturacion" } })
        const [args] = JSON.parse(body) as [Record<string, string>]
        return flight(await run(args))
      }
    }
  })
}

const paper = (sale: Sale, code = sale.ticket) => ({
  CINE: "GALERIAS TOLUCA",
  AREA: "DULCERIA",
  TERMINAL: code.slice(4, 6),
  VENDIO: "ALAN P.",
  FECHA: `${ago(sale.days).short} 19:12`,
  "COD. TRANS.": code,
  "VTA TOTAL": `$${commas(sale.cents)}`,
  "VISA DEBITO": `$${commas(sale.cents)}`,
  "PTS CLUB": 38
})

export const portal: TestPortal = {
  id: "cinevaro",
  traps: [
    "Next.js server actions, hydrated",
    "two tabs: the ticket's area says which",
    "Radix-like selects, a cmdk combobox, a calendar behind a button",
    "uso disabled until régimen",
    "toast that goes",
    "blob from the action's answer"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(popcorn), expected: completed },
    { name: "no such purchase", ticket: paper(popcorn, "184-12-0993027"), expected: failed("TICKET_NOT_FOUND") },
    { name: "RFC not active", ticket: paper(blocked), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text)
    await page.getByRole("tab", { name: "Dulcería" }).click()
    await page.getByRole("combobox", { name: "Cine" }).click()
    await page.getByPlaceholder("Nombre o ciudad").fill("Galerías Toluca")
    await page.getByRole("option", { name: "Galerías Toluca" }).click()
    await fill("Código de transacción", printed(ticket, "COD. TRANS."))
    const [day, month, year] = (printed(ticket, "FECHA").split(" ")[0] ?? "").split("/")
    await page.getByLabel("Día de tu visita").click()
    const cell = page.locator(`[data-day="20${year}-${month}-${day}"] button`)
    await page.locator(".rdp-month_grid").waitFor()
    for (let i = 0; i < 12 && (await cell.count()) === 0; i++) await page.getByLabel("Ir al mes anterior").click()
    await cell.click()
    await fill("Total de la compra", printed(ticket, "VTA TOTAL").replace(/[$,]/g, ""))
    await page.getByRole("button", { name: "Buscar compra" }).click()
    await fill("RFC", profile.rfc)
    await fill("Nombre o razón social", profile.fullName)
    await fill("Código postal", profile.postalCode)
    for (const [label, code] of [
      ["Régimen fiscal", profile.fiscalRegime],
      ["Uso del CFDI", profile.cfdiUse]
    ] as const) {
      await page.getByRole("combobox", { name: label }).click()
      await page.getByRole("option", { name: `(${code})` }).click()
    }
    await fill("Correo electrónico", profile.email)
    await page.getByRole("button", { name: "Generar factura" }).click()
    await download(page, () => page.getByRole("button", { name: "Bajar XML" }).click())
  }
}
