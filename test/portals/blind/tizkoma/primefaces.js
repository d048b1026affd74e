/* Lo que la página usa de PrimeFaces 6.2, sobre jQuery y jQuery UI. */
(function () {
  var esc = function (id) { return "#" + id.replace(/:/g, "\\:") }
  var PrimeFaces = (window.PrimeFaces = { widgets: {} })
  window.PF = function (name) { return PrimeFaces.widgets[name] }

  var busy = 0
  var veil = function (delta) { busy += delta; $("#form\\:block").toggle(busy > 0) }

  var handle = function (xml) {
    $(xml).find("update").each(function () {
      var id = this.getAttribute("id")
      if (id === "javax.faces.ViewState") return void $("input[name='javax.faces.ViewState']").val(this.textContent)
      $(esc(id) + "_panel").filter("body > *").remove()
      $(esc(id)).replaceWith(this.textContent)
      init($(esc(id)))
    })
    $(xml).find("eval").each(function () { $.globalEval(this.textContent) })
    $(xml).find("redirect").each(function () { location.href = this.getAttribute("url") })
  }

  PrimeFaces.ab = function (cfg) {
    var data = $("#form").serializeArray().concat([
      { name: "javax.faces.partial.ajax", value: "true" },
      { name: "javax.faces.source", value: cfg.s },
      { name: "javax.faces.partial.execute", value: cfg.p || "@all" },
      { name: "javax.faces.partial.render", value: cfg.u || "" },
      cfg.e ? { name: "javax.faces.behavior.event", value: cfg.e } : { name: cfg.s, value: cfg.s }
    ])
    veil(1)
    $.ajax({ url: $("#form").attr("action"), type: "POST", data: data, dataType: "xml", headers: { "Faces-Request": "partial/ajax" } })
      .done(handle)
      .fail(function () { PrimeFaces.growl("error", "Error", "La sesión ha expirado, recargue la página.") })
      .always(function () { veil(-1) })
  }

  /* p:commandLink ajax="false" */
  PrimeFaces.addSubmitParam = function (form, params) {
    $.each(params, function (name, value) {
      $(esc(form)).append($("<input type='hidden' class='ui-submit-param'>").attr("name", name).val(value))
    })
    return PrimeFaces
  }
  PrimeFaces.submit = function (form) {
    $(esc(form)).trigger("submit").find(".ui-submit-param").remove()
  }

  PrimeFaces.growl = function (severity, summary, detail) {
    var item = $(
      "<div class='ui-growl-item-container ui-state-highlight ui-corner-all ui-shadow ui-growl-" + severity + "' aria-live='polite'>" +
      "<div role='alert' class='ui-growl-item'><div class='ui-growl-icon-close ui-icon ui-icon-closethick'></div>" +
      "<span class='ui-growl-image ui-growl-image-" + severity + "'></span><div class='ui-growl-message'>" +
      "<span class='ui-growl-title'></span><p></p></div><div style='clear:both'></div></div></div>")
    item.find(".ui-growl-title").text(summary)
    item.find("p").text(detail)
    item.find(".ui-growl-icon-close").on("click", function () { item.remove() })
    $("#growl_container").append(item)
    setTimeout(function () { item.fadeOut(400, function () { item.remove() }) }, 6000)
  }

  var closePanels = function () {
    $(".ui-selectonemenu-panel").hide()
    $(".ui-selectonemenu").attr("aria-expanded", "false")
  }

  var selectOneMenu = function (jq) {
    var id = jq.attr("id")
    var panel = $(esc(id) + "_panel").appendTo(document.body)
    var select = jq.find("select")
    var choose = function (index) {
      var option = select.find("option").eq(index)
      panel.find(".ui-selectonemenu-item").removeClass("ui-state-highlight").eq(index).addClass("ui-state-highlight")
      jq.find(".ui-selectonemenu-label").text(option.text())
      var changed = select.prop("selectedIndex") !== index
      select.prop("selectedIndex", index)
      closePanels()
      if (changed && jq.data("ab")) PrimeFaces.ab({ s: id, e: "change", p: id, u: jq.data("ab") })
    }
    jq.find(".ui-selectonemenu-trigger, .ui-selectonemenu-label").on("click", function () {
      if (jq.hasClass("ui-state-disabled")) return
      var open = panel.is(":visible")
      closePanels()
      if (open) return
      var at = jq.offset()
      panel.css({ left: at.left, top: at.top + jq.outerHeight(), minWidth: jq.outerWidth() }).show()
      jq.attr("aria-expanded", "true")
    })
    panel.on("mouseenter", ".ui-selectonemenu-item", function () {
      panel.find(".ui-selectonemenu-item").removeClass("ui-state-hover")
      $(this).addClass("ui-state-hover")
    })
    panel.on("click", ".ui-selectonemenu-item", function () { choose($(this).index()) })
    jq.find("input[id$='_focus']").on("keydown", function (event) {
      var now = select.prop("selectedIndex")
      if (event.key === "ArrowDown") { event.preventDefault(); choose(Math.min(now + 1, select.find("option").length - 1)) }
      if (event.key === "ArrowUp") { event.preventDefault(); choose(Math.max(now - 1, 0)) }
    })
  }

  var calendar = function (jq) {
    jq.find("input").datepicker({
      dateFormat: "dd/mm/yy", maxDate: 0, firstDay: 0, changeMonth: false,
      monthNames: ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"],
      dayNamesMin: ["D", "L", "M", "M", "J", "V", "S"], prevText: "Anterior", nextText: "Siguiente"
    })
  }

  var init = function (root) {
    root.find(".ui-selectonemenu").addBack(".ui-selectonemenu").each(function () { selectOneMenu($(this)) })
    root.find(".ui-calendar").addBack(".ui-calendar").each(function () { calendar($(this)) })
  }

  $(function () {
    init($("#form"))
    $(document).on("mousedown", function (event) {
      if (!$(event.target).closest(".ui-selectonemenu, .ui-selectonemenu-panel").length) closePanels()
    })
    $(document).on("mouseenter mouseleave", ".ui-button", function (event) {
      $(this).toggleClass("ui-state-hover", event.type === "mouseenter" && !this.disabled)
    })
    var dialog = $("#dlgAviso")
    dialog.find(".ui-dialog-titlebar-close").on("click", function (event) {
      event.preventDefault()
      dialog.hide()
      $("#dlgAviso_modal").remove()
    })
  })
})()
