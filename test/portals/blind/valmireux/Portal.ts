import { join } from "node:path"
import type { Page } from "playwright-core"
import { plainAmount } from "../../lib/ScriptTools.ts"
import { usesOf } from "../../lib/Taxpayers.ts"
import { fits, sameWorth } from "../kit/checks.ts"
import {
  ago,
  attachment,
  completed,
  failed,
  html,
  isStamped,
  json,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly date: string
  readonly late?: true
  readonly used?: true
}

const base = { description: "Ropa y artículos para el hogar", paymentForm: "04" }
const sales: ReadonlyArray<Sale> = [
  { ...base, ticket: "004211805521260032741", date: ago(5).slashes, cents: 329900n },
  { ...base, ticket: "004210203317260029108", date: ago(36).slashes, cents: 119900n, late: true },
  { ...base, ticket: "004211805498260032699", date: ago(5).slashes, cents: 74950n, used: true }
]

interface Session {
  sale?: Sale | undefined
}

const css = `*{box-sizing:border-box}body{margin:0;font-family:"72",Arial,Helvetica,sans-serif;font-size:14px;background:#edeff0;color:#32363a}[hidden]{display:none!important}.sapMPageHeader{background:#354a5f;color:#fff;padding:12px 24px;font-size:16px}.sapMWizard,.sapMMessagePage{max-width:860px;margin:16px auto;background:#fff;padding:8px 28px 28px}.sapMWizardStep{border-bottom:1px solid #d9d9d9;padding-bottom:18px}.sapUiFormElement{display:flex;margin:8px 0;flex-wrap:wrap}.sapUiFormElementLbl{width:260px;text-align:right;padding:7px 10px 0 0}.sapUiFormElementFld{width:420px}.sapMLabelColonAndRequired::before{content:":"}.sapMLabelRequired .sapMLabelColonAndRequired::after{content:" *";color:#ce3b3b}.sapMInputBaseContentWrapper{display:flex;border:1px solid #89919a;background:#fff}.sapMInputBaseContentWrapperError{border:2px solid #b00}.sapMInputBaseInner{border:0;height:28px;flex:1;padding:0 8px;outline:none}.sapMInputBaseIcon{padding:4px 8px;cursor:pointer}.sapMValueStateMessage{color:#b00;font-size:12px}.sapMSlt{display:flex;justify-content:space-between;border:1px solid #89919a;height:30px;padding:5px 8px;position:relative;cursor:pointer;overflow:hidden;white-space:nowrap}.sapMSltHiddenSelect{position:absolute;left:0;top:0;width:1px;height:1px;overflow:hidden;opacity:0}.sapMPopover{position:absolute;background:#fff;box-shadow:0 2px 10px #0004;z-index:60;max-height:260px;overflow:auto}.sapMSelectList{list-style:none;margin:0;padding:0}.sapMSelectListItem{padding:7px 12px;cursor:pointer}.sapMSelectListItem:hover{background:#e5f0fa}.sapMBtn{border:0;background:none;padding:0;cursor:pointer}.sapMBtnInner{display:inline-block;padding:7px 14px;border-radius:4px;border:1px solid #0854a0;color:#0854a0}.sapMBtnEmphasized{background:#0a6ed1;color:#fff}.sapUiBLy{position:fixed;inset:0;background:#0006;z-index:70}.sapMDialog{position:fixed;left:50%;top:30%;transform:translateX(-50%);background:#fff;z-index:80;min-width:340px;max-width:480px;padding:14px 18px;border-radius:4px}.sapMDialogTitle{font-weight:bold}.sapMDialogSection{padding:14px 0}.sapMDialogFooter{text-align:right}.sapMCb{display:flex;align-items:center;gap:8px;margin:10px 0 10px 270px;cursor:pointer}.sapMCbBg{width:16px;height:16px;border:1px solid #89919a}.sapMCbMarkChecked::before{content:"✓";font-size:13px;line-height:14px}.sapMMessagePageMainText{font-size:20px}.sapMLnk{color:#0a6ed1}.sapMWizardNextButton{margin-left:270px}`

const bad = (value: string) => json({ error: { code: "ZSD_AF/012", message: { lang: "es", value } } }, 400)
const service = "/sap/opu/odata/sap/ZSD_AUTOFACTURA_SRV"

