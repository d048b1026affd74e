import { join } from "node:path"
import { usesOf } from "../../lib/Taxpayers.ts"
import { sameWorth } from "../kit/checks.ts"
import {
  against,
  ago,
  base64,
  cfdiUses,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  json,
  openTill,
  type PortalCase,
  printed,
  regimesFor,
  script,
  shop,
  stampOf,
  type TestPortal,
  typedAs
} from "../kit/replies.ts"

const base = { ticket: "7K2041R8MX55QD", cents: 11850n, description: "Alimentos y bebidas", paymentForm: "01" }
const sales = [
  { ...base, state: "open" },
  { ...base, ticket: "7K2041T3PB90WC", cents: 8700n, state: "old" },
  { ...base, ticket: "7K1988F6HN27ZA", cents: 20400n, state: "late" }
] as const

const words = {
  empty: "Faltan datos por capturar.",
  rfc: "Tu RFC no aparece en el SAT.",
  name: "La razón social no es la que el SAT tiene para tu RFC.",
  postalCode: "El CP no es el que el SAT tiene para tu RFC.",
  regime: "El régimen no es el que el SAT tiene para tu RFC.",
  use: "Uso CFDI incorrecto.",
  email: "Correo incorrecto.",
  pair: "Uso CFDI incorrecto para tu régimen."
}
const no = (message: string) => json({ message }, 400)
const page = `<!DOCTYPE html><html lang="es" class="md plt-desktop hydrated" mode="md"><head><meta charset="utf-8"><title>Sietekon Facturación</title><base href="/"><meta name="viewport" content="viewport-fit=cover, width=device-width, initial-scale=1.0"><style>
body{margin:0;font-family:Roboto,Arial;background:#fff;overflow:hidden}ion-app,ion-router-outlet{position:absolute;inset:0;display:block}.ion-page{position:absolute;inset:0;display:flex;flex-direction:column;background:#fff}.ion-page-hidden{display:none!important}ion-header{background:#00704a;color:#fff;padding:14px 18px;display:block}ion-toolbar{display:flex;gap:16px}ion-title{font-size:19px}ion-back-button{cursor:pointer}ion-content{display:block;flex:1;overflow:auto}.pad{max-width:640px;margin:auto;padding:16px}ion-card.card{display:block;border:1px solid #ddd;border-radius:6px;padding:6px 18px;margin:14px 0;box-shadow:0 2px 5px #0002;cursor:pointer}
ion-input{display:block;margin:10px 0}.label-text{font-size:12px;color:#666}.native-input{width:100%;box-sizing:border-box;border:0;border-bottom:1px solid #bbb;padding:8px 0;font-size:16px;outline:0}.error-text{display:none;color:#eb445a;font-size:12px}.ion-invalid.ion-touched .error-text{display:block}.alert-wrapper{position:relative;background:#fff;width:420px;max-height:80vh;border-radius:4px;display:flex;flex-direction:column}.alert-title{margin:0;padding:18px 22px 8px;font-size:18px}.alert-message{padding:8px 22px}.alert-radio-group{overflow:auto;border-top:1px solid #eee;border-bottom:1px solid #eee}.alert-radio-button{display:block;width:100%;text-align:left;border:0;background:none;padding:12px 22px;font-size:15px;cursor:pointer}.alert-radio-button .alert-button-inner{display:flex;gap:14px}.alert-radio-icon{width:16px;height:16px;border:2px solid #888;border-radius:50%;flex:none}[aria-checked=true] .alert-radio-icon{border-color:#00704a;background:#00704a}.alert-button-group{display:flex;justify-content:flex-end;padding:8px}.alert-button{border:0;background:none;color:#00704a;font-weight:500;text-transform:uppercase;padding:10px;cursor:pointer}</style></head>
<body><app-root><ion-app class="md ion-page hydrated"><ion-router-outlet class="hydrated" tabindex="0"></ion-router-outlet></ion-app></app-root><script type="module" src="/main.5c1f0a.js"></script></body></html>`

