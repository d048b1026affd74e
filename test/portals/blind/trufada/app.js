/* What an AngularJS 1.x build of this form leaves in the document, and how it moves. */
(function () {
  var claim = { branch: null, amount: null, ticket: '', rfc: '' }, client = {}, links = null, view = document.querySelector('[ng-view]')
  var nada = '<option value="? undefined:undefined ?" selected="selected"></option>'
  function go(path) { location.hash = '#' + path }
  function toast(msg, kind) {
    var box = document.getElementById('toast-container')
    var d = document.createElement('div'); d.className = 'toast toast-' + kind; d.innerHTML = '<div class="toast-title">' + (kind === 'error' ? 'Atención' : '') + '</div><div class="toast-message"></div>'; d.querySelector('.toast-message').textContent = msg
    box.appendChild(d); setTimeout(function () { d.remove() }, 7000)
  }
  async function api(path, body) {
    document.body.classList.add('cfp-busy')
    try { var r = await fetch('/api/v2/' + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }); return { status: r.status, data: await r.json() } } finally { document.body.classList.remove('cfp-busy') }
  }
  function f(model, label, type, more) { return '<div class="form-group col-sm-6"><label class="control-label">' + label + '</label><input type="' + type + '" class="form-control ng-pristine ng-untouched ng-valid ng-empty" ng-model="' + model + '" ' + (more || '') + '></div>' }
  function s(model, label, opts, val) { return '<div class="form-group col-sm-6"><label class="control-label">' + label + '</label><select class="form-control ng-pristine ng-untouched ng-empty ng-invalid ng-invalid-required" ng-model="' + model + '" required>' + (val ? '' : nada) + opts.map(function (o) { return '<option label="' + o.label + '" value="' + o.value + '"' + (o.value === val ? ' selected="selected"' : '') + '>' + o.label + '</option>' }).join('') + '</select></div>' }
  function bind(target) {
    view.querySelectorAll('[ng-model]').forEach(function (el) {
      var key = el.getAttribute('ng-model').split('.')[1]
      if (el.tagName === 'INPUT') { el.value = target[key] == null ? '' : target[key] }
      el.addEventListener(el.tagName === 'SELECT' ? 'change' : 'input', function () {
        target[key] = /^\?/.test(el.value) ? null : el.value; el.classList.replace('ng-pristine', 'ng-dirty'); el.classList.toggle('ng-empty', !target[key]); check()
        var q = el.querySelector('option[value^="?"]'); if (q && target[key]) q.remove()
      })
    })
    function check() { var b = view.querySelector('button[type=submit]'); if (b) b.disabled = [].some.call(view.querySelectorAll('[required]'), function (el) { return !el.value || /^\?/.test(el.value) }) }
    check()
  }
  var pages = {
    '/': function () {
      var list = JSON.parse(document.getElementById('branches').textContent)
      view.innerHTML = '<h3>Reclama tu factura</h3><form name="claimForm" novalidate class="row">' + s('claim.branch', 'Sucursal', list.map(function (b) { return { label: b.name, value: 'number:' + b.id } }), claim.branch) + f('claim.amount', 'Monto Ticket', 'number', 'step="0.01" min="0" required') + f('claim.ticket', 'Ticket Id', 'text', 'required') + f('claim.rfc', 'Mi R.F.C.', 'text', 'required ng-minlength="12" maxlength="13" style="text-transform:uppercase"') + '<div class="col-sm-12 text-right"><button type="submit" class="btn btn-primary">Siguiente</button></div></form>'
      bind(claim)
      view.querySelector('form').onsubmit = async function (e) {
        e.preventDefault(); var r = await api('claims/validate', claim)
        if (r.status !== 200) return toast(r.data.message, 'error')
        client = r.data.client; client.usages = r.data.usages; client.regimes = r.data.regimes; go('/client_data')
      }
    },
    '/client_data': function () {
      if (!client.usages) return go('/')
      view.innerHTML = '<h3>Datos del cliente</h3><form name="clientForm" novalidate class="row">' + f('client.rfc', 'R.F.C.', 'text', 'readonly') + f('client.name', 'Razón Social', 'text', 'required') + s('client.regime', 'Régimen Fiscal', client.regimes.map(function (o) { return { label: o.name, value: 'string:' + o.id } }), client.regime) + f('client.street', 'Calle', 'text') + f('client.city', 'Municipio', 'text') + f('client.zip', 'Código Postal', 'text', 'required maxlength="5"') + s('client.usage', 'Uso CFDi', client.usages.map(function (o) { return { label: o.name, value: 'string:' + o.id } }), client.usage) + f('client.email', 'E-mail para envío', 'email', 'required') + '<div class="col-sm-12 text-right"><button type="button" class="btn btn-default" id="back">Anterior</button> <button type="submit" class="btn btn-primary">Siguiente</button></div></form>'
      bind(client)
      document.getElementById('back').onclick = function () { go('/') }
      view.querySelector('form').onsubmit = async function (e) {
        e.preventDefault(); var r = await api('claims/client', { claim: JSON.stringify(claim), name: client.name, regime: client.regime, zip: client.zip, usage: client.usage, email: client.email })
        if (r.status !== 200) return toast(r.data.message, 'error')
        client.review = r.data.review; go('/review')
      }
    },
    '/review': function () {
      if (!client.review) return go('/')
      view.innerHTML = '<h3>VERIFIQUE SUS DATOS</h3><dl class="dl-horizontal">' + client.review.map(function (p) { return '<dt>' + p[0] + '</dt><dd class="ng-binding"></dd>' }).join('') + '</dl><div class="text-right"><button type="button" class="btn btn-default" id="back">Anterior</button> <button type="button" class="btn btn-primary" id="next">Siguiente</button></div>'
      view.querySelectorAll('dd').forEach(function (d, i) { d.textContent = client.review[i][1] })
      document.getElementById('back').onclick = function () { go('/client_data') }
      document.getElementById('next').onclick = async function () {
        this.disabled = true; var r = await api('claims/create', {})
        if (r.status !== 200) { this.disabled = false; return toast(r.data.message, 'error') }
        links = r.data.links; client.review = null; go('/download_links')
      }
    },
    '/download_links': function () {
      if (!links) return go('/')
      view.innerHTML = '<div class="text-center"><h2>Reclamo procesado</h2><p>Guarde sus archivos; también se enviaron a su e-mail.</p>' + links.map(function (l) { return '<a class="btn btn-lg btn-success" href="' + l.href + '" target="_self" download>' + l.text + '</a> ' }).join('') + '</div>'
    }
  }
  function route() { (pages[location.hash.replace(/^#/, '')] || function () { go('/') })() }
  addEventListener('hashchange', route); route()
})()