export const portal: TestPortal = {
  id: "valmireux",
  traps: [
    "SAPUI5: wizard whose steps stay on the page, sapMSelect popovers in sap-ui-static, checkbox of divs",
    "message boxes, busy dialog",
    "régimen by RFC on change, use by régimen",
    "files in a new tab"
  ],
  profile: "company",
  start: () => {
    const till = openTill(
      { rfc: "VAL470806DB1", name: "ALMACENES VALMIREUX", regime: "601", postalCode: "05348" },
      "53100000"
    )
    const list = (codes: ReadonlyArray<{ code: string; name: string }>) =>
      json({ d: { results: codes.map(({ code, name }) => ({ Clave: code, Texto: name })) } })
    return shop<Session>({
      till,
      cookie: "SAP_SESSIONID_PRD_100",
      fresh: () => ({}),
      routes: {
        "GET /": () =>
          html(
            `<!DOCTYPE html><html lang="es" dir="ltr" data-sap-ui-browser="cr" class="sap-desktop sapUiTheme-sap_fiori_3"><head><meta charset="utf-8"><title>Autofacturación Valmireux</title><style>${css}</style></head><body class="sapUiBody" id="content" role="application"><script id="sap-ui-bootstrap" src="/sap/bc/ui5_ui5/sap/zautofactura/Component-preload.js" data-sap-ui-theme="sap_fiori_3"></script></body></html>`
          ),
        "GET /sap/bc/ui5_ui5/sap/zautofactura/Component-preload.js": () =>
          new Response(Bun.file(join(import.meta.dir, "client.js")), {
            headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "max-age=3600" }
          }),
        [`GET ${service}/RegimenSet`]: async ({ field }) => {
          await Bun.sleep(400)
          return list(regimesFor(field("rfc")))
        },
        [`GET ${service}/UsoSet`]: async ({ field }) => {
          await Bun.sleep(300)
          return list(usesOf(field("rfc"), field("regimen")))
        },
        [`POST ${service}/TicketSet`]: async ({ field, session }) => {
          await Bun.sleep(700)
          const found = sales.find(
            (s) => s.ticket === field("Folio") && s.date === field("Fecha") && sameWorth(field("Importe"), s.cents)
          )
          if (!found)
            return bad("Los datos del ticket no existen o no corresponden entre sí. Verifique folio, fecha e importe.")
          if (found.late)
            return bad("Han pasado más de 30 días naturales desde la compra; no es posible emitir el CFDI.")
          session.sale = found
          return json({ d: { Folio: found.ticket } })
        },
        [`POST ${service}/FacturaSet`]: async ({ field, session }) => {
          const { sale } = session
          if (!sale) return bad("La sesión terminó.")
          const typed: Typed = {
            rfc: field("Rfc"),
            name: field("Nombre").toUpperCase(),
            postalCode: field("Cp"),
            regime: field("Regimen"),
            use: field("Uso"),
            email: field("Correo")
          }
          await Bun.sleep(1300)
          if (sale.used || isStamped(till, sale))
            return bad("El folio tiene un CFDI emitido en la caja de la tienda. No es posible generar otro.")
          if (wrongOf(typed) || !fits(typed)) return bad("Receptor no válido ante el SAT.")
          const { uuid } = await stampOf(till, sale, typed)
          return json(
            {
              d: {
                Uuid: uuid,
                Correo: typed.email,
                XmlUri: `${service}/ArchivoSet(Uuid='${uuid}',Tipo='XML')/$value`,
                PdfUri: `${service}/ArchivoSet(Uuid='${uuid}',Tipo='PDF')/$value`
              }
            },
            201
          )
        },
        [`GET ${service}/*`]: async ({ url }) => {
          const [, uuid = "", kind] = /Uuid='([^']+)',Tipo='(\w+)'/.exec(decodeURIComponent(url.pathname)) ?? []
          const made = till.find(uuid)
          if (!made) return json({}, 404)
          return kind === "XML"
            ? attachment(await xmlText(made), "application/xml", `${uuid}.xml`)
            : attachment(await pdfBytes(made), "application/pdf", `${uuid}.pdf`)
        }
      }
    })
  },
  cases: [
    {
      name: "ok",
      ticket: {
        Tienda: "0042 PERISUR",
        Terminal: "118",
        Transacción: "5521",
        Vendedor: "30471",
        Fecha: ago(5).dashes,
        Hora: "13:09",
        "Total a pagar": "3,299.00",
        "Tarjeta bancaria": "3,299.00",
        "Folio factura": "0042 1180 5521 2600 3274 1"
      },
      expected: completed
    },
    {
      name: "past thirty days",
      ticket: {
        Tienda: "0042 PERISUR",
        Terminal: "102",
        Transacción: "3317",
        Fecha: ago(36).dashes,
        Hora: "18:22",
        "Total a pagar": "1,199.00",
        "Folio factura": "0042 1020 3317 2600 2910 8"
      },
      expected: failed("TICKET_EXPIRED")
    },
    {
      name: "invoiced at the till, said at the end",
      ticket: {
        Tienda: "0042 PERISUR",
        Terminal: "118",
        Transacción: "5498",
        Fecha: ago(5).dashes,
        Hora: "12:40",
        "Total a pagar": "749.50",
        "Folio factura": "0042 1180 5498 2600 3269 9"
      },
      expected: failed("ALREADY_INVOICED")
    },
    {
      name: "total differs",
      ticket: {
        Tienda: "0042 PERISUR",
        Terminal: "118",
        Transacción: "5521",
        Fecha: ago(5).dashes,
        "Total a pagar": "3,290.00",
        "Folio factura": "0042 1180 5521 2600 3274 1"
      },
      expected: failed("TICKET_NOT_FOUND")
    }
  ],
  script: async (page: Page, ticket, profile) => {
    const at = (id: string) => page.locator(`[id="__xmlview0--${id}"]`)
    await at("inFolio-inner").fill(printed(ticket, "Folio factura").replace(/ /g, ""))
    await at("dpFecha-inner").fill(printed(ticket, "Fecha").replace(/-/g, "/"))
    await at("inImporte-inner").fill(plainAmount(printed(ticket, "Total a pagar")))
    await at("stepTicket-nextButton").click()
    await at("inRfc-inner").fill(profile.rfc)
    await at("inRfc-inner").blur()
    await at("inNombre-inner").fill(profile.fullName)
    await at("inCp-inner").fill(profile.postalCode)
    await at("inMail-inner").fill(profile.email)
    await page.waitForTimeout(600)
    await at("slRegimen").click()
    await page.getByRole("option", { name: profile.fiscalRegime }).click()
    await page.waitForTimeout(600)
    await at("slUso").click()
    await page.getByRole("option", { name: profile.cfdiUse }).click()
    await at("cbAviso").click()
    await at("stepFiscal-nextButton").click()
    await at("stepReview-nextButton").click()
    await page.getByRole("button", { name: "Sí" }).click()
    const whole = new Promise<void>((resolve) => {
      page.context().on("page", (tab) => tab.on("download", (file) => void file.path().then(() => resolve())))
      page.on("download", (file) => void file.path().then(() => resolve()))
    })
    await at("lnkXml").click()
    await whole
  }
}
