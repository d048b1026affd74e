import { join } from "node:path"
import { usesOf } from "../../lib/Taxpayers.ts"
import {
  against,
  ago,
  cfdiUses,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  openTill,
  type PortalCase,
  pdfFile,
  printed,
  regimesFor,
  same,
  script,
  shop,
  stampOf,
  svg,
  type TestPortal,
  typedAs,
  xmlFile
} from "../kit/replies.ts"

const base = { ticket: "176204", cents: 43390n, description: "Medicamentos", paymentForm: "01" }
const sales = [
  { ...base, branch: "0612", till: "4", iso: ago(3).iso, state: "open" },
  { ...base, ticket: "176455", cents: 18950n, branch: "0612", till: "2", iso: ago(0).iso, state: "unsent" },
  { ...base, ticket: "176190", cents: 27700n, branch: "0612", till: "4", iso: ago(4).iso, state: "refused" }
] as const

const box = (id: string, label: string, max = 60) =>
  `<li><div class="labelPromo"><span class="required">*</span><label for="${id}">${label}</label></div><div><input id="${id}" name="${id}" maxlength="${max}" data-dojo-type="dijit/form/ValidationTextBox"/></div></li>`
const page = `<!DOCTYPE HTML><html xmlns:wairole="http://www.w3.org/2005/01/wai-rdf/GUIRoleTaxonomy#" lang="es"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>Facturación electrónica - Botikandra</title><style>
body{font:13px Verdana,Arial;margin:0;color:#333}#header{border-bottom:4px solid #0072bc;padding:12px 30px;display:flex;justify-content:space-between}#header b{font-size:26px;color:#d6001c}#menu{background:#0072bc;padding:8px 30px}#menu a{color:#fff;margin-right:20px;text-decoration:none}#cont{width:820px;margin:16px auto}ul.forma{list-style:none;padding:0}ul.forma li{display:flex;margin:9px 0;align-items:center}.labelPromo{width:230px;text-align:right;padding-right:12px}.required{color:#d6001c}
.dijitInline{display:inline-block}.dijitTextBox{width:300px;border:1px solid #b5bcc7;background:#fff;position:relative;height:26px;vertical-align:middle}.dijitInputInner{border:0;width:100%;height:24px;padding:0 4px;box-sizing:border-box;outline:0;font:inherit}.dijitInputContainer{overflow:hidden}.dijitRight{float:right}.dijitArrowButton{width:20px;height:26px;background:#e5f2fe;cursor:pointer;overflow:hidden}.dijitArrowButtonInner{width:20px;border:0;background:transparent;height:24px;padding:0 4px;font-size:10px;pointer-events:none}.dijitValidationContainer{float:right;display:none;width:16px}.dijitTextBoxError .dijitValidationContainer{display:block}.dijitValidationInner{width:14px;border:0;color:#d46464;background:transparent;height:24px;padding:0}.dijitTextBoxError{border-color:#d46464}.dijitDisabled,.dijitDisabled input{background:#efefef}.dijitMenuItem{padding:4px 8px;cursor:pointer}.dijitMenuItem:hover{background:#abd6ff}.dijitTooltip{display:inline-block;color:#d6001c;font-size:11px;margin-left:6px}
.dijitButton .dijitButtonNode{border:1px solid #759dc0;background:#bcd8f4;padding:5px 14px;border-radius:4px;display:inline-block;cursor:pointer}.dijitToggleButtonIconChar{display:none}.dijitOffScreen{position:absolute;left:-10000px}.dijitDialogUnderlayWrapper{position:fixed;inset:0;background:#0005;z-index:949}.dijitDialog{position:fixed;z-index:950;left:50%;top:140px;width:420px;margin-left:-210px;background:#fff;border:1px solid #759dc0}.dijitDialogTitleBar{background:#abd6ff;padding:6px 10px;display:flex;justify-content:space-between}.dijitDialogPaneContent{padding:12px}.dijitCalendar td{padding:4px 7px;cursor:pointer}.standby{display:none;position:fixed;inset:0;background:#fffb;z-index:1200;text-align:center;padding-top:220px}#errores{display:none;border:1px solid #d6001c;background:#fdeaea;padding:10px;margin:10px 0}table.docs{border-collapse:collapse;width:100%}table.docs td,table.docs th{border:1px solid #ccc;padding:8px}img[data-doc]{cursor:pointer}</style></head>
<body class="claro"><div id="header"><b>Botikandra</b><form action="/wcs/stores/servlet/SearchDisplay" method="get"><input type="text" name="searchTerm" id="SimpleSearchForm_SearchTerm" title="Buscar" placeholder="¿Qué necesitas hoy?"/><input type="submit" value="Buscar"/></form></div><div id="menu"><a href="#">Medicamentos</a><a href="#">Bebés</a><a href="#">Fotografía</a><a href="/wcs/stores/servlet/FacturacionView?storeId=10701">Facturación electrónica</a></div>
<div id="cont"><h1 style="font-size:20px;color:#0072bc">Facturación electrónica</h1><div id="errores" role="alert"><span id="errorMsg"></span></div>
<div id="zonaTicket"><p>Capture los datos impresos en su ticket de venta.</p><ul class="forma">${box("sucursal", "Clave de sucursal", 4)}${box("caja", "Caja", 2)}${box("ticket", "Folio del ticket", 8)}${box("fecha", "Fecha de compra")}${box("importe", "Importe total", 10)}</ul><div id="btnConsultar"></div></div>
<div id="zonaFiscal" style="display:none"><p id="detalle"></p><ul class="forma">${box("rfc", "R.F.C.", 13)}${box("nombre", "Nombre o razón social", 254)}${box("cp", "Código postal fiscal", 5)}${box("regimen", "Régimen fiscal")}${box("uso", "Uso del comprobante")}${box("correo", "Correo electrónico", 80)}</ul><div id="btnFacturar"></div></div>
<div id="zonaListo" style="display:none"><h2>Comprobante emitido</h2><table class="docs"><thead><tr><th>Folio fiscal</th><th>Importe</th><th>Documentos</th></tr></thead><tbody id="docs"></tbody></table></div></div>
<div id="dojox_widget_Standby_0" class="standby" role="alert">Estamos procesando su solicitud…</div><script src="/wcsstore/Botikandra/javascript/dojo.js"></script><script src="/wcsstore/Botikandra/javascript/Facturacion.js"></script></body></html>`

