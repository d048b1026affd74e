import {
  attachment,
  cfdiUses,
  commas,
  escaped,
  fiscalRegimes,
  html,
  isStamped,
  json,
  openTill,
  options,
  pdfBytes,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  type Visit,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly date: string
  readonly state?: "notYet" | "late" | "foreign"
}

interface Session {
  token: string
  tickets: Array<Sale>
}

const base = "/on/demandware.store/Sites-Merkanela-Site/es_MX"

const form = (
  token: string
) => `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>Facturación electrónica | Merkanela</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/vendor/bootstrap/dist/css/bootstrap.min.css">
<style>.sr-only{position:absolute;width:1px;height:1px;overflow:hidden}.form-group{margin-bottom:1rem}header{background:#b3121d;color:#fff}header a{color:#fff;text-decoration:none}
.veil{position:fixed;inset:0;z-index:3000}.veil .underlay{position:absolute;inset:0;background:#fff;opacity:.6}.spinner{position:absolute;top:50%;left:50%}
.cookie{position:fixed;bottom:0;left:0;right:0;background:#222;color:#fff;padding:14px;z-index:1000}
#deliveryModal{position:fixed;inset:0;background:#0008;z-index:1050;display:flex;align-items:center;justify-content:center}.is-invalid~.invalid-feedback{display:block}
.close{background:none;border:0;font-size:28px;line-height:1}</style></head>
<body><div class="page" data-action="Facturacion-Show" data-querystring="">
<header class="p-3"><div class="container d-flex align-items-center" style="gap:24px"><a class="h4 m-0" href="/">merkanela</a>
<form role="search" action="/buscar" method="get" name="simpleSearch" class="flex-grow-1"><input class="form-control search-field" type="text" name="q" placeholder="Buscar productos" aria-label="Buscar productos o palabras clave"></form>
<a href="/login">Mi cuenta</a><a href="/cart">Carrito (0)</a></div>
<nav class="container mt-2"><a class="me-3" href="/ofertas">Folleto</a><a class="me-3" href="/despensa">Despensa</a><a class="me-3" href="/electronica">Electrónica</a><a class="me-3" href="/farmacia">Farmacia</a></nav></header>
<div role="main" id="maincontent" class="container my-4">
<div class="row"><aside class="col-md-3"><ul class="list-unstyled"><li><a href="/facturacionelectronica">Facturación electrónica</a></li><li><a href="/facturacionconsulta">Consulta de facturas</a></li><li><a href="/preguntas">Preguntas frecuentes</a></li></ul></aside>
<div class="col-md-9"><h1 class="h3">Facturación electrónica</h1>
<div class="card mb-3"><div class="card-header"><h2 class="h5 m-0">1. Agrega tus tickets</h2></div><div class="card-body">
<form class="js-add-ticket" action="${base}/Facturacion-AgregarTicket" method="post" novalidate>
<div class="form-group required"><label class="form-control-label" for="ticketNumber">Ticket</label>
<div class="d-flex"><input type="text" class="form-control" id="ticketNumber" name="ticketNumber" maxlength="19" autocomplete="off" aria-describedby="ticketHelp"><button type="submit" class="btn btn-outline-danger ms-2">Agregar</button></div>
<div class="invalid-feedback d-block" id="ticketError"></div><small id="ticketHelp" class="text-muted">19 dígitos, al pie de tu comprobante de compra</small></div></form>
<table class="table d-none" id="ticketList"><thead><tr><th>Ticket</th><th>Fecha</th><th>Importe</th><th></th></tr></thead><tbody></tbody></table></div></div>
<div class="card"><div class="card-header"><h2 class="h5 m-0">2. Datos de facturación</h2></div><div class="card-body">
<div class="alert alert-danger d-none" role="alert" id="emitError"></div>
<form class="js-emitir" action="${base}/Facturacion-EmitirFactura" method="post" novalidate><fieldset disabled>
<div class="row"><div class="col-6 form-group required"><label for="agregarRfc">RFC</label><input class="form-control" id="agregarRfc" name="agregarRfc" maxlength="13"><div class="invalid-feedback"></div></div>
<div class="col-6 form-group required"><label for="nombreRazonSocial">Nombre o razón social</label><input class="form-control" id="nombreRazonSocial" name="nombreRazonSocial"><div class="invalid-feedback"></div></div>
<div class="col-4 form-group required"><label for="codigoPostal">Código postal</label><input class="form-control" id="codigoPostal" name="codigoPostal" maxlength="5"><div class="invalid-feedback"></div></div>
<div class="col-8 form-group required"><label for="regimenFiscal">Régimen fiscal</label><select class="form-control custom-select" id="regimenFiscal" name="regimenFiscal"><option value="">Selecciona</option>${options(fiscalRegimes.map(({ code, name }) => ({ value: `REG_${code}`, text: `${name} (${code})` })))}</select><div class="invalid-feedback"></div></div>
<div class="col-6 form-group required"><label for="usoCfdi">Uso CFDI</label><select class="form-control custom-select" id="usoCfdi" name="usoCfdi"><option value="">Selecciona</option>${options(cfdiUses.map(({ code, name }) => ({ value: `USO_${code}`, text: `${name} (${code})` })))}</select><div class="invalid-feedback"></div></div>
<div class="col-6 form-group required"><label for="correoElectronico">Correo electrónico</label><input type="email" class="form-control" id="correoElectronico" name="correoElectronico"><div class="invalid-feedback"></div></div></div>
<div class="form-group custom-control custom-checkbox"><input type="checkbox" class="custom-control-input" id="avisoPrivacidad" name="avisoPrivacidad" value="true"> <label class="custom-control-label" for="avisoPrivacidad">He leído el aviso de privacidad</label><div class="invalid-feedback"></div></div>
<div class="form-group custom-control custom-checkbox"><input type="checkbox" class="custom-control-input" id="addtoemaillist" name="addtoemaillist" value="true"> <label class="custom-control-label" for="addtoemaillist">Quiero recibir promociones</label></div>
<input type="hidden" name="csrf_token" value="${token}">
<button type="submit" class="btn btn-danger btn-block w-100">Emitir factura</button></fieldset></form></div></div>
<div class="d-none" id="result"></div></div></div></div>
<footer class="bg-light p-4"><div class="container"><form class="row" action="/newsletter"><label class="col-12">Suscríbete al boletín</label><div class="col-6"><input type="text" class="form-control" name="hpEmailSignUp" placeholder="Correo electrónico" aria-label="Correo electrónico boletín"></div><div class="col-2"><button class="btn btn-secondary" type="button">Enviar</button></div></form><p class="small mt-3">Tus tickets se pueden facturar durante el mes de la compra y hasta el día 5 del mes siguiente. © Merkanela</p></div></footer></div>
<div id="deliveryModal" role="dialog" aria-modal="true" aria-labelledby="dm"><div class="bg-white p-4 rounded" style="width:420px"><div class="d-flex justify-content-between"><h5 id="dm">¿Cómo quieres recibir tu despensa?</h5><button type="button" class="close" aria-label="Close">&times;</button></div>
<p>Ingresa tu código postal para mostrarte los productos de tu tienda.</p><input class="form-control mb-2" name="zipDelivery" placeholder="Código postal" maxlength="5"><button class="btn btn-danger" type="button" id="zipGo">Ver disponibilidad</button></div></div>
<div class="cookie d-flex justify-content-between"><span>Utilizamos cookies para mejorar tu experiencia de compra.</span><button class="btn btn-light btn-sm" type="button" id="ck">Entendido</button></div>
<script src="/vendor/jquery/dist/jquery.min.js"></script><script src="/facturacion.js"></script></body></html>`

