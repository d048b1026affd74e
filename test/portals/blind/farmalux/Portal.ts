import type { Page } from "playwright-core"
import { usesOf } from "../../lib/Taxpayers.ts"
import { fits, sameWorth } from "../kit/checks.ts"
import {
  ago,
  attachment,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
  options,
  pdfBytes,
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly branch: string
  readonly till: string
  readonly date: string
}

const sales: ReadonlyArray<Sale> = [
  {
    ticket: "203418",
    branch: "1044",
    till: "2",
    date: ago(1).slashes,
    cents: 48730n,
    description: "Medicamentos y artículos de farmacia",
    paymentForm: "01"
  },
  {
    ticket: "203977",
    branch: "1044",
    till: "1",
    date: ago(2).slashes,
    cents: 121500n,
    description: "Medicamentos y artículos de farmacia",
    paymentForm: "04"
  }
]

interface Session {
  sale?: Sale | undefined
  done?: string | undefined
  email?: string
}

const css = `*{box-sizing:border-box}body{margin:0;font:14px/1.4 "Segoe UI",Roboto,Arial,sans-serif;background:#fbf9f8;color:#222}
.t-Header-branding{background:#00693c;color:#fff;padding:12px 20px;font-size:18px}.t-Body-main{max-width:860px;margin:20px auto}
.t-Region{background:#fff;border:1px solid #ddd;border-radius:3px;margin-bottom:16px}.t-Region-header{padding:10px 16px;border-bottom:1px solid #eee}.t-Region-title{font-size:16px;margin:0}.t-Region-body{padding:16px}
.t-Form-fieldContainer{display:flex;margin-bottom:10px}.t-Form-labelContainer{width:220px;text-align:right;padding:6px 12px 0 0}.t-Form-inputContainer{flex:1}.t-Form-required{color:#b00}
.apex-item-text,.apex-item-select{height:32px;border:1px solid #bbb;border-radius:2px;padding:0 8px;width:320px}.t-Form-error{color:#b00;font-size:12px}.apex-page-item-error{border-color:#b00}
.t-Button{height:32px;padding:0 16px;border:1px solid #bbb;background:#f5f5f5;border-radius:2px;cursor:pointer}.t-Button--hot{background:#00693c;color:#fff;border-color:#00693c}.t-ButtonRegion{text-align:right;padding:10px 0}
.t-Alert{border:1px solid #d66;background:#fdecea;padding:12px 16px;margin-bottom:12px;position:relative}.u-Processing{position:fixed;inset:0;z-index:900;background:#fff8;display:flex;align-items:center;justify-content:center}.u-VisuallyHidden{position:absolute;clip:rect(0 0 0 0);width:1px;height:1px;overflow:hidden}
.t-Report-report{border-collapse:collapse;width:100%}.t-Report-report th,.t-Report-report td{border:1px solid #ddd;padding:6px 10px;text-align:left}.ui-dialog{z-index:1000}.ui-widget-overlay{z-index:999}`

