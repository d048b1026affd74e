import {
  ago,
  failed,
  html,
  isStamped,
  json,
  money,
  oneLine,
  openTill,
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  usesFor,
  type Wrong,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly station: string
  readonly webId: string
  readonly days: number
  readonly late?: true
  readonly regime?: true
}

const stations = [
  "7731 - GASOLIX AEROPUERTO",
  "7732 - GASOLIX BOULEVARD MORELOS",
  "7738 - GASOLIX LOS ENCINOS",
  "7745 - GASOLIX PERIFERICO PONIENTE",
  "7746 - GASOLIX PERIFERICO SUR",
  "7802 - GASOLIX VILLA DE SERIS",
  "7810 - GASOLIX KINO"
]
const open: Sale = {
  ticket: "2255371",
  station: "7745",
  webId: "B93E",
  days: 1,
  cents: 75000n,
  description: "Gasolina regular",
  paymentForm: "01"
}
const late: Sale = { ...open, ticket: "2249086", webId: "0C5F", days: 9, cents: 40000n, late: true }
const regime: Sale = { ...open, ticket: "2255402", webId: "71AD", cents: 52030n, regime: true }

const paper = (sale: Sale, webId = sale.webId) => ({
  "Permiso CRE": "PL/7745/EXP/ES/2015",
  "Estación de servicio": "GASOLIX PERIFERICO PONIENTE",
  Despacho: sale.ticket,
  Bomba: "11",
  Despachador: "RAMON V",
  Fecha: `${ago(sale.days).dashes} 07:20:14`,
  Producto: "REGULAR",
  Litros: "31.276",
  Total: `$ ${money(sale.cents)}`,
  "Código web": webId
})

