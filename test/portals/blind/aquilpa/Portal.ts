import { pdfFile, xmlFile } from "../../lib/ShopServer.ts"
import {
  ago,
  cfdiUses,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  js,
  json,
  money,
  oneLine,
  openTill,
  printed,
  regimesFor,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly account: string
  readonly days: number
}

const water: Sale = {
  ticket: "2298107",
  account: "0310448712",
  days: 7,
  cents: 91300n,
  description: "Suministro de agua potable",
  paymentForm: "01"
}
const refused: Sale = { ...water, ticket: "2301450", account: "0188120034", days: 3, cents: 40850n }

const row = (id: string, caption: string, size: number, more = "") =>
  `<div class="row"><div class="col-xs-12"><div class="form-group gx-form-group"><label class="gx-form-item control-label col-sm-4 AttributeLabel" for="${id}" data-gx-sr-only="">${caption}</label><div class="col-sm-8 gx-attribute" data-gx-for="${id}"><input type="text" id="${id}" name="${id}" value="" size="${size}" maxlength="${size}" spellcheck="false" class="form-control Attribute" data-gxformat="" ${more}/></div></div></div></div>`
const combo = (id: string, caption: string) =>
  `<div class="row"><div class="col-xs-12"><div class="form-group gx-form-group"><label class="gx-form-item control-label col-sm-4 AttributeLabel" for="${id}">${caption}</label><div class="col-sm-8 gx-attribute"><select id="${id}" name="${id}" size="1" class="form-control Attribute" data-gx-refresh="1"><option value="">(Ninguno)</option></select></div></div></div></div>`

const page = `<!DOCTYPE html><html lang="spa"><head><meta name="generator" content="GeneXus .NET 17_0_11-163677"/><meta charset="utf-8"/><title>Emisión de CFDI por pago en cajas</title><link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css"/>
<style>.gx-invisible{display:none!important}.Form{max-width:760px;margin:auto}.TituloWeb{background:#00629b;color:#fff;padding:12px;font-size:20px}.ErrorViewer{color:#c00;padding:6px}.gx-mask{position:fixed;inset:0;background:#fff9;z-index:999}.gx-popup{position:fixed;left:18%;top:90px;width:64%;height:380px;background:#fff;border:2px solid #00629b;z-index:1001}.gx-popup iframe{width:100%;height:330px;border:0}.gx-form-group{display:flex;margin:6px 0}.gx-form-group label{width:260px}.Grupo{border:1px solid #9ac;padding:10px;margin:10px 0}.Button{background:#00629b;color:#fff;border:0;padding:8px 22px}.ReadonlyAttribute{font-weight:bold}</style></head>
<body data-gx-evt-control="" class="gx-desktop"><form id="MAINFORM" name="MAINFORM" method="post" autocomplete="off" class="form-horizontal Form" data-gx-class="form-horizontal Form" novalidate="" onsubmit="return false"><div><input type="hidden" name="_EventName" value=""/><input type="hidden" name="GXState" value=""/></div>
<div id="TABLEMAIN" class="TableMain"><div class="TituloWeb"><span id="TEXTBLOCKTITULO" class="Title">ORGANISMO AQUILPA &middot; Agua y Saneamiento</span></div><div id="gxErrorViewer" class="ErrorViewer"></div>
<div id="GRPPAGO" class="Grupo"><span class="TextBlock">Datos del pago (recibo de caja o cajero)</span>${row("vCONTRATO", "Contrato", 10, 'inputmode="numeric" style="text-align:right" ')}${row("vSERIE", "Serie", 3)}${row("vFOLIO", "Folio", 9, 'style="text-align:right" ')}
<div class="row"><div class="col-xs-12"><div class="form-group gx-form-group"><label class="gx-form-item control-label AttributeLabel" for="vFECHA">Fecha de pago</label><div id="vFECHA_dp_container" class="dp_container"><input type="text" id="vFECHA" name="vFECHA" value="  /  /  " size="8" maxlength="8" class="form-control AttributeDate" data-gx-date-picture="99/99/99"/><img src="/static/calendar.png" id="vFECHA_dp_trigger" alt="" width="16" height="16" class="DatePickerImage"/></div></div></div></div>
${row("vIMPORTE", "Importe pagado", 12, 'style="text-align:right" ')}<input type="button" id="BTNBUSCAR" name="BTNBUSCAR" value="Verificar pago" class="btn btn-default Button" data-gx-evt="5"/></div>
<div id="GRPFISCAL" class="Grupo gx-invisible"><span id="vTITULAR" class="ReadonlyAttribute"></span>${row("vRECRFC", "R.F.C.", 13, 'style="text-transform:uppercase" ')}${row("vRECNOM", "Nombre / Razón social", 120)}${row("vRECCP", "C.P. Fiscal", 5)}${combo("vRECREG", "Régimen")}${combo("vRECUSO", "Uso CFDI")}${row("vRECMAIL", "Correo-e", 100)}
<input type="button" id="BTNCANCELAR" value="Cancelar" class="btn btn-default" data-gx-evt="7"/> <input type="button" id="BTNCONFIRMAR" name="BTNCONFIRMAR" value="Confirmar" class="btn btn-default Button" data-gx-evt="6"/></div></div></form><script src="/static/gxgral.js?163677"></script></body></html>`

