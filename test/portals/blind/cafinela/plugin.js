jQuery(function ($) {
  $("#cn-accept-cookie").on("click", function () { $("#cookie-notice").remove() })
  var go = function (id) {
    $(".f-step-container").removeClass("active")
    $(id).addClass("active")
    $("#f-error").hide()
  }
  var send = function (data, done) {
    $("#f-error").hide()
    $(".loader_content").show()
    $(".f-submit").prop("disabled", true)
    $.post(timbrelo.ajaxurl, data, null, "json")
      .done(function (r) { r.success ? done(r) : $("#f-error").text(r.message).show() })
      .fail(function () { $("#f-error").text("Ocurrió un error, intenta más tarde.").show() })
      .always(function () {
        $(".loader_content").hide()
        $(".f-submit").prop("disabled", false)
      })
  }
  $(".input-upper").on("input", function () { this.value = this.value.toUpperCase() })
  $("#f-step-one-form").on("submit", function (e) {
    e.preventDefault()
    send({ action: "tw_step_one", rfc: $("#f-rfc").val(), order: $("#f-num-order").val(), email: $("#f-email").val() }, function (r) {
      $("#fiscal-rfc").val(r.client.rfc)
      $("#fiscal-nombre").val(r.client.nombre)
      $("#fiscal-cp").val(r.client.cp)
      $("#fiscal-regimen").val(r.client.regimen)
      $("#general-email").val(r.client.correo)
      $("#f-lines").html("<tr><td>Café tostado, pedido #" + r.order.id + "</td><td>$" + r.order.total + "</td></tr><tr><th>Total</th><th>$" + r.order.total + "</th></tr>")
      go("#step-two")
    })
  })
  $("#f-edit").on("click", function () {
    $("#f-step-two-form .f-input").not("#fiscal-rfc").prop("readonly", false).prop("disabled", false)
    $(this).hide()
  })
  $("#f-step-two-form").on("submit", function (e) {
    e.preventDefault()
    send({ action: "tw_step_two", nombre: $("#fiscal-nombre").val(), cp: $("#fiscal-cp").val(), regimen: $("#fiscal-regimen").val(), correo: $("#general-email").val() }, function () { go("#step-three") })
  })
  $(".f-back").on("click", function () { go($(this).data("f") === 1 ? "#step-one" : "#step-two") })
  $("#f-step-three-form").on("submit", function (e) {
    e.preventDefault()
    if (!$("#f-uso").val()) return $("#f-error").text("Elige el uso del CFDI.").show()
    send({ action: "tw_step_three", uso: $("#f-uso").val() }, function (r) {
      $("#result-title").text("¡Listo, aquí tienes tu CFDI!")
      $("#result-text").text("Folio fiscal " + r.uuid)
      var link = timbrelo.ajaxurl + "?action=tw_download&uuid=" + r.uuid + "&type="
      $("#btn-success-pdf").attr("href", link + "pdf")
      $("#btn-success-xml").attr("href", link + "xml")
      go("#step-four")
    })
  })
})
