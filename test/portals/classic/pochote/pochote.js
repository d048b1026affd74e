/* global $ */
$.fn.importe = function () {
  let centavos = ""
  const pintar = () => {
    const digitos = centavos.padStart(3, "0")
    const pesos = digitos.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")
    this.val(`${pesos}.${digitos.slice(-2)}`)
  }
  this.on("keydown", (e) => {
    if (e.key === "Tab" || e.ctrlKey || e.metaKey) return
    e.preventDefault()
    const todo = this[0].selectionEnd - this[0].selectionStart >= this.val().length
    if (todo) centavos = ""
    if (/^[0-9]$/.test(e.key)) centavos = (centavos + e.key).replace(/^0+/, "").slice(0, 8)
    if (e.key === "Backspace" && !todo) centavos = centavos.slice(0, -1)
    pintar()
    this[0].setSelectionRange(this.val().length, this.val().length)
  })
  this.on("input paste blur change", pintar)
}

$(() => {
  $("#cmbEst").chosen({ no_results_text: "No hay estaciones con", search_contains: true })
  $("#dtp").datepicker({ language: "es", format: "dd/mm/yyyy", autoclose: true, endDate: "0d" })
  $("#imp").importe()

  const carga = () => ({
    est: $("#cmbEst").val(),
    fecha: $("#dtp").val(),
    ref: $("#ref").val(),
    total: $("#imp").val().replace(/,/g, "")
  })

  const llamar = (ruta, datos, error, listo) => {
    $("#err1, #err2").text("")
    $("#velo").show()
    $.post(ruta, datos)
      .done((r) => {
        if (r.error) $(error).text(r.error)
        else listo(r)
      })
      .fail(() => $(error).text("Error de comunicación"))
      .always(() => $("#velo").fadeOut(400))
  }

  $("#consultar").on("click", () => {
    llamar("/ws/consulta", carga(), "#err1", (r) => {
      $("#carga").text(r.texto)
      $("#pnlFiscal").show()
    })
  })

  $("#facturar").on("click", () => {
    if (!$("#chkTerm").prop("checked")) {
      $("#err2").text("Debe aceptar los términos y el aviso de privacidad.")
      return
    }
    const datos = { ...carga(), placas: $("#chkPlac").prop("checked") ? 1 : 0 }
    for (const campo of ["f1", "f2", "f3", "f4", "f5", "f6"]) datos[campo] = $(`#${campo}`).val()
    llamar("/ws/factura", datos, "#err2", (r) => {
      $("#pnlTicket, #pnlFiscal").hide()
      $("#uuid").text(r.uuid)
      $("#zip").attr("href", `/descarga?id=${r.uuid}`)
      $("#pnlListo").show()
    })
  })
})
