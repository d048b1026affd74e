$(function () {
  var key, uses
  function busy(on) { $(".k-loading-mask").remove(); if (on) $("#wizard").css("position", "relative").append('<div class="k-loading-mask"><span class="k-loading-text">Cargando...</span><div class="k-loading-image"></div><div class="k-loading-color"></div></div>') }
  function step(n) { $("#wizard .paso").hide(); $("#paso" + n).show(); $("#pasos li").removeClass("k-state-active").eq(n - 1).addClass("k-state-active") }
  function call(url, data, done) { busy(true); $.post(url, data).done(function (r) { busy(false); r.Exito ? done(r) : kendoNotify("error", r.Mensaje) }).fail(function () { busy(false); kendoNotify("error", "Ocurrió un error, intenta más tarde.") }) }
  var unidad = $("#IdUnidad").kendoDropDownList({ filter: true, optionLabel: "Elige tu restaurante" })
  $.getJSON("/Ticket/Unidades", unidad.setData)
  $("#FechaConsumo").kendoDatePicker(); $("#ImporteCuenta").kendoNumericTextBox()
  var regimen = $("#Regimen").kendoDropDownList({ optionLabel: "Elige tu régimen", disabled: true })
  uses = $("#UsoCfdi").kendoDropDownList({ optionLabel: "Elige el uso", disabled: true })
  $("#frmTicket").on("submit", function (e) {
    e.preventDefault(); var ok = true
    $("#frmTicket .k-invalid-msg").hide(); $("#frmTicket [data-required]").each(function () { if (!$(this).val()) { ok = false; $("#frmTicket [data-for=" + this.name + "]").show() } })
    if (!ok) return
    call("/Ticket/Validar", { IdUnidad: $("#IdUnidad").val(), FechaConsumo: $("#FechaConsumo").val(), NumeroCuenta: $("#NumeroCuenta").val(), ImporteCuenta: $("#ImporteCuenta").val() }, function (r) { key = r.Llave; $("#resumen").text(r.Resumen); step(2) })
  })
  $("#Rfc").on("change", function () { this.value = this.value.toUpperCase(); regimen.enable(false); uses.enable(false); $.getJSON("/Cliente/Regimenes", { rfc: this.value }, function (d) { regimen.setData(d); regimen.enable(d.length > 0) }) })
  $("#Regimen").on("change", function () { uses.enable(false); $.getJSON("/Cliente/Usos", { rfc: $("#Rfc").val(), regimen: this.value }, function (d) { uses.setData(d); uses.enable(d.length > 0) }) })
  $("#btnRegresar").on("click", function () { step(1) })
  $("#btnFacturar").on("click", function () {
    var d = { Llave: key, Rfc: $("#Rfc").val(), RazonSocial: $("#RazonSocial").val(), CodigoPostal: $("#CodigoPostal").val(), Regimen: $("#Regimen").val(), UsoCfdi: $("#UsoCfdi").val(), Correo: $("#Correo").val() }
    call("/Factura/Revisar", d, function (r) {
      kendoWindow("Confirma tu información", "<p>" + r.Resumen + "</p><p>Tu CFDI se enviará a <b>" + $("<i>").text(d.Correo).html() + "</b></p>", [{ text: "Corregir" }, { text: "Facturar", primary: true, action: function () { call("/Factura/Generar", d, function (r) { $("#gracias").html(r.Html); step(3) }) } }])
    })
  })
})
