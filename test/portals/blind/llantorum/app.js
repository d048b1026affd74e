jQuery(function ($) {
  $("select.select2").each(function () {
    $(this).select2({ theme: "default", placeholder: $(this).data("placeholder"), allowClear: true })
  })
  $("[data-plugin-inputmask]").each(function () {
    var box = this
    var mask = $(box).data("plugin-inputmask")
    var lead = mask.replace(/9.*$/, "")
    var show = function () {
      var typed = box.value.indexOf(lead) === 0 ? box.value.slice(lead.length) : box.value
      var digits = typed.replace(/\D/g, "")
      var at = 0
      var caret = lead.length
      var text = ""
      for (var i = 0; i < mask.length; i++) {
        if (mask[i] !== "9") text += mask[i]
        else if (at < digits.length) {
          text += digits[at++]
          caret = i + 1
        } else text += "_"
      }
      box.value = text
      while (caret < mask.length && mask[caret] !== "9" && at > 0) caret++
      box.setSelectionRange(caret, caret)
    }
    $(box)
      .on("focus click", function () { setTimeout(show, 0) })
      .on("input", show)
      .on("blur", function () { if (box.value.indexOf("_") >= 0) box.value = "" })
  })
  var mark = function (input, texts) {
    var group = $(input).closest(".form-group")
    group.toggleClass("has-error", !!texts).toggleClass("has-success", !texts)
    group.find(".help-block").text(texts ? texts[0] : "")
  }
  $("form[data-ajax-validate] :input[name*='[']").on("blur change", function () {
    var input = this
    if (input.name === "") return
    $.post($(input.form).attr("action"), $(input.form).serialize() + "&ajax=" + input.form.id, null, "json").done(function (all) { mark(input, all[input.id]) })
  })
  $("#receptorform-rfc").on("change", function () { this.value = this.value.toUpperCase() })
  $("[data-depdrop]").each(function () {
    var child = $(this)
    var parent = $("#" + child.data("depdrop"))
    parent.on("change", function () {
      child.prop("disabled", true).html('<option value="">Cargando ...</option>').trigger("change.select2")
      if (!parent.val()) return
      $.post("/index.php?r=autofactura%2Fusos", { regimen: parent.val(), rfc: $("#receptorform-rfc").val() }, null, "json").done(function (r) {
        child.html('<option value=""></option>')
        r.output.forEach(function (o) { child.append(new Option(o.name, o.id)) })
        child.prop("disabled", false).trigger("change.select2")
      })
    })
  })
  $(document).on("click", "a[data-method]", function (e) {
    e.preventDefault()
    if ($(this).attr("disabled")) return
    $(this).attr("disabled", "disabled")
    $("<form>", { method: "post", action: this.href }).append($("<input>", { type: "hidden", name: "_csrf", value: $("meta[name=csrf-token]").attr("content") })).hide().appendTo("body").trigger("submit")
  })
  $(".close").on("click", function () { $(this).parent().remove() })
})
