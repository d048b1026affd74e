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
  oneLine,
  openTill,
  options,
  pdfBytes,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  usesFor,
  type Wrong,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly folio: string
  readonly days: number
  readonly late?: true
  readonly unlisted?: true
}

const open: Sale = {
  ticket: "1160338",
  folio: "71N4Q9TZ20",
  days: 3,
  cents: 12750n,
  description: "Compra en tienda de conveniencia",
  paymentForm: "01"
}
const unlisted: Sale = { ...open, ticket: "1160351", folio: "71N4Q9UA77", cents: 8800n, unlisted: true }
const late: Sale = { ...open, ticket: "1148807", folio: "70K8M1PD03", days: 49, cents: 20400n, late: true }

const paper = (sale: Sale, total = sale.cents) => ({
  "TDA.": "50TPL TEPALUMA CUMBRES",
  CAJA: "01",
  "FECHA VTA.": `${ago(sale.days).slashes} 13:07`,
  "FOL.": sale.folio,
  "ID VTA.": sale.ticket,
  "ARTS.": "3",
  "TOT. A PAGAR": `$${money(total)}`,
  "PAGO CON": "$200.00",
  ATENDIÓ: "BRENDA"
})

interface Session {
  sale: Sale | undefined
  made: string
  step: 1 | 2 | 3 | 4
  v: Record<string, string>
}

const menu = (id: string, label: string, list: ReadonlyArray<{ code: string; name: string }>, chosen: string) => {
  const items = list.map(({ code, name }) => ({ value: code, text: `${code} - ${name}` }))
  return `<div id="form:${id}" class="ui-selectonemenu ui-widget ui-state-default ui-corner-all" style="width:330px"><div class="ui-helper-hidden-accessible"><input id="form:${id}_focus" name="form:${id}_focus" type="text" autocomplete="off" readonly="readonly" /></div><div class="ui-helper-hidden-accessible"><select id="form:${id}_input" name="form:${id}_input" tabindex="-1"><option value="">${label}</option>${options(items, chosen)}</select></div><label id="form:${id}_label" class="ui-selectonemenu-label ui-inputfield ui-corner-all">${escaped(items.find((i) => i.value === chosen)?.text ?? label)}</label><div class="ui-selectonemenu-trigger ui-state-default ui-corner-right"><span class="ui-icon ui-icon-triangle-1-s"></span></div></div>`
}

const input = (id: string, label: string, value: string, more = "") =>
  `<tr role="row"><td role="gridcell"><label id="form:lbl_${id}">${label}</label></td><td role="gridcell"><input id="form:${id}" name="form:${id}" type="text" value="${escaped(value)}" class="ui-inputfield ui-inputtext ui-widget ui-state-default ui-corner-all" role="textbox" ${more}/></td></tr>`

const button = (id: string, text: string) =>
  `<button id="form:${id}" name="form:${id}" class="ui-button ui-widget ui-state-default ui-corner-all ui-button-text-only" onclick="PrimeFaces.ab({s:'form:${id}',u:'form:cuerpo'});return false;" type="submit"><span class="ui-button-text ui-c">${text}</span></button>`

const growl = (severity: "error" | "info" | "", text: string) =>
  `<div id="form:msgs" class="ui-messages ui-widget" aria-live="polite">${severity ? `<div class="ui-messages-${severity} ui-corner-all"><span class="ui-messages-${severity}-icon"></span><ul><li><span class="ui-messages-${severity}-summary">${escaped(text)}</span></li></ul></div>` : ""}</div>`

