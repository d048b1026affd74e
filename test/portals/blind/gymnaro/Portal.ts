import { join } from "node:path"
import { profiles } from "../../lib/Portal.ts"
import { pdfFile, xmlFile } from "../../lib/ShopServer.ts"
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
  json,
  oneLine,
  openTill,
  printed,
  same,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly member: string
  readonly days: number
}

const fee: Sale = {
  ticket: "00418873",
  member: "2207416",
  days: 6,
  cents: 134900n,
  description: "Mensualidad de membresía individual",
  paymentForm: "04"
}
const done: Sale = { ...fee, ticket: "00402219", days: 9, cents: 99900n }
const me = profiles.person

const page = `<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Gymnaro · Autofacturación</title><style>
body{margin:0;font-family:-apple-system,"Segoe UI",Roboto,sans-serif;background:#f5f5f5;font-size:14px}.ant-layout-header{background:#001529;color:#fff;padding:18px 50px}.ant-layout-content{background:#fff;max-width:640px;margin:24px auto;padding:24px}
.ant-form-item{margin-bottom:16px}.ant-form-item-required:before{content:"* ";color:#ff4d4f}.ant-form-item-explain-error{color:#ff4d4f}.ant-form-item-extra{color:#888;font-size:12px}.ant-input-affix-wrapper,.ant-select-selector,.ant-picker{display:flex;border:1px solid #d9d9d9;border-radius:6px;padding:4px 11px;min-height:22px}
.ant-input,.ant-picker input{border:0;outline:0;flex:1}.ant-select{position:relative;cursor:pointer}.ant-select-selection-wrap{position:relative;display:block;width:100%;min-height:20px}.ant-select-selection-search{position:absolute;inset:0}.ant-select-selection-search-input{border:0;outline:0;width:100%;background:none;appearance:none}.ant-select-selection-item,.ant-select-selection-placeholder{pointer-events:none;position:absolute}.ant-select-arrow{position:absolute;right:10px;top:8px;pointer-events:none}
.ant-select-dropdown,.ant-picker-dropdown{background:#fff;box-shadow:0 6px 16px #0003;border-radius:8px;padding:4px;z-index:1050}.ant-select-item{padding:5px 12px;min-height:22px;cursor:pointer;white-space:nowrap;overflow:hidden}.ant-select-item-option-active{background:#f5f5f5}.ant-picker-cell{cursor:pointer;padding:4px 8px;color:#bbb;text-align:center}.ant-picker-cell-in-view{color:#000}
.ant-btn{border:1px solid #d9d9d9;border-radius:6px;padding:5px 16px;background:#fff;cursor:pointer;text-decoration:none;color:#000}.ant-btn-primary{background:#ff5a00;color:#fff}.ant-steps{display:flex;gap:60px;margin-bottom:24px;color:#999}.ant-steps-item-active{color:#ff5a00;font-weight:bold}
.ant-message{position:fixed;top:8px;left:0;right:0;text-align:center;z-index:2010;pointer-events:none}.ant-message-notice-content{display:inline-block;background:#fff;padding:9px 12px;border-radius:8px;box-shadow:0 6px 16px #0003}.ant-modal-mask{position:fixed;inset:0;background:#0007;z-index:1000}.ant-modal-wrap{position:fixed;inset:0;z-index:1000}.ant-modal{width:416px;margin:160px auto;background:#fff;padding:24px;border-radius:8px}.ant-modal-confirm-title{font-weight:bold}.ant-modal-confirm-btns{text-align:right;margin-top:16px}.ant-modal-confirm-btns .ant-btn{margin-left:8px}</style></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/static/js/main.7be1c2f0.js"></script></body></html>`

