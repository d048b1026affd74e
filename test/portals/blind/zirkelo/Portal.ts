import {
  ago,
  attachment,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  money,
  openTill,
  options,
  pdfBytes,
  printed,
  regimesFor,
  same,
  seeOther,
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
  readonly store: string
  readonly date: string
  readonly fresh?: true
  readonly other?: true
}

const day = ago(5)
const today = ago(0)
const open: Sale = {
  ticket: "0003871142",
  store: "70412",
  date: day.slashes,
  cents: 18650n,
  description: "Artículos de tienda de conveniencia",
  paymentForm: "28"
}
const fresh: Sale = { ...open, ticket: "0003874003", date: today.slashes, cents: 9400n, fresh: true }
const other: Sale = { ...open, ticket: "0003870958", cents: 25300n, other: true }

const paper = (sale: Sale) => ({
  Sucursal: "ZIRKELO LINDAVISTA",
  "Núm. suc.": sale.store,
  Caja: "02",
  Cajero: "11873",
  "No. de transacción": sale.ticket,
  Emitido: `${sale.fresh ? today.words : day.words} 09:12`,
  Artículos: "4",
  "TOTAL MN": money(sale.cents),
  "TARJ. DEBITO": money(sale.cents)
})

const P = "ctl00$ContentPlaceHolder1$"
const I = "ctl00_ContentPlaceHolder1_"

interface Session {
  step: "ticket" | "fiscal" | "done"
  sale: Sale | undefined
  uuid: string
}

const text = (id: string, label: string, value: string, more = "") =>
  `<tr><td class="etq"><span id="${I}lbl${id}">${label}</span></td><td><input name="${P}txt${id}" type="text" id="${I}txt${id}" value="${escaped(value)}" class="caja" ${more}/></td></tr>`

const calendar = `<div id="${I}cal_popupDiv" class="ajax__calendar_container" style="display:none;position:absolute;z-index:1000"><div class="ajax__calendar_header"><div class="ajax__calendar_prev" id="${I}cal_prevArrow">‹</div><div class="ajax__calendar_title" id="${I}cal_title"></div><div class="ajax__calendar_next" id="${I}cal_nextArrow">›</div></div><table class="ajax__calendar_days"><thead><tr><td>lu</td><td>ma</td><td>mi</td><td>ju</td><td>vi</td><td>sá</td><td>do</td></tr></thead><tbody id="${I}cal_daysBody"></tbody></table></div>`

