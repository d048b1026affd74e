import {
  ago,
  commas,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  json,
  oneLine,
  openTill,
  printed,
  regimeOptions,
  same,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  typedAs,
  useOptions,
  wrongOf,
  zipFile
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly guide: string
  readonly days: number
}

const sent: Sale = {
  ticket: "7104459028",
  guide: "0055D21B6047820003196",
  days: 3,
  cents: 41238n,
  description: "Servicio de mensajería Día Siguiente",
  paymentForm: "04"
}
const stale: Sale = { ...sent, ticket: "6980034171", guide: "0055D21B6041170002204", days: 71, cents: 26800n }

const outer = (
  frame: string
) => `<!DOCTYPE html><html lang="es-MX"><head><meta charset="UTF-8"><title>Facturación electrónica &#8211; Mensakal</title>
<meta name="generator" content="WordPress 6.8.3"><style>
body{margin:0;font-family:Poppins,Arial,sans-serif;color:#333}.elementor-section{padding:18px 8%}.hd{background:#b3002d;color:#fff;display:flex;justify-content:space-between}
.hd a{color:#fff;margin-left:20px;text-decoration:none}.elementor-widget-container iframe{width:100%;height:780px;border:1px solid #ddd}
#cookie-law-info-bar{position:fixed;bottom:0;left:0;right:0;background:#fffd;border-top:1px solid #999;padding:14px 8%;z-index:99}
.elementor-accordion-item{border:1px solid #ddd;padding:8px;margin-top:6px}</style></head>
<body class="page-template page page-id-2291 elementor-default elementor-page"><header class="elementor-section hd"><a href="/"><b>MENSAKAL</b></a>
<nav class="elementor-nav-menu"><ul style="display:flex;list-style:none;margin:0"><li class="menu-item"><a href="/rastreo/">Rastreo</a></li><li class="menu-item"><a href="/cotizador/">Cotizador</a></li><li class="menu-item"><a href="/oficinas/">Oficinas</a></li><li class="menu-item current-menu-item"><a href="/facturacion-electronica/">Facturación</a></li></ul></nav></header>
<main class="elementor elementor-2291"><section class="elementor-section"><h1 class="elementor-heading-title">Factura tu envío</h1>
<p>Ten a la mano tu comprobante de envío. Podrás solicitar tu factura hasta 30 días después de la compra. ¿Dudas? <a href="mailto:facturacion@mensakal.example">facturacion@mensakal.example</a></p>
<form role="search" class="elementor-search-form" action="/rastreo/"><input class="elementor-search-form__input" type="search" name="guia" placeholder="Rastrea tu envío"><button type="submit">Rastrear</button></form></section>
<section class="elementor-section"><div class="elementor-widget elementor-widget-html"><div class="elementor-widget-container"><iframe src="${frame}" title="Facturación" scrolling="auto" loading="lazy"></iframe></div></div>
<div class="elementor-accordion"><div class="elementor-accordion-item"><a class="elementor-accordion-title" href="#">¿Qué es el uso de CFDI?</a></div><div class="elementor-accordion-item"><a class="elementor-accordion-title" href="#">¿Puedo cancelar mi factura?</a></div></div></section></main>
<div id="cookie-law-info-bar">Utilizamos cookies para mejorar tu experiencia en el sitio. <a role="button" class="cli_action_button wt-cli-accept-all-btn" id="cookie_action_close_header" style="background:#b3002d;color:#fff;padding:8px 14px;cursor:pointer">ENTENDIDO</a></div>
<script>document.getElementById("cookie_action_close_header").onclick=function(){document.getElementById("cookie-law-info-bar").style.display="none";document.cookie="viewed_cookie_policy=yes;path=/"}</script></body></html>`

