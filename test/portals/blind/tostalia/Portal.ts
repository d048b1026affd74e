import { join } from "node:path"
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
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  svg,
  type TestPortal,
  type TillSale,
  typedAs,
  usesFor,
  wrongOf,
  zipFile
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly code: string
  readonly store: number
  readonly pending?: true
  readonly refused?: true
}

const stores = [
  [203, "Angelópolis Puebla"],
  [87, "Ballesteros"],
  [141, "Boulevard Juárez"],
  [19, "Bulevar Morelos"],
  [33, "Cajeme 200"],
  [52, "Cajeme Norte"],
  [118, "Colosio Poniente"],
  [119, "Colosio Quiroga"],
  [77, "El Dorado"],
  [64, "Encinas"],
  [131, "Guaymas Centro"],
  [132, "Guaymas San Carlos"],
  [15, "Kino"],
  [22, "La Verbena"],
  [96, "Luis Orcí"],
  [41, "Navarrete"],
  [45, "Navojoa Pesqueira"],
  [160, "Nogales Álvaro Obregón"],
  [72, "Perisur Hermosillo"],
  [11, "Pitic"],
  [101, "Progreso"],
  [58, "Quiroga"],
  [29, "Sahuaro"],
  [183, "Tres Ríos Culiacán"],
  [190, "Universidad Culiacán"]
] as const

const description = "Bebidas y alimentos preparados"
const good: Sale = { ticket: "118-204417", code: "8RKD31ZW", store: 118, cents: 16400n, description, paymentForm: "01" }
const fresh: Sale = {
  ticket: "118-204935",
  code: "T5MA90QY",
  store: 118,
  cents: 9850n,
  description,
  paymentForm: "01",
  pending: true
}
const refused: Sale = {
  ticket: "041-118820",
  code: "3XWK77PB",
  store: 41,
  cents: 21250n,
  description,
  paymentForm: "04",
  refused: true
}
const sales = [good, fresh, refused]
const days = new Map([
  [good, 1],
  [fresh, 0],
  [refused, 2]
])

const css = `*{box-sizing:border-box}body{margin:0;font-family:Poppins,Helvetica,Arial,sans-serif;color:#3b2314;background:#faf5ef}.topbar{background:#3b2314;color:#fff;padding:14px 30px;display:flex;gap:20px;align-items:center}
main{max-width:480px;margin:30px auto;background:#fff;padding:30px;border-radius:14px}h1{font-size:22px}.input-group-v{margin-bottom:16px}.input-label{display:block;font-size:13px;margin-bottom:4px}.input-field{width:100%;height:40px;border:1px solid #ccc;border-radius:4px;padding:0 10px;font-size:15px}.input-error{color:#c22;font-size:12px;margin:3px 0 0}
.btn-primario{background:#d9542b;color:#fff;border:0;border-radius:20px;padding:11px 26px;font-size:15px;cursor:pointer;text-decoration:none;display:inline-block}.btn-secundario{background:none;border:0;color:#3b2314;padding:11px 20px;cursor:pointer}.acciones{text-align:right}.nota{font-size:12px;color:#777}.resumen{background:#faf5ef;padding:10px;margin-bottom:14px;font-size:14px}.fin{text-align:center}
.css-b62m3t-container{position:relative}.css-7pg0cj-a11yText{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}.css-13cymwt-control,.css-t3ipsp-control,.css-16xfy0z-control{display:flex;justify-content:space-between;min-height:38px;border:1px solid #ccc;border-radius:4px;cursor:default}.css-16xfy0z-control{background:#f2f2f2;pointer-events:none}.css-t3ipsp-control{border-color:#2684ff;box-shadow:0 0 0 1px #2684ff}
.css-hlgwow{display:grid;flex:1;align-items:center;padding:2px 8px;overflow:hidden}.css-1jqq78o-placeholder,.css-1dimb5e-singleValue{grid-area:1/1/2/3;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.css-1jqq78o-placeholder{color:#808080}.css-19bb58m{grid-area:1/1/2/3}.css-19bb58m input{border:0;outline:0;background:0;width:100%;font:inherit;padding:0}
.css-1wy0on6{display:flex;align-items:center}.css-1u9des2-indicatorSeparator{width:1px;align-self:stretch;background:#ccc;margin:8px 0}.css-1xc3v61-indicatorContainer{padding:8px;color:#ccc;display:flex}.css-8mmkcg{fill:currentColor}.css-1nmdiq5-menu{position:absolute;top:100%;width:100%;background:#fff;box-shadow:0 0 0 1px #0002,0 4px 11px #0002;margin:8px 0;z-index:5;border-radius:4px}.css-qr46ko{max-height:220px;overflow-y:auto;padding:4px 0}.css-10wo9uf-option,.css-d7l1ni-option{padding:8px 12px}.css-d7l1ni-option{background:#deebff}.css-2erzne,.css-1wlit7h-NoOptionsMessage{padding:8px;text-align:center;color:#999}
.Toastify__toast-container{position:fixed;top:16px;right:16px;width:340px;z-index:99}.Toastify__toast{background:#fff;border-left:5px solid #e74c3c;box-shadow:0 2px 12px #0004;padding:14px;display:flex;justify-content:space-between}.Toastify__close-button{border:0;background:0}.loader-bg{position:fixed;inset:0;background:#fffb;z-index:50}.loader{width:50px;height:50px;border:5px solid #d9542b;border-top-color:transparent;border-radius:50%;margin:40vh auto}`