const panel = (session: Session, field: (n: string) => string, message: string) => {
  const v = (id: string) => field(`${P}${id}`)
  const said = message
    ? `<div id="${I}vsErrores" class="error"><ul><li>${escaped(message)}</li></ul></div>`
    : `<div id="${I}vsErrores" class="error" style="display:none;"></div>`
  if (session.step === "ticket" || session.sale === undefined)
    return `${said}<table class="forma"><tr><td colspan="2" class="tit">1. CAPTURA DE TICKET</td></tr>
${text("Tienda", "NO. DE TIENDA", v("txtTienda"), 'maxlength="6"')}
${text("Folio", "FOLIO / NÚMERO DE TICKET", v("txtFolio"), 'maxlength="12"')}
<tr><td class="etq"><span>FECHA DE COMPRA</span></td><td style="position:relative"><input name="${P}txtFecha" type="text" id="${I}txtFecha" value="${escaped(v("txtFecha"))}" class="caja" style="width:110px" readonly="readonly" /><input type="image" name="${P}imgCal" id="${I}imgCal" src="/WebResource.axd?d=cal" alt="" style="border-width:0;vertical-align:middle" onclick="return abrirCal();" />${calendar}</td></tr>
${text("Total", "TOTAL DE LA COMPRA", v("txtTotal"))}
<tr><td></td><td><input type="submit" name="${P}btnAgregar" value="Validar Ticket" id="${I}btnAgregar" class="boton" /></td></tr></table>`
  if (session.step === "fiscal") {
    const rfc = v("txtRfc").toUpperCase()
    return `${said}<table class="forma"><tr><td colspan="2" class="tit">2. DATOS FISCALES</td></tr>
<tr><td class="etq">TICKET</td><td><span id="${I}lblTicket">${session.sale.ticket}</span> — <span id="${I}lblTotal">$${money(session.sale.cents)}</span></td></tr>
${text("Rfc", "RFC", rfc, `maxlength="13" onchange="setTimeout('__doPostBack(\\'${P}txtRfc\\',\\'\\')', 0)"`)}
${text("Nombre", "NOMBRE / RAZÓN SOCIAL", v("txtNombre"))}
${text("CP", "C.P.", v("txtCP"), 'maxlength="5"')}
<tr><td class="etq">RÉGIMEN FISCAL</td><td><select name="${P}ddlRegimen" id="${I}ddlRegimen" class="caja"><option value="0">-SELECCIONAR-</option>${
      rfc === ""
        ? ""
        : options(
            regimesFor(rfc).map(({ code, name }) => ({ value: code, text: `${code} ${name.toUpperCase()}` })),
            v("ddlRegimen")
          )
    }</select></td></tr>
<tr><td class="etq">USO CFDI</td><td><select name="${P}ddlUso" id="${I}ddlUso" class="caja"><option value="0">-SELECCIONAR-</option>${
      rfc === ""
        ? ""
        : options(
            usesFor(rfc).map(({ code, name }) => ({ value: code, text: `${code} ${name.toUpperCase()}` })),
            v("ddlUso")
          )
    }</select></td></tr>
${text("Mail", "CORREO ELECTRÓNICO", v("txtMail"))}
<tr><td></td><td><input type="submit" name="${P}btnCancelar" value="Cancelar" id="${I}btnCancelar" class="boton" /> <input type="submit" name="${P}btnFacturar" value="Emitir Factura" onclick="return confirm('Una vez emitida, la factura no puede modificarse. \\u00bfEmitir con los datos mostrados?');" id="${I}btnFacturar" class="boton" /></td></tr></table>`
  }
  return `<table class="rejilla" cellspacing="0" rules="all" border="1" id="${I}gvFacturas"><tr><th>FOLIO FISCAL</th><th>TICKET</th><th>TOTAL</th><th>PDF</th><th>XML</th></tr><tr><td>${session.uuid}</td><td>${session.sale.ticket}</td><td>$${money(session.sale.cents)}</td><td><input type="image" name="${P}gvFacturas$ctl02$ibPdf" id="${I}gvFacturas_ctl02_ibPdf" src="/img/pdf.svg" title="PDF" /></td><td><input type="image" name="${P}gvFacturas$ctl02$ibXml" id="${I}gvFacturas_ctl02_ibXml" src="/img/xml.svg" title="XML" /></td></tr></table><p><input type="submit" name="${P}btnOtra" value="Facturar otro ticket" id="${I}btnOtra" class="boton" /></p>`
}

