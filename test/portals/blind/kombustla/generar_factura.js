/* RadComboBox con EnableLoadOnDemand */
var RadCombo = (function () {
  var $in, $slide, timer, value = ""
  function pide() {
    abre('<li class="rcbLoading">Cargando...</li>')
    PageMethod("GetEstaciones", { texto: $in.val() }, function (r) {
      var lis = $.map(r.items, function (i) { return '<li class="rcbItem" data-v="' + i.Value + '">' + $("<i>").text(i.Text).html() + "</li>" }).join("")
      abre(lis || '<li class="rcbItem rcbDisabled">No hay coincidencias</li>', "Elementos 1-" + r.items.length + " de " + r.total)
    }, true)
  }
  function abre(lis, pie) {
    var p = $("#rstation").offset()
    $slide.css({ left: p.left, top: p.top + $("#rstation").outerHeight(), width: $("#rstation").outerWidth() }).show()
    $slide.find(".rcbList").html(lis); $slide.find(".rcbMoreResults").text(pie || "")
  }
  $(function () {
    $in = $("#rstation_Input")
    $slide = $('<div class="rcbSlide"><div id="rstation_DropDown" class="RadComboBoxDropDown RadComboBoxDropDown_Metro"><div class="rcbScroll rcbWidth"><ul class="rcbList"></ul></div><div class="rcbMoreResults"></div></div></div>').prependTo("form")
    $in.on("input", function () { value = ""; $("#rstation_ClientState").val(""); clearTimeout(timer); timer = setTimeout(pide, 350) })
    $("#rstation_Arrow").on("click", function () { if ($slide.is(":visible")) $slide.hide(); else pide() })
    $slide.on("mouseenter mouseleave", ".rcbItem", function (e) { $(this).toggleClass("rcbHovered", e.type === "mouseenter") })
    $slide.on("click", "li[data-v]", function () {
      value = String($(this).data("v")); $in.val($(this).text()); $slide.hide()
      $("#rstation_ClientState").val(JSON.stringify({ value: value, text: $(this).text() }))
    })
    $(document).on("mousedown", function (e) {
      if ($(e.target).closest(".rcbSlide,#rstation").length || !$slide.is(":visible")) return
      $slide.hide()
    })
    $in.on("blur", function () { setTimeout(function () { if (!value && !$slide.is(":visible")) $in.val("") }, 300) })
  })
  return { get_value: function () { return value } }
})()

function PageMethod(metodo, datos, listo, callado) {
  if (!callado) $("#espera").show()
  $.ajax({ type: "POST", url: "generar_factura.aspx/" + metodo, data: JSON.stringify(datos), contentType: "application/json; charset=utf-8", dataType: "json" })
    .done(function (r) { if (!callado) $("#espera").hide(); listo(r.d) })
    .fail(function () { $("#espera").hide(); Mensaje("danger", "Error al procesar la petición.") })
}
function Mensaje(tipo, texto) {
  $("#lblMensaje").html($('<div class="alert" role="alert"></div>').addClass("alert-" + tipo).text(texto))
  window.scrollTo(0, 0)
}
function Llena(sel, lista) { var $s = $(sel).html('<option value="0">Seleccione</option>'); $.each(lista, function (_, o) { $s.append($("<option>").val(o.Value).text(o.Text)) }) }

$(function () {
  var tk = null
  $("#btnSerchTk").on("click", function () {
    $("#pnlFiscal,#tblTicket").hide(); tk = null
    if (!RadCombo.get_value() || !$("#despacho").val() || !$("#webId").val()) return Mensaje("warning", "Complete los campos marcados con (*)")
    PageMethod("ConsultarTicket", { estacion: RadCombo.get_value(), despacho: $("#despacho").val(), webId: $("#webId").val() }, function (r) {
      if (!r.valido) return Mensaje("danger", r.mensaje)
      tk = r.id
      $("#tblTicket tbody").html("<tr>" + $.map(r.fila, function (c) { return "<td>" + $("<i>").text(c).html() + "</td>" }).join("") + "</tr>")
      $("#tblTicket,#pnlFiscal").show(); Mensaje("success", r.mensaje)
    })
  })
  $("#btnAddRfc").on("click", function () {
    PageMethod("BuscarRfc", { rfc: $("#inputRfc2").val().toUpperCase() }, function (r) {
      if (!r.ok) return Mensaje("danger", r.mensaje)
      $("input.dep").prop("readonly", false); $("select.dep").prop("disabled", false)
      Llena("#cmbRegimen", r.regimenes); Llena("#cmbUsos", r.usos); $("#inputRazon").trigger("focus")
    })
  })
  $("#inputRfc2").on("input", function () {
    $("input.dep").val("").prop("readonly", true); $("select.dep").val("0").prop("disabled", true)
  })
  $("#btnAddCorreo").on("click", function () { if ($("#inputCorreo2").val()) Mensaje("info", "Correo adicional agregado.") })
  $("#btnGenFacUs").on("click", function () {
    var datos = { id: tk, rfc: $("#inputRfc2").val().toUpperCase(), razon: $("#inputRazon").val(), correo: $("#inputCorreo").val(), cp: $("#inputCp").val(), regimen: $("#cmbRegimen").val(), uso: $("#cmbUsos").val() }
    if (!datos.razon || !datos.correo || !datos.cp || datos.regimen === "0" || datos.uso === "0") return Mensaje("warning", "Complete los campos marcados con (*)")
    PageMethod("GenerarFactura", datos, function (r) {
      if (!r.ok) return Mensaje("danger", r.mensaje)
      $("#pnlFiscal,#tblTicket").hide(); $("#despacho,#webId").val(""); Mensaje("success", r.mensaje)
    })
  })
})