const body = (s: Session, severity: "error" | "info" | "" = "", text = "") => {
  const v = (id: string) => s.v[id] ?? ""
  const head = growl(severity, text)
  const lock = s.step > 1 ? 'readonly="readonly" ' : ""
  const ticket = `<fieldset class="ui-fieldset ui-widget ui-widget-content ui-corner-all"><legend class="ui-fieldset-legend ui-corner-all ui-state-default">Datos del ticket</legend><table class="ui-panelgrid ui-widget" role="grid"><tbody>
<tr role="row"><td role="gridcell"><label>Fecha</label></td><td role="gridcell"><span id="form:fecha" class="ui-calendar"><input id="form:fecha_input" name="form:fecha_input" type="text" value="${v("fecha_input")}" class="ui-inputfield ui-widget ui-state-default ui-corner-all" readonly="readonly" /></span></td></tr>
${input("folio", "Folio", v("folio"), lock)}${input("venta", "ID Venta", v("venta"), lock)}${input("total", "Total", v("total"), lock)}</tbody></table>${s.step === 1 ? button("btnValidar", "Validar Ticket") : s.step === 2 ? button("btnContinuar", "Continuar") : ""}</fieldset>`
  if (s.step < 3 || s.sale === undefined) return head + ticket
  if (s.step === 3) {
    const rfc = v("rfc")
    const hasRfc = rfc.length >= 12
    return `${head}<fieldset class="ui-fieldset ui-widget ui-widget-content ui-corner-all"><legend class="ui-fieldset-legend ui-corner-all ui-state-default">Datos del cliente</legend><table class="ui-panelgrid ui-widget" role="grid"><tbody>
${input("rfc", "* RFC", rfc, `maxlength="13" onchange="PrimeFaces.ab({s:'form:rfc',e:'change',u:'form:cuerpo'})"`)}${input("razon", "* Nombre o Razón Social", v("razon"), 'size="50"')}
${input("calle", "Calle", v("calle"))}${input("ext", "No. Ext.", v("ext"))}${input("int", "No. Int.", v("int"))}${input("colonia", "Colonia", v("colonia"))}${input("dele", "Del. o Municipio", v("dele"))}${input("estado", "Estado", v("estado"))}
${input("codigo", "* Código Postal", v("codigo"), `maxlength="5" onchange="PrimeFaces.ab({s:'form:codigo',e:'change',u:'form:cuerpo'})"`)}
<tr role="row"><td role="gridcell"><label>* Régimen Fiscal</label></td><td role="gridcell">${menu("selectOneMenuRegFis", "Seleccione un régimen", hasRfc ? regimesFor(rfc) : [], v("selectOneMenuRegFis_input"))}</td></tr>
<tr role="row"><td role="gridcell"><label>* Uso CFDI</label></td><td role="gridcell">${menu("selectOneMenuCFDI", "Seleccione un uso", hasRfc ? usesFor(rfc) : [], v("selectOneMenuCFDI_input"))}</td></tr>
${input("correo", "* Correo", v("correo"), 'size="40"')}</tbody></table>${button("btnRegresar", "Regresar")} ${button("btnGenerar", "Generar Factura")}</fieldset>`
  }
  return `${head}<div class="ui-panel ui-widget ui-widget-content ui-corner-all"><p>Factura del ticket ${s.sale.folio} por $${money(s.sale.cents)}</p><p><a id="form:j_idt97" href="#" class="ui-commandlink ui-widget" onclick="mojarra.jsfcljs('form:j_idt97');return false">Descargar PDF</a> &nbsp; <a id="form:j_idt98" href="#" class="ui-commandlink ui-widget" onclick="mojarra.jsfcljs('form:j_idt98');return false">Descargar XML</a></p></div>`
}

