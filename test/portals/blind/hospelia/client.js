(function () {
  var seq = 1008
  function make(html) { var t = document.createElement("template"); t.innerHTML = html.trim(); return t.content.firstElementChild }
  function mask(on) { var m = document.getElementById("loadmask-1002"); if (m) m.remove(); if (on) document.body.appendChild(make('<div class="x-mask x-mask-fixed" id="loadmask-1002" role="status"><div class="x-mask-loading"><div class="x-mask-msg-text">Espere...</div></div></div>')) }
  function request(url, params, done) {
    mask(true)
    fetch(url, { method: "POST", headers: { "X-Requested-With": "XMLHttpRequest", "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8" }, body: new URLSearchParams(params) }).then(function (r) { return r.json() }).then(function (r) { mask(false); if (r.success) done(r); else msg("Atención", r.msg, ["Aceptar"]) })
  }
  function btn(text, act) {
    var id = "button-" + ++seq
    var b = make('<a class="x-btn x-unselectable x-box-item x-btn-default-small" hidefocus="on" unselectable="on" role="button" aria-hidden="false" aria-disabled="false" tabindex="0" id="' + id + '" data-componentid="' + id + '"><span id="' + id + '-btnWrap" data-ref="btnWrap" role="presentation" unselectable="on" class="x-btn-wrap x-btn-wrap-default-small"><span id="' + id + '-btnEl" data-ref="btnEl" role="presentation" class="x-btn-button x-btn-text x-btn-button-center"><span id="' + id + '-btnInnerEl" data-ref="btnInnerEl" unselectable="on" class="x-btn-inner x-btn-inner-default-small">' + text + "</span></span></span></a>")
    b.addEventListener("click", function () { if (!b.classList.contains("x-btn-disabled")) act(b) })
    b.addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); act(b) } })
    return b
  }
  function win(title, body, buttons, box) {
    var id = (box ? "messagebox-" : "window-") + ++seq
    var w = make('<div class="x-mask-wrap"><div class="x-mask" role="presentation"></div><div class="x-window ' + (box ? "x-message-box " : "") + 'x-layer x-window-default x-closable x-border-box" role="' + (box ? "alertdialog" : "dialog") + '" aria-labelledby="' + id + '_header-title-textEl" id="' + id + '" tabindex="-1"><div class="x-window-header x-header" id="' + id + '_header"><div class="x-title-text" id="' + id + '_header-title-textEl">' + title + '</div><div class="x-tool x-tool-close" role="button" aria-label="Cerrar diálogo"></div></div><div class="x-window-body"></div><div class="x-toolbar x-docked x-toolbar-footer" role="toolbar"></div></div></div>')
    w.querySelector(".x-window-body").append(body)
    buttons.forEach(function (one) { w.querySelector(".x-toolbar").append(btn(one.text, function () { if (!one.keep) w.remove(); if (one.act) one.act() })) })
    w.querySelector(".x-tool-close").onclick = function () { w.remove() }
    document.body.append(w)
    return w
  }
  function msg(title, text, buttons, yes) {
    var d = make('<div class="x-window-text" id="messagebox-1001-msg"></div>')
    d.textContent = text
    win(title, d, buttons.map(function (t) { return { text: t, act: t === "Sí" ? yes : undefined } }), true)
  }
  function field(type, name, label, more) {
    var id = type + "-" + ++seq
    var el = make('<div class="x-field x-form-item x-form-item-default x-form-type-text x-field-default x-anchor-form-item" role="presentation" id="' + id + '"><label id="' + id + '-labelEl" data-ref="labelEl" class="x-form-item-label x-form-item-label-default x-unselectable" for="' + id + '-inputEl"><span class="x-form-item-label-inner"><span id="' + id + '-labelTextEl" data-ref="labelTextEl" class="x-form-item-label-text">' + label + ':</span></span></label><div id="' + id + '-bodyEl" role="presentation" class="x-form-item-body"><div id="' + id + '-triggerWrap" role="presentation" class="x-form-trigger-wrap"><div id="' + id + '-inputWrap" role="presentation" class="x-form-text-wrap"><input id="' + id + '-inputEl" data-ref="inputEl" type="text" size="1" name="' + name + '" ' + (more || "") + ' role="' + (type === "combo" ? "combobox" : "textbox") + '" aria-invalid="false" aria-required="true" class="x-form-field x-form-required-field x-form-text x-form-text-default" autocomplete="off" data-componentid="' + id + '"></div>' + (type === "textfield" ? "" : '<div id="' + id + '-trigger-picker" class="x-form-trigger ' + (type === "combo" ? "x-form-arrow-trigger" : "x-form-date-trigger") + '" role="presentation"></div>') + '</div></div></div>')
    var input = el.querySelector("input")
    return { el: el, input: input, name: name, label: label, get: function () { return input.value.trim() }, blank: function () { var bad = this.get() === ""; input.classList.toggle("x-form-invalid-field", bad); input.setAttribute("aria-invalid", String(bad)); input.title = bad ? "Este campo es obligatorio" : ""; return bad } }
  }
  function combo(name, label) {
    var f = field("combo", name, label, 'aria-haspopup="true" aria-expanded="false" aria-autocomplete="list"')
    var store = [], value = "", list = make('<div class="x-boundlist x-boundlist-floating x-layer x-boundlist-default x-border-box" id="boundlist-' + ++seq + '" role="presentation" style="display:none"><div class="x-boundlist-list-ct x-scroller"><ul class="x-list-plain" role="listbox"></ul></div></div>')
    document.body.append(list)
    function hide() { list.style.display = "none"; f.input.setAttribute("aria-expanded", "false") }
    function show(filter) {
      var found = store.filter(function (r) { return r.text.toLowerCase().indexOf(filter.toLowerCase()) === 0 })
      list.querySelector("ul").replaceChildren.apply(list.querySelector("ul"), found.map(function (r, i) { var li = make('<li role="option" unselectable="on" class="x-boundlist-item" tabindex="-1" data-recordindex="' + i + '"></li>'); li.textContent = r.text; li.onclick = function () { choose(r); hide() }; return li }))
      var b = f.input.getBoundingClientRect()
      Object.assign(list.style, { left: b.left + scrollX + "px", top: b.bottom + scrollY + "px", width: Math.max(b.width, 260) + "px", display: found.length ? "" : "none" })
      f.input.setAttribute("aria-expanded", String(found.length > 0))
    }
    function choose(r) { value = r.value; f.input.value = r.text; f.input.classList.remove("x-form-invalid-field"); if (f.onSelect) f.onSelect(r.value) }
    f.el.querySelector(".x-form-trigger").addEventListener("mousedown", function (e) { e.preventDefault(); f.input.focus(); if (list.style.display === "none") show(""); else hide() })
    f.input.addEventListener("input", function () { show(f.input.value) })
    f.input.addEventListener("keydown", function (e) { if (e.key === "ArrowDown") show(""); if (e.key === "Escape") hide(); if (e.key === "Enter") { var li = list.querySelector("li"); if (list.style.display !== "none" && li) li.click() } })
    f.input.addEventListener("blur", function () { setTimeout(function () { hide(); var r = store.filter(function (x) { return x.text.toLowerCase() === f.input.value.toLowerCase() })[0]; if (r) { if (r.value !== value) choose(r) } else { var was = store.filter(function (x) { return x.value === value })[0]; f.input.value = was ? was.text : "" } }, 180) })
    list.addEventListener("mousedown", function (e) { e.preventDefault() })
    f.get = function () { return value }
    f.load = function (rows) { store = rows; value = ""; f.input.value = "" }
    return f
  }
  function date(name, label) {
    var f = field("datefield", name, label)
    var picker, shown = new Date()
    function draw() {
      var y = shown.getFullYear(), m = shown.getMonth(), from = new Date(y, m, 1 - new Date(y, m, 1).getDay()), rows = ""
      for (var w = 0; w < 6; w++) { rows += "<tr>"; for (var d = 0; d < 7; d++) { var c = new Date(from.getFullYear(), from.getMonth(), from.getDate() + w * 7 + d); rows += '<td role="gridcell" class="x-datepicker-cell ' + (c.getMonth() === m ? "x-datepicker-active" : "x-datepicker-prevday") + '"><div hidefocus="on" class="x-datepicker-date" data-d="' + [c.getFullYear(), c.getMonth() + 1, c.getDate()].join("-") + '">' + c.getDate() + "</div></td>" } rows += "</tr>" }
      picker.innerHTML = '<div class="x-datepicker-header"><div class="x-datepicker-prev" role="button" title="Mes Anterior (Control+Left)">◀</div><span class="x-datepicker-month">' + ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"][m] + " " + y + '</span><div class="x-datepicker-next" role="button" title="Mes Siguiente (Control+Right)">▶</div></div><table class="x-datepicker-inner" role="grid"><tbody>' + rows + "</tbody></table>"
    }
    f.el.querySelector(".x-form-trigger").addEventListener("mousedown", function (e) {
      e.preventDefault()
      if (picker) { picker.remove(); picker = undefined; return }
      picker = make('<div class="x-datepicker x-layer x-datepicker-default" id="datepicker-' + ++seq + '" role="application"></div>')
      draw()
      var b = f.input.getBoundingClientRect()
      Object.assign(picker.style, { left: b.left + scrollX + "px", top: b.bottom + scrollY + "px" })
      document.body.append(picker)
      picker.addEventListener("mousedown", function (e) { e.preventDefault() })
      picker.addEventListener("click", function (e) { var t = e.target; if (t.className === "x-datepicker-prev" || t.className === "x-datepicker-next") { shown = new Date(shown.getFullYear(), shown.getMonth() + (t.className === "x-datepicker-prev" ? -1 : 1), 1); draw() } else if (t.dataset.d) { var p = t.dataset.d.split("-"); f.input.value = p[2].padStart(2, "0") + "/" + p[1].padStart(2, "0") + "/" + p[0]; picker.remove(); picker = undefined } })
    })
    f.input.addEventListener("blur", function () { var m = /^(\d{1,2})[\/-](\d{1,2})[\/-](\d{4})$/.exec(f.get()); if (m) f.input.value = m[1].padStart(2, "0") + "/" + m[2].padStart(2, "0") + "/" + m[3]; else if (f.get()) { f.input.classList.add("x-form-invalid-field"); f.input.title = f.get() + " no es una fecha válida - debe tener el formato d/m/Y" } })
    return f
  }
  function values(fields) { var o = {}; fields.forEach(function (f) { o[f.name] = f.get() }); return o }
  function blank(fields) { return fields.filter(function (f) { return f.blank() }).length > 0 }
  function panel(title, kids) { var p = make('<div class="x-panel x-panel-default" id="panel-' + ++seq + '"><div class="x-panel-header x-header"><div class="x-title-text">' + title + '</div></div><div class="x-panel-body"></div></div>'); p.querySelector(".x-panel-body").append.apply(p.querySelector(".x-panel-body"), kids); return p }
  var view = document.getElementById("viewport-1001")
  var hotel = combo("hotel", "Hotel"), conf = field("textfield", "confNo", "No. de reservación", 'maxlength="9"'), guest = field("textfield", "guestLast", "Apellido(s) del huésped"), out = date("coDate", "Fecha de salida")
  var stay = [hotel, conf, guest, out]
  hotel.load(JSON.parse(document.getElementById("hoteles").textContent))
  view.append(panel("1. Localice su estancia", stay.map(function (f) { return f.el }).concat([btn("Consultar folios", function () {
    if (blank(stay)) return
    request("/efolio/folios.do", values(stay), grid)
  })])))
  function grid(r) {
    var old = document.getElementById("gridpanel-1090")
    if (old) old.remove()
    var g = make('<div class="x-panel x-grid" id="gridpanel-1090" role="grid"><div class="x-panel-header"><div class="x-title-text">2. Elija el folio a facturar</div></div><div class="x-grid-header-ct" role="rowgroup"><div class="x-column-header">&nbsp;</div><div class="x-column-header">Folio</div><div class="x-column-header">Ventana</div><div class="x-column-header">Concepto</div><div class="x-column-header">Importe</div><div class="x-column-header">Estatus</div></div><div class="x-grid-view"></div></div>')
    var picked
    r.rows.forEach(function (row, i) {
      var t = make('<table role="presentation" class="x-grid-item' + (i % 2 ? " x-grid-item-alt" : "") + '" data-recordid="' + (40 + i) + '" data-recordindex="' + i + '" cellpadding="0" cellspacing="0"><tbody><tr class="x-grid-row" role="row"><td class="x-grid-cell x-grid-cell-row-checker" role="gridcell"><div class="x-grid-cell-inner"><div class="x-grid-row-checker" role="presentation"></div></div></td>' + row.cells.map(function (c) { return '<td class="x-grid-cell" role="gridcell"><div unselectable="on" class="x-grid-cell-inner">' + c + "</div></td>" }).join("") + "</tr></tbody></table>")
      t.addEventListener("click", function () { g.querySelectorAll(".x-grid-item").forEach(function (x) { x.classList.remove("x-grid-item-selected"); x.querySelector("tr").setAttribute("aria-selected", "false") }); t.classList.add("x-grid-item-selected"); t.querySelector("tr").setAttribute("aria-selected", "true"); picked = row })
      g.querySelector(".x-grid-view").append(t)
    })
    g.append(btn("Facturar folio", function () { if (!picked) return msg("Atención", "Seleccione un renglón de la lista.", ["Aceptar"]); fiscal(picked) }))
    view.append(g)
  }
  function fiscal(row) {
    var rfc = field("textfield", "taxId", "RFC", 'maxlength="13"'), name = field("textfield", "taxName", "Nombre / Razón Social"), cp = field("textfield", "zip", "C.P.", 'maxlength="5"'), reg = combo("regime", "Régimen Fiscal"), use = combo("use", "Uso CFDI"), mail = field("textfield", "email", "E-mail")
    var all = [rfc, name, cp, reg, use, mail]
    rfc.input.addEventListener("change", function () { rfc.input.value = rfc.input.value.toUpperCase(); fetch("/efolio/regimes.do?taxId=" + encodeURIComponent(rfc.get())).then(function (r) { return r.json() }).then(reg.load) })
    reg.onSelect = function (v) { fetch("/efolio/uses.do?taxId=" + encodeURIComponent(rfc.get()) + "&regime=" + v).then(function (r) { return r.json() }).then(use.load) }
    var body = make("<div></div>")
    body.append.apply(body, all.map(function (f) { return f.el }))
    var w = win("3. Datos de facturación - Folio " + row.id, body, [{ text: "Cancelar" }, { text: "Facturar", keep: true, act: function () {
      if (blank(all)) return
      msg("Confirmar", "¿Desea emitir el CFDI del folio " + row.id + " a " + rfc.get() + " - " + name.get().toUpperCase() + "?", ["Sí", "No"], function () {
        request("/efolio/stamp.do", Object.assign({ folio: row.id }, values(all)), function (r) {
          w.remove()
          var d = make('<div class="x-component"><p>El CFDI fue emitido correctamente.</p><p>UUID: ' + r.uuid + "</p></div>")
          function get(kind) { return function () { var f = document.getElementById("dlframe") || document.body.appendChild(make('<iframe id="dlframe" style="display:none"></iframe>')); f.src = "/efolio/file.do?uuid=" + r.uuid + "&kind=" + kind } }
          win("4. Comprobante", d, [{ text: "XML", keep: true, act: get("xml") }, { text: "PDF", keep: true, act: get("pdf") }, { text: "Cerrar", act: function () { location.reload() } }])
        })
      })
    } }])
  }
})()