const start = async () => {
  const app = await Bun.file(join(import.meta.dir, "app.js")).text()
  const till = openTill(
    { rfc: "SIE010704BN9", name: "SIETEKON TIENDAS", regime: "601", postalCode: "64620" },
    "50202300"
  )
  return shop<{ sale?: (typeof sales)[number] }>({
    till,
    cookie: "sid",
    fresh: () => ({}),
    routes: {
      "GET /": () => html(page),
      "GET /main.5c1f0a.js": script(app),
      "POST /api/v2/ticket": async ({ field, session }) => {
        await Bun.sleep(500)
        const sale = sales.find((one) => one.ticket === field("codigo").replace(/[-\s]/g, ""))
        if (sale === undefined || !sameWorth(field("importe"), sale.cents))
          return no("No pudimos encontrar tu ticket. Verifica el código y el importe.")
        if (sale.state === "late")
          return no("El plazo para facturar este ticket terminó el último día del mes de tu compra.")
        if (sale.state === "old" || isStamped(till, sale))
          return json({
            aviso:
              "Ya existe una factura para este ticket. Solicita una copia a quien la generó o en atención a clientes."
          })
        session.sale = sale
        return json({ codigo: sale.ticket, tienda: "Tienda 2041 Mitras", importe: `$${commas(sale.cents)}` })
      },
      "POST /api/v2/regimenes": async ({ field }) => {
        await Bun.sleep(300)
        return /^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(field("rfc"))
          ? json(regimesFor(field("rfc")).map(({ code, name }) => [code, `${code} ${name}`]))
          : no("RFC con formato incorrecto.")
      },
      "POST /api/v2/usos": async ({ field }) => {
        await Bun.sleep(300)
        const fitting = new Set(usesOf(field("rfc"), field("regimen")).map(({ code }) => code as string))
        return json(
          cfdiUses
            .filter(({ code }) => fitting.has(code) && !code.startsWith("C"))
            .map(({ code, name }) => [code, `${code} ${name}`])
        )
      },
      "POST /api/v2/facturar": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || isStamped(till, sale)) return no("Vuelve a empezar.")
        const typed = typedAs(
          (name) => (name === "rfc" || name === "nombre" ? field(name).toUpperCase() : field(name)),
          { rfc: "rfc", name: "nombre", postalCode: "cp", regime: "regimen", use: "uso", email: "correo" }
        )
        const wrong = against(typed, words)
        await Bun.sleep(1400)
        if (wrong !== undefined) return no(wrong)
        const made = await stampOf(till, sale, typed)
        return json({ uuid: made.uuid, nombre: made.fileName, xml: base64(made.xml), pdf: base64(made.pdf) })
      }
    }
  })
}

const paper = (code: string, days: number, total: string) => ({
  Tienda: "2041 MITRAS",
  Caja: "1",
  Cajero: "ERICK",
  Ticket: "99318",
  Fecha: ago(days).short,
  Hora: "22:47",
  Total: total,
  Efectivo: "500.00",
  "Para facturar": code
})

export const portal: TestPortal = {
  id: "sietekon",
  profile: "person",
  start,
  traps: [
    "Ionic: earlier pages stay hidden below, lists open as alerts with radios and Aceptar, buttons in shadow roots",
    "a ticket number that is not the code",
    "two buttons Facturar",
    "toasts that go",
    "a toggle for advertising",
    "files from blobs"
  ],
  cases: [
    { name: "ok", ticket: paper("7K20-41R8-MX55-QD", 2, "$118.50"), expected: completed },
    {
      name: "invoiced before, no copy",
      ticket: paper("7K20-41T3-PB90-WC", 2, "$87.00"),
      expected: failed("ALREADY_INVOICED")
    },
    { name: "code misread", ticket: paper("7K20-41R8-MX55-OD", 2, "$118.50"), expected: failed("TICKET_NOT_FOUND") },
    { name: "month closed", ticket: paper("7K19-88F6-HN27-ZA", 36, "$204.00"), expected: failed("TICKET_EXPIRED") }
  ] satisfies ReadonlyArray<PortalCase>,
  script: async (page, ticket, profile) => {
    const now = page.locator(".ion-page:not(.ion-page-hidden)").last()
    const pick = async (label: string, text: string) => {
      await now.locator(`ion-select[label="${label}"]:not(.select-disabled)`).click()
      await page.getByRole("radio", { name: text }).click()
      await page.getByRole("button", { name: "Aceptar" }).click()
    }
    await page.getByText("Facturar un ticket").click()
    await now.getByLabel("Código de facturación").fill(printed(ticket, "Para facturar"))
    await now.getByLabel("Importe pagado").fill(printed(ticket, "Total"))
    await now.getByRole("button", { name: "Continuar" }).click()
    await now.getByLabel("RFC").fill(profile.rfc)
    await now.getByLabel("RFC").blur()
    await pick("Régimen fiscal", profile.fiscalRegime)
    await pick("Uso CFDI", profile.cfdiUse)
    await now.getByLabel("Razón social o nombre").fill(profile.fullName)
    await now.getByLabel("CP").fill(profile.postalCode)
    await now.getByLabel("Correo").fill(profile.email)
    await now.getByRole("button", { name: "Facturar" }).click()
    await page.locator("ion-alert").getByRole("button", { name: "Facturar" }).click()
    await download(page, () => page.getByText("Descargar XML").click())
  }
}