const inner = (
  token: string
) => `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>Kontafolia PAC :: Autofactura</title>
<link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css"><link rel="stylesheet" href="/vendor/bootstrap-datepicker/dist/css/bootstrap-datepicker3.min.css">
<style>.tab{display:none}.tab.on{display:block}.stepwizard span{display:inline-block;width:30%;text-align:center;color:#888}.stepwizard span.on{color:#b3002d;font-weight:bold}.modal{display:none;position:fixed;inset:0;background:#0006}.modal.open{display:block}
#velo{display:none;position:fixed;inset:0;background:#fffb;z-index:2000;text-align:center;padding-top:200px}</style></head>
<body class="p-3"><div id="velo"><div class="spinner-border text-danger"></div><p>Procesando…</p></div>
<div class="stepwizard mb-3"><span class="on">1<br>Tu envío</span><span>2<br>Datos del receptor</span><span>3<br>Tu comprobante</span></div>
<div id="alerta" class="alert alert-danger d-none" role="alert"></div>
<form id="frmAuto" autocomplete="off" onsubmit="return false"><input type="hidden" name="tk" value="${token}">
<div class="tab on" id="paso1">
<div class="mb-3"><label class="form-label" for="rastreo">Código de rastreo <span class="text-danger">*</span></label><input class="form-control" id="rastreo" name="rastreo" maxlength="10" placeholder="10 dígitos debajo del código de barras"></div>
<div class="row"><div class="col mb-3"><label class="form-label" for="fventa">Fecha de venta <span class="text-danger">*</span></label><div class="input-group date"><input class="form-control" id="fventa" name="fventa" placeholder="dd-mm-aaaa" readonly><span class="input-group-text">📅</span></div></div>
<div class="col mb-3"><label class="form-label" for="pagado">Total pagado con IVA <span class="text-danger">*</span></label><div class="input-group"><span class="input-group-text">$</span><input class="form-control" id="pagado" name="pagado" placeholder="0.00"></div></div></div>
<button type="button" class="btn btn-danger" id="btnUno">Continuar</button></div>
<div class="tab" id="paso2"><p id="resumen" class="small text-muted"></p><div class="row">
<div class="col-4 mb-3"><label class="form-label">RFC <span class="text-danger">*</span></label><input class="form-control text-uppercase" name="r_rfc" maxlength="13"></div>
<div class="col-8 mb-3"><label class="form-label">Nombre, denominación o razón social (sin régimen societario) <span class="text-danger">*</span></label><input class="form-control text-uppercase" name="r_nom"></div>
<div class="col-4 mb-3"><label class="form-label">Domicilio fiscal (C.P.) <span class="text-danger">*</span></label><input class="form-control" name="r_dom" maxlength="5"></div>
<div class="col-8 mb-3"><label class="form-label">Régimen <span class="text-danger">*</span></label><select class="form-select" name="r_reg"><option value="">--</option></select></div>
<div class="col-6 mb-3"><label class="form-label">Uso que se dará al comprobante <span class="text-danger">*</span></label><select class="form-select" name="r_uso"><option value="">--</option></select></div>
<div class="col-6 mb-3"><label class="form-label">Correo para envío <span class="text-danger">*</span></label><input class="form-control" name="r_mail" type="email"></div>
<div class="col-12 mb-3 form-check ms-2"><input class="form-check-input" type="checkbox" id="prom" name="prom" value="1"><label class="form-check-label" for="prom">Quiero recibir promociones de Mensakal</label></div></div>
<button type="button" class="btn btn-outline-secondary" id="btnReg">Regresar</button> <button type="button" class="btn btn-danger" id="btnDos">Continuar</button></div>
<div class="tab" id="paso3"><div class="alert alert-success">Tu comprobante quedó listo y va en camino a <b id="aquien"></b>.</div><dl><dt>Folio fiscal</dt><dd id="ff"></dd></dl><a id="baja" class="btn btn-danger" href="#">Descargar ZIP</a> <a class="btn btn-link" href="#" onclick="location.reload();return false">Facturar otro envío</a></div>
</form>
<div class="modal" id="mdl"><div class="modal-dialog"><div class="modal-content"><div class="modal-header"><h5>Revisa antes de emitir</h5></div><div class="modal-body" id="mdlCuerpo"></div><div class="modal-footer"><button type="button" class="btn btn-secondary" id="mdlNo">Corregir</button><button type="button" class="btn btn-danger" id="mdlSi">Emitir comprobante</button></div></div></div></div>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/vendor/bootstrap-datepicker/dist/js/bootstrap-datepicker.min.js"></script><script src="/vendor/bootstrap-datepicker/dist/locales/bootstrap-datepicker.es.min.js"></script>
<script>$(function(){
$('.date').datepicker({format:'dd-mm-yyyy',language:'es',autoclose:true,endDate:'0d'});
function err(t){$('#alerta').text(t).toggleClass('d-none',!t)}
function paso(n){$('.tab').removeClass('on');$('#paso'+n).addClass('on');$('.stepwizard span').removeClass('on').eq(n-1).addClass('on')}
function post(u,cb){$('#velo').show();$.post(u,$('#frmAuto').serialize()).always(function(){$('#velo').hide()}).done(function(r){if(r.ok)cb(r);else err(r.msg)}).fail(function(){err('No fue posible contactar al servicio.')})}
$('#btnUno').click(function(){err('');post('/autofactura/envio',function(r){$('#resumen').text(r.resumen);paso(2)})});
$('#btnReg').click(function(){err('');paso(1)});
$('[name=r_rfc]').on('change',function(){var v=this.value.toUpperCase().trim();this.value=v;$.getJSON('/autofactura/catalogos',{rfc:v},function(c){$('[name=r_reg]').html('<option value="">--</option>'+c.reg);$('[name=r_uso]').html('<option value="">--</option>'+c.uso)})});
$('#btnDos').click(function(){err('');var falta=$('#paso2 input:not([type=checkbox]),#paso2 select').filter(function(){return !this.value});if(falta.length){err('Todos los campos con * son obligatorios');falta.first().focus();return}
$('#mdlCuerpo').html($('<p>').text('RFC: '+$('[name=r_rfc]').val())).append($('<p>').text('Nombre: '+$('[name=r_nom]').val().toUpperCase()),$('<p>').text('C.P.: '+$('[name=r_dom]').val()),$('<p class="small">').text('Una vez emitido no se podrá modificar.'));$('#mdl').addClass('open')});
$('#mdlNo').click(function(){$('#mdl').removeClass('open')});
$('#mdlSi').click(function(){$('#mdl').removeClass('open');post('/autofactura/emite',function(r){$('#ff').text(r.uuid);$('#aquien').text($('[name=r_mail]').val());$('#baja').attr('href','/autofactura/zip?u='+r.uuid);paso(3)})});
})</script></body></html>`