const page = (
  inner: string
) => `<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head id="j_idt2"><meta charset="utf-8"><title>Facturación Tepaluma</title>
<link type="text/css" rel="stylesheet" href="/vendor/jquery-ui-dist/jquery-ui.min.css" /><script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/jquery-ui-dist/jquery-ui.min.js"></script>
<style>body{font:13px Arial;margin:0}.cab{background:#d6001c;color:#ffcb05;font:bold 26px Arial;padding:14px 30px}.ui-helper-hidden-accessible{border:0;clip:rect(0 0 0 0);height:1px;margin:-1px;overflow:hidden;padding:0;position:absolute;width:1px}.ui-selectonemenu{position:relative;display:inline-block;cursor:pointer}.ui-selectonemenu-label{display:block;padding:4px 30px 4px 6px;white-space:nowrap;overflow:hidden;width:290px;cursor:pointer}.ui-selectonemenu-trigger{position:absolute;right:0;top:0;height:100%;width:20px}.ui-selectonemenu-panel{position:absolute;z-index:1002;background:#fff;max-height:200px;overflow:auto}.ui-selectonemenu-list{list-style:none;margin:0;padding:2px}.ui-selectonemenu-item{padding:4px;cursor:pointer}.ui-messages-error{background:#fdd;color:#a00;padding:8px}.ui-messages-info{background:#def;padding:8px}.ui-messages ul{list-style:none;margin:0;padding:0}main{width:800px;margin:20px auto}.ui-blockui{position:fixed;inset:0;background:#aaa8;z-index:3000;display:none}.ui-blockui-content{position:fixed;left:45%;top:40%;background:#fff;padding:20px;z-index:3001;display:none}fieldset{padding:16px}td{padding:4px}</style></head>
<body><div class="cab">tepaluma <small style="font-size:13px;color:#fff">Facturación electrónica</small></div><main>
<form id="form" name="form" method="post" action="/facturacionElectronica-web/views/layout/inicio.do" enctype="application/x-www-form-urlencoded"><input type="hidden" name="form" value="form" /><div id="form:cuerpo">${inner}</div><input type="hidden" name="javax.faces.ViewState" id="j_id1:javax.faces.ViewState:0" value="-4417300195:882730114" autocomplete="off" /></form>
<p style="color:#888;font-size:11px">Factura dentro del mes de tu compra. Conserva tu ticket. Cadena Tepaluma S.A. de C.V.</p></main>
<div class="ui-blockui"></div><div class="ui-blockui-content">Espere un momento…</div>
<div id="dlgAviso" style="display:none">Para agilizar tu factura ten a la mano tu ticket y tu Constancia de Situación Fiscal. Captura tu nombre sin régimen societario.</div>
<script>
var PrimeFaces={ab:function(o){var d=$('#form').serializeArray();d.push({name:'javax.faces.partial.ajax',value:'true'},{name:'javax.faces.source',value:o.s},{name:'javax.faces.behavior.event',value:o.e||'action'});$('.ui-blockui,.ui-blockui-content').show();
 setTimeout(function(){$.ajax({url:$('#form').attr('action'),type:'POST',headers:{'Faces-Request':'partial/ajax'},data:$.param(d),dataType:'xml'}).done(function(x){$(x).find('update').each(function(){var a=document.activeElement&&document.activeElement.id;document.getElementById(this.getAttribute('id')).innerHTML=$(this).text();init();if(a){var e=document.getElementById(a);if(e&&o.e)e.focus()}})}).always(function(){$('.ui-blockui,.ui-blockui-content').hide()})},150)}};
var mojarra={jsfcljs:function(id){var f=document.getElementById('form'),h=$('<input type="hidden">').attr('name',id).val(id).appendTo(f);f.submit();h.remove()}};
function init(){$('.ui-selectonemenu-panel').remove();
 $('.ui-selectonemenu').each(function(){var w=$(this),id=this.id,s=w.find('select'),p=$('<div class="ui-selectonemenu-panel ui-widget ui-widget-content ui-corner-all" style="display:none"><div class="ui-selectonemenu-items-wrapper"><ul class="ui-selectonemenu-items ui-selectonemenu-list" role="listbox"></ul></div></div>').attr('id',id+'_panel').appendTo('body');
  s.find('option').each(function(){$('<li class="ui-selectonemenu-item ui-selectonemenu-list-item ui-corner-all" role="option"></li>').text($(this).text()).attr('data-label',$(this).text()).appendTo(p.find('ul'))});
  w.on('click',function(e){e.stopPropagation();$('.ui-selectonemenu-panel').not(p).hide();var o=w.offset();p.css({left:o.left,top:o.top+w.outerHeight(),width:w.outerWidth()}).toggle()});
  p.on('click','li',function(){s.prop('selectedIndex',$(this).index());w.find('label').text($(this).text());p.hide()})});
 var f=$('[id="form:fecha_input"]');if(f.length&&!$('[id="form:folio"]').prop('readonly'))f.removeClass('hasDatepicker').datepicker({dateFormat:'dd/mm/yy',maxDate:0,monthNames:['Enero','Febrero','Marzo','Abril','Mayo','Junio','Julio','Agosto','Septiembre','Octubre','Noviembre','Diciembre'],dayNamesMin:['D','L','M','M','J','V','S'],firstDay:1})}
$(document).on('click',function(){$('.ui-selectonemenu-panel').hide()});
$(function(){init();$('#dlgAviso').dialog({modal:true,title:'Aviso',width:420,buttons:[{text:'Aceptar',click:function(){$(this).dialog('close')}}]})});
</script></body></html>`