const apexJs = `
var apex = { item: function(n){ return { getValue: function(){ return $('#'+n).val() }, setValue: function(v){ $('#'+n).val(v) } } } };
apex.util = { showSpinner: function(){ return $('<span class="u-Processing" role="alert"><span class="u-Processing-spinner">Procesando…</span></span>').appendTo('body') } };
apex.message = {
  clearErrors: function(){ $('#APEX_ERROR_MESSAGE').empty().addClass('u-hidden'); $('.t-Form-error').empty(); $('.apex-page-item-error').removeClass('apex-page-item-error').removeAttr('aria-invalid') },
  showErrors: function(list){ this.clearErrors();
    var items = $.map(list, function(e){ if(e.pageItem){ $('#'+e.pageItem).addClass('apex-page-item-error').attr('aria-invalid','true'); $('#'+e.pageItem+'_error_placeholder').text(e.message) } return '<li class="htmldb-std-err">'+(e.pageItem?'<a href="#" class="a-Notification-link" data-for="'+e.pageItem+'">'+e.message+'</a>':e.message)+'</li>' }).join('');
    $('#APEX_ERROR_MESSAGE').removeClass('u-hidden').html('<div class="t-Body-alert"><div class="t-Alert t-Alert--defaultIcons t-Alert--warning t-Alert--horizontal t-Alert--page" id="t_Alert_Notification" role="alert"><div class="t-Alert-wrap"><div class="t-Alert-content"><div class="t-Alert-body"><div class="a-Notification a-Notification--error"><div class="a-Notification-title aErrMsgTitle">'+(list.length===1?'Se ha producido 1 error':'Se han producido '+list.length+' errores')+'</div><ul class="a-Notification-list htmldb-ul">'+items+'</ul></div></div></div></div></div></div>'); window.scrollTo(0,0) },
  confirm: function(msg, cb){ $('<div><p>'+msg+'</p></div>').dialog({ modal:true, resizable:false, width:420, dialogClass:'ui-dialog--notification', title:'Confirmar', closeOnEscape:true, buttons:[{ text:'Cancelar', class:'js-confirmCancel', click:function(){ $(this).dialog('destroy').remove(); cb(false) } },{ text:'Aceptar', class:'js-confirmBtn ui-button--hot', click:function(){ $(this).dialog('destroy').remove(); cb(true) } }] }) } };
apex.submit = function(opts){ var req = opts.request || opts, bad = [];
  apex.message.clearErrors();
  $('[aria-required=true]').each(function(){ if(!$.trim($(this).val())) bad.push({ pageItem:this.id, message: ($('#'+this.id+'_LABEL').data('plain')||'Campo')+' debe tener algún valor.' }) });
  if(bad.length && req !== 'REGRESAR') return apex.message.showErrors(bad);
  var sp = apex.util.showSpinner(), data = { p_flow_step_id: $('#pFlowStepId').val(), p_instance: $('#pInstance').val(), p_request: req };
  $('.apex-item-text,.apex-item-select').each(function(){ data[this.id] = $(this).val() });
  $.ajax({ url:'wwv_flow.accept?p_context='+$('#pFlowStepId').val(), type:'POST', contentType:'application/json', data: JSON.stringify(data), dataType:'json' }).done(function(r){ if(r.redirectURL){ location.href = r.redirectURL; return } sp.remove(); apex.message.showErrors(r.errors) }).fail(function(){ sp.remove(); apex.message.showErrors([{message:'Error de red'}]) }) };
$(document).on('click','[data-request]', function(){ var b=$(this); if(b.data('confirm')) apex.message.confirm(b.data('confirm'), function(ok){ if(ok) apex.submit(b.data('request')) }); else apex.submit(b.data('request')) });
$(document).on('click','.a-Notification-link', function(e){ e.preventDefault(); $('#'+$(this).data('for')).focus() });
$(function(){ $('.apex-item-datepicker').datepicker({ dateFormat:'dd/mm/yy', showOn:'button', buttonText:'Calendario', maxDate:0, changeMonth:true, changeYear:true });
  $('[data-cascade]').each(function(){ var t=$(this); $(t.data('cascade')).on('change', function(){ var v={}; v.p_request='NATIVE=LOV'; v.item=t.attr('id'); $(t.data('cascade')).each(function(){ v[this.id]=$(this).val() }); t.prop('disabled',true).addClass('apex_disabled'); $.ajax({ url:'wwv_flow.ajax', type:'POST', contentType:'application/json', data:JSON.stringify(v), dataType:'json' }).done(function(r){ t.html('<option value="">- Seleccione -</option>'+$.map(r.values,function(o){return '<option value="'+o.r+'">'+o.d+'</option>'}).join('')).prop('disabled',false).removeClass('apex_disabled').trigger('change') }) }) }) });`

const item = (id: string, label: string, control: string, required = true) =>
  `<div class="t-Form-fieldContainer t-Form-fieldContainer--floatingLabel ${required ? "is-required" : ""} lto4471 rel-col" id="${id}_CONTAINER"><div class="t-Form-labelContainer"><label for="${id}" id="${id}_LABEL" class="t-Form-label" data-plain="${label}">${label}${required ? ' <span class="t-Form-required" aria-hidden="true">*</span><span class="u-VisuallyHidden">(Valor Obligatorio)</span>' : ""}</label></div><div class="t-Form-inputContainer"><div class="t-Form-itemRequired-marker" aria-hidden="true"></div><div class="t-Form-itemWrapper">${control}</div><div class="t-Form-itemAssistance"><span id="${id}_error_placeholder" class="a-Form-error t-Form-error" data-template-id="403_ET"></span></div></div></div>`
const text = (id: string, label: string, extra = "", value = "") =>
  item(
    id,
    label,
    `<input type="text" id="${id}" name="${id}" class="text_field apex-item-text" value="${escaped(value)}" size="30" aria-required="true" aria-describedby="${id}_error" ${extra}>`
  )
const select = (id: string, label: string, opts: string, extra = "") =>
  item(
    id,
    label,
    `<select id="${id}" name="${id}" class="selectlist apex-item-select" size="1" aria-required="true" ${extra}><option value="">- Seleccione -</option>${opts}</select>`
  )