const script = `(function ($) {
$.spinner = { start: function () { $('body').append('<div class="veil"><div class="underlay"></div><div class="spinner">Cargando</div></div>') }, stop: function () { $('.veil').remove() } }
$('#deliveryModal .close, #zipGo').on('click', function () { $('#deliveryModal').remove() })
$('#ck').on('click', function () { $('.cookie').attr('style', 'display:none !important') })
function rows(list) {
  $('#ticketList').toggleClass('d-none', !list.length).find('tbody').html(list.map(function (t) { return '<tr><td>' + t.ticket + '</td><td>' + t.date + '</td><td>$' + t.total + '</td><td><a href="#" class="js-remove" data-t="' + t.ticket + '">Quitar</a></td></tr>' }).join(''))
  $('.js-emitir fieldset').prop('disabled', !list.length)
}
$('.js-add-ticket').on('submit', function (e) {
  e.preventDefault(); $('#ticketError').text(''); $.spinner.start()
  $.ajax({ url: this.action, type: 'post', dataType: 'json', data: { ticketNumber: $('#ticketNumber').val(), csrf_token: $('[name=csrf_token]').val() } }).done(function (d) {
    $('[name=csrf_token]').val(d.csrf.token)
    if (!d.success) { $('#ticketNumber').addClass('is-invalid'); $('#ticketError').text(d.errorMessage) }
    else { $('#ticketNumber').removeClass('is-invalid').val(''); rows(d.tickets) }
  }).always($.spinner.stop)
})
$('#ticketList').on('click', '.js-remove', function (e) { e.preventDefault()
  $.post('${base}/Facturacion-QuitarTicket', { ticketNumber: $(this).data('t') + '', csrf_token: $('[name=csrf_token]').val() }, function (d) { $('[name=csrf_token]').val(d.csrf.token); rows(d.tickets) }, 'json') })
$('.js-emitir').on('submit', function (e) {
  e.preventDefault(); var f = $(this); f.find('.is-invalid').removeClass('is-invalid'); $('#emitError').addClass('d-none'); $.spinner.start()
  $.ajax({ url: f.attr('action'), type: 'post', dataType: 'json', data: f.serialize() }).done(function (d) {
    $('[name=csrf_token]').val(d.csrf.token)
    if (d.fields) $.each(d.fields, function (n, m) { $('[name=' + n + ']').addClass('is-invalid').siblings('.invalid-feedback').text(m) })
    if (d.errorMessage) $('#emitError').text(d.errorMessage).removeClass('d-none')
    if (d.success) { $('.card').remove(); $('#result').removeClass('d-none').html('<div class="card"><div class="card-body"><h2 class="h5">Comprobante emitido</h2><p>Folio fiscal<br><strong>' + d.uuid + '</strong></p><p>Enviamos una copia a ' + d.email + '</p><a class="btn btn-danger" href="' + d.pdfUrl + '">PDF</a> <a class="btn btn-outline-danger" href="' + d.xmlUrl + '">XML</a></div></div>') }
  }).always($.spinner.stop)
})
})(jQuery)`

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "MKN910512HV5", name: "MERKANELA TIENDAS", regime: "601", postalCode: "64610" },
    "50192100"
  )

  const renew = (session: Session) => {
    session.token = Buffer.from(crypto.getRandomValues(new Uint8Array(48))).toString("base64url")
    return { tokenName: "csrf_token", token: session.token }
  }
  const forged = ({ field, session }: Visit<Session>) => field("csrf_token") !== session.token
  const listed = (session: Session) =>
    session.tickets.map(({ cents, date, ticket }) => ({ ticket, date, total: commas(cents) }))

  const whyNot = (sale: Sale | undefined, session: Session) => {
    if (sale === undefined) return "El ticket ingresado no existe. Verifica los dígitos e intenta de nuevo."
    if (sale.state === "notYet") {
      return "Tu compra todavía no llega a nuestro sistema de facturación. Intenta de nuevo 24 horas después de tu compra."
    }
    if (sale.state === "late")
      return "El periodo para facturar esta compra concluyó: el mes de tu compra ya fue cerrado."
    if (isStamped(till, sale)) return "Este ticket cuenta con una factura emitida."
    if (sale.state === "foreign")
      return "Este ticket cuenta con una factura emitida a otro RFC y no se puede volver a emitir."
    if (session.tickets.includes(sale)) return "El ticket ya está en tu lista."
    return undefined
  }

  const fieldErrors = ({ field }: Visit<Session>) => {
    const errors: Record<string, string> = {}
    for (const name of [
      "agregarRfc",
      "nombreRazonSocial",
      "codigoPostal",
      "regimenFiscal",
      "usoCfdi",
      "correoElectronico"
    ]) {
      if (field(name) === "") errors[name] = "Este campo es requerido."
    }
    if (errors.agregarRfc === undefined && !/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(field("agregarRfc")))
      errors.agregarRfc = "Escribe un RFC válido, en mayúsculas."
    if (errors.codigoPostal === undefined && !/^\d{5}$/.test(field("codigoPostal")))
      errors.codigoPostal = "Escribe un código postal válido."
    if (field("avisoPrivacidad") !== "true") errors.avisoPrivacidad = "Debes aceptar el aviso de privacidad."
    return errors
  }

  return shop<Session>({
    till,
    cookie: "dwsid",
    fresh: () => ({ token: "", tickets: [] }),
    routes: {
      "GET /": () => seeOther("/facturacionelectronica"),
      "GET /favicon.ico": () => new Response(null, { status: 204 }),
      "GET /facturacionelectronica": ({ session }) => {
        session.tickets = []
        return html(form(renew(session).token))
      },
      "GET /facturacion.js": () => new Response(script, { headers: { "content-type": "text/javascript" } }),
      [`POST ${base}/Facturacion-AgregarTicket`]: async (visit) => {
        await Bun.sleep(600)
        const { field, session } = visit
        if (forged(visit))
          return json({ csrf: renew(session), success: false, errorMessage: "Tu sesión expiró, recarga la página." })
        const csrf = renew(session)
        if (!/^\d{19}$/.test(field("ticketNumber")))
          return json({ csrf, success: false, errorMessage: "El ticket debe tener 19 dígitos." })
        const sale = sales.find(({ ticket }) => ticket === field("ticketNumber"))
        const errorMessage = whyNot(sale, session)
        if (sale === undefined || errorMessage !== undefined) return json({ csrf, success: false, errorMessage })
        session.tickets.push(sale)
        return json({ csrf, success: true, tickets: listed(session) })
      },
      [`POST ${base}/Facturacion-QuitarTicket`]: ({ field, session }) => {
        session.tickets = session.tickets.filter(({ ticket }) => ticket !== field("ticketNumber"))
        return json({ csrf: renew(session), success: true, tickets: listed(session) })
      },
      [`POST ${base}/Facturacion-EmitirFactura`]: async (visit) => {
        await Bun.sleep(1800)
        const { field, session } = visit
        if (forged(visit))
          return json({ csrf: renew(session), success: false, errorMessage: "Tu sesión expiró, recarga la página." })
        const csrf = renew(session)
        const fields = fieldErrors(visit)
        if (Object.keys(fields).length > 0) return json({ csrf, success: false, fields })
        const sale = session.tickets[0]
        if (sale === undefined || isStamped(till, sale))
          return json({ csrf, success: false, errorMessage: "Agrega al menos un ticket." })
        const typed = {
          rfc: field("agregarRfc"),
          name: field("nombreRazonSocial").toUpperCase(),
          postalCode: field("codigoPostal"),
          regime: field("regimenFiscal").slice(4),
          use: field("usoCfdi").slice(4),
          email: field("correoElectronico")
        }
        if (wrongOf(typed) !== undefined) {
          return json({
            csrf,
            success: false,
            errorMessage: "Los datos fiscales no corresponden con los registrados ante el SAT."
          })
        }
        const { uuid } = await stampOf(till, sale, typed)
        session.tickets = []
        return json({
          csrf,
          success: true,
          uuid,
          email: escaped(typed.email),
          pdfUrl: `${base}/Facturacion-Descargar?uuid=${uuid}&tipo=pdf`,
          xmlUrl: `${base}/Facturacion-Descargar?uuid=${uuid}&tipo=xml`
        })
      },
      [`GET ${base}/Facturacion-Descargar`]: async ({ field }) => {
        const made = till.find(field("uuid"))
        if (made === undefined) return html("<h1>Lo sentimos</h1>", 404)
        return field("tipo") === "xml"
          ? attachment(await xmlText(made), "application/octet-stream", `Factura_${made.uuid}.xml`)
          : attachment(await pdfBytes(made), "application/octet-stream", `Factura_${made.uuid}.pdf`)
      }
    }
  })
}