const client = `(function(){var $=function(i){return document.getElementById(i)};
function values(){var o={};document.querySelectorAll('#MAINFORM input[id^=v],#MAINFORM select').forEach(function(e){o[e.id]=e.value});return o}
function fire(ev){var mask=document.createElement('div');mask.className='gx-mask';document.body.appendChild(mask);
fetch('emisioncfdi.aspx?'+Math.random().toString(16).slice(2)+',gx-no-cache='+Date.now(),{method:'POST',headers:{'Content-Type':'application/json','GxAjaxRequest':'1'},body:JSON.stringify(Object.assign({MPage:false,objClass:'emisioncfdi',pkgName:'GeneXus.Programs',evento:ev},values()))}).then(function(r){return r.json()}).then(apply).finally(function(){mask.remove()})}
function apply(r){$('gxErrorViewer').innerHTML='';(r.gxMessages||[]).forEach(function(m){var d=document.createElement('div');d.className=m.type===1?'gx-error-message':'gx-warning-message';d.textContent=m.text;$('gxErrorViewer').appendChild(d)});
(r.gxValues||[]).forEach(function(v){var e=$(v.id);if('value' in e)e.value=v.v;else e.textContent=v.v});
(r.gxProps||[]).forEach(function(p){var e=$(p.id);if('Visible' in p)e.classList.toggle('gx-invisible',!p.Visible);if('Enabled' in p){e.disabled=!p.Enabled;e.classList.toggle('gx-disabled',!p.Enabled)}if(p.Values){var old=e.value;e.innerHTML='<option value="">(Ninguno)</option>';p.Values.forEach(function(x){var o=document.createElement('option');o.value=x[0];o.textContent=x[1];e.appendChild(o)});e.value=old;if(e.selectedIndex<0)e.value=''}});
if(r.popup){var p=document.createElement('div');p.id='gxp0_b';p.className='gx-popup gx-popup-default';p.innerHTML='<div id="gxp0_t" class="PopupHeader TituloWeb"><span>Comprobante emitido</span> <span id="gxp0_cls" class="PopupHeaderButton" title="Cerrar" style="float:right;cursor:pointer">X</span></div><iframe id="gxp0_ifrm" name="gxp0_ifrm" src="'+r.popup+'"></iframe>';document.body.appendChild(p);$('gxp0_cls').onclick=function(){p.remove();location.reload()}}}
$('BTNBUSCAR').onclick=function(){fire("'E_BUSCAR'")};$('BTNCONFIRMAR').onclick=function(){fire("'E_CONFIRMAR'")};$('BTNCANCELAR').onclick=function(){location.reload()};
$('vRECRFC').onchange=function(){this.value=this.value.toUpperCase();fire('VRECRFC.CONTROLVALUECHANGED')};$('vRECREG').onchange=function(){fire('VRECREG.CONTROLVALUECHANGED')};
var f=$('vFECHA');f.addEventListener('focus',function(){setTimeout(function(){f.setSelectionRange(0,0)},0)});
f.addEventListener('keydown',function(e){if(e.ctrlKey||e.metaKey||e.altKey)return;var s=f.selectionStart,v=f.value.padEnd(8);if(/^\\d$/.test(e.key)){e.preventDefault();if(s===2||s===5)s++;if(s>7)return;f.value=v.slice(0,s)+e.key+v.slice(s+1);s++;if(s===2||s===5)s++;f.setSelectionRange(s,s)}else if(e.key.length===1)e.preventDefault();else if(e.key==='Backspace'||e.key==='Delete'){e.preventDefault();f.value='  /  /  ';f.setSelectionRange(0,0)}});
f.addEventListener('blur',function(){if(!/^\\d\\d\\/\\d\\d\\/\\d\\d$/.test(f.value))f.value='  /  /  '})})()`