const start = async () => {
  const till = openTill({ rfc: "MEN081014KL8", name: "MENSAKAL", regime: "601", postalCode: "06700" }, "78102200")
  const pac = await shop<{ sale: Sale | undefined }>({
    till,
    cookie: "KFSESS",
    fresh: () => ({ sale: undefined }),
    routes: {
      "GET /autofactura/mensakal": () => html(inner(crypto.randomUUID())),
      "GET /autofactura/catalogos": ({ field }) =>
        json({ reg: regimeOptions(field("rfc")), uso: useOptions(field("rfc")) }),
      "POST /autofactura/envio": ({ field, session }) => {
        const no = (msg: string) => json({ ok: false, msg })
        if (!/^\d{10}$/.test(field("rastreo"))) return no("El código de rastreo consta de 10 dígitos.")
        if (!/^\d\d-\d\d-\d{4}$/.test(field("fventa"))) return no("Indica la fecha de venta.")
        const sale = [sent, stale].find(({ ticket }) => ticket === field("rastreo"))
        if (sale === undefined || !same(field("pagado"), sale.cents) || ago(sale.days).dashes !== field("fventa"))
          return no(
            "No localizamos un envío con esos datos. Revisa tu comprobante o intenta mañana si tu compra es de hoy."
          )
        if (sale === stale)
          return no(
            "Han pasado más de 30 días desde tu compra; este envío forma parte de la factura al público en general."
          )
        if (isStamped(till, sale)) return no("Ese envío ya cuenta con comprobante fiscal.")
        session.sale = sale
        return json({ ok: true, resumen: `Guía ${sale.guide} — ${sale.description} — $${commas(sale.cents)}` })
      },
      "POST /autofactura/emite": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || isStamped(till, sale)) return json({ ok: false, msg: "La sesión caducó." })
        const raw = typedAs(field, {
          rfc: "r_rfc",
          name: "r_nom",
          postalCode: "r_dom",
          regime: "r_reg",
          use: "r_uso",
          email: "r_mail"
        })
        const typed = { ...raw, rfc: raw.rfc.toUpperCase(), name: oneLine(raw.name) }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ ok: false, msg: `El receptor no pasó la validación (${wrong}).` })
        const { uuid } = await stampOf(till, sale, typed)
        return json({ ok: true, uuid })
      },
      "GET /autofactura/zip": ({ field }) => {
        const made = till.find(field("u"))
        return made === undefined ? html("", 404) : zipFile(made)
      }
    }
  })
  const site = await shop({
    till,
    cookie: "wp_mk",
    landing: "/facturacion-electronica/",
    fresh: () => ({}),
    routes: {
      "GET /facturacion-electronica/": () =>
        html(outer(escaped(new URL("/autofactura/mensakal?tema=b3002d", pac.url).href))),
      "GET /*": () =>
        html(`<title>Mensakal</title><h1>Mensakal</h1><p><a href="/facturacion-electronica/">Facturación</a></p>`)
    }
  })
  return {
    ...site,
    log: () => [...site.log(), ...pac.log()],
    stop: async () => {
      await site.stop()
      await pac.stop()
    }
  }
}

