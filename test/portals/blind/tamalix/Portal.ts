import { join } from "node:path"
import { pdfFile, xmlFile } from "../../lib/ShopServer.ts"
import {
  ago,
  cfdiUses,
  commas,
  completed,
  download,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  js,
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
  readonly days: number
  readonly tip: bigint
}

const lunch: Sale = {
  ticket: "18842",
  days: 2,
  cents: 81250n,
  tip: 10000n,
  description: "Consumo de alimentos",
  paymentForm: "04"
}
const old: Sale = { ...lunch, ticket: "17560", days: 24, cents: 46800n, tip: 7000n }

const places = [
  "Tamalix Condesa",
  "Tamalix Coyoacán",
  "Tamalix Del Carmen",
  "Tamalix Narvarte",
  "Tamalix Roma Norte",
  "Tamalix Roma Sur",
  "Tamalix Tlalpan"
]

const page = `<!DOCTYPE html><html lang="es"><head><meta charset="UTF-8"><title>Tamalix | Facturación</title><style>
body{margin:0;font-family:Inter,"Helvetica Neue",Arial,sans-serif;font-size:14px;background:#fafafa}.el-header{background:#7b3f00;color:#fff;padding:18px}.el-card{max-width:560px;margin:24px auto;background:#fff;border:1px solid #e4e7ed;padding:20px}.el-form-item{margin-bottom:18px;position:relative}.el-form-item__label{display:block;margin-bottom:6px;color:#606266}.is-required>.el-form-item__label:before{content:"*";color:#f56c6c;margin-right:4px}
.el-input__wrapper,.el-select__wrapper{display:flex;border:1px solid #dcdfe6;border-radius:4px;padding:4px 11px;min-height:22px;background:#fff;cursor:pointer}.el-input__inner{border:0;outline:0;flex:1}.el-select__selection{position:relative;flex:1}.el-select__input{border:0;outline:0;width:100%;background:none}.el-select__placeholder{position:absolute;left:0;top:2px;pointer-events:none}.is-transparent{color:#a8abb2}.el-form-item__error{color:#f56c6c;font-size:12px}.el-text--info{color:#909399;font-size:12px}
.el-popper{background:#fff;border:1px solid #e4e7ed;box-shadow:0 0 12px #0002}.el-select-dropdown__wrap{max-height:200px;overflow:auto}.el-select-dropdown__list{list-style:none;margin:0;padding:6px 0}.el-select-dropdown__item{padding:6px 20px;cursor:pointer}.el-select-dropdown__item:hover{background:#f5f7fa}.el-date-table td{padding:4px 8px;text-align:center;cursor:pointer}.el-date-table .prev-month,.el-date-table .disabled{color:#c0c4cc}
.el-button{padding:8px 15px;border:1px solid #dcdfe6;border-radius:4px;background:#fff;margin-right:12px;cursor:pointer}.el-button--primary{background:#c4501b;color:#fff}.el-button.is-loading{opacity:.6}.el-message{position:fixed;left:50%;transform:translateX(-50%);background:#fef0f0;color:#c45656;padding:4px 18px;border-radius:4px}.el-overlay{position:fixed;inset:0;background:#0008}.el-message-box{width:420px;margin:180px auto;background:#fff;padding:14px}</style></head>
<body><div id="app"></div><div id="el-popper-container-4410"></div><script src="/assets/index-C2kfT9qa.js"></script></body></html>`