const button = (id: string, request: string, label: string, hot = true, extra = "") =>
  `<button class="t-Button ${hot ? "t-Button--hot" : ""} lto4471" type="button" id="${id}" data-request="${request}" ${extra}><span class="t-Button-label">${label}</span></button>`
const region = (id: string, title: string, body: string) =>
  `<div class="t-Region t-Region--scrollBody" id="${id}" role="group" aria-labelledby="${id}_heading"><div class="t-Region-header"><h2 class="t-Region-title" id="${id}_heading">${title}</h2></div><div class="t-Region-bodyWrap"><div class="t-Region-body">${body}</div></div></div>`

const page = (step: number, title: string, body: string) =>
  html(`<!DOCTYPE html><html class="no-js page-${step} app-204" lang="es-mx"><head><meta charset="utf-8"><title>${title}</title><link rel="stylesheet" href="/vendor/jquery-ui-dist/jquery-ui.min.css"><style>${css}</style></head>
<body class="t-PageBody t-PageBody--hideLeft t-PageBody--hideActions no-anim t-PageTemplate--standard apex-top-nav" id="t_PageBody">
<form role="none" action="wwv_flow.accept" method="post" name="wwv_flow" id="wwvFlowForm" data-oj-binding-provider="none" novalidate autocomplete="off" onsubmit="return false">
<input type="hidden" name="p_flow_id" value="204" id="pFlowId"><input type="hidden" name="p_flow_step_id" value="${step}" id="pFlowStepId"><input type="hidden" name="p_instance" value="10422908813377" id="pInstance">
<header class="t-Header" id="t_Header" role="banner"><div class="t-Header-branding"><div class="t-Header-logo"><a href="f?p=204:10" class="t-Header-logo-link" style="color:#fff;text-decoration:none"><span class="apex-logo-text">Farmalux · Facturación</span></a></div></div></header>
<div class="t-Body"><div class="t-Body-main"><span id="APEX_SUCCESS_MESSAGE" data-template-id="126_S" class="apex-page-success u-hidden"></span><span id="APEX_ERROR_MESSAGE" data-template-id="126_E" class="apex-page-error u-hidden"></span><div class="t-Body-content" id="t_Body_content"><main id="main" class="t-Body-mainContent"><span id="main_content"></span><div class="t-Body-contentInner"><div class="container"><div class="row"><div class="col col-12 apex-col-auto">${body}</div></div></div></div></main></div></div></div></form>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/jquery-ui-dist/jquery-ui.min.js"></script><script>${apexJs}</script></body></html>`)

const bad = (message: string, pageItem?: string) =>
  json({ errors: [pageItem ? { message, pageItem, location: ["inline", "page"] } : { message, location: "page" }] })

