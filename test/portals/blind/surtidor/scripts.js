/* As ASPxEditors and ASPxPageControl behave, reduced to what this page uses. */
var P = 'MainContent_tabFacturacion_', PD = P + 'pnlDatosContribuyente_', PC = PD + 'pnlDatosDomicilio_'
function $id(id) { return document.getElementById(id) }
function V(id) { return $id(id + '_I').value }
function cargando(si) { $id('LoadingPanel').style.display = si ? 'block' : 'none'; $id('LoadingPanel_LD').style.display = si ? 'block' : 'none' }
async function callback(param, datos) {
  cargando(true)
  var cuerpo = new URLSearchParams(Object.assign({ __EVENTTARGET: '', __VIEWSTATE: $id('__VIEWSTATE').value, __CALLBACKID: 'ctl00$MainContent$cbFacturacion', __CALLBACKPARAM: param }, datos))
  try { return JSON.parse((await (await fetch('facturacion.aspx', { method: 'POST', body: cuerpo })).text()).replace(/^0\|\/\*DX\*\//, '')) } finally { cargando(false) }
}
function tab(n) {
  for (var i = 0; i < 3; i++) {
    $id('MainContent_tabFacturacion_C' + i).style.display = i === n ? '' : 'none'
    $id('MainContent_tabFacturacion_T' + i).className = 'dxtc-tab' + (i === n ? ' dxtc-activeTab_Moderno' : ' dxtc-tabDisabled')
  }
}
function boton(id, act) { $id(id).addEventListener('click', act) }

/* ASPxSpinEdit: digits only; a currency loses its format with the focus and gets it back after. */
function spin(id, moneda) {
  var i = $id(id + '_I'), raw = ''
  i.addEventListener('keypress', function (e) { if (!(moneda ? /[\d.]/ : /\d/).test(e.key) && e.key.length === 1) e.preventDefault() })
  i.addEventListener('focus', function () { if (moneda) i.value = raw })
  i.addEventListener('blur', function () { raw = i.value.replace(moneda ? /[^\d.]/g : /\D/g, ''); i.value = moneda && raw !== '' ? Number(raw).toLocaleString('es-MX', { style: 'currency', currency: 'MXN' }) : raw })
  return { valor: function () { return document.activeElement === i ? i.value : raw || i.value } }
}
/* ASPxComboBox, DropDownList: the text is the list's or nothing. */
function combo(id, opciones) {
  var i = $id(id + '_I'), vi = $id(id + '_VI'), pw = $id(id + '_DDD_PW-1'), lista = opciones || [], abierto = false
  function llena(f) {
    $id(id + '_DDD_L_LBT').innerHTML = lista.map(function (o, n) { return o.texto.toLowerCase().indexOf((f || '').toLowerCase()) < 0 ? '' : '<tr class="dxeListBoxItemRow_Moderno"><td id="' + id + '_DDD_L_LBI' + n + 'T0" class="dxeListBoxItem_Moderno' + (o.valor === vi.value ? ' dxeListBoxItemSelected_Moderno' : '') + '" data-n="' + n + '">' + o.texto + '</td></tr>' }).join('')
  }
  function abre() { llena(); var r = i.closest('table').getBoundingClientRect(); pw.style.left = r.left + scrollX + 'px'; pw.style.top = r.bottom + scrollY + 'px'; pw.style.width = r.width + 'px'; pw.style.display = 'block'; abierto = true }
  function cierra() { pw.style.display = 'none'; abierto = false; var o = lista.find(function (x) { return x.valor === vi.value }); i.value = o ? o.texto : '' }
  $id(id + '_B-1').addEventListener('mousedown', function (e) { e.preventDefault(); abierto ? cierra() : (abre(), i.focus()) })
  i.addEventListener('mousedown', function () { if (!abierto) abre() })
  i.addEventListener('input', function () { if (!abierto) abre(); llena(i.value) })
  i.addEventListener('keydown', function (e) { if (e.key === 'Enter') { var f = $id(id + '_DDD_L_LBT').querySelector('td'); if (f) { vi.value = lista[+f.dataset.n].valor } cierra(); e.preventDefault() } })
  i.addEventListener('blur', function () { setTimeout(function () { if (abierto) cierra() }, 150) })
  pw.addEventListener('mousedown', function (e) { e.preventDefault() })
  pw.addEventListener('mouseup', function (e) { var td = e.target.closest('td[data-n]'); if (td) { vi.value = lista[+td.dataset.n].valor; cierra(); i.dispatchEvent(new Event('dxselected')) } })
  return { carga: function (l) { lista = l; vi.value = ''; i.value = '' }, valor: function () { return vi.value } }
}
var estacion = spin(P + 'speNumeroEstacion'), importe = spin(P + 'speImporte', true)
var regimen = combo(PD + 'cmbRegimenFiscal'), uso = combo(P + 'cmbUsoCFDI')
boton(P + 'btnBuscarEstacion', async function () {
  var r = await callback('ESTACION', { estacion: estacion.valor() })
  if (r.error) return alert(r.error)
  $id('MainContent_tabFacturacion_lblEstacion').innerText = r.texto
  $id('MainContent_tabFacturacion_pnlEstacion').style.display = ''
})
boton(P + 'btnSeleccionaEstacion', function () { tab(1) })
boton(P + 'btnBuscarRFC', async function () {
  var r = await callback('RFC', { rfc: V(P + 'txtRFC') })
  if (r.error) return alert(r.error)
  $id(P + 'pnlDatosContribuyente').style.display = ''
  regimen.carga(r.regimenes)
  $id(P + 'lblRFC').innerText = r.aviso
})
boton(P + 'btnIngresaRFC', async function () {
  var r = await callback('CONTRIBUYENTE', { rfc: V(P + 'txtRFC'), razon: V(PD + 'txtRazonSocial'), regimen: regimen.valor(), cp: V(PC + 'txtCodigoPostal'), correo: V(PD + 'txtCorreo'), calle: V(PC + 'txtCalle'), colonia: V(PC + 'txtColonia') })
  if (r.error) return alert(r.error)
  uso.carga(r.usos); tab(2)
})
boton(P + 'btnAgregarTicket', async function () {
  var r = await callback('CONSUMO', { ticket: V(P + 'txtNumeroTicket'), importe: importe.valor() })
  if (r.error) return alert(r.error)
  $id(P + 'grdConsumos_DXMainTable').querySelector('tbody').innerHTML = r.filas
  $id(P + 'lblTotal').innerText = r.total
})
boton(P + 'btnFacturar', async function () {
  var r = await callback('FACTURAR', { uso: uso.valor() })
  if (r.error) return alert(r.error)
  $id(P + 'pcExito_PW-1').style.display = 'block'; $id(P + 'pcExito_DXPWMB-1').style.display = 'block'
  $id(P + 'lblExito').innerText = 'Se generó la factura ' + r.folio + '.'
  function baja(texto, nombre, tipo) { var b = Uint8Array.from(atob(texto), function (c) { return c.charCodeAt(0) }), a = document.createElement('a'); a.href = URL.createObjectURL(new Blob([b], { type: tipo })); a.download = nombre; a.click() }
  boton(P + 'pcExito_btnXML', function () { baja(r.xml, r.folio + '.xml', 'text/xml') })
  boton(P + 'pcExito_btnPDF', function () { baja(r.pdf, r.folio + '.pdf', 'application/pdf') })
})
tab(0)
