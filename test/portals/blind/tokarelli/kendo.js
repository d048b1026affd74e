/* Widgets after Kendo UI for jQuery 2019, as far as this portal uses them. */
(function ($) {
  function popup(anchor, html, id) {
    var o = anchor.offset()
    var box = $('<div class="k-animation-container" style="position:absolute;display:none;z-index:10002"></div>').append('<div class="k-list-container k-popup k-group k-reset k-state-border-up" id="' + id + '" data-role="popup"></div>')
    box.children().append(html); box.appendTo(document.body)
    return { el: box, open: function () { o = anchor.offset(); box.css({ left: o.left, top: o.top + anchor.outerHeight(), minWidth: anchor.outerWidth() }).show() }, close: function () { box.hide() }, shown: function () { return box.is(":visible") } }
  }
  $.fn.kendoDropDownList = function (opts) {
    var input = this.hide().attr("data-role", "dropdownlist"), id = input.attr("id"), data = opts.data || [], at = -1
    var span = $('<span title="" class="k-widget k-dropdown k-header" unselectable="on" role="listbox" aria-haspopup="listbox" aria-expanded="false" tabindex="0" aria-owns="' + id + '_listbox" aria-live="polite" aria-disabled="false" aria-busy="false"><span unselectable="on" class="k-dropdown-wrap k-state-default"><span unselectable="on" class="k-input"></span><span unselectable="on" class="k-select" aria-label="select"><span class="k-icon k-i-arrow-60-down"></span></span></span></span>')
    span.insertAfter(input).append(input); var text = span.find(".k-input").first()
    var pop = popup(span, (opts.filter ? '<span class="k-list-filter"><input class="k-textbox" role="listbox" aria-haspopup="listbox" tabindex="0"><span class="k-icon k-i-zoom"></span></span>' : "") + (opts.optionLabel ? '<div class="k-list-optionlabel k-item" unselectable="on">' + opts.optionLabel + "</div>" : "") + '<div class="k-list-scroller" unselectable="on" style="max-height:190px;overflow:auto"><ul unselectable="on" class="k-list k-reset" tabindex="-1" aria-hidden="true" aria-live="off" role="listbox" id="' + id + '_listbox"></ul></div>', id + "-list")
    function draw(q) {
      pop.el.find("ul").html(data.map(function (d, i) { return !q || d.text.toLowerCase().indexOf(q.toLowerCase()) >= 0 ? '<li tabindex="-1" role="option" unselectable="on" class="k-item' + (i === at ? " k-state-selected k-state-focused" : "") + '" data-offset-index="' + i + '" aria-selected="' + (i === at) + '">' + d.text + "</li>" : "" }).join("") || '<li class="k-nodata">SIN DATOS.</li>')
    }
    function set(i, silent) { at = i; input.val(i < 0 ? "" : data[i].value); text.text(i < 0 ? opts.optionLabel || "" : data[i].text); draw(); if (!silent) input.trigger("change") }
    function close() { pop.close(); span.attr("aria-expanded", "false") }
    span.on("click", function () { if (span.attr("aria-disabled") === "true") return; if (pop.shown()) return close(); draw(); pop.el.find(".k-list-filter input").val(""); pop.open(); span.attr("aria-expanded", "true"); setTimeout(function () { opts.filter && pop.el.find(".k-list-filter input").focus() }, 150) })
    span.on("keydown", function (e) { if (span.attr("aria-disabled") === "true") return; if (e.key === "ArrowDown") { set(Math.min(at + 1, data.length - 1)); e.preventDefault() } else if (e.key === "ArrowUp") { set(Math.max(at - 1, 0)); e.preventDefault() } else if (e.key === "Enter" || e.key === "Escape") close(); else if (e.key.length === 1) { var q = e.key.toLowerCase(); for (var i = 0; i < data.length; i++) if (data[i].text.toLowerCase().indexOf(q) === 0) { set(i); break } } })
    pop.el.on("keyup", ".k-list-filter input", function () { draw(this.value) })
    pop.el.on("click", "li.k-item", function () { set(+$(this).attr("data-offset-index")); close(); span.focus() })
    pop.el.on("click", ".k-list-optionlabel", function () { set(-1); close() })
    $(document).on("mousedown", function (e) { if (!$(e.target).closest(span).length && !$(e.target).closest(pop.el).length) close() })
    set(-1, true)
    var api = { setData: function (d) { data = d; set(-1, true) }, enable: function (b) { span.attr("aria-disabled", String(!b)).find(".k-dropdown-wrap").toggleClass("k-state-disabled", !b).toggleClass("k-state-default", b) } }
    if (opts.disabled) api.enable(false)
    return api
  }
  $.fn.kendoNumericTextBox = function () {
    var input = this.attr({ "data-role": "numerictextbox", role: "spinbutton", "aria-disabled": "false" }).addClass("k-input").css("display", "none")
    input.wrap('<span class="k-widget k-numerictextbox"><span class="k-numeric-wrap k-state-default"></span></span>')
    var shown = $('<input type="text" class="k-formatted-value k-input" tabindex="0" title="" role="spinbutton" aria-disabled="false" placeholder="' + (input.attr("placeholder") || "") + '">').insertBefore(input)
    input.after('<span class="k-select"><span unselectable="on" class="k-link k-link-increase" aria-label="Increase value" title="Increase value"><span class="k-icon k-i-arrow-60-up"></span></span><span unselectable="on" class="k-link k-link-decrease" aria-label="Decrease value" title="Decrease value"><span class="k-icon k-i-arrow-60-down"></span></span></span>')
    function format() { var n = parseFloat(input.val()); shown.val(isNaN(n) ? "" : "$" + n.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",")) }
    function step(by) { var n = parseFloat(input.val()) || 0; input.val(Math.max(0, n + by)); format() }
    shown.on("focus", function () { shown.hide(); input.show().focus().select() })
    input.on("keypress", function (e) { if (e.key.length === 1 && !/[0-9.]/.test(e.key)) e.preventDefault() })
    input.on("blur", function () { var n = parseFloat(input.val().replace(/[$,]/g, "")); input.val(isNaN(n) ? "" : n); format(); input.hide(); shown.show() })
    shown.closest(".k-numeric-wrap").on("mousedown", ".k-link-increase", function () { step(1) }).on("mousedown", ".k-link-decrease", function () { step(-1) })
  }
  var names = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"]
  $.fn.kendoDatePicker = function () {
    var input = this.attr({ "data-role": "datepicker", role: "combobox", "aria-expanded": "false", "aria-owns": this.attr("id") + "_dateview", autocomplete: "off" }).addClass("k-input"), id = input.attr("id"), now = new Date(), y = now.getFullYear(), m = now.getMonth()
    input.wrap('<span class="k-widget k-datepicker k-header"><span class="k-picker-wrap k-state-default"></span></span>').after('<span unselectable="on" class="k-select" aria-label="select" role="button" aria-controls="' + id + '_dateview"><span class="k-icon k-i-calendar"></span></span>')
    var wrap = input.parent(), pop = popup(wrap, '<div class="k-calendar k-widget" data-role="calendar"></div>', id + "_dateview")
    function two(n) { return n < 10 ? "0" + n : "" + n }
    function draw() {
      var f = new Date(y, m, 1).getDay(), n = new Date(y, m + 1, 0).getDate(), h = '<div class="k-header"><a href="#" role="button" class="k-link k-nav-prev" aria-label="Previous"><span class="k-icon k-i-arrow-60-left">‹</span></a><a href="#" role="button" class="k-link k-nav-fast">' + names[m] + " " + y + '</a><a href="#" role="button" class="k-link k-nav-next" aria-label="Next"><span class="k-icon k-i-arrow-60-right">›</span></a></div><table tabindex="0" role="grid" class="k-content k-month"><thead><tr role="row">' + ["D", "L", "M", "M", "J", "V", "S"].map(function (d) { return '<th scope="col">' + d + "</th>" }).join("") + "</tr></thead><tbody><tr role=row>"
      for (var i = 0; i < f; i++) h += "<td>&nbsp;</td>"
      for (var d = 1; d <= n; d++) { h += '<td role="gridcell"><a tabindex="-1" class="k-link" href="#" data-value="' + y + "/" + m + "/" + d + '" title="' + d + " de " + names[m] + " de " + y + '">' + d + "</a></td>"; if ((f + d) % 7 === 0) h += "</tr><tr role=row>" }
      pop.el.find(".k-calendar").html(h + "</tr></tbody></table>")
    }
    wrap.on("click", ".k-select", function () { if (pop.shown()) pop.close(); else { draw(); pop.open() } })
    pop.el.on("click", ".k-nav-prev,.k-nav-next", function (e) { e.preventDefault(); m += $(this).is(".k-nav-prev") ? -1 : 1; if (m < 0) { m = 11; y-- } if (m > 11) { m = 0; y++ } draw() })
    pop.el.on("click", "td a", function (e) { e.preventDefault(); var p = $(this).attr("data-value").split("/"); input.val(two(+p[2]) + "/" + two(+p[1] + 1) + "/" + p[0]).trigger("change"); pop.close() })
    $(document).on("mousedown", function (e) { if (!$(e.target).closest(wrap).length && !$(e.target).closest(pop.el).length) pop.close() })
    input.on("change blur", function () { input.attr("aria-invalid", input.val() !== "" && !/^\d\d\/\d\d\/\d{4}$/.test(input.val())) })
  }
  window.kendoWindow = function (title, html, buttons) {
    $("body").append('<div class="k-overlay" style="z-index:10002;opacity:.5;display:block"></div>')
    var w = $('<div class="k-widget k-window k-dialog" style="z-index:10003;left:50%;top:120px;width:460px;margin-left:-230px"><div class="k-window-titlebar k-header"><span class="k-window-title">' + title + '</span><div class="k-window-actions"><a role="button" href="#" class="k-button k-bare k-button-icon k-window-action" aria-label="Close"><span class="k-icon k-i-close"></span></a></div></div><div data-role="window" class="k-window-content k-content" tabindex="0" role="dialog">' + html + '<div class="k-dialog-buttongroup" role="toolbar"></div></div></div>').appendTo("body")
    function close() { w.remove(); $(".k-overlay").remove() }
    w.find(".k-window-action").on("click", function (e) { e.preventDefault(); close() })
    buttons.forEach(function (b) { $('<button type="button" class="k-button' + (b.primary ? " k-primary" : "") + '" tabindex="0">' + b.text + "</button>").appendTo(w.find(".k-dialog-buttongroup")).on("click", function () { close(); b.action && b.action() }) })
  }
  window.kendoNotify = function (kind, text) {
    var n = $('<div class="k-animation-container" style="position:fixed;right:20px;bottom:20px;z-index:10010"><div class="k-widget k-popup k-notification k-notification-' + kind + '" data-role="alert"><div class="k-notification-wrap"><span class="k-icon k-i-' + kind + '" title="' + kind + '"></span>' + text + '<span class="k-icon k-i-close" title="Hide"></span></div></div></div>').appendTo("body")
    setTimeout(function () { n.remove() }, 5000)
  }
})(jQuery)