const start = () => {
  const till = openTill(
    { rfc: "OAQ910418RF3", name: "ORGANISMO OPERADOR AQUILPA", regime: "603", postalCode: "37000" },
    "83101501"
  )
  const bad = (text: string) => json({ gxMessages: [{ type: 1, text }] })
  return shop<{ sale?: Sale }>({
    till,
    cookie: "ASP.NET_SessionId",
    landing: "/PagosWeb/emisioncfdi.aspx",
    fresh: () => ({}),
    routes: {
      "GET /": () =>
        html(
          `<title>Aquilpa</title><h1>Organismo Aquilpa</h1><ul><li><a href="/PagosWeb/pago.aspx">Pague su recibo</a></li><li><a href="/PagosWeb/emisioncfdi.aspx">Facturas de pagos en caja</a></li></ul>`
        ),
      "GET /PagosWeb/emisioncfdi.aspx": () => html(page),
      "GET /static/gxgral.js": () => js(client),
      "POST /PagosWeb/emisioncfdi.aspx": async ({ field, session }) => {
        const event = field("evento")
        await Bun.sleep(350)
        if (event === "'E_BUSCAR'") {
          if (!/^\d{10}$/.test(field("vCONTRATO"))) return bad("Contrato: capture los 10 dígitos sin guiones")
          if (!/^\d{2}\/\d{2}\/\d{2}$/.test(field("vFECHA"))) return bad("Fecha de pago es requerida (dd/mm/aa)")
          const sale = [water, refused].find(
            (one) =>
              one.ticket === field("vFOLIO") &&
              one.account === field("vCONTRATO") &&
              field("vSERIE").toUpperCase() === "A"
          )
          if (
            sale === undefined ||
            ago(sale.days).short !== field("vFECHA") ||
            field("vIMPORTE")
              .replace(/,/g, "")
              .replace(/^(\d+)$/, "$1.00") !== money(sale.cents)
          )
            return bad("El contrato no registra un pago con esa serie, folio, fecha e importe.")
          if (isStamped(till, sale)) return bad("Pago con CFDI emitido.")
          session.sale = sale
          return json({
            gxValues: [
              { id: "vTITULAR", v: `Pago A-${sale.ticket} del contrato ${sale.account} por $${commas(sale.cents)}` }
            ],
            gxProps: [
              { id: "GRPFISCAL", Visible: true },
              ...["vCONTRATO", "vSERIE", "vFOLIO", "vFECHA", "vIMPORTE", "BTNBUSCAR"].map((id) => ({
                id,
                Enabled: false
              }))
            ]
          })
        }
        const rfc = field("vRECRFC").toUpperCase()
        if (event === "VRECRFC.CONTROLVALUECHANGED")
          return json({
            gxProps: [
              {
                id: "vRECREG",
                Values: regimesFor(rfc).map(({ code, name }) => [String(Number(code) - 560), `${code} ${name}`])
              }
            ]
          })
        const regime = field("vRECREG") === "" ? "" : String(Number(field("vRECREG")) + 560)
        if (event === "VRECREG.CONTROLVALUECHANGED")
          return json({
            gxProps: [
              {
                id: "vRECUSO",
                Values: cfdiUses
                  .filter(
                    (use) =>
                      use.fiscalRegimes.includes(regime) &&
                      (rfc.length === 12 ? use.moral : use.individual) &&
                      !/^C/.test(use.code)
                  )
                  .map(({ code, name }) => [code, `${code} ${name}`])
              }
            ]
          })
        if (event === "'E_CONFIRMAR'") {
          const { sale } = session
          if (sale === undefined || isStamped(till, sale)) return bad("Verifique de nuevo su pago.")
          const typed = {
            rfc,
            name: oneLine(field("vRECNOM")),
            postalCode: field("vRECCP"),
            regime,
            use: field("vRECUSO"),
            email: field("vRECMAIL")
          }
          const wrong = wrongOf(typed)
          if (wrong === "empty") return bad("Todos los datos del receptor son requeridos")
          if (wrong !== undefined || sale === refused)
            return bad(
              `Timbrado rechazado. SAT 40148: el C.P. capturado no es el del domicilio fiscal que el SAT tiene para ${rfc}.`
            )
          await Bun.sleep(1200)
          const { uuid } = await stampOf(till, sale, typed)
          return json({ gxProps: [{ id: "BTNCONFIRMAR", Enabled: false }], popup: `cfdiemitido.aspx?${uuid}` })
        }
        return json({})
      },
      "GET /PagosWeb/cfdiemitido.aspx": ({ url }) => {
        const made = till.find(url.search.slice(1))
        if (made === undefined) return html("", 404)
        return html(
          `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Comprobante</title></head><body class="gx-popup-body"><form id="MAINFORM"><table><tr><td><span class="TextBlock">Folio fiscal</span></td><td><span id="span_vUUID" class="ReadonlyAttribute">${made.uuid}</span></td></tr><tr><td><span class="TextBlock">Receptor</span></td><td><span id="span_vRFC">${made.receiverRfc}</span></td></tr></table><p><a href="abajo.aspx?${made.uuid},P" target="_blank"><img id="IMGPDF" src="/static/pdf.png" alt="PDF" title="PDF" width="32" height="32"></a> <a href="abajo.aspx?${made.uuid},X"><img id="IMGXML" src="/static/xml.png" alt="XML" title="XML" width="32" height="32"></a></p></form></body></html>`
        )
      },
      "GET /PagosWeb/abajo.aspx": ({ url }) => {
        const [uuid = "", kind] = url.search.slice(1).split(",")
        const made = till.find(uuid)
        return made === undefined ? html("", 404) : kind === "X" ? xmlFile(made) : pdfFile(made, "inline")
      },
      "GET /static/*": ({ url }) =>
        new Response(
          `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><rect width="32" height="32" fill="#00629b"/><text x="16" y="20" font-size="10" fill="#fff" text-anchor="middle">${url.pathname.slice(8, 11).toUpperCase()}</text></svg>`,
          { headers: { "content-type": "image/svg+xml" } }
        )
    }
  })
}

