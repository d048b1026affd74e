// Stands in for angular.min.js with this page's controller: same attributes and classes, same behaviour.
(function () {
  var $ = function (s, r) { return (r || document).querySelector(s) }, $$ = function (s, r) { return Array.from((r || document).querySelectorAll(s)) }
  var model = {}, tickets = [], files = null, catalogs = { regimen: [], uso: [] }, shown = new Date()
  var two = function (n) { return (n < 10 ? '0' : '') + n }
  function show(expr, on) { $$('[ng-show="' + expr + '"]').forEach(function (e) { e.classList.toggle('ng-hide', !on) }) }
  function field(name) { return $('[ng-model="' + name + '"]') }
  function paint(e) { var bad = !e.value || e.value === '?'; e.classList.toggle('ng-invalid', bad); e.classList.toggle('ng-invalid-required', bad); e.classList.toggle('ng-valid', !bad); e.classList.toggle('ng-empty', bad); e.classList.toggle('ng-not-empty', !bad) }
  $$('[ng-model]').forEach(function (e) {
    e.classList.add('ng-pristine', 'ng-untouched'); paint(e)
    e.addEventListener(e.tagName === 'SELECT' ? 'change' : 'input', function () { e.classList.replace('ng-pristine', 'ng-dirty'); model[e.getAttribute('ng-model')] = e.value; paint(e) })
    e.addEventListener('blur', function () { e.classList.replace('ng-untouched', 'ng-touched') })
  })
  function error(text) { show('vm.error', !!text); $('#msg').textContent = text || ''; if (text) scrollTo(0, 0) }
  function post(path, data) {
    show('vm.cargando', true)
    return fetch('/KPortalExterno/ws/' + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(data) }).then(function (r) { return r.json() }).finally(function () { show('vm.cargando', false) })
  }
  function valid(form) { var ok = true; $$('[ng-model]', form).forEach(function (e) { e.classList.replace('ng-untouched', 'ng-touched'); paint(e); if (e.classList.contains('ng-invalid')) ok = false }); return ok }
  function options(name, list) {
    catalogs[name] = list
    var s = field('vm.receptor.' + name)
    s.innerHTML = '<option value="?" selected="selected"></option>' + list.map(function (o, i) { return '<option label="' + o.descripcion + '" value="object:' + (31 + i + (name === 'uso' ? 40 : 0)) + '">' + o.descripcion + '</option>' }).join('')
    paint(s)
  }
  function chosen(name) { var s = field('vm.receptor.' + name); var o = catalogs[name][s.selectedIndex - (s.options[0].value === '?' ? 1 : 0)]; return o ? o.clave : '' }
  var popup = $('[uib-datepicker-popup-wrap]')
  function calendar() {
    var y = shown.getFullYear(), m = shown.getMonth(), first = new Date(y, m, 1), start = new Date(y, m, 1 - ((first.getDay() + 6) % 7)), rows = ''
    for (var w = 0; w < 6; w++) { rows += '<tr class="uib-weeks">'; for (var d = 0; d < 7; d++) { var day = new Date(start.getFullYear(), start.getMonth(), start.getDate() + w * 7 + d); rows += '<td class="uib-day text-center" role="gridcell"><button type="button" class="btn btn-sm" data-d="' + two(day.getDate()) + '/' + two(day.getMonth() + 1) + '/' + day.getFullYear() + '"><span class="' + (day.getMonth() !== m ? 'text-muted' : '') + '">' + two(day.getDate()) + '</span></button></td>' } rows += '</tr>' }
    popup.innerHTML = '<li><table class="uib-daypicker" role="grid"><thead><tr><th><button type="button" class="uib-left">&lsaquo;</button></th><th colspan="5"><button type="button" class="uib-title" style="width:100%"><strong>' + first.toLocaleDateString('es-MX', { month: 'long', year: 'numeric' }) + '</strong></button></th><th><button type="button" class="uib-right">&rsaquo;</button></th></tr><tr><th>lun</th><th>mar</th><th>mié</th><th>jue</th><th>vie</th><th>sáb</th><th>dom</th></tr></thead><tbody>' + rows + '</tbody></table></li><li class="p-1"><button type="button" class="btn btn-sm btn-info uib-datepicker-current">Hoy</button> <button type="button" class="btn btn-sm btn-success uib-close">Cerrar</button></li>'
  }
  popup.addEventListener('click', function (e) {
    var b = e.target.closest('button'); if (!b) return
    if (b.matches('.uib-left,.uib-right')) { shown = new Date(shown.getFullYear(), shown.getMonth() + (b.matches('.uib-left') ? -1 : 1), 1); return calendar() }
    var now = new Date()
    if (b.matches('.uib-datepicker-current')) b.dataset.d = two(now.getDate()) + '/' + two(now.getMonth() + 1) + '/' + now.getFullYear()
    if (b.dataset.d) { var f = field('vm.ticket.fecha'); f.value = b.dataset.d; paint(f) }
    if (b.dataset.d || b.matches('.uib-close')) popup.classList.add('ng-hide')
  })
  function row(t) { return '<tr ng-repeat="t in vm.tickets" class="ng-scope">' + [t.estacion, t.folio, t.fecha, t.producto, t.formaPago, '$' + t.importe].map(function (c) { return '<td class="ng-binding">' + c + '</td>' }).join('') + '<td><a href="" ng-click="vm.eliminar(t)">Eliminar</a></td></tr>' }
  function list() { $('tbody', $('[ng-show="vm.tickets.length"]')).innerHTML = tickets.map(row).join(''); show('vm.tickets.length', tickets.length > 0); if (!tickets.length) show('vm.paso == 2', false) }
  var vm = {
    'vm.abrir()': function () { calendar(); popup.classList.toggle('ng-hide') },
    'vm.agregar()': function () {
      var form = document.forms.frmTicket
      if (!valid(form)) return error('Capture todos los datos del ticket.')
      var t = {}; ['estacion', 'folio', 'webId', 'fecha'].forEach(function (n) { t[n] = field('vm.ticket.' + n).value.trim() })
      if (tickets.some(function (o) { return o.folio === t.folio })) return error('El ticket ya está en la lista.')
      post('verificaTicketWS2', t).then(function (r) {
        if (r.status !== 0) return error(r.mensaje)
        error(''); tickets.push(Object.assign(t, r.ticket)); list()
        $$('[ng-model]', form).forEach(function (e) { e.value = ''; e.classList.replace('ng-touched', 'ng-untouched'); paint(e) })
      })
    },
    'vm.eliminar(t)': function (b) { tickets.splice(Array.from(b.closest('tbody').children).indexOf(b.closest('tr')), 1); list() },
    'vm.siguiente()': function () { show('vm.paso == 2', true); if (!catalogs.regimen.length) post('catalogos', {}).then(function (r) { options('regimen', r.regimenes); options('uso', r.usos) }) },
    'vm.facturar()': function () {
      if (!valid(document.forms.frmReceptor)) return error('Capture los datos del receptor.')
      if (!confirm('Se emitirá la factura a nombre de ' + field('vm.receptor.razonSocial').value + ' (' + field('vm.receptor.rfc').value + '). ¿Continuar?')) return
      var d = { tickets: tickets.map(function (t) { return t.estacion + '|' + t.folio + '|' + t.webId + '|' + t.fecha }).join(','), regimen: chosen('regimen'), uso: chosen('uso') }
      ;['rfc', 'razonSocial', 'cp', 'correo'].forEach(function (n) { d[n] = field('vm.receptor.' + n).value.trim() })
      post('generaFacturaWS', d).then(function (r) {
        if (r.status !== 0) return error(r.mensaje)
        error(''); files = r; tickets = []; list(); document.forms.frmTicket.classList.add('ng-hide'); show('vm.resultado', true); $('#res').textContent = r.mensaje
      })
    },
    "vm.bajar('pdf')": function () { save(files.b64Pdf, 'application/pdf', '.pdf') },
    "vm.bajar('xml')": function () { save(files.xml, 'application/xml', '.xml') },
    'vm.nueva()': function () { location.reload() }
  }
  function save(b64, type, ext) { var a = document.createElement('a'); a.href = URL.createObjectURL(new Blob([Uint8Array.from(atob(b64), function (c) { return c.charCodeAt(0) })], { type: type })); a.download = files.nombre + ext; a.click() }
  document.addEventListener('click', function (e) { var b = e.target.closest('[ng-click]'); if (!b) return; e.preventDefault(); vm[b.getAttribute('ng-click')](b) })
  document.addEventListener('submit', function (e) { e.preventDefault(); vm[e.target.getAttribute('ng-submit')]() })
})()