const start = async () => {
  const till = openTill({ rfc: "GYM150827D52", name: "GYMNARO CLUBS", regime: "601", postalCode: "53150" }, "94121601")
  const receiver = { rfc: me.rfc, name: me.fullName, postalCode: me.postalCode, regime: me.fiscalRegime }
  const old = await till.archive(done, { receiver, use: me.cfdiUse })
  const client = await clientBundle(join(import.meta.dir, "client.tsx"))
  return shop<{ sale?: Sale }>({
    till,
    cookie: "gym.sid",
    fresh: () => ({}),
    routes: {
      "GET /": () => html(page),
      "GET /static/js/main.7be1c2f0.js": client,
      "GET /api/v2/catalogos": () =>
        json({
          regimes: fiscalRegimes.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
          uses: cfdiUses
            .filter(({ code }) => !code.startsWith("C"))
            .map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))
        }),
      "POST /api/v2/recibos/validar": async ({ field, session }) => {
        await Bun.sleep(400)
        const sale = [fee, done].find(
          (one) =>
            one.ticket === field("recibo") &&
            one.member === field("socio") &&
            field("club") === "clb_110" &&
            ago(one.days).slashes === field("fecha")
        )
        if (sale === undefined || !same(field("monto"), sale.cents))
          return json({ error: "Ups, ningún recibo de ese club coincide con lo que capturaste." })
        if (sale === done)
          return json({
            titulo: "Este recibo tiene factura",
            texto: `El recibo RP-${done.ticket} se facturó a ${me.rfc} por $${commas(done.cents)}. ¿Quieres volver a obtener tus archivos?`,
            boton: "Obtener archivos",
            recuperar: old.uuid
          })
        if (isStamped(till, sale)) return json({ error: "Este recibo tiene factura." })
        session.sale = sale
        return json({ ok: "1" })
      },
      "POST /api/v2/facturas": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || isStamped(till, sale)) return json({ error: "Vuelve a validar tu recibo." })
        await Bun.sleep(1500)
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: oneLine(field("nombre")),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: field("uso"),
          email: field("email")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ error: `Revisa tus datos: ${wrong}` })
        const { uuid } = await stampOf(till, sale, typed)
        return json({ uuid })
      },
      "GET /api/v2/documentos/*": ({ url }) => {
        const [uuid = "", kind] = (url.pathname.split("/").at(-1) ?? "").split(".")
        const made = till.find(uuid)
        return made === undefined ? html("", 404) : kind === "xml" ? xmlFile(made) : pdfFile(made, "inline")
      }
    }
  })
}

const paper = (sale: Sale, receipt = sale.ticket) => ({
  Recibo: `RP-${receipt}`,
  Sucursal: "Gymnaro Mitikah",
  Socio: `${sale.member}`,
  "F. Pago": ago(sale.days).words,
  Concepto: "MENSUALIDAD INDIVIDUAL",
  "Subtotal sin IVA": commas(BigInt(Math.round(Number(sale.cents) / 1.16))),
  Pagado: `$ ${commas(sale.cents)}`,
  "Forma de pago": "Tarjeta de crédito"
})

export const portal: TestPortal = {
  id: "gymnaro",
  traps: [
    "AntD-like selects with a virtual list and a hidden listbox of two options",
    "ant-picker",
    "a prefix in the box, digits only",
    "message that goes by itself",
    "Facturar stands twice: the second, in the modal, stamps"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(fee), expected: completed },
    { name: "no such receipt", ticket: paper(fee, "00418837"), expected: failed("TICKET_NOT_FOUND") },
    { name: "invoiced, recovered", ticket: paper(done), expected: { ...completed, recovered: true } }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (id: string, text: string) => {
      await page.locator(`#${id}`).fill(text)
      await page.locator(".ant-select-item-option-content").first().click()
    }
    await choose("club", printed(ticket, "Sucursal").replace("Gymnaro ", ""))
    await page.locator("#socio").fill(printed(ticket, "Socio"))
    await page.locator("#recibo").fill(printed(ticket, "Recibo").replace("RP-", ""))
    const names = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
    const [day = "", month = "", year = ""] = printed(ticket, "F. Pago").split("-")
    await page.locator("#fecha").fill(`${day}/${String(names.indexOf(month) + 1).padStart(2, "0")}/${year}`)
    await page.locator("#fecha").press("Enter")
    await page.locator("#monto").fill(printed(ticket, "Pagado").replace(/[^\d.]/g, ""))
    await page.getByRole("button", { name: "Siguiente" }).click()
    const next = await Promise.race([
      page
        .locator("#rfc")
        .waitFor()
        .then(() => "form"),
      page
        .getByRole("button", { name: "Obtener archivos" })
        .waitFor()
        .then(() => "old")
    ])
    if (next === "old") await page.getByRole("button", { name: "Obtener archivos" }).click()
    else {
      await page.locator("#rfc").fill(profile.rfc)
      await page.locator("#nombre").fill(profile.fullName)
      await page.locator("#cp").fill(profile.postalCode)
      await choose("regimen", profile.fiscalRegime)
      await choose("uso", profile.cfdiUse)
      await page.locator("#email").fill(profile.email)
      await page.locator(".ant-checkbox-input").check()
      await page.getByRole("button", { name: "Facturar" }).click()
      await page.getByRole("dialog").getByRole("button", { name: "Facturar" }).click()
    }
    await download(page, () => page.getByText("Descargar XML").click())
  }
}