const words = {
  empty: "Capture todos los datos.",
  rfc: "El R.F.C. no se encuentra activo ante el SAT.",
  name: "El nombre capturado no es igual al de la constancia del R.F.C.",
  postalCode: "El código postal capturado no es el del domicilio fiscal del R.F.C.",
  regime: "El régimen seleccionado no es del R.F.C.",
  use: "Seleccione el uso.",
  email: "Correo electrónico incorrecto.",
  pair: "El uso no está permitido para el régimen seleccionado."
}

const start = async () => {
  const [dojo = "", own = ""] = await Promise.all(
    ["dijit.js", "page.js"].map((name) => Bun.file(join(import.meta.dir, name)).text())
  )
  const till = openTill({ rfc: "BOT820519GE0", name: "BOTIKANDRA", regime: "601", postalCode: "44100" }, "51101500")
  const tell = (value: unknown) =>
    new Response(`/*${JSON.stringify(value)}*/`, { headers: { "content-type": "text/json; charset=utf-8" } })
  const bad = (errorMessage: string) => tell({ errorMessage, errorCode: "CMN1009E" })
  return shop<{ sale?: (typeof sales)[number] }>({
    till,
    cookie: "WC_SESSION_ESTABLISHED",
    fresh: () => ({}),
    landing: "/wcs/stores/servlet/FacturacionView?storeId=10701&catalogId=10551&langId=-5",
    routes: {
      "GET /wcs/stores/servlet/FacturacionView": () => html(page),
      "GET /wcsstore/Botikandra/javascript/dojo.js": script(dojo),
      "GET /wcsstore/Botikandra/javascript/Facturacion.js": script(own),
      "GET /wcsstore/icon/*": ({ url }) =>
        svg(
          `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><rect width="32" height="32" fill="#c33"/><text x="4" y="20" font-size="11" fill="#fff">${url.pathname.slice(-3).toUpperCase()}</text></svg>`
        ),
      "POST /wcs/stores/servlet/AjaxConsultaTicket": async ({ field, session }) => {
        await Bun.sleep(700)
        if (!/^\d{1,7}(\.\d\d?)?$/.test(field("importe")))
          return bad("El importe debe capturarse sólo con números y punto decimal.")
        const sale = sales.find(
          (one) =>
            Number(one.branch) === Number(field("sucursal")) &&
            Number(one.till) === Number(field("caja")) &&
            one.ticket === field("ticket") &&
            one.iso === field("fecha")
        )
        if (sale === undefined || !same(Number(field("importe")).toFixed(2), sale.cents))
          return bad("Los datos no pertenecen a ningún ticket. Revíselos por favor.")
        if (sale.state === "unsent")
          return bad("La sucursal todavía no transmite la venta de ese folio. Consúltelo de nuevo a partir de mañana.")
        if (isStamped(till, sale)) return bad("El folio ya tiene comprobante.")
        session.sale = sale
        return tell({ detalle: `Folio <b>${sale.ticket}</b> &mdash; Importe <b>$${commas(sale.cents)}</b>` })
      },
      "POST /wcs/stores/servlet/AjaxRegimenes": async ({ field }) => {
        await Bun.sleep(300)
        return /^[A-Z&Ñ]{3,4}\d{6}\w{3}$/.test(field("rfc"))
          ? tell({ items: regimesFor(field("rfc")).map(({ code, name }) => ({ id: code, name })) })
          : bad("El R.F.C. está incompleto.")
      },
      "POST /wcs/stores/servlet/AjaxUsos": async ({ field }) => {
        await Bun.sleep(300)
        const fitting = new Set(usesOf(field("rfc"), field("regimen")).map(({ code }) => code as string))
        return tell({
          items: cfdiUses
            .filter(({ code }) => fitting.has(code) && !code.startsWith("C"))
            .map(({ code, name }) => ({ id: code, name }))
        })
      },
      "POST /wcs/stores/servlet/AjaxGeneraFactura": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || isStamped(till, sale)) return bad("La sesión terminó.")
        const typed = typedAs(
          (name) => (name === "rfc" || name === "nombre" ? field(name).toUpperCase() : field(name)),
          { rfc: "rfc", name: "nombre", postalCode: "cp", regime: "regimen", use: "uso", email: "correo" }
        )
        const wrong = against(typed, words)
        await Bun.sleep(1600)
        if (wrong !== undefined) return bad(wrong)
        if (sale.state === "refused")
          return bad(
            "No se emitió el comprobante. El SAT contestó que el régimen del receptor no es uno de los que tiene registrados; actualice su constancia y capture los datos como aparecen en ella."
          )
        const made = await stampOf(till, sale, typed)
        return tell({
          filas: `<tr><td>${made.uuid}</td><td>$${commas(made.totalCents)}</td><td><img src="/wcsstore/icon/pdf" alt="PDF" data-doc="/wcs/stores/servlet/FacturaDoc?id=${made.uuid}&amp;tipo=PDF"> <img src="/wcsstore/icon/xml" alt="XML" data-doc="/wcs/stores/servlet/FacturaDoc?id=${made.uuid}&amp;tipo=XML"></td></tr>`
        })
      },
      "GET /wcs/stores/servlet/FacturaDoc": ({ field }) => {
        const made = till.find(field("id"))
        return made === undefined ? html("404", 404) : field("tipo") === "XML" ? xmlFile(made) : pdfFile(made)
      }
    }
  })
}

