var rfc_validado = false, bandera_fact = false, confirmarFacturar = false, paso = 0
var iziToast = {
  show: function (o) {
    var w = $('<div class="iziToast-wrapper"><div class="iziToast ' + (o.theme || '') + '"><div class="iziToast-body"><strong class="iziToast-title"></strong> <p class="iziToast-message"></p><div class="iziToast-buttons"></div></div></div></div>')
    w.find('.iziToast-title').text(o.title || ''); w.find('.iziToast-message').text(o.message)
    var hide = function () { w.remove() }
    $.each(o.buttons || [], function (_, b) { $(b[0]).on('click', function () { b[1](hide) }).appendTo(w.find('.iziToast-buttons')) })
    if (!o.buttons) { w.addClass('top'); setTimeout(hide, 8000) }
    $('body').append(w)
  },
  error: function (m) { this.show({ theme: 'error', title: 'Error', message: m }) },
  success: function (m) { this.show({ theme: 'success', title: 'OK', message: m }) }
}
var titulos = $('#wizard .title').map(function () { return $(this).text() }).get()
function pinta() {
  $('#wizard .steps ul').html($.map(titulos, function (t, i) {
    return '<li role="tab" class="' + (i === paso ? 'current' : i < paso ? 'done' : 'disabled') + '" aria-selected="' + (i === paso) + '"><a href="#wizard-h-' + i + '">' + (i === paso ? '<span class="current-info audible">current step: </span>' : '') + '<span class="number">' + (i + 1) + '.</span> ' + t + '</a></li>'
  }).join(''))
  $('#wizard .body').hide().eq(paso).show()
  $('#boton_siguiente').text(paso === 2 ? 'Facturar' : 'Siguiente')
  $('.actions li').first().toggleClass('disabled', paso === 0 || paso === 3)
  $('.actions li').last().toggle(paso < 3)
}
function espera(si) { $('#loader').css('display', si ? 'flex' : 'none') }
function pide(url, datos) { espera(true); return $.ajax({ url: url, method: 'POST', data: datos, dataType: 'json' }).always(function () { espera(false) }) }
function datosTicket() { return { tienda: $('#tienda').val(), ticket: $('#ticket').val(), importe: $('#importe').val(), fecha: $('#fecha').val() } }
function datosCuenta() { return { rfc: $('#register-rfc').val().toUpperCase(), razon_social: $('#razon_social').val(), email: $('#email').val(), cp: $('#cp').val(), regimen: $('#regimen').val(), uso_cfdi: $('#uso_cfdi').val() } }
function requeridos(form) {
  form.find('label.error').remove(); var bien = true
  form.find('input,select').each(function () { if (!$(this).val()) { bien = false; $('<label class="error">Este campo es obligatorio.</label>').insertAfter(this) } })
  return bien
}
function obtieneRegimenEnSelect(rfc) {
  var r = document.getElementById('regimen'), u = document.getElementById('uso_cfdi'); r.innerHTML = ''; u.innerHTML = ''
  if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/i.test(rfc)) return
  fetch('/facturacion/get_regimen?rfc=' + encodeURIComponent(rfc)).then(function (x) { return x.json() }).then(function (l) { r.innerHTML = '<option value="">Seleccione</option>' + l.map(function (o) { return '<option value="' + o.clave + '">' + o.clave + ' - ' + o.descripcion + '</option>' }).join('') })
  fetch('/facturacion/get_uso?rfc=' + encodeURIComponent(rfc)).then(function (x) { return x.json() }).then(function (l) { u.innerHTML = '<option value="">Seleccione</option>' + l.map(function (o) { return '<option value="' + o.clave + '">' + o.clave + ' - ' + o.descripcion + '</option>' }).join('') })
}
$('#register-rfc').on('change', function () { obtieneRegimenEnSelect(this.value) })
$('#btn-buscar-rfc').on('click', function () {
  var rfc = $('#register-rfc').val()
  pide('/users/traerDatos', { rfc: rfc }).done(function (d) {
    if (d.error) { $('#register-form')[0].reset(); $('#register-rfc').val(rfc); iziToast.show({ title: 'RFC nuevo', message: d.error }); obtieneRegimenEnSelect(rfc); return }
    rfc_validado = true
  })
})
/* jquery.mask 0000-00-00 */
$('#fecha').on('input', function () { var d = this.value.replace(/\D/g, '').slice(0, 8); this.value = d.length > 6 ? d.slice(0, 4) + '-' + d.slice(4, 6) + '-' + d.slice(6) : d.length > 4 ? d.slice(0, 4) + '-' + d.slice(4) : d })
$('#fecha').datepicker({ format: 'yyyy-mm-dd', autoclose: true, endDate: '0d' })
function vistaPrevia(d) {
  var c = document.getElementById('pdf-canvas').getContext('2d'); c.fillStyle = '#fff'; c.fillRect(0, 0, 620, 330); c.fillStyle = '#222'; c.font = 'bold 15px Arial'; c.fillText('VISTA PREVIA - SIN VALIDEZ FISCAL', 24, 36); c.font = '13px Arial'
  d.lineas.forEach(function (l, i) { c.fillText(l, 24, 74 + i * 24) })
}
function avanza() { paso++; confirmarFacturar = false; pinta() }
function siguiente() {
  if (paso === 0) {
    if (!requeridos($('#ticket-form'))) return
    pide('/facturacion/verificaParametros', datosTicket()).done(function (r) {
      if (r.facturado) {
        iziToast.show({ title: 'Ticket con comprobante', message: r.mensaje, buttons: [['<button class="btn btn-sm btn-success"><b>SI</b></button>', function (h) { h(); bootstrap.Modal.getOrCreateInstance('#modal-facturado').show() }], ['<button class="btn btn-sm btn-secondary">NO</button>', function (h) { h() }]] })
      } else if (r.error) iziToast.error(r.error)
      else { iziToast.success(r.success); avanza() }
    })
  } else if (paso === 1) {
    if (!requeridos($('#register-form'))) return
    pide('/users/guardarCuenta', datosCuenta()).done(function (r) {
      if (r.error) return iziToast.error(r.error)
      pide('/facturacion/generarVistaPrevia', datosTicket()).done(function (v) { vistaPrevia(v); avanza() })
    })
  } else if (paso === 2) {
    if (!$('#chk_confirmar').prop('checked')) return iziToast.error('Debe confirmar que sus datos son correctos')
    if (!confirmarFacturar) {
      iziToast.show({ title: 'Facturar', message: 'Esta a punto de facturar el ticket ' + $('#ticket').val() + ' ¿desea continuar?', buttons: [['<button class="btn btn-sm btn-success"><b>SI</b></button>', function (h) { h(); confirmarFacturar = true; siguiente() }], ['<button class="btn btn-sm btn-secondary">NO</button>', function (h) { h() }]] })
      return
    }
    confirmarFacturar = false
    pide('/facturacion/verificaFactura', datosTicket()).done(function (r) {
      if (r.error) return iziToast.error(r.error)
      $.get('/facturacion/documentos/' + r.id, function (h) { $('#documentos').html(h); bandera_fact = true; avanza() })
    })
  }
}
$('.actions').on('click', 'a', function (e) { e.preventDefault(); if ($(this).attr('href') === '#next') siguiente(); else if (paso === 1 || paso === 2) { paso--; pinta() } })
$('.steps').on('click', 'a', function (e) { e.preventDefault() })
$('#btn_recupera').on('click', function () {
  pide('/facturacion/validar_ticket_facturado', $.extend(datosTicket(), { rfc: $('#rfc_recupera').val() })).done(function (r) {
    $('#recupera_msg').html(r.error ? '<span class="text-danger">' + r.error + '</span>' : '<a class="btn btn-outline-success" href="/facturacion/zip_factura/' + r.id + '">Descargar ZIP</a>')
  })
})
pinta()
bootstrap.Modal.getOrCreateInstance('#modal-bienvenida', { backdrop: 'static' }).show()