const partial = (inner: string) =>
  new Response(
    `<?xml version='1.0' encoding='UTF-8'?><partial-response id="j_id1"><changes><update id="form:cuerpo"><![CDATA[${inner}]]></update><update id="form:nada"><![CDATA[]]></update></changes></partial-response>`.replace(
      '<update id="form:nada"><![CDATA[]]></update>',
      ""
    ),
    { headers: { "content-type": "text/xml; charset=utf-8" } }
  )

const words: Record<Wrong, string> = {
  empty: "Llene los campos obligatorios (*).",
  rfc: "El RFC no es correcto o no está dado de alta.",
  name: "La razón social no corresponde con el RFC.",
  postalCode: "El código postal no corresponde con el RFC.",
  regime: "El régimen no corresponde con el RFC.",
  use: "El uso no es válido.",
  email: "El correo no es correcto."
}

const start = () => {
  const till = openTill(
    { rfc: "CTE860101HN1", name: "CADENA TEPALUMA", regime: "601", postalCode: "64450" },
    "50192100"
  )
  const path = "/facturacionElectronica-web/views/layout/inicio.do"
  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({ sale: undefined, made: "", step: 1, v: {} }),
    routes: {
      "GET /": () => seeOther(path),
      [`GET ${path}`]: ({ session }) => {
        Object.assign(session, { sale: undefined, step: 1, v: {} })
        return html(page(body(session)))
      },
      [`POST ${path}`]: async ({ field, has, session }) => {
        const made = till.find(session.made)
        if (made !== undefined && has("form:j_idt98"))
          return attachment(await xmlText(made), "application/xml", `${made.uuid}.xml`)
        if (made !== undefined && has("form:j_idt97"))
          return attachment(await pdfBytes(made), "application/pdf", `${made.uuid}.pdf`)
        const source = field("javax.faces.source")
        for (const id of [
          "fecha_input",
          "folio",
          "venta",
          "total",
          "rfc",
          "razon",
          "calle",
          "ext",
          "int",
          "colonia",
          "dele",
          "estado",
          "codigo",
          "selectOneMenuRegFis_input",
          "selectOneMenuCFDI_input",
          "correo"
        ])
          if (has(`form:${id}`)) session.v[id] = field(`form:${id}`)
        const v = (id: string) => session.v[id] ?? ""
        session.v.rfc = v("rfc").toUpperCase()
        if (source === "form:btnValidar" && session.step === 1) {
          if (["fecha_input", "folio", "venta", "total"].some((id) => v(id) === ""))
            return partial(body(session, "error", "Capture los cuatro datos de su ticket."))
          const sale = [open, unlisted, late].find(
            (s) => s.folio === v("folio") && s.ticket === v("venta") && ago(s.days).slashes === v("fecha_input")
          )
          if (sale === undefined || !/^\d+\.\d\d$/.test(v("total")) || !same(v("total"), sale.cents))
            return partial(
              body(
                session,
                "error",
                "Los datos no corresponden a ninguna venta registrada. Revise fecha, folio, ID de venta y total."
              )
            )
          if (sale.late)
            return partial(
              body(
                session,
                "error",
                "La venta es de un mes anterior; únicamente se factura durante el mes de la compra."
              )
            )
          if (isStamped(till, sale)) return partial(body(session, "error", "La venta tiene una factura activa."))
          session.sale = sale
          session.step = 2
          return partial(body(session, "info", "Ticket correcto. Presione Continuar."))
        }
        if (source === "form:btnContinuar" && session.step === 2) {
          session.step = 3
          return partial(body(session))
        }
        if (source === "form:btnRegresar") {
          session.step = 1
          return partial(body(session))
        }
        if (source === "form:btnGenerar" && session.step === 3 && session.sale !== undefined) {
          const typed: Typed = {
            rfc: v("rfc"),
            name: v("razon"),
            postalCode: v("codigo"),
            regime: v("selectOneMenuRegFis_input"),
            use: v("selectOneMenuCFDI_input"),
            email: v("correo")
          }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return partial(body(session, "error", words[wrong]))
          await Bun.sleep(2000)
          if (session.sale.unlisted)
            return partial(
              body(
                session,
                "error",
                `No fue posible generar la factura: el SAT reporta que el nombre "${oneLine(v("razon"))}" no está asociado al RFC ${v("rfc")}. Consulte su Constancia de Situación Fiscal.`
              )
            )
          if (!isStamped(till, session.sale)) session.made = (await stampOf(till, session.sale, typed)).uuid
          session.step = 4
          return partial(body(session, "info", "La factura quedó lista, puede descargar sus archivos."))
        }
        return partial(body(session))
      }
    }
  })
}