export const portal: TestPortal = {
  id: "farmalux",
  traps: [
    "Oracle APEX: item containers, JSON accept, page notification",
    "cascading list of values",
    "jQuery UI confirm before the stamp"
  ],
  profile: "person",
  start: () => {
    const till = openTill(
      { rfc: "FLU830930HS4", name: "FARMALUX DE OCCIDENTE", regime: "601", postalCode: "44100" },
      "51100000"
    )
    return shop<Session>({
      till,
      cookie: "ORA_WWV_APP_204",
      fresh: () => ({}),
      routes: {
        "GET /": () => seeOther("/ords/f?p=204:10"),
        "GET /ords/f": ({ session, url }) => {
          const step = (url.searchParams.get("p") ?? "").split(":")[1]
          const { sale } = session
          if (step === "20" && sale)
            return page(
              20,
              "Datos fiscales",
              region(
                "R201",
                "Compra",
                `<p>Sucursal ${sale.branch} · Ticket ${sale.ticket} · ${sale.date} · Total $${money(sale.cents)}</p>`
              ) +
                region(
                  "R202",
                  "Datos fiscales del cliente",
                  text("P20_RFC", "RFC", 'maxlength="13" style="text-transform:uppercase"') +
                    text("P20_RAZON_SOCIAL", "Nombre o razón social", 'maxlength="250"') +
                    text("P20_CP", "C.P. domicilio fiscal", 'maxlength="5"') +
                    select(
                      "P20_REGIMEN",
                      "Régimen fiscal",
                      options(
                        regimesFor("CACX7605101P8")
                          .concat(
                            regimesFor("EKU9003173C9").filter(({ code }) =>
                              ["601", "603", "620", "622", "623", "624"].includes(code)
                            )
                          )
                          .map(({ code, name }) => ({ value: code, text: `(${code}) ${name}` }))
                      )
                    ) +
                    select("P20_USO_CFDI", "Uso del CFDI", "", 'data-cascade="#P20_REGIMEN,#P20_RFC" disabled') +
                    text("P20_EMAIL", "Correo electrónico", 'maxlength="100"')
                ) +
                `<div class="t-ButtonRegion">${button("B_REGRESAR", "REGRESAR", "Regresar", false)} ${button("B_FACTURAR", "FACTURAR", "Generar factura", true, 'data-confirm="Se emitirá el comprobante con los datos capturados. Una vez emitido no podrá modificarse."')}</div>`
            )
          if (step === "30" && session.done) {
            const made = till.find(session.done)
            return page(
              30,
              "Comprobante",
              region(
                "R301",
                "Comprobante emitido",
                `<p>Su comprobante ha sido emitido y enviado a ${escaped(session.email ?? "")}.</p><table class="t-Report-report" aria-label="Comprobante emitido"><thead><tr><th class="t-Report-colHead" id="TICKET">Ticket</th><th class="t-Report-colHead" id="FOLIO_FISCAL">Folio fiscal</th><th class="t-Report-colHead" id="TOTAL">Total</th><th class="t-Report-colHead" id="XML">XML</th><th class="t-Report-colHead" id="PDF">PDF</th></tr></thead><tbody><tr><td class="t-Report-cell" headers="TICKET">${made?.ticket}</td><td class="t-Report-cell" headers="FOLIO_FISCAL">${made?.uuid}</td><td class="t-Report-cell" headers="TOTAL">${money(made?.totalCents ?? 0n)}</td><td class="t-Report-cell" headers="XML"><a href="apex_util.get_blob_file?a=204&amp;s=10422908813377&amp;p=30&amp;d=1">Descargar</a></td><td class="t-Report-cell" headers="PDF"><a href="apex_util.get_blob_file?a=204&amp;s=10422908813377&amp;p=30&amp;d=2">Descargar</a></td></tr></tbody></table><span class="t-Report-paginationText">1 - 1</span>`
              )
            )
          }
          return page(
            10,
            "Facturación electrónica",
            `${region(
              "R101",
              "Datos del ticket",
              "<p>Capture los datos tal como aparecen en su ticket de compra. Puede facturar sus compras del mes en curso.</p>" +
                text("P10_SUCURSAL", "Sucursal", 'maxlength="5"') +
                text("P10_CAJA", "Caja", 'maxlength="3"') +
                text("P10_TICKET", "No. de ticket", 'maxlength="10"') +
                item(
                  "P10_FECHA",
                  "Fecha de compra",
                  '<input type="text" id="P10_FECHA" name="P10_FECHA" class="apex-item-text apex-item-datepicker" placeholder="DD/MM/YYYY" maxlength="10" autocomplete="off" aria-required="true">'
                ) +
                text("P10_TOTAL", "Total de la compra", 'maxlength="12" class="number_field"')
            )}<div class="t-ButtonRegion">${button("B_VALIDAR", "VALIDAR", "Validar ticket")}</div>`
          )
        },
        "POST /ords/wwv_flow.ajax": ({ field }) => {
          const rfc = field("P20_RFC").toUpperCase() || "XXXX000000XXX"
          return json({
            values: field("P20_REGIMEN")
              ? usesOf(rfc, field("P20_REGIMEN")).map(({ code, name }) => ({ r: code, d: `(${code}) ${name}` }))
              : []
          })
        },
        "POST /ords/wwv_flow.accept": async ({ field, session }) => {
          const to = (step: number) => json({ redirectURL: `f?p=204:${step}:10422908813377:::::` })
          if (field("p_request") === "REGRESAR") return to(10)
          if (field("p_request") === "VALIDAR") {
            await Bun.sleep(500)
            if (!/^\d{2}\/\d{2}\/\d{4}$/.test(field("P10_FECHA")))
              return bad("La fecha de compra debe coincidir con el formato DD/MM/YYYY.", "P10_FECHA")
            if (!/^[\d,]+(\.\d{1,2})?$/.test(field("P10_TOTAL")))
              return bad("Total de la compra debe ser numérico.", "P10_TOTAL")
            const found = sales.find(
              (s) =>
                s.ticket === field("P10_TICKET") &&
                s.branch === field("P10_SUCURSAL") &&
                Number(s.till) === Number(field("P10_CAJA")) &&
                s.date === field("P10_FECHA") &&
                sameWorth(field("P10_TOTAL"), s.cents)
            )
            if (!found)
              return bad(
                "Su compra no existe en el sistema. Si la realizó en las últimas 24 horas espere a que la sucursal transmita sus ventas."
              )
            if (isStamped(till, found)) return bad("El ticket cuenta con comprobante fiscal emitido.")
            session.sale = found
            return to(20)
          }
          const { sale } = session
          if (field("p_request") !== "FACTURAR" || !sale) return to(10)
          if (isStamped(till, sale)) return bad("El ticket cuenta con comprobante fiscal emitido.")
          const typed: Typed = {
            rfc: field("P20_RFC").toUpperCase(),
            name: field("P20_RAZON_SOCIAL").toUpperCase(),
            postalCode: field("P20_CP"),
            regime: field("P20_REGIMEN"),
            use: field("P20_USO_CFDI"),
            email: field("P20_EMAIL")
          }
          await Bun.sleep(1200)
          const wrong = wrongOf(typed)
          if (wrong === "email") return bad("Correo electrónico con formato incorrecto.", "P20_EMAIL")
          if (wrong || !fits(typed))
            return bad(
              "ORA-20001: El PAC rechazó el comprobante. Los datos del receptor no corresponden con los registrados ante el SAT."
            )
          if (sale.ticket === "203977")
            return bad(
              "ORA-20001: El PAC rechazó el comprobante. CFDI40147: el código postal del receptor no es el de su domicilio fiscal registrado ante el SAT."
            )
          const made = await stampOf(till, sale, typed)
          session.done = made.uuid
          session.email = typed.email
          return to(30)
        },
        "GET /ords/apex_util.get_blob_file": async ({ session, url }) => {
          const made = session.done ? till.find(session.done) : undefined
          if (!made) return seeOther("/")
          return url.searchParams.get("d") === "1"
            ? attachment(await xmlText(made), "text/xml", `FLU_${made.ticket}.xml`)
            : attachment(await pdfBytes(made), "application/pdf", `FLU_${made.ticket}.pdf`)
        }
      }
    })
  },
  cases: [
    {
      name: "ok",
      ticket: {
        "SUC.": "1044 AV. LA PAZ",
        CAJA: "02",
        TICKET: "203418",
        FECHA: ago(1).slashes,
        HORA: "21:14",
        ARTICULOS: "5",
        "TOTAL M.N.": "487.30",
        EFECTIVO: "500.00",
        CAMBIO: "12.70"
      },
      expected: completed
    },
    {
      name: "not yet transmitted",
      ticket: {
        "SUC.": "1044 AV. LA PAZ",
        CAJA: "02",
        TICKET: "204105",
        FECHA: ago(0).slashes,
        HORA: "08:02",
        "TOTAL M.N.": "96.00",
        EFECTIVO: "100.00",
        CAMBIO: "4.00"
      },
      expected: failed("TICKET_NOT_FOUND")
    },
    {
      name: "the PAC refuses the postal code",
      ticket: {
        "SUC.": "1044 AV. LA PAZ",
        CAJA: "01",
        TICKET: "203977",
        FECHA: ago(2).slashes,
        HORA: "13:40",
        "TOTAL M.N.": "1,215.00",
        "T. CREDITO": "1,215.00"
      },
      expected: failed("DATA_REJECTED")
    }
  ],
  script: async (page: Page, ticket, profile) => {
    await page.locator("#P10_SUCURSAL").fill(printed(ticket, "SUC.").split(" ")[0] ?? "")
    await page.locator("#P10_CAJA").fill(printed(ticket, "CAJA"))
    await page.locator("#P10_TICKET").fill(printed(ticket, "TICKET"))
    await page.locator("#P10_FECHA").fill(printed(ticket, "FECHA"))
    await page.locator("#P10_TOTAL").fill(printed(ticket, "TOTAL M.N."))
    await page.locator("#B_VALIDAR").click()
    await page.locator("#P20_RFC").fill(profile.rfc)
    await page.locator("#P20_RAZON_SOCIAL").fill(profile.fullName)
    await page.locator("#P20_CP").fill(profile.postalCode)
    await page.locator("#P20_REGIMEN").selectOption(profile.fiscalRegime)
    await page.waitForSelector(`#P20_USO_CFDI:enabled option[value="G03"]`, { state: "attached" })
    await page.locator("#P20_USO_CFDI").selectOption(profile.cfdiUse)
    await page.locator("#P20_EMAIL").fill(profile.email)
    await page.locator("#B_FACTURAR").click()
    await page.locator(".js-confirmBtn").click()
    await download(page, () => page.locator("td[headers=XML] a").click())
  }
}