const start = async () => {
  const till = openTill(
    { rfc: "TOS9902152J0", name: "TOSTALIA DEL NOROESTE", regime: "601", postalCode: "83000" },
    "90101700"
  )
  const script = await clientBundle(join(import.meta.dir, "client.tsx"))
  const shell = () =>
    html(
      `<!doctype html><html lang="es"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width,initial-scale=1"/><title>Tostalia Facturación</title><style>${css}</style></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/static/js/main.7c1d09ae.js"></script></body></html>`
    )
  const running = await shop<{ sale?: Sale | undefined; id: string }>({
    till,
    cookie: "connect.sid",
    fresh: () => ({ id: "" }),
    routes: {
      "GET /": () => seeOther("/ticket"),
      "GET /ticket": shell,
      "GET /datos-fiscales": () => seeOther("/ticket"),
      "GET /logo.svg": () =>
        svg(
          `<svg xmlns="http://www.w3.org/2000/svg" width="130" height="34"><text x="2" y="26" font-family="Georgia" font-size="26" fill="#fff">tostalia</text></svg>`
        ),
      "GET /static/js/main.7c1d09ae.js": () => script(),
      "GET /api/v2/sucursales": async () => {
        await Bun.sleep(700)
        return json(stores.map(([value, label]) => ({ value, label })))
      },
      "POST /api/v2/ticket/validar": async ({ field, session }) => {
        await Bun.sleep(600)
        session.sale = undefined
        const sale = sales.find(
          (s) =>
            s.ticket === field("folio") &&
            s.code === field("codFacturacion").toUpperCase() &&
            String(s.store) === field("sucursal")
        )
        if (sale === undefined)
          return json({ message: "No hay registro de una compra con esos datos, verifícalos." }, 404)
        if (sale.pending) {
          return json(
            {
              message:
                "La venta de este ticket todavía no ha sido recibida de la sucursal. Vuelve a intentarlo más tarde (puede demorar hasta 24 horas)."
            },
            409
          )
        }
        if (isStamped(till, sale)) return json({ message: "Esta compra ya tiene factura." }, 409)
        session.sale = sale
        session.id = crypto.randomUUID()
        return json({ id: session.id, total: `$${commas(sale.cents)}`, fecha: ago(days.get(sale) ?? 0).slashes })
      },
      "GET /api/v2/catalogos/regimen": async ({ field }) => {
        await Bun.sleep(350)
        return json(
          regimesFor(field("rfc").toUpperCase()).map((r, i) => ({ value: i + 1, label: `(${r.code}) ${r.name}` }))
        )
      },
      "GET /api/v2/catalogos/uso": async ({ field }) => {
        await Bun.sleep(350)
        return json(
          usesFor(field("rfc").toUpperCase()).map((u, i) => ({ value: i + 1, label: `(${u.code}) ${u.name}` }))
        )
      },
      "POST /api/v2/factura": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || field("ventaId") !== session.id)
          return json({ message: "Vuelve a capturar tu ticket." }, 400)
        const rfc = field("rfc").toUpperCase()
        const errors: Record<string, string> = {}
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) errors.rfc = "El RFC no es válido"
        for (const key of ["razonSocial", "codigoPostal", "regimenFiscal", "usoCFDI", "correo"])
          if (field(key) === "") errors[key] = "Este campo es requerido"
        if (Object.keys(errors).length) return json({ errors }, 422)
        const regime = regimesFor(rfc)[Number(field("regimenFiscal")) - 1]?.code ?? ""
        const use = usesFor(rfc)[Number(field("usoCFDI")) - 1]?.code ?? ""
        const typed = typedAs(
          (name) => ({ rfc, regime, use, razonSocial: oneLine(field("razonSocial")) })[name] ?? field(name),
          {
            rfc: "rfc",
            name: "razonSocial",
            postalCode: "codigoPostal",
            regime: "regime",
            use: "use",
            email: "correo"
          }
        )
        await Bun.sleep(1800)
        const wrong = sale.refused ? "name" : wrongOf(typed)
        if (wrong) {
          const what = {
            empty: "Datos incompletos",
            rfc: "RFC",
            name: "Nombre",
            postalCode: "Código postal",
            regime: "Régimen fiscal",
            use: "Uso de CFDI",
            email: "Correo"
          }[wrong]
          return json(
            {
              message: `El SAT rechazó los datos del receptor: ${what} distinto al que tiene registrado. Corrígelo conforme a tu cédula fiscal.`
            },
            400
          )
        }
        if (isStamped(till, sale)) return json({ message: "Esta compra ya tiene factura." }, 409)
        const made = await stampOf(till, sale, typed)
        return json({ id: made.uuid, folio: "DRV-77120" }, 201)
      },
      "GET /api/v2/factura/*": async ({ url }) => {
        const made = till.find(url.pathname.split("/")[4] ?? "")
        return made === undefined ? json({ message: "No encontrado" }, 404) : zipFile(made)
      }
    }
  })
  return { ...running, url: new URL("/ticket", running.url) }
}