const paper = (sale: Sale, folio = sale.ticket) => ({
  Cuenta: `${sale.account.slice(0, 4)}-${sale.account.slice(4, 9)}-${sale.account.slice(9)}`,
  "Recibo de pago": `A-${folio}`,
  Cajero: "KIOSCO 12",
  "Fecha mov.": ago(sale.days).words,
  Periodo: "SEP-OCT 2026",
  "Consumo m3": 41,
  "Total recibido": commas(sale.cents),
  Tarifa: "COMERCIAL B"
})

export const portal: TestPortal = {
  id: "aquilpa",
  traps: [
    "GeneXus: every event an AJAX post, a mask meanwhile",
    "an account without its hyphens, serie and folio in two boxes",
    "date mask 99/99/99 that takes keys only",
    "régimen by internal number",
    "result in a popup iframe, pictures as links"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(water), expected: completed },
    { name: "no such payment", ticket: paper(water, "2298170"), expected: failed("TICKET_NOT_FOUND") },
    { name: "SAT refuses the postal code", ticket: paper(refused), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#vCONTRATO").fill(printed(ticket, "Cuenta").replace(/-/g, ""))
    const [series = "", folio = ""] = printed(ticket, "Recibo de pago").split("-")
    await page.locator("#vSERIE").fill(series)
    await page.locator("#vFOLIO").fill(folio)
    const names = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
    const [day = "", month = "", year = ""] = printed(ticket, "Fecha mov.").split("-")
    await page.locator("#vFECHA").focus()
    await page.waitForFunction(() => (document.activeElement as HTMLInputElement).selectionEnd === 0)
    await page.locator("#vFECHA").press("Home")
    await page
      .locator("#vFECHA")
      .pressSequentially(`${day}${String(names.indexOf(month) + 1).padStart(2, "0")}${year.slice(2)}`)
    await page.locator("#vIMPORTE").fill(printed(ticket, "Total recibido").replace(",", ""))
    await page.locator("#BTNBUSCAR").click()
    await page.locator("#vRECRFC").fill(profile.rfc)
    await page.locator("#vRECNOM").fill(profile.fullName)
    const pick = async (id: string, code: string) => {
      const option = page.locator(`#${id} option`, { hasText: code })
      await option.waitFor({ state: "attached" })
      await page.locator(`#${id}`).selectOption(await option.getAttribute("value"))
    }
    await page.locator("#vRECCP").fill(profile.postalCode)
    await pick("vRECREG", profile.fiscalRegime)
    await pick("vRECUSO", profile.cfdiUse)
    await page.locator("#vRECMAIL").fill(profile.email)
    await page.locator("#BTNCONFIRMAR").click()
    await download(page, () => page.frameLocator("#gxp0_ifrm").locator("#IMGXML").click())
  }
}
