(function () {
  var by = function (id) { return document.getElementById(id) }, w = {}
  function call(command, data, done) {
    standby(true); by("errores").style.display = "none"
    fetch("/wcs/stores/servlet/" + command, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams(Object.assign({ storeId: "10701", catalogId: "10551", langId: "-5", requesttype: "ajax" }, data)) }).then(function (r) { return r.text() }).then(function (t) {
      standby(false); var r = JSON.parse(t.replace(/^\/\*|\*\/$/g, "")); if (r.errorMessage) { by("errores").style.display = "block"; by("errorMsg").textContent = r.errorMessage; scrollTo(0, 0) } else done(r)
    })
  }
  ;["sucursal", "caja", "ticket", "importe", "rfc", "nombre", "cp", "correo"].forEach(function (id) { w[id] = TextBox(id) })
  w.fecha = DateTextBox("fecha"); w.regimen = FilteringSelect("regimen", []); w.uso = FilteringSelect("uso", []); w.regimen.enable(false); w.uso.enable(false)
  function full(ids) { return ids.map(function (id) { var ok = !!w[id].get().trim(); w[id].error(ok ? "" : "Este valor es obligatorio."); return ok }).every(Boolean) }
  function read(ids) { var d = {}; ids.forEach(function (id) { d[id] = w[id].get() }); return d }
  Button("btnConsultar", "Consultar ticket", function () { var ids = ["sucursal", "caja", "ticket", "fecha", "importe"]; if (full(ids)) call("AjaxConsultaTicket", read(ids), function (r) { by("detalle").innerHTML = r.detalle; by("zonaTicket").style.display = "none"; by("zonaFiscal").style.display = "block" }) })
  w.rfc.input.addEventListener("change", function () { w.rfc.input.value = w.rfc.input.value.toUpperCase(); call("AjaxRegimenes", read(["rfc"]), function (r) { w.regimen.setItems(r.items); w.uso.setItems([]) }) })
  w.regimen.onChange = function () { call("AjaxUsos", read(["rfc", "regimen"]), function (r) { w.uso.setItems(r.items) }) }
  Button("btnFacturar", "Facturar", function () { var ids = ["rfc", "nombre", "cp", "regimen", "uso", "correo"]; if (full(ids)) Dialog("Confirmaci\u00f3n", "<p>Se facturar\u00e1 a <b></b>. Verifique que el nombre y el c\u00f3digo postal sean los de su constancia.</p>", function () { call("AjaxGeneraFactura", read(ids), function (r) { by("zonaFiscal").style.display = "none"; by("zonaListo").style.display = "block"; by("docs").innerHTML = r.filas }) }); var b = document.querySelector(".dijitDialog b"); if (b) b.textContent = w.rfc.get() })
  document.addEventListener("click", function (e) { var i = e.target.closest("img[data-doc]"); if (i) { var f = by("descarga") || document.body.appendChild(Object.assign(document.createElement("iframe"), { id: "descarga", style: "display:none" })); f.src = i.getAttribute("data-doc") } })
})()
