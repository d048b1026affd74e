var paso = 1, usos = [], usoSel = null, uuid = null

function Llamar(metodo, datos, listo) {
  $("#divloading").show()
  $.ajax({ type: "POST", url: "DataProcessor.aspx/" + metodo, data: JSON.stringify(datos), contentType: "application/json; charset=utf-8", dataType: "json" })
    .done(function (r) { listo(JSON.parse(r.d)) })
    .fail(function () { Notificar("Ocurrió un error de comunicación con el servidor.") })
    .always(function () { $("#divloading").hide() })
}
function Notificar(texto, detalle) {
  $("#div_mensaje").text(texto).data("detalle", detalle || "")
  $("#btn_detalle").toggle(!!detalle)
  bootstrap.Modal.getOrCreateInstance($("#modalnotificacion")[0]).show()
}
function IrPaso(n) {
  paso = n
  $(".tab-pane").removeClass("active"); $("#paso" + n).addClass("active")
  $("#ul_pasos li").each(function (i) { $(this).toggleClass("active", i + 1 === n).toggleClass("done", i + 1 < n) })
  $("#btn_anterior").css("visibility", n === 2 || n === 3 ? "visible" : "hidden")
  $("#btn_siguiente").toggle(n < 4)
}
function Ticket() { return { ticket: $("#txt_ticket").val(), total: $("#txt_total").val(), rfc: $("#txt_rfccliente").val().toUpperCase() } }
function Cliente() {
  return $.extend(Ticket(), { nombre: $("#txt_cnombre").val(), cp: $("#txt_ccp").val(), uso: usoSel || "", regimen: $("#cbo_cregfiscal").val(), correo: $("#txt_ccorreo").val() })
}
function DescargarArchivo(tipo) {
  Llamar("DescargarArchivo", { uuid: uuid, tipo: tipo }, function (r) {
    var bytes = Uint8Array.from(atob(r.archivo), function (c) { return c.charCodeAt(0) })
    var a = document.createElement("a")
    a.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" })); a.download = r.nombre
    document.body.appendChild(a); a.click(); a.remove()
  })
}

$(function () {
  $("#btn_siguiente").on("click", function () {
    if (paso === 1) return Llamar("GetTicket", Ticket(), function (r) {
      if (r.facturado) {
        uuid = r.uuid
        $("#lbl_pet").text(r.mensaje); $("#txt_dcorreopet").val(r.correo)
        return bootstrap.Modal.getOrCreateInstance($("#modalpeticion")[0]).show()
      }
      if (!r.ok) return Notificar(r.mensaje, r.detalle)
      $("#txt_crfc").val(Ticket().rfc)
      usos = r.usos
      $("#cbo_cregfiscal").html('<option value="0">Ninguno</option>')
      $.each(r.regimenes, function (_, o) { $("#cbo_cregfiscal").append($("<option>").val(o.id).text(o.nombre)) })
      $("#txt_cnombre").val(r.cliente.nombre); $("#txt_ccp").val(r.cliente.cp); $("#txt_ccorreo").val(r.cliente.correo)
      IrPaso(2)
    })
    if (paso === 2) return Llamar("GetPreview", Cliente(), function (r) {
      if (!r.ok) return Notificar(r.mensaje, r.detalle)
      $("#div_comprobante").html(r.html); IrPaso(3)
    })
    if (paso === 3) return Llamar("GeneraCFDI", Cliente(), function (r) {
      if (!r.ok) return Notificar(r.mensaje, r.detalle)
      uuid = r.uuid; $("#lbl_uuid").text(uuid); $("#txt_dcorreo").val($("#txt_ccorreo").val())
      IrPaso(4); Notificar("Su factura fue emitida. Presione Aceptar para descargarla.")
    })
  })
  $("#btn_anterior").on("click", function () { IrPaso(paso - 1) })
  $("#btn_detalle").on("click", function () { $("#div_mensaje").append($("<pre class='small mt-2'>").text($("#div_mensaje").data("detalle"))); $(this).hide() })
  $("#txt_cucfdi").autocomplete({
    minLength: 1, delay: 200,
    source: function (req, res) {
      var t = req.term.toUpperCase()
      res($.grep(usos, function (u) { return u.label.toUpperCase().indexOf(t) >= 0 }))
    },
    select: function (e, ui) { usoSel = ui.item.id },
    change: function (e, ui) { if (!ui.item) { usoSel = null; $(this).val("") } }
  }).on("input", function () { usoSel = null })
  $("#btn_dxmlpdf,#btn_dxmlpet").on("click", function () { DescargarArchivo("AMBOS") })
  $("#btn_denviar,#btn_denviarpet").on("click", function () {
    Llamar("EnviarCorreo", { uuid: uuid, correo: $(this).prev("input").val() }, function (r) {
      bootstrap.Modal.getOrCreateInstance($("#modalpeticion")[0]).hide()
      Notificar(r.mensaje)
    })
  })
})
