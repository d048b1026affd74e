/* global $ */
$(() => {
  const elegidas = () => $("#filas input:checked").closest("tr")

  $("#agregar").on("click", () => {
    $("#err").text("")
    $.post("/tickets/agregar", { venta: $("#venta").val(), total: $("#total").val() }, (r) => {
      if (r.error) $("#err").text(r.error)
      if (!r.fila) return
      const { estado, fecha, id, tienda, total, venta } = r.fila
      $("#vacio").remove()
      const fila = $("<tr>").data({ id, total }).appendTo("#filas")
      const casilla = estado === "PENDIENTE" ? $("<input type='checkbox'>") : ""
      const quitar = $("<a href='#'>Quitar</a>").on("click", () => {
        fila.remove()
        return false
      })
      fila.append($("<td>").append(casilla))
      for (const texto of [venta, fecha, tienda, total, estado]) fila.append($("<td>").text(texto))
      fila.append($("<td>").append(quitar))
      $("#venta, #total").val("")
    })
  })

  $("#limpiar").on("click", () => window.location.reload())

  $("#facturar").on("click", () => {
    if (elegidas().length === 0) {
      $("#err").text("Seleccione al menos un ticket de la lista")
      return
    }
    $("#preg").text(
      `¿Desea facturar ${elegidas().length} ticket(s) a nombre de ${$("#razon").val()}, RFC ${$("#rfc").val()}?`
    )
    $("#conf").show()
  })

  $("#no").on("click", () => $("#conf").hide())

  $("#si").on("click", () => {
    $("#err").text("")
    const datos = {
      ids: elegidas()
        .map((_, fila) => $(fila).data("id"))
        .get()
        .join(",")
    }
    for (const campo of ["rfc", "razon", "cp", "regimen", "uso", "correo"]) datos[campo] = $(`#${campo}`).val()
    for (const marca of ["ine", "dona", "copia"]) datos[marca] = $(`#${marca}`).prop("checked") ? 1 : 0
    $.post("/tickets/facturar", datos, (r) => {
      $("#conf").hide()
      if (r.error) {
        $("#err").text(r.error)
        return
      }
      const liga = (tipo) => $("<a>").text(tipo.toUpperCase()).attr("href", `/cfdi/${r.uuid}/${tipo}`)
      $("#res").empty().append($("<h3>").text("La factura ha sido timbrada correctamente"), $("<p>").text(r.uuid))
      $("#res").append(liga("xml"), " | ", liga("pdf"))
    })
  })
})