export const portal: TestPortal = {
  id: "tepaluma",
  traps: [
    "JSF partial responses that redraw the form",
    "p:selectOneMenu with the list at the end of the body",
    "read-only jQuery UI datepicker",
    "RFC change brings the lists",
    "blockUI",
    "address fields that are optional",
    "the SAT refuses the name after the click"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "another total", ticket: paper(open, 12570n), expected: failed("TICKET_NOT_FOUND") },
    { name: "the SAT refuses the name", ticket: paper(unlisted), expected: failed("DATA_REJECTED") },
    { name: "of an earlier month", ticket: paper(late), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const id = (name: string) => page.locator(`[id="form:${name}"]`)
    await page.getByRole("button", { name: "Aceptar" }).click()
    const [day = "", month = "", year = ""] = printed(ticket, "FECHA VTA.").slice(0, 10).split("/")
    await id("fecha_input").click()
    for (
      const shown = page.locator(`#ui-datepicker-div [data-month="${Number(month) - 1}"][data-year="${year}"]`).first();
      !(await shown.isVisible());
    )
      await page.locator(".ui-datepicker-prev").click()
    await page.locator("#ui-datepicker-div td a", { hasText: new RegExp(`^${Number(day)}$`) }).click()
    await id("folio").fill(printed(ticket, "FOL."))
    await id("venta").fill(printed(ticket, "ID VTA."))
    await id("total").fill(printed(ticket, "TOT. A PAGAR").replace("$", ""))
    await id("btnValidar").click()
    await id("btnContinuar").click()
    await id("rfc").fill(profile.rfc)
    await id("rfc").press("Tab")
    await page.locator(`[id="form:selectOneMenuRegFis_input"] option[value="601"]`).waitFor({ state: "attached" })
    await id("razon").fill(profile.fullName)
    await id("codigo").fill(profile.postalCode)
    await id("codigo").press("Tab")
    await page.locator(".ui-blockui").waitFor({ state: "visible" })
    await page.locator(".ui-blockui").waitFor({ state: "hidden" })
    for (const [list, code] of [
      ["selectOneMenuRegFis", profile.fiscalRegime],
      ["selectOneMenuCFDI", profile.cfdiUse]
    ]) {
      await id(list ?? "").click()
      await page.locator(`[id="form:${list}_panel"] li`, { hasText: `${code} - ` }).click()
    }
    await id("correo").fill(profile.email)
    await id("btnGenerar").click()
    await download(page, () => page.getByText("Descargar XML").click())
  }
}