const page = `<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"><title>GASOLIX - Generar factura</title><script src="/vendor/jquery/dist/jquery.min.js"></script><link href="/vendor/bootstrap/dist/css/bootstrap.min.css" rel="stylesheet" />
<style>.RadComboBox{display:inline-block;width:100%;position:relative}.rcbInputCell{border:1px solid #bbb;display:flex}.rcbInput{border:0;flex:1;padding:5px;outline:0}.rcbArrowCell a{display:block;width:26px;text-align:center;background:#eee;padding:5px 0;text-indent:0;cursor:pointer;color:#333;text-decoration:none}.rcbSlide{position:absolute;z-index:6000;display:none}.RadComboBoxDropDown{background:#fff;border:1px solid #888;max-height:180px;overflow:auto}.rcbList{list-style:none;margin:0;padding:0}.rcbItem,.rcbHovered{padding:4px 8px;cursor:pointer}.rcbHovered{background:#bcd}.panel{max-width:820px;margin:18px auto;padding:18px;border:1px solid #ccc}.ok{color:#080}.mal{color:#b00}#RadAjaxLoadingPanel1{position:fixed;inset:0;background:#fffc;display:none;z-index:7000;text-align:center;padding-top:30vh}</style></head>
<body style="background:#f0f3f5"><form method="post" action="./generar_factura.aspx" id="form1" onsubmit="return false"><div style="background:#00305e;color:#fff;padding:14px 30px"><b>GASOLIX</b> Grupo Gasolinero — Generar factura</div><div id="RadAjaxLoadingPanel1" class="RadAjax"><div class="raDiv">Cargando...</div></div>
<div class="panel bg-white"><h5>Datos del ticket</h5><div class="row g-2"><div class="col-6"><span>Estación</span><div id="rstation" class="RadComboBox RadComboBox_Bootstrap"><table style="width:100%"><tbody><tr class="rcbReadOnly"><td class="rcbInputCell rcbInputCellLeft"><input name="rstation" type="text" class="rcbInput radPreventDecorate" id="rstation_Input" value="" autocomplete="off" placeholder="Seleccione estación" /><span class="rcbArrowCell rcbArrowCellRight"><a id="rstation_Arrow">▾</a></span></td></tr></tbody></table><input id="rstation_ClientState" name="rstation_ClientState" type="hidden" autocomplete="off" /></div></div>
<div class="col-3"><span>Folio</span><input name="despacho" type="text" id="despacho" class="form-control" maxlength="9" /></div><div class="col-3"><span>WebID</span><input name="webId" type="text" id="webId" class="form-control" maxlength="4" /></div></div>
<div class="mt-2"><input type="button" id="btnConsultar" value="Consultar Ticket" class="btn btn-primary" /> <span id="lblTicket"></span></div><table class="table table-sm mt-2" id="gridTickets" style="display:none"><thead><tr><th>Estación</th><th>Folio</th><th>Fecha</th><th>Producto</th><th>Importe</th></tr></thead><tbody></tbody></table></div>
<div class="panel bg-white"><h5>Datos del cliente</h5><div class="row g-2"><div class="col-4"><span>R.F.C.</span><input name="inputRfc2" id="inputRfc2" type="text" class="form-control" maxlength="13" disabled /></div><div class="col-2 pt-4"><input type="button" id="btnAgregar" value="Agregar" class="btn btn-secondary" disabled /></div><div class="col-6"></div>
<div class="col-6"><span>Razón social</span><input name="inputRazon" id="inputRazon" type="text" class="form-control cte" disabled /></div><div class="col-4"><span>Correo</span><input name="inputCorreo" id="inputCorreo" type="text" class="form-control cte" disabled /></div><div class="col-2"><span>C.P.</span><input name="inputCp" id="inputCp" type="text" class="form-control cte" maxlength="5" disabled /></div>
<div class="col-6"><span>Régimen</span><select name="cmbRegimen" id="cmbRegimen" class="form-select cte" disabled><option value="">Seleccione...</option></select></div><div class="col-6"><span>Uso CFDI</span><select name="cmbUsos" id="cmbUsos" class="form-select cte" disabled><option value="">Seleccione...</option></select></div></div>
<div class="mt-3"><input type="button" id="btnGenerar" value="Generar Factura" class="btn btn-success cte" disabled /> <span id="lblFactura"></span></div></div></form>
<div class="rcbSlide" id="rstation_Slide"><div id="rstation_DropDown" class="RadComboBoxDropDown"><div class="rcbScroll rcbWidth"><ul class="rcbList">${stations.map((s) => `<li class="rcbItem">${s}</li>`).join("")}</ul></div></div></div>
<script>
$(function(){var est='',ok=false,sl=$('#rstation_Slide').appendTo('body'),inp=$('#rstation_Input');
function abre(){var o=$('#rstation').offset();sl.css({left:o.left,top:o.top+$('#rstation').outerHeight(),width:$('#rstation').outerWidth()}).show()}
function filtra(){var v=inp.val().toUpperCase();sl.find('li').each(function(){$(this).toggle($(this).text().indexOf(v)>=0)})}
$('#rstation_Arrow').on('click',function(e){e.stopPropagation();if(sl.is(':visible'))sl.hide();else{sl.find('li').show();abre()}});
inp.on('keyup',function(){est='';filtra();abre()}).on('click',function(e){e.stopPropagation();abre()});
sl.on('mouseenter','li',function(){sl.find('li').attr('class','rcbItem');$(this).attr('class','rcbHovered')}).on('click','li',function(){inp.val($(this).text());est=$(this).text();$('#rstation_ClientState').val(JSON.stringify({text:est,value:est.slice(0,4)}));sl.hide()});
$(document).on('click',function(){sl.hide();if(!est)inp.val('')});
function ajax(m,d,f){$('#RadAjaxLoadingPanel1').show();$.ajax({url:'/generar_factura.aspx/'+m,type:'POST',contentType:'application/json; charset=utf-8',data:JSON.stringify(d)}).done(function(r){f(r.d)}).always(function(){$('#RadAjaxLoadingPanel1').hide()})}
function dice(s,t,b){$(s).text(t).attr('class',b?'ok':'mal')}
$('#btnConsultar').on('click',function(){if(!est||!$('#despacho').val()||!$('#webId').val())return dice('#lblTicket','Seleccione la estación y escriba folio y WebID.');ajax('Consultar',{estacion:est.slice(0,4),folio:$('#despacho').val(),webid:$('#webId').val()},function(r){dice('#lblTicket',r.msg,r.ok);if(!r.ok)return;$('#gridTickets').show().find('tbody').html($('<tr>').append(r.fila.map(function(x){return $('<td>').text(x)})));$('#inputRfc2,#btnAgregar').prop('disabled',false)})});
$('#btnAgregar').on('click',function(){ajax('Cliente',{rfc:$('#inputRfc2').val()},function(r){if(!r.ok)return dice('#lblFactura',r.msg);dice('#lblFactura','');$.each({cmbRegimen:r.regimenes,cmbUsos:r.usos},function(id,l){var s=$('#'+id).html('<option value="">Seleccione...</option>');$.each(l,function(i,x){s.append($('<option>').val(i+1).text(x))})});$('.cte').prop('disabled',false);$('#inputRfc2').prop('readonly',true)})});
$('#btnGenerar').on('click',function(){if(ok)return;ajax('Generar',{rfc:$('#inputRfc2').val(),razon:$('#inputRazon').val(),correo:$('#inputCorreo').val(),cp:$('#inputCp').val(),regimen:$('#cmbRegimen option:selected').text(),uso:$('#cmbUsos option:selected').text()},function(r){dice('#lblFactura',r.msg,r.ok);if(r.ok){ok=true;$('.cte,#btnConsultar,#btnAgregar').prop('disabled',true)}})})});
</script></body></html>`

