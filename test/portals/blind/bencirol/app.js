(function () {
  var estado = { usuario: null, tickets: [] }
  var $vista = $("#vista")

  $(document).ajaxStart(function () { $("#cargando").show() }).ajaxStop(function () { $("#cargando").hide() })

  function texto(t) { return $("<i>").text(t == null ? "" : t).html() }

  function mensaje(tipo, t) {
    var $m = $('<div class="alert alert-dismissible" role="alert"></div>').addClass("alert-" + tipo).text(t)
    $("#mensaje").empty().append($m)
    setTimeout(function () { $m.fadeOut(300, function () { $m.remove() }) }, 9000)
  }

  function aviso() {
    $("body").append('<div class="aviso-fondo"></div><div class="aviso"><div class="d-flex justify-content-between border-bottom p-3"><b>Comunicado</b><button type="button" class="btn-close" aria-label="Close"></button></div>' +
      '<div class="p-3"><p>Estimado cliente: para evitar rechazos revisa que la razón social, régimen y código postal de tus RFC dados de alta estén actualizados.</p></div></div>')
    $(".aviso .btn-close").on("click", function () { $(".aviso,.aviso-fondo").remove() })
  }

  function login() {
    $("#usuario_menu").empty()
    $vista.html('<div class="panel" style="max-width:420px"><h4 class="mb-3">Inicia sesión</h4><form id="frm_login" autocomplete="off">' +
      '<div class="mb-3"><input type="text" id="username" name="username" class="form-control username" placeholder="Usuario"></div>' +
      '<div class="mb-3"><input type="password" name="password" class="form-control" placeholder="Contraseña"></div>' +
      '<button type="submit" class="btn btn-danger w-100">Entrar</button></form>' +
      '<p class="mt-3 small"><a href="#" class="registro">Regístrate</a> &nbsp;|&nbsp; <a href="#" class="olvide">¿Olvidaste tu contraseña?</a></p></div>')
    $("#frm_login").on("submit", function (e) {
      e.preventDefault()
      $.post("/login/acceso", $(this).serialize(), function (r) {
        if (r.is_logged !== "TRUE") return mensaje("danger", r.mensaje)
        estado.usuario = r.nombre
        inicio()
      }, "json")
    })
    $(".registro,.olvide").on("click", function (e) { e.preventDefault(); mensaje("info", "Comunícate a atención a clientes.") })
  }

  function menu() {
    $("#usuario_menu").html("Hola, " + texto(estado.usuario) + ' <a href="#" data-ir="inicio">Inicio</a><a href="#" data-ir="salir">Cerrar sesión</a>')
  }

  function inicio() {
    menu()
    $vista.html('<div class="panel text-center"><h3>¿Qué deseas hacer?</h3>' +
      '<a class="acceso" href="#" data-ir="facturar">ACCEDER A FACTURAR</a><a class="acceso" href="#" data-ir="facturas">ACCEDER A MIS FACTURAS</a><a class="acceso" href="#" data-ir="rfcs">ADMINISTRAR MIS RFC</a></div>')
  }

  function facturar() {
    $vista.html('<div class="panel"><h4>Facturación</h4><form id="frm_ticket" autocomplete="off"><div class="row g-3">' +
      '<div class="col-md-6"><label class="req">Seleccione los RFCs</label><select id="rfc" name="rfc" class="form-control chosen" data-placeholder="Seleccione un RFC"><option value=""></option></select></div>' +
      '<div class="col-md-6"><label class="req">Régimen Fiscal</label><select id="regimen_fiscal" name="regimen_fiscal" class="form-control chosen" data-placeholder="Seleccione un Régimen"></select></div>' +
      '<div class="col-md-6"><label class="req">Uso de CFDI</label><select id="usocfdi" name="usocfdi" class="form-control chosen" data-placeholder="Seleccione un Uso"></select></div>' +
      '<div class="col-md-6"><label class="req">Estación / Gasolinera</label><select id="estacion" name="estacion" class="form-control chosen" data-placeholder="Seleccione una Estación"><option value=""></option></select></div>' +
      '<div class="col-md-4"><label class="req">Folio</label><input type="text" id="ticket" name="ticket" class="form-control" maxlength="9"></div>' +
      '<div class="col-md-4"><label class="req">Monto</label><div class="input-group"><span class="input-group-text">$</span><input type="text" id="monto" name="monto" class="form-control" placeholder="0.00"></div></div>' +
      '<div class="col-md-4 d-flex align-items-end"><button type="button" id="agregar_tickets" class="btn btn-secondary w-100">Agregar Ticket</button></div></div></form></div>' +
      '<div class="panel"><h5>Tickets a Facturar</h5><table class="table table-sm" id="tabla_tickets"><thead><tr><th>Folio</th><th>Estación</th><th>Producto</th><th>Monto</th><th>Forma de Pago</th><th></th></tr></thead><tbody></tbody></table>' +
      '<div class="text-end"><button type="button" id="facturar_tickets" class="btn btn-danger">Facturar Tickets</button></div></div>')
    estado.tickets = []
    pinta()
    $(".chosen").chosen({ no_results_text: "Sin resultados para", search_contains: true, allow_single_deselect: true })
    $.getJSON("/facturacion/catalogos", function (r) {
      $.each(r.rfcs, function (_, o) { $("#rfc").append($("<option>").val(o.id).text(o.rfc + " - " + o.nombre)) })
      $.each(r.estaciones, function (_, o) { $("#estacion").append($("<option>").val(o.id).text(o.nombre)) })
      $("#rfc,#estacion").trigger("chosen:updated")
    })
    $("#rfc").on("change", function () {
      $("#regimen_fiscal,#usocfdi").empty().trigger("chosen:updated")
      if (!this.value) return
      $.getJSON("/facturacion/datos_rfc", { id: this.value }, function (r) {
        llena("#regimen_fiscal", r.regimenes)
        llena("#usocfdi", r.usos)
      })
    })
    $("#agregar_tickets").on("click", agregar)
    $("#facturar_tickets").on("click", emitir)
  }

  function llena(sel, lista) {
    var $s = $(sel).empty().append("<option value=''></option>")
    $.each(lista, function (_, o) { $s.append($("<option>").val(o.id).text(o.texto)) })
    $s.trigger("chosen:updated")
  }

  function agregar() {
    var faltan = ["#rfc", "#regimen_fiscal", "#usocfdi", "#estacion", "#ticket", "#monto"].filter(function (s) { return !$(s).val() })
    if (faltan.length) return mensaje("warning", "Llena todos los campos marcados con asterisco.")
    $.post("/facturacion/validar_ticket", $("#frm_ticket").serialize(), function (r) {
      if (r.error) return mensaje("danger", r.error)
      if (estado.tickets.some(function (t) { return t.id === r.ticket.id })) return mensaje("warning", "El ticket se encuentra en la lista.")
      estado.tickets.push(r.ticket)
      $("#ticket,#monto").val("")
      pinta()
    }, "json")
  }

  function pinta() {
    var $b = $("#tabla_tickets tbody").empty()
    if (!estado.tickets.length) return $b.append('<tr><td colspan="6" class="text-center text-muted">No tiene agregado ningún Ticket</td></tr>')
    $.each(estado.tickets, function (i, t) {
      var pago = t.pago ? texto(t.pagoTexto) : '<select class="form-select form-select-sm" name="tipopago_' + t.id + '"><option value="">Seleccione un Tipo de Pago</option>' +
        $.map(t.pagos, function (p) { return '<option value="' + p.id + '">' + texto(p.texto) + "</option>" }).join("") + "</select>"
      $b.append("<tr><td>" + texto(t.folio) + "</td><td>" + texto(t.estacion) + "</td><td>" + texto(t.producto) + "</td><td>$" + texto(t.monto) + "</td><td>" + pago +
        '</td><td><a href="#" class="text-danger quitar" data-i="' + i + '">Quitar</a></td></tr>')
    })
    $b.find("select").on("change", function () {
      var i = $(this).closest("tr").index()
      estado.tickets[i].pago = this.value
      estado.tickets[i].pagoTexto = $(this).find("option:selected").text()
      pinta()
    })
    $b.find(".quitar").on("click", function (e) { e.preventDefault(); estado.tickets.splice($(this).data("i"), 1); pinta() })
  }

  function emitir() {
    if (!estado.tickets.length) return mensaje("warning", "Agrega al menos un ticket.")
    if (estado.tickets.some(function (t) { return !t.pago })) return mensaje("warning", "Selecciona la forma de pago de cada ticket.")
    $.post("/facturacion/facturar", {
      rfc: $("#rfc").val(), regimen_fiscal: $("#regimen_fiscal").val(), usocfdi: $("#usocfdi").val(),
      tickets: $.map(estado.tickets, function (t) { return t.id + ":" + t.pago }).join(",")
    }, function (r) {
      if (r.error) return mensaje("danger", r.error)
      facturar()
    }, "json")
  }

  function facturas() {
    $vista.html('<div class="panel"><h4>Mis Facturas</h4><table class="table table-striped table-sm"><thead><tr><th>Fecha</th><th>RFC</th><th>Estación</th><th>Tickets</th><th>Total</th><th>Estatus</th><th>Acciones</th></tr></thead><tbody></tbody></table></div>')
    $.getJSON("/facturacion/mis_facturas", function (r) {
      $.each(r.facturas, function (_, f) {
        $vista.find("tbody").append("<tr><td>" + texto(f.fecha) + "</td><td>" + texto(f.rfc) + "</td><td>" + texto(f.estacion) + "</td><td>" + texto(f.folio) + "</td><td>$" + texto(f.total) + "</td><td>VIGENTE</td><td>" +
          '<a class="icono" style="background:#1565c0" title="XML" href="/facturacion/facturas/xml/' + f.uuid + '">xml</a>' +
          '<a class="icono" style="background:#c62828" title="PDF" href="/facturacion/facturas/pdf/' + f.uuid + '">pdf</a>' +
          '<a class="icono" style="background:#2e7d32" title="Enviar por correo" href="#">@</a></td></tr>')
      })
    })
  }

  function rfcs() {
    $vista.html('<div class="panel"><h4>Mis RFC</h4><ul class="list-group"></ul></div>')
    $.getJSON("/facturacion/catalogos", function (r) {
      $.each(r.rfcs, function (_, o) { $vista.find("ul").append($('<li class="list-group-item">').text(o.rfc + " - " + o.nombre)) })
    })
  }

  var vistas = { inicio: inicio, facturar: facturar, facturas: facturas, rfcs: rfcs, salir: function () { $.post("/login/salir", {}, function () { estado.usuario = null; login() }) } }
  $(document).on("click", "[data-ir]", function (e) { e.preventDefault(); vistas[$(this).data("ir")]() })

  $.post("/checkuser", {}, function (r) {
    if (r.is_logged === "TRUE") { estado.usuario = r.nombre; inicio() } else { login(); aviso() }
  }, "json")
})()