const page = (
  inner: string
) => `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head id="ctl00_Head1"><meta charset="utf-8"><title>Facturación Electrónica Zirkelo</title>
<style>body{font:13px Verdana;margin:0;background:#fff}#cab{background:#da291c;color:#fff;padding:14px 30px;font-size:20px}#menu{background:#ff8200;padding:6px 30px}#menu a{color:#fff;margin-right:24px;text-decoration:none}.forma{margin:20px 40px}.tit{font-weight:bold;border-bottom:2px solid #da291c;padding:6px}.etq{text-align:right;padding:6px 10px;font-size:11px}.caja{width:300px;padding:3px}.boton{background:#da291c;color:#fff;border:0;padding:7px 18px}.error{color:#c00;margin:14px 40px}.rejilla{margin:20px 40px}.rejilla td,.rejilla th{padding:6px}
.ajax__calendar_container{background:#fff;border:1px solid #646464;padding:4px;width:190px}.ajax__calendar_prev,.ajax__calendar_next{cursor:pointer;display:inline-block;width:18px;font-size:18px}.ajax__calendar_title{display:inline-block;width:140px;text-align:center;font-weight:bold}.ajax__calendar_day{cursor:pointer;padding:2px 4px;text-align:right}.ajax__calendar_other .ajax__calendar_day{color:#bbb}
#ctl00_UpdateProgress1{position:fixed;inset:0;background:#fffb;z-index:5000;padding-top:200px;text-align:center}</style></head>
<body><form name="aspnetForm" method="post" action="./Default.aspx" id="aspnetForm"><div>
<input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="" /><input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="" /><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKLTk4MzI0NTE2Nw9kFgJmD2QWAgIDD2Q=" /><input type="hidden" name="__VIEWSTATEGENERATOR" id="__VIEWSTATEGENERATOR" value="CA0B0334" /></div>
<div id="cab">ZIRKELO <small>· Facturación Electrónica</small></div><div id="menu"><a href="Default.aspx">FACTURAR</a><a href="Ayuda.aspx">¿DÓNDE ENCUENTRO MIS DATOS?</a><a href="Contacto.aspx">CONTACTO</a></div>
<div id="ctl00_UpdateProgress1" style="display:none" role="status">Procesando...</div>
<div id="${I}upPrincipal">${inner}</div>
<p style="margin:40px;font-size:10px;color:#777">Puede facturar sus compras 24 horas después de realizadas y hasta el último día del mes. CADENA ZIRKELO, S.A. DE C.V.</p></form>
<script>
var f=document.forms.aspnetForm;
function enviar(extra){var d=new URLSearchParams(new FormData(f));d.set('ctl00$ScriptManager1','${P}upPrincipal|'+(extra||d.get('__EVENTTARGET')));if(extra)d.set(extra,'x');d.set('__ASYNCPOST','true');document.getElementById('ctl00_UpdateProgress1').style.display='';
 fetch('Default.aspx',{method:'POST',headers:{'X-MicrosoftAjax':'Delta=true','content-type':'application/x-www-form-urlencoded'},body:d.toString()}).then(function(r){return r.text()}).then(function(t){setTimeout(function(){document.getElementById('${I}upPrincipal').innerHTML=t;document.getElementById('ctl00_UpdateProgress1').style.display='none';f.__EVENTTARGET.value=''},350)})}
function __doPostBack(t,a){f.__EVENTTARGET.value=t;f.__EVENTARGUMENT.value=a;enviar('')}
f.addEventListener('submit',function(e){var b=e.submitter,n=b?b.name:'';if(/ib(Pdf|Xml)$/.test(n))return;e.preventDefault();if(n)enviar(n)});
var mes=null,nombres=['enero','febrero','marzo','abril','mayo','junio','julio','agosto','septiembre','octubre','noviembre','diciembre'];
function pinta(){var q=function(s){return document.getElementById('${I}cal_'+s)},y=mes.getFullYear(),m=mes.getMonth();q('title').textContent=nombres[m]+', '+y;var d=new Date(y,m,1);d.setDate(1-(d.getDay()+6)%7);var h='';for(var r=0;r<6;r++){h+='<tr>';for(var c=0;c<7;c++){h+='<td class="'+(d.getMonth()===m?'':'ajax__calendar_other')+'"><div class="ajax__calendar_day" title="'+d.toLocaleDateString('es-MX',{weekday:'long',day:'2-digit',month:'long',year:'numeric'})+'" data-f="'+('0'+d.getDate()).slice(-2)+'/'+('0'+(d.getMonth()+1)).slice(-2)+'/'+d.getFullYear()+'">'+d.getDate()+'</div></td>';d.setDate(d.getDate()+1)}h+='</tr>'}q('daysBody').innerHTML=h;
 q('daysBody').onclick=function(e){var t=e.target.getAttribute('data-f');if(t){document.getElementById('${I}txtFecha').value=t;q('popupDiv').style.display='none'}};
 q('prevArrow').onclick=function(){mes.setMonth(m-1);pinta()};q('nextArrow').onclick=function(){mes.setMonth(m+1);pinta()}}
function abrirCal(){var p=document.getElementById('${I}cal_popupDiv');if(p.style.display==='none'){var n=new Date();mes=new Date(n.getFullYear(),n.getMonth(),1);pinta();p.style.display=''}else p.style.display='none';return false}
</script></body></html>`

const words: Record<Wrong, string> = {
  empty: "Todos los datos fiscales son requeridos.",
  rfc: "RFC incorrecto.",
  name: "El nombre o razón social no corresponde con el RFC.",
  postalCode: "El C.P. no corresponde con el domicilio fiscal.",
  regime: "El régimen fiscal no corresponde con el RFC.",
  use: "El uso CFDI no es válido.",
  email: "Correo electrónico no válido."
}