const paper = (sale: Sale, rastreo = sale.ticket) => ({
  GUIA: sale.guide,
  "COD. RASTREO": rastreo,
  "OF. ORIGEN": "MEX-0412",
  FECHA: ago(sale.days).slashes,
  HORA: "13:41",
  SERVICIO: "DIA SIG.",
  "PESO KG": "1.0",
  "IMPORTE TOTAL": `$${commas(sale.cents)}`
})

export const portal: TestPortal = {
  id: "mensakal",
  traps: [
    "the form is in an iframe of a PAC on another origin",
    "read-only bootstrap-datepicker, dd-mm-aaaa",
    "régimen by AJAX after the RFC",
    "confirmation modal stamps",
    "ZIP"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(sent), expected: completed },
    { name: "no such shipment", ticket: paper(sent, "7104459082"), expected: failed("TICKET_NOT_FOUND") },
    { name: "after 30 days", ticket: paper(stale), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    const form = page.frameLocator("iframe")
    await page.locator("#cookie_action_close_header").click()
    await form.locator("#rastreo").fill(printed(ticket, "COD. RASTREO"))
    const [day = "", month = "", year = ""] = printed(ticket, "FECHA").split("/")
    await form.locator("#fventa").click()
    await form.locator(".datepicker-days").waitFor()
    await form.locator(".datepicker-days .datepicker-switch").click()
    const shown = Number(await form.locator(".datepicker-months .datepicker-switch").textContent())
    for (let y = shown; y > Number(year); y--) await form.locator(".datepicker-months .prev").click()
    await form
      .locator(".datepicker-months .month")
      .nth(Number(month) - 1)
      .click()
    await form
      .locator(".datepicker-days td.day:not(.old):not(.new)")
      .getByText(String(Number(day)), { exact: true })
      .click()
    await form.locator("#pagado").fill(printed(ticket, "IMPORTE TOTAL").replace(/[$,]/g, ""))
    await form.locator("#btnUno").click()
    await form.locator("[name=r_rfc]").fill(profile.rfc)
    await form.locator("[name=r_nom]").fill(profile.fullName)
    await form.locator("[name=r_dom]").fill(profile.postalCode)
    await form.locator("[name=r_reg]").selectOption(profile.fiscalRegime)
    await form.locator("[name=r_uso]").selectOption(profile.cfdiUse)
    await form.locator("[name=r_mail]").fill(profile.email)
    await form.locator("#btnDos").click()
    await form.locator("#mdlSi").click()
    await download(page, () => form.locator("#baja").click())
  }
}
