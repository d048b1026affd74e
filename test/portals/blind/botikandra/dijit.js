/* Widgets with the markup of Dojo 1.9's dijit. */
var dijit = { byId: function (id) { return dijit.all[id] }, all: {} };
(function () {
  var doc = document, by = function (id) { return doc.getElementById(id) }
  function pop(anchor, cls, inner, id) {
    var d = doc.createElement("div"); d.className = "dijitPopup " + cls; d.id = id; d.setAttribute("role", "region"); d.setAttribute("dijitpopupparent", anchor.getAttribute("widgetid"))
    var r = anchor.getBoundingClientRect(); d.style.cssText = "position:absolute;z-index:1000;background:#fff;border:1px solid #759dc0;left:" + (r.left + scrollX) + "px;top:" + (r.bottom + scrollY) + "px;min-width:" + r.width + "px;max-height:230px;overflow:auto"
    d.innerHTML = inner; doc.body.appendChild(d); return d
  }
  function shell(id, name, cls, arrow, hidden) {
    return '<div class="dijit dijitReset dijitInline dijitLeft ' + cls + ' dijitTextBox dijitValidationTextBox" id="widget_' + id + '" widgetid="' + id + '" role="' + (arrow ? "combobox" : "presentation") + '"' + (arrow ? ' aria-haspopup="true"' : "") + '>' + (arrow ? '<div class="dijitReset dijitRight dijitButtonNode dijitArrowButton dijitDownArrowButton dijitArrowButtonContainer" role="presentation"><input class="dijitReset dijitInputField dijitArrowButtonInner" value="&#9660; " type="text" tabindex="-1" readonly="readonly" role="button presentation" aria-hidden="true"/></div>' : "") + '<div class="dijitReset dijitValidationContainer"><input class="dijitReset dijitInputField dijitValidationIcon dijitValidationInner" value="&#935; " type="text" tabindex="-1" readonly="readonly" role="presentation"/></div><div class="dijitReset dijitInputField dijitInputContainer"><input class="dijitReset dijitInputInner" type="text" autocomplete="off" ' + (hidden ? "" : 'name="' + name + '" ') + 'role="textbox" tabindex="0" id="' + id + '" aria-invalid="false" value=""/>' + (hidden ? '<input type="hidden" name="' + name + '" value=""/>' : "") + "</div></div>"
  }
  function base(id, cls, arrow, hidden) {
    var old = by(id), name = old.getAttribute("name"), max = old.getAttribute("maxlength"), t = doc.createElement("div"); t.innerHTML = shell(id, name, cls, arrow, hidden)
    var dom = t.firstChild; old.replaceWith(dom); var input = by(id); if (max) input.maxLength = max
    var w = { dom: dom, input: input, hidden: dom.querySelector("input[type=hidden]"), error: function (text) { dom.classList.toggle("dijitTextBoxError", !!text); dom.classList.toggle("dijitError", !!text); input.setAttribute("aria-invalid", text ? "true" : "false"); var tip = by(id + "_tip"); if (tip) tip.remove(); if (text) { tip = doc.createElement("div"); tip.id = id + "_tip"; tip.className = "dijitTooltip dijitTooltipRight"; tip.setAttribute("role", "alert"); tip.innerHTML = '<div class="dijitTooltipContainer dijitTooltipContents">' + text + "</div>"; dom.after(tip) } }, get: function () { return (w.hidden || input).value } }
    dijit.all[id] = w; return w
  }
  window.TextBox = function (id) { return base(id, "", false, false) }
  window.FilteringSelect = function (id, items) {
    var w = base(id, "dijitComboBox", true, true), menu
    function close() { if (menu) { menu.remove(); menu = null } w.dom.setAttribute("aria-expanded", "false") }
    function set(i) { w.input.value = i.name; w.hidden.value = i.id; w.error(""); close(); if (w.onChange) w.onChange(i.id) }
    function open(q) { close(); var list = items.filter(function (i) { return i.name.toLowerCase().indexOf(q.toLowerCase()) === 0 }); if (!list.length) return
      menu = pop(w.dom, "dijitComboBoxMenuPopup", '<div class="dijitComboBoxMenu dijitMenu" role="listbox" id="' + id + '_popup">' + list.map(function (i, k) { return '<div class="dijitReset dijitMenuItem" role="option" id="' + id + "_popup" + k + '" item="' + k + '">' + i.name + "</div>" }).join("") + "</div>", "widget_" + id + "_dropdown")
      menu.addEventListener("mousedown", function (e) { e.preventDefault() }); menu.addEventListener("click", function (e) { var o = e.target.closest("[role=option]"); if (o) set(list[+o.getAttribute("item")]) }); w.dom.setAttribute("aria-expanded", "true") }
    w.dom.querySelector(".dijitArrowButton").addEventListener("mousedown", function (e) { e.preventDefault(); if (w.input.disabled) return; if (menu) close(); else { w.input.focus(); open("") } })
    w.input.addEventListener("input", function () { w.hidden.value = ""; open(w.input.value) })
    w.input.addEventListener("keydown", function (e) { if (e.key === "ArrowDown" && !menu) open(""); if (e.key === "Escape") close(); if (e.key === "Enter" && menu) { e.preventDefault(); menu.querySelector("[role=option]").click() } })
    w.input.addEventListener("blur", function () { close(); var t = w.input.value.trim().toLowerCase(); if (!t) return; var m = items.filter(function (i) { return i.name.toLowerCase() === t }); if (!m.length) m = items.filter(function (i) { return i.name.toLowerCase().indexOf(t) === 0 }); if (m.length && !w.hidden.value) set(m[0]); else if (!m.length) w.error("El valor introducido no es v\u00e1lido.") })
    w.setItems = function (l) { items = l; w.input.value = ""; w.hidden.value = ""; w.enable(l.length > 0) }
    w.enable = function (b) { w.input.disabled = !b; w.dom.classList.toggle("dijitDisabled", !b) }
    return w
  }
  window.DateTextBox = function (id) {
    var w = base(id, "dijitComboBox dijitDateTextBox", true, true), cal, now = new Date(), y = now.getFullYear(), m = now.getMonth(), names = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"]
    function two(n) { return ("0" + n).slice(-2) }
    function set(d, mo, ye) { w.input.value = d + "/" + two(mo) + "/" + ye; w.hidden.value = ye + "-" + two(mo) + "-" + two(d); w.error("") }
    function close() { if (cal) { cal.remove(); cal = null } }
    function draw() { var f = new Date(y, m, 1).getDay(), n = new Date(y, m + 1, 0).getDate(), h = '<table cellspacing="0" cellpadding="0" class="dijitCalendar dijitCalendarContainer" role="grid" id="' + id + '_popup"><thead><tr class="dijitReset dijitCalendarMonthContainer"><th class="dijitReset dijitCalendarArrow" scope="col"><span class="prev" role="button">◄</span></th><th colspan="5" class="dijitReset"><span class="dijitCalendarMonthLabel">' + names[m] + " " + y + '</span></th><th class="dijitReset dijitCalendarArrow" scope="col"><span class="next" role="button">►</span></th></tr><tr>' + "DLMMJVS".split("").map(function (d) { return '<th class="dijitReset dijitCalendarDayLabelTemplate">' + d + "</th>" }).join("") + '</tr></thead><tbody class="dijitReset dijitCalendarBodyContainer"><tr>'
      for (var k = 0; k < f; k++) h += '<td class="dijitCalendarDisabledDate"></td>'
      for (var d = 1; d <= n; d++) { h += '<td class="dijitCalendarEnabledDate dijitCalendarCurrentMonth dijitCalendarDateTemplate" role="gridcell" data-d="' + d + '"><span class="dijitCalendarDateLabel">' + d + "</span></td>"; if ((f + d) % 7 === 0) h += "</tr><tr>" }
      cal.innerHTML = h + "</tr></tbody></table>" }
    function open() { close(); cal = pop(w.dom, "dijitCalendarPopup", "", "widget_" + id + "_dropdown"); draw(); cal.addEventListener("mousedown", function (e) { e.preventDefault() }); cal.addEventListener("click", function (e) { if (e.target.closest(".prev")) { m--; if (m < 0) { m = 11; y-- } draw() } else if (e.target.closest(".next")) { m++; if (m > 11) { m = 0; y++ } draw() } else { var c = e.target.closest("[data-d]"); if (c) { set(+c.getAttribute("data-d"), m + 1, y); close() } } }) }
    w.input.addEventListener("click", function () { if (!cal) open() })
    w.dom.querySelector(".dijitArrowButton").addEventListener("mousedown", function (e) { e.preventDefault(); w.input.focus(); if (cal) close(); else open() })
    w.input.addEventListener("blur", function () { close(); var t = w.input.value.trim(), p = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(t); if (p && +p[2] <= 12) set(+p[1], +p[2], +p[3]); else { w.hidden.value = ""; w.error(t ? "El valor introducido no es v\u00e1lido." : "") } })
    return w
  }
  window.Button = function (id, label, click) {
    by(id).outerHTML = '<span class="dijit dijitReset dijitInline dijitButton" role="presentation" widgetid="' + id + '"><span class="dijitReset dijitInline dijitButtonNode" role="presentation"><span class="dijitReset dijitStretch dijitButtonContents" role="button" aria-labelledby="' + id + '_label" id="' + id + '" tabindex="0"><span class="dijitReset dijitInline dijitIcon dijitNoIcon"></span><span class="dijitReset dijitToggleButtonIconChar">&#x25CF;</span><span class="dijitReset dijitInline dijitButtonText" id="' + id + '_label">' + label + '</span></span></span><input value="" type="button" class="dijitOffScreen" tabindex="-1" role="presentation" aria-hidden="true"/></span>'
    by(id).addEventListener("click", click); by(id).addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); click() } })
  }
  window.Dialog = function (title, html, ok) {
    var u = doc.createElement("div"); u.className = "dijitDialogUnderlayWrapper"; u.innerHTML = '<div class="dijitDialogUnderlay" role="presentation"></div>'
    var d = doc.createElement("div"); d.className = "dijitDialog"; d.setAttribute("role", "dialog"); d.setAttribute("aria-labelledby", "dlg_title")
    d.innerHTML = '<div class="dijitDialogTitleBar"><span class="dijitDialogTitle" id="dlg_title" role="heading" level="1">' + title + '</span><span class="dijitDialogCloseIcon" role="button" tabindex="-1" title="Cancelar">x</span></div><div class="dijitDialogPaneContent">' + html + '<div class="dijitDialogPaneActionBar"><span id="dlgOk"></span><span id="dlgNo"></span></div></div>'
    doc.body.append(u, d); function close() { u.remove(); d.remove() }
    d.querySelector(".dijitDialogCloseIcon").onclick = close; window.Button("dlgOk", "Aceptar", function () { close(); ok() }); window.Button("dlgNo", "Cancelar", close)
  }
  window.standby = function (on) { var s = by("dojox_widget_Standby_0"); s.style.display = on ? "block" : "none" }
})();