const icon = (t: string) =>
  svg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="34" height="34"><rect width="34" height="34" fill="#ddd"/><text x="4" y="22" font-size="12" font-family="Arial">${t}</text></svg>`
  )

const start = () => {
  const till = openTill({ rfc: "CZI990907RR3", name: "CADENA ZIRKELO", regime: "601", postalCode: "66260" }, "50192100")
  return shop<Session>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({ step: "ticket", sale: undefined, uuid: "" }),
    routes: {
      "GET /": () => seeOther("/Default.aspx"),
      "GET /Default.aspx": ({ session }) => {
        session.step = "ticket"
        return html(page(panel(session, () => "", "")))
      },
      "GET /Ayuda.aspx": () =>
        html(
          page(
            '<p style="margin:40px">NO. DE TIENDA: cinco dígitos bajo el nombre de la sucursal. FOLIO / NÚMERO DE TICKET: diez dígitos, el número de su transacción.</p>'
          )
        ),
      "GET /WebResource.axd": () => icon("▦"),
      "GET /img/pdf.svg": () => icon("PDF"),
      "GET /img/xml.svg": () => icon("XML"),
      "POST /Default.aspx": async ({ field, has, session }) => {
        const answer = (message = "") => html(panel(session, field, message))
        const clicked = (id: string) => has(`${P}${id}`) || has(`${P}${id}.x`)
        if (clicked("btnAgregar")) {
          const [store, folio, date, total] = ["txtTienda", "txtFolio", "txtFecha", "txtTotal"].map((n) => field(P + n))
          if (!store || !folio || !date || !total) return answer("Debe capturar todos los datos del ticket.")
          const sale = [open, fresh, other].find((s) => s.ticket === folio && s.store === store && s.date === date)
          if (sale?.fresh)
            return answer(
              "La tienda todavía no transmite las ventas de ese día. Su ticket estará disponible para facturar 24 horas después de la compra."
            )
          if (sale === undefined || !same(total ?? "", sale.cents))
            return answer("No hay registro de una compra con la tienda, folio, fecha y total capturados.")
          if (sale.other || isStamped(till, sale))
            return answer(
              `Al ticket ${sale.ticket} ya se le emitió una factura. Si requiere una copia solicítela en la tienda donde realizó su compra.`
            )
          session.sale = sale
          session.step = "fiscal"
          return html(panel(session, () => "", ""))
        }
        if (clicked("btnCancelar") || clicked("btnOtra")) {
          session.step = "ticket"
          return html(panel(session, () => "", ""))
        }
        const { sale } = session
        if (clicked("btnFacturar") && sale !== undefined && session.step === "fiscal") {
          const typed: Typed = {
            rfc: field(`${P}txtRfc`).toUpperCase(),
            name: field(`${P}txtNombre`),
            postalCode: field(`${P}txtCP`),
            regime: field(`${P}ddlRegimen`),
            use: field(`${P}ddlUso`),
            email: field(`${P}txtMail`)
          }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return answer(words[wrong])
          if (isStamped(till, sale)) return answer("Al ticket ya se le emitió una factura.")
          session.uuid = (await stampOf(till, sale, typed)).uuid
          session.step = "done"
          return answer()
        }
        const made = till.find(session.uuid)
        if (made !== undefined && clicked("gvFacturas$ctl02$ibXml"))
          return attachment(await xmlText(made), "text/xml", `${made.uuid}.xml`)
        if (made !== undefined && clicked("gvFacturas$ctl02$ibPdf"))
          return attachment(await pdfBytes(made), "application/pdf", `${made.uuid}.pdf`)
        return answer()
      }
    }
  })
}

export const portal: TestPortal = {
  id: "zirkelo",
  traps: [
    "WebForms UpdatePanel with a veil",
    "a read-only date with the AjaxControlToolkit calendar",
    "régimen and uso after a postback of the RFC",
    "window.confirm before the stamp",
    "image inputs as download buttons"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "the sale is not uploaded yet", ticket: paper(fresh), expected: failed("TICKET_NOT_FOUND") },
    { name: "invoiced already, copy only at the shop", ticket: paper(other), expected: failed("ALREADY_INVOICED") }
  ],
  script: async (page, ticket, profile) => {
    page.on("dialog", (d) => d.accept())
    const id = (name: string) => page.locator(`#${I}${name}`)
    await id("txtTienda").fill(printed(ticket, "Núm. suc."))
    await id("txtFolio").fill(printed(ticket, "No. de transacción"))
    await id("imgCal").click()
    const date = printed(ticket, "Emitido").startsWith(day.words) ? day.slashes : today.slashes
    if (date.slice(3) !== today.slashes.slice(3)) await id("cal_prevArrow").click()
    await page.locator(`[data-f="${date}"]`).click()
    await id("txtTotal").fill(printed(ticket, "TOTAL MN"))
    await id("btnAgregar").click()
    await id("txtRfc").fill(profile.rfc)
    await id("txtRfc").press("Tab")
    await page.locator(`#${I}ddlRegimen option[value="612"]`).waitFor({ state: "attached" })
    await id("txtNombre").fill(profile.fullName)
    await id("txtCP").fill(profile.postalCode)
    await id("ddlRegimen").selectOption(profile.fiscalRegime)
    await id("ddlUso").selectOption(profile.cfdiUse)
    await id("txtMail").fill(profile.email)
    await id("btnFacturar").click()
    await download(page, () => id("gvFacturas_ctl02_ibXml").click())
  }
}