const start = async () => {
  const till = openTill(
    { rfc: "TAM160229DM4", name: "TAMALIX RESTAURANTES", regime: "601", postalCode: "06140" },
    "90101501"
  )
  const client = await Bun.file(join(import.meta.dir, "client.js")).text()
  const no = (msg: string) => json({ code: 500, msg, data: null })
  return shop<{ sale?: Sale }>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({}),
    routes: {
      "GET /": () => html(page),
      "GET /assets/index-C2kfT9qa.js": () => js(client),
      "GET /prod-api/unidades": () => json(places.map((label, i) => ({ value: `U${i + 4}`, label }))),
      "GET /prod-api/catalogos": () =>
        json({
          regimenes: fiscalRegimes.map((one) => ({
            value: one.code,
            label: `${one.code} · ${one.name}`,
            f: one.individual,
            m: one.moral
          })),
          usos: cfdiUses
            .filter(({ code }) => /^(G0|S0|D0[1-9]|I0)/.test(code))
            .map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))
        }),
      "POST /prod-api/cuenta/buscar": async ({ field, session }) => {
        await Bun.sleep(500)
        const sale = [lunch, old].find(({ ticket }) => ticket === field("cheque").replace(/^0+/, ""))
        if (sale === undefined || field("unidad") !== "U8" || ago(sale.days).iso !== field("fecha"))
          return no("Esa cuenta no aparece en la sucursal que elegiste para ese día.")
        if (!same(field("consumo"), sale.cents))
          return no(`El importe no cuadra con el consumo del cheque ${sale.ticket}. Recuerda no incluir la propina.`)
        if (sale === old)
          return no("Lo sentimos, tenías 7 días a partir de tu visita para pedir la factura de esta cuenta.")
        if (isStamped(till, sale)) return no("Tu cuenta está facturada.")
        session.sale = sale
        return json({
          code: 200,
          msg: "操作成功",
          data: { cheque: sale.ticket, unidad: places[4], total: commas(sale.cents) }
        })
      },
      "POST /prod-api/cuenta/timbrar": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || isStamped(till, sale)) return no("Busca tu cuenta de nuevo.")
        await Bun.sleep(1800)
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: oneLine(field("razonSocial")),
          postalCode: field("codigoPostal"),
          regime: field("regimenFiscal"),
          use: field("usoCfdi"),
          email: field("email")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return no(`El PAC no aceptó tus datos (${wrong}).`)
        return json({ code: 200, msg: "操作成功", data: (await stampOf(till, sale, typed)).uuid })
      },
      "GET /comprobante/*": ({ url }) => {
        const [, , uuid = "", kind] = url.pathname.split("/")
        const made = till.find(uuid)
        if (made === undefined) return html("<h1>404</h1>", 404)
        if (kind === "xml") return xmlFile(made)
        if (kind === "pdf") return pdfFile(made, "inline")
        return html(
          `<!DOCTYPE html><html lang="es"><head><meta charset="UTF-8"><title>Factura ${uuid.slice(0, 8)}</title></head><body style="font-family:Arial"><div style="background:#333;padding:10px"><a style="color:#fff" href="/comprobante/${uuid}/pdf" download>⬇ PDF</a> &nbsp; <a style="color:#fff" href="/comprobante/${uuid}/xml" download>⬇ XML</a></div><embed src="/comprobante/${uuid}/pdf" type="application/pdf" width="100%" height="700"></body></html>`
        )
      }
    }
  })
}

const paper = (sale: Sale, cents = sale.cents) => ({
  SUCURSAL: "ROMA NORTE",
  CHEQUE: `000${sale.ticket}`,
  MESA: "14",
  PERS: 3,
  MESERO: "ITZEL",
  ABRIO: `${ago(sale.days).slashes} 14:05`,
  CERRO: `${ago(sale.days).slashes} 15:31`,
  SUBTOTAL: commas(BigInt(Math.round(Number(cents) / 1.16))),
  IVA: commas(cents - BigInt(Math.round(Number(cents) / 1.16))),
  "TOTAL CUENTA": commas(cents),
  PROPINA: commas(sale.tip),
  "CARGO TARJETA": commas(cents + sale.tip)
})

export const portal: TestPortal = {
  id: "tamalix",
  traps: [
    "Element Plus-like selects with poppers in a container of their own",
    "date picker YYYY-MM-DD",
    "total without the tip, a larger charge printed too",
    "régimen list by length of RFC",
    "message box stamps",
    "files in a new tab"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(lunch), expected: completed },
    { name: "another amount", ticket: paper(lunch, 81520n), expected: failed("TICKET_NOT_FOUND") },
    { name: "after seven days", ticket: paper(old), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (label: string, text: string) => {
      await page.locator(".el-form-item", { hasText: label }).locator(".el-select__wrapper").click()
      await page.locator(".el-select__popper:visible .el-select-dropdown__item", { hasText: text }).click()
    }
    const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text)
    await choose("Restaurante", "Roma Norte")
    await fill("Núm. de cheque", printed(ticket, "CHEQUE"))
    await fill("Fecha del consumo", printed(ticket, "CERRO").slice(0, 10).split("/").reverse().join("-"))
    await page.getByLabel("Fecha del consumo").press("Enter")
    await fill("Importe del consumo", printed(ticket, "TOTAL CUENTA").replace(",", ""))
    await page.getByRole("button", { name: "Buscar mi cuenta" }).click()
    await fill("RFC", profile.rfc)
    await fill("Razón social o nombre", profile.fullName)
    await fill("Código postal fiscal", profile.postalCode)
    await choose("Régimen", profile.fiscalRegime)
    await choose("Uso", profile.cfdiUse)
    await fill("Correo electrónico", profile.email)
    await page.getByRole("button", { name: "Timbrar factura" }).click()
    await page.getByRole("button", { name: "Sí, timbrar" }).click()
    const [tab] = await Promise.all([
      page.waitForEvent("popup"),
      page.getByRole("button", { name: "Ver mi factura" }).click()
    ])
    await download(tab, () => tab.getByText("XML").click())
  }
}
