/* global $, Swal */
$(() => {
  $("#reg").select2({ language: "es", placeholder: "Elige tu régimen", allowClear: true })
  $("#uso").select2({
    language: "es",
    placeholder: "Escribe para buscar el uso",
    minimumInputLength: 2,
    ajax: {
      url: "/catalogos/uso",
      dataType: "json",
      delay: 250,
      data: (params) => ({ q: params.term, reg: $("#reg").val(), rfc: $("#rfc").val() })
    }
  })
  $("#reg").on("change", () => $("#uso").val(null).trigger("change"))

  const ticket = () => ({ folio: $("#q1").val(), codigo: $("#q2").val(), total: $("#q3").val() })
  const falla = (mensaje) =>
    Swal.fire({ icon: "error", title: "Oops...", text: mensaje, confirmButtonText: "Entendido" })

  $("#validar").on("click", function () {
    const boton = $(this).prop("disabled", true).text("Validando...")
    $.post("/ticket/validar", ticket())
      .done((r) => {
        if (!r.ok) return falla(r.mensaje)
        $("#resumen").text(`${r.sucursal} · $ ${r.total}`)
        $("#p1 input").prop("readonly", true)
        $("#p2").slideDown(300)
      })
      .always(() => boton.prop("disabled", false).text("Validar ticket"))
  })

  $("#timbrar").on("click", () => {
    const datos = {
      ...ticket(),
      rfc: $("#rfc").val(),
      nombre: $("#rs").val(),
      cp: $("#cp").val(),
      regimen: $("#reg").val(),
      uso: $("#uso").val(),
      correo: $("#mail").val()
    }
    const vacios = ["rfc", "nombre", "cp", "regimen", "uso", "correo"].filter((campo) => !datos[campo])
    if (vacios.length > 0) return falla("Completa todos los campos marcados con *")
    Swal.fire({
      icon: "question",
      title: "¿Están correctos tus datos?",
      html: $("<div>").append(
        $("<p>").text(`RFC: ${datos.rfc}`),
        $("<p>").text(`Nombre: ${datos.nombre}`),
        $("<p>").text(`C.P.: ${datos.cp}`),
        $("<small>").text("Una vez timbrada, tu factura no podrá modificarse.")
      ),
      showCancelButton: true,
      confirmButtonText: "Sí, timbrar",
      cancelButtonText: "Revisar",
      showLoaderOnConfirm: true,
      allowOutsideClick: () => !Swal.isLoading(),
      preConfirm: () => $.post("/ticket/timbrar", datos)
    }).then((respuesta) => {
      if (!respuesta.isConfirmed) return
      const r = respuesta.value
      if (!r.ok) return falla(r.mensaje)
      Swal.fire({
        icon: "success",
        title: "La factura se generó exitosamente",
        text: "Haga clic en Aceptar",
        confirmButtonText: "Aceptar"
      }).then(() => {
        $("#p1, #p2").hide()
        $("#uuid").text(r.uuid)
        $("#bxml").on("click", () => {
          window.location.href = `/descarga/xml/${r.uuid}`
        })
        $("#bpdf").on("click", () => {
          window.location.href = `/descarga/pdf/${r.uuid}`
        })
        $("#p3").show()
      })
    })
  })
})