const paper = (till: string, folio: string, days: number, total: string) => ({
  "SUC.": "0612 CHAPALITA",
  CAJA: till,
  TICKET: folio,
  FECHA: ago(days).slashes,
  HORA: "09:15",
  EMPLEADO: "118207",
  "TOTAL $": total,
  EFECTIVO: "500.00",
  CAMBIO: (500 - Number(total)).toFixed(2)
})

export const portal: TestPortal = {
  id: "botikandra",
  profile: "person",
  start,
  traps: [
    "Dojo: read-only inputs ▼ and Χ inside each field, hidden twins that hold the value",
    "FilteringSelect that takes the first match",
    "régimen and use without SAT codes",
    "calendar over the date",
    "images as download buttons into a hidden iframe",
    "a shop's search box above"
  ],
  cases: [
    { name: "ok", ticket: paper("4", "176204", 3, "433.90"), expected: completed },
    { name: "not transmitted yet", ticket: paper("2", "176455", 0, "189.50"), expected: failed("TICKET_NOT_FOUND") },
    { name: "SAT refuses the régimen", ticket: paper("4", "176190", 4, "277.00"), expected: failed("DATA_REJECTED") }
  ] satisfies ReadonlyArray<PortalCase>,
  script: async (page, ticket, profile) => {
    const put = async (id: string, text: string) => {
      await page.locator(`#${id}:enabled`).fill(text)
      await page.locator(`#${id}`).blur()
    }
    await put("sucursal", printed(ticket, "SUC.").slice(0, 4))
    await put("caja", printed(ticket, "CAJA"))
    await put("ticket", printed(ticket, "TICKET"))
    await put("fecha", printed(ticket, "FECHA"))
    await put("importe", printed(ticket, "TOTAL $"))
    await page.locator("#btnConsultar").click()
    await put("rfc", profile.rfc)
    await put("nombre", profile.fullName)
    await put("cp", profile.postalCode)
    await put("regimen", "Personas Físicas con Actividades Empresariales y Profesionales")
    await put("uso", "Gastos en general")
    await put("correo", profile.email)
    await page.locator("#btnFacturar").click()
    await page.locator("#dlgOk").click()
    await download(page, () => page.getByAltText("XML").click())
  }
}
