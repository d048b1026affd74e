$(function () {
  var $vista = $("#vista"), tpl = function (id, d) { return $("#" + id).html().replace(/\{\{(\w+)\}\}/g, function (_, k) { return d && d[k] != null ? $("<i>").text(d[k]).html() : "" }) }
  function ir(id, d) { $vista.hide().html(tpl(id, d)).fadeIn(200); $("html,body").scrollTop(0) }
  function api(ruta, d, ok, donde) {
    $("#loader").removeClass("d-none")
    $.ajax({ url: "/facturacion-web/rest/" + ruta, method: "POST", contentType: "application/json", data: JSON.stringify(d) })
      .done(ok).fail(function (x) { var m = x.responseJSON ? x.responseJSON.mensaje : "Por el momento no podemos atenderte."; $(donde || ".aviso-error", $vista).first().html('<i class="icon-alert"></i> ' + m).removeClass("d-none") })
      .always(function () { $("#loader").addClass("d-none") })
  }
  $vista.on("input", "input", function () { $(".aviso-error", $vista).addClass("d-none") })
  $vista.on("submit", "#fNumero", function (e) { e.preventDefault(); var n = $("#msisdn").val(); api("sesion/solicitar", { msisdn: n }, function (r) { ir("t-codigo", r) }) })
  $vista.on("submit", "#fCodigo", function (e) { e.preventDefault(); api("sesion/validar", { codigo: $("#otp").val() }, function (r) { ir("t-busca", r) }) })
  $vista.on("click", "#reenviar", function (e) { e.preventDefault(); api("sesion/reenviar", {}, function () { $("#reenviado").removeClass("d-none") }) })
  $vista.on("submit", "#fBusca", function (e) { e.preventDefault(); api("recargas/buscar", { folio: $("#folioRecarga").val(), monto: $("#montoRecarga").val() }, function (r) { ir("t-recarga", r) }) })
  $vista.on("click", "#aFacturar", function () { if ($("#chkRecarga").prop("checked")) { ir("t-fiscal"); $("#regimenFiscal").html('<option value="">Selecciona</option>' + window.regimenes) } else $(".aviso-error", $vista).text("Marca al menos una recarga.").removeClass("d-none") })
  $vista.on("change", "#regimenFiscal", function () { var v = this.value; $("#usoCfdi").prop("disabled", true); $.get("/facturacion-web/rest/usos", { r: v, rfc: $("#rfc").val() }, function (h) { $("#usoCfdi").html('<option value="">Selecciona</option>' + h).prop("disabled", false) }) })
  $vista.on("submit", "#fFiscal", function (e) { e.preventDefault(); var d = {}; $(this).serializeArray().forEach(function (p) { d[p.name] = p.value }); api("cfdi/emitir", d, function (r) {
    window.ultimo = r; $("#modalListo .folio").text(r.uuid); $("#modalListo").addClass("show").show(); $("body").append('<div class="modal-backdrop fade show"></div>')
  }) })
  function baja(b64, tipo, nombre) { var a = document.createElement("a"); a.href = "data:" + tipo + ";base64," + b64; a.download = nombre; document.body.appendChild(a); a.click(); a.remove() }
  $("#bajaXml").on("click", function () { baja(ultimo.xml, "text/xml", ultimo.nombre + ".xml") })
  $("#bajaPdf").on("click", function () { baja(ultimo.pdf, "application/pdf", ultimo.nombre + ".pdf") })
  ir("t-numero")
})