const ticketOf = (one: Sale) => ({
  Sucursal: `${one.store} ${(stores.find(([id]) => id === one.store)?.[1] ?? "").toUpperCase()}`,
  Folio: one.ticket,
  Carril: "DRIVE 1",
  Fecha: `${ago(days.get(one) ?? 0).slashes} 07:52 a.m.`,
  Atendió: "DENISSE",
  TOTAL: `$${commas(one.cents)}`,
  "Cód. Fact.": one.code
})

export const portal: TestPortal = {
  id: "tostalia",
  traps: [
    "react-select: opened by mouse down, filtered by typing, options in a menu; branches that look alike",
    "labels are bare spans; option values are indexes, texts begin with the code in brackets",
    "régimen and uso inert until the RFC is left; error texts in a toast that goes by itself",
    "XML and PDF in a ZIP"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(good), expected: completed },
    { name: "sale not yet received", ticket: ticketOf(fresh), expected: failed("TICKET_NOT_FOUND") },
    { name: "name refused by the SAT", ticket: ticketOf(refused), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("[name=folio]").fill(printed(ticket, "Folio"))
    await page.locator("[name=codFacturacion]").fill(printed(ticket, "Cód. Fact."))
    const pick = async (name: string, text: string) => {
      const box = page.locator(".css-b62m3t-container", { has: page.locator(`[name=${name}]`) })
      await box.locator("input[role=combobox]:enabled").click()
      await box.locator("input[role=combobox]").pressSequentially(text)
      await box.getByRole("option").first().click()
    }
    await pick("sucursal", printed(ticket, "Sucursal").replace(/^\d+ /, ""))
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.locator("[name=rfc]").fill(profile.rfc)
    await page.locator("[name=razonSocial]").fill(profile.fullName)
    await page.locator("[name=codigoPostal]").fill(profile.postalCode)
    await pick("regimenFiscal", profile.fiscalRegime)
    await pick("usoCFDI", profile.cfdiUse)
    await page.locator("[name=correo]").fill(profile.email)
    await page.getByRole("button", { name: "Facturar" }).click()
    await download(page, () => page.getByText("Descargar archivos").click())
  }
}
