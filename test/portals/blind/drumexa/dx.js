(function () {
  var P = "ctl00_cphMain_"
  var $ = function (id) { return document.getElementById(id) }
  var form = $("aspnetForm")
  var busy = function (on) { $("LP").style.display = $("LPD").style.display = on ? "" : "none" }
  var callback = function (id, params, done) {
    busy(true)
    var x = new XMLHttpRequest()
    x.open("POST", form.action)
    x.setRequestHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
    x.onload = function () {
      busy(false)
      var m = /^0\|\/\*DX\*\/\((.*)\)$/.exec(x.responseText)
      done(m ? JSON.parse(m[1]) : { error: "Error en la aplicación" })
    }
    x.send("__CALLBACKID=" + encodeURIComponent("ctl00$cphMain$" + id) + "&__CALLBACKPARAM=" + encodeURIComponent(new URLSearchParams(params).toString()) + "&__VIEWSTATE=" + encodeURIComponent($("__VIEWSTATE").value))
  }
  // The null text is the box's own value until it has the focus.
  document.querySelectorAll("input[data-null]").forEach(function (box) {
    var show = function () {
      if (box.value === "") {
        box.value = box.dataset.null
        box.classList.add("dxeNullText")
      }
    }
    box.addEventListener("focus", function () {
      if (box.classList.contains("dxeNullText")) {
        box.value = ""
        box.classList.remove("dxeNullText")
      }
    })
    box.addEventListener("blur", show)
    show()
  })
  var val = function (name) {
    var box = $(P + name + "_I")
    return box.classList.contains("dxeNullText") ? "" : box.value.trim()
  }
  var combos = {}
  document.querySelectorAll("table[data-combo]").forEach(function (table) {
    var id = table.dataset.combo
    var box = $(id + "_I")
    var hidden = $(id + "_VI")
    var drop = document.createElement("div")
    drop.id = id + "_DDD_PW-1"
    drop.className = "dxpcDropDown"
    drop.style.display = "none"
    document.body.append(drop)
    var items = []
    var chosen = ["", ""]
    var choose = function (item) {
      chosen = item
      hidden.value = item[0]
      box.value = item[1]
      close()
    }
    var close = function () { drop.style.display = "none" }
    var open = function (word) {
      var r = table.getBoundingClientRect()
      drop.style.cssText = "left:" + (r.left + scrollX) + "px;top:" + (r.bottom + scrollY) + "px;min-width:" + r.width + "px"
      drop.innerHTML = '<div id="' + id + '_DDD_L_D" class="dxlbd"><table id="' + id + '_DDD_L_LBT" cellspacing="0" style="border-collapse:collapse"><tbody></tbody></table></div>'
      items.forEach(function (item, i) {
        if (word && item[1].toLowerCase().indexOf(word.toLowerCase()) < 0) return
        var tr = document.createElement("tr")
        tr.className = "dxeListBoxItemRow"
        tr.innerHTML = '<td id="' + id + "_DDD_L_LBI" + i + 'T0" class="dxeListBoxItem"></td>'
        tr.firstChild.textContent = item[1]
        tr.addEventListener("mousedown", function (e) { e.preventDefault() })
        tr.addEventListener("click", function () { choose(item) })
        drop.querySelector("tbody").append(tr)
      })
    }
    $(id + "_B-1").addEventListener("mousedown", function (e) {
      e.preventDefault()
      if (drop.style.display === "none") {
        box.focus()
        open()
      } else close()
    })
    box.addEventListener("input", function () { open(box.value) })
    box.addEventListener("keydown", function (e) {
      if (e.key === "ArrowDown" && drop.style.display === "none") open()
      if (e.key === "Enter") {
        e.preventDefault()
        var first = drop.querySelector("tr")
        if (first && drop.style.display !== "none") first.click()
      }
      if (e.key === "Escape") close()
    })
    box.addEventListener("blur", function () {
      var same = items.find(function (i) { return i[1].toLowerCase() === box.value.toLowerCase() })
      choose(same || (box.value === "" ? ["", ""] : chosen))
    })
    combos[id] = {
      items: function (list) { items = list; choose(["", ""]) },
      enable: function (on) { table.classList.toggle("dxeDisabled", !on); box.disabled = !on },
      value: function () { return chosen[0] },
      text: function () { return chosen[1] }
    }
  })
  var serie = combos[P + "cmbSerie"]
  var regimen = combos[P + "cmbRegimen"]
  var uso = combos[P + "cmbUso"]
  serie.items([["A", "A"], ["B", "B"], ["FM", "FM"], ["FMX", "FMX"], ["GDL", "GDL"]])
  regimen.enable(false)
  uso.enable(false)
  var popup = function (name, on) {
    $(P + name + "_PW-1").style.display = on ? "" : "none"
    $(P + "pop_DXPWMB-1").style.display = on ? "" : "none"
  }
  var aviso = function (text) {
    $("popAvisoTexto").textContent = text
    popup("popAviso", true)
  }
  document.querySelectorAll(".dxpc-closeBtn").forEach(function (x) {
    x.addEventListener("click", function () { popup("popAviso", false); popup("popConfirma", false) })
  })
  var grid = function (notas) {
    var body = $(P + "grdNotas_DXMainTable").tBodies[0]
    while (body.rows.length > 1) body.deleteRow(1)
    notas.forEach(function (n, i) {
      var tr = body.insertRow()
      tr.id = P + "grdNotas_DXDataRow" + i
      tr.className = "dxgvDataRow"
      ;[n.nota, n.fecha, "$" + n.importe].forEach(function (t) { tr.insertCell().textContent = t })
      var a = document.createElement("a")
      a.href = "javascript:void(0)"
      a.className = "dxgvCommandColumnItem"
      a.textContent = "Quitar"
      a.onclick = function () { callback("cbpNotas", { accion: "quitar", nota: n.nota }, function (r) { grid(r.notas) }) }
      tr.insertCell().append(a)
    })
    if (!notas.length) body.insertRow().innerHTML = '<td colspan="4">No hay datos para mostrar</td>'
    window.notas = notas.length
  }
  $(P + "btnAgregar").addEventListener("click", function () {
    if (!serie.value() || !val("txtFolio") || !val("txtImporte")) return aviso("Serie, folio e importe son requeridos.")
    callback("cbpNotas", { accion: "agregar", serie: serie.value(), folio: val("txtFolio"), importe: val("txtImporte") }, function (r) {
      if (r.error) return aviso(r.error)
      grid(r.notas)
      ;["txtFolio", "txtImporte"].forEach(function (n) { $(P + n + "_I").value = ""; $(P + n + "_I").dispatchEvent(new Event("blur")) })
    })
  })
  var rfc = $(P + "txtRFC_I")
  rfc.addEventListener("change", function () {
    rfc.value = rfc.value.toUpperCase().trim()
    if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/.test(rfc.value)) return aviso("R.F.C.: formato no válido.")
    callback("cbpReceptor", { rfc: rfc.value }, function (r) {
      regimen.items(r.regimenes)
      uso.items(r.usos)
      regimen.enable(true)
      uso.enable(true)
    })
  })
  var check = $(P + "chkAcepta_S")
  var toggle = function () {
    var on = check.value === "U"
    check.value = on ? "C" : "U"
    var box = $(P + "chkAcepta_S_D")
    box.classList.toggle("dxWeb_edtCheckBoxChecked", on)
    box.classList.toggle("dxWeb_edtCheckBoxUnchecked", !on)
    box.childNodes.forEach(function (n) { if (n.nodeType === 3) n.remove() })
    if (on) box.append("✓")
  }
  $(P + "chkAcepta_S_D").addEventListener("click", toggle)
  $(P + "chkAcepta_L").addEventListener("click", function (e) { if (e.target.tagName !== "A") toggle() })
  check.addEventListener("keydown", function (e) { if (e.key === " ") toggle() })
  $(P + "btnEmitir").addEventListener("click", function () {
    if (!window.notas) return aviso("Agregue al menos una nota de venta.")
    if (["txtRFC", "txtNombre", "txtCP", "txtCorreo"].some(function (n) { return !val(n) }) || !regimen.value() || !uso.value()) return aviso("Existen campos obligatorios sin capturar.")
    if (check.value !== "C") return aviso("Debe aceptar las condiciones.")
    $("popConfirmaTexto").textContent = "Se emitirá un comprobante a nombre de " + val("txtNombre").toUpperCase() + ", R.F.C. " + rfc.value + ". Una vez emitido no podrá modificarse."
    popup("popConfirma", true)
  })
  $(P + "popConfirma_btnNo").addEventListener("click", function () { popup("popConfirma", false) })
  $(P + "popConfirma_btnSi").addEventListener("click", function () {
    popup("popConfirma", false)
    callback("cbpEmitir", { rfc: rfc.value, nombre: val("txtNombre").toUpperCase(), cp: val("txtCP"), regimen: regimen.text(), uso: uso.value(), correo: val("txtCorreo"), acepta: check.value }, function (r) {
      if (r.error) return aviso(r.error)
      $(P + "rpReceptor").style.display = "none"
      var panel = $(P + "rpNotas").querySelector(".dxrpcontent")
      panel.innerHTML = '<span class="dxeBase">Comprobante emitido. Descargue sus archivos.</span><table class="dxgvTable"><tbody><tr><td class="dxgvHeader">Folio</td><td class="dxgvHeader">UUID</td><td class="dxgvHeader">Importe</td><td class="dxgvHeader">XML</td><td class="dxgvHeader">PDF</td></tr><tr class="dxgvDataRow"><td></td><td></td><td></td><td><img id="imgXml" alt="XML" title="Descargar XML" style="cursor:pointer;width:22px;height:22px" src="data:image/svg+xml,%3Csvg xmlns=\'http://www.w3.org/2000/svg\' width=\'22\' height=\'22\'%3E%3Crect width=\'22\' height=\'22\' fill=\'%2314365e\'/%3E%3C/svg%3E"></td><td><img id="imgPdf" alt="PDF" title="Descargar PDF" style="cursor:pointer;width:22px;height:22px" src="data:image/svg+xml,%3Csvg xmlns=\'http://www.w3.org/2000/svg\' width=\'22\' height=\'22\'%3E%3Crect width=\'22\' height=\'22\' fill=\'%23b00\'/%3E%3C/svg%3E"></td></tr></tbody></table>'
      var cells = panel.querySelectorAll(".dxgvDataRow td")
      cells[0].textContent = r.folio
      cells[1].textContent = r.uuid
      cells[2].textContent = "$" + r.importe
      var post = function (target) {
        $("__EVENTTARGET").value = "ctl00$cphMain$grdEmitidos$" + target
        form.submit()
        $("__EVENTTARGET").value = ""
      }
      $("imgXml").onclick = function () { post("btnXml") }
      $("imgPdf").onclick = function () { post("btnPdf") }
    })
  })
})()