const words: Record<Wrong, string> = {
  empty: "Todos los datos del cliente son requeridos.",
  rfc: "R.F.C. no válido.",
  name: "La razón social no corresponde al R.F.C.",
  postalCode: "El C.P. no corresponde al R.F.C.",
  regime: "El régimen no corresponde al R.F.C.",
  use: "Seleccione el uso CFDI.",
  email: "El correo no es válido."
}

const start = () => {
  const till = openTill(
    { rfc: "GGA881205MT4", name: "GASOLIX GRUPO GASOLINERO", regime: "601", postalCode: "83000" },
    "15101514"
  )
  const d = (value: object) => json({ d: value })
  return shop<{ sale: Sale | undefined }>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({ sale: undefined }),
    routes: {
      "GET /": () => seeOther("/generar_factura.aspx"),
      "GET /generar_factura.aspx": () => html(page),
      "POST /generar_factura.aspx/Consultar": async ({ field, session }) => {
        await Bun.sleep(500)
        const sale = [open, late, regime].find(
          (s) =>
            s.ticket === field("folio") && s.station === field("estacion") && s.webId === field("webid").toUpperCase()
        )
        if (sale === undefined)
          return d({ ok: false, msg: "El WebID no coincide con el folio en la estación seleccionada." })
        if (sale.late)
          return d({ ok: false, msg: "El despacho rebasa las 72 horas que tiene para generar su factura." })
        if (isStamped(till, sale)) return d({ ok: false, msg: "El despacho se facturó." })
        session.sale = sale
        return d({
          ok: true,
          msg: "El ticket es correcto, capture sus datos.",
          fila: [sale.station, sale.ticket, ago(sale.days).slashes, "REGULAR", `$${money(sale.cents)}`]
        })
      },
      "POST /generar_factura.aspx/Cliente": async ({ field }) => {
        await Bun.sleep(400)
        const rfc = field("rfc").toUpperCase()
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc)) return d({ ok: false, msg: "R.F.C. no válido." })
        return d({
          ok: true,
          regimenes: regimesFor(rfc).map(({ code, name }) => `${code} ${name}`),
          usos: usesFor(rfc).map(({ code, name }) => `${code} ${name}`)
        })
      },
      "POST /generar_factura.aspx/Generar": async ({ field, session: { sale } }) => {
        if (sale === undefined) return d({ ok: false, msg: "Consulte primero su ticket." })
        const typed: Typed = {
          rfc: field("rfc").toUpperCase(),
          name: field("razon"),
          postalCode: field("cp"),
          email: field("correo"),
          regime: field("regimen").slice(0, 3),
          use: field("uso").split(" ")[0] ?? ""
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return d({ ok: false, msg: words[wrong] })
        if (isStamped(till, sale)) return d({ ok: false, msg: "El despacho se facturó." })
        await Bun.sleep(1000)
        if (sale.regime)
          return d({
            ok: false,
            msg: `Factura no generada. Respuesta del SAT: el régimen fiscal ${typed.regime} no está vigente para el R.F.C. ${typed.rfc}.`
          })
        await stampOf(till, sale, { ...typed, name: oneLine(typed.name) })
        return d({
          ok: true,
          msg: `Factura GX-${sale.ticket} generada. El XML y el PDF le llegarán a ${typed.email} en unos minutos.`
        })
      }
    }
  })
}

export const portal: TestPortal = {
  id: "gasolix",
  traps: [
    "RadComboBox: text alone does not choose; the ticket names the station without its number",
    "the customer's fields are inert until Consultar and Agregar were used",
    "the message of a success in a span beside the button; e-mail only",
    "the SAT refuses the regime after the click"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "another web id", ticket: paper(open, "B39E"), expected: failed("TICKET_NOT_FOUND") },
    { name: "after 72 hours", ticket: paper(late), expected: failed("TICKET_EXPIRED") },
    { name: "the SAT refuses the regime", ticket: paper(regime), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    await page.click("#rstation_Arrow")
    await page.locator("#rstation_DropDown li", { hasText: printed(ticket, "Estación de servicio") }).click()
    await page.fill("#despacho", printed(ticket, "Despacho"))
    await page.fill("#webId", printed(ticket, "Código web"))
    await page.click("#btnConsultar")
    await page.fill("#inputRfc2", profile.rfc)
    await page.click("#btnAgregar")
    await page.fill("#inputRazon", profile.fullName)
    await page.fill("#inputCorreo", profile.email)
    await page.fill("#inputCp", profile.postalCode)
    for (const [list, code] of [
      ["cmbRegimen", profile.fiscalRegime],
      ["cmbUsos", profile.cfdiUse]
    ])
      await page.selectOption(`#${list}`, {
        label: (await page.locator(`#${list} option`, { hasText: `${code} ` }).textContent()) ?? ""
      })
    await page.click("#btnGenerar")
    await page.locator("#lblFactura.ok").waitFor()
  }
}
