import $ from "jquery"

const close = () => $(".k-animation-container").remove()
$(document).on("mousedown", (e) => {
  if (!$(e.target).closest(".k-animation-container, .k-widget").length) close()
})

const container = (anchor, inner) => {
  close()
  const at = anchor[0].getBoundingClientRect()
  return $("<div class='k-animation-container'></div>")
    .css({ left: at.left + scrollX, top: at.bottom + scrollY, minWidth: at.width })
    .append(inner)
    .appendTo(document.body)
}

const dropDown = (id, { filter, onChange }) => {
  const input = $(`#${id}`).attr("data-role", "dropdownlist").hide()
  const text = $("<span unselectable='on' class='k-input'>Seleccione...</span>")
  const widget = $(
    `<span class="k-widget k-dropdown" title="" unselectable="on" role="listbox" aria-haspopup="listbox" aria-expanded="false" tabindex="0" aria-owns="${id}_listbox" aria-labelledby="${id}_label"></span>`
  )
  input.after(widget)
  const wrap = $("<span unselectable='on' class='k-dropdown-wrap k-state-default'></span>").append(
    text,
    "<span unselectable='on' class='k-select' aria-label='select'><span class='k-icon k-i-arrow-60-down'>▾</span></span>"
  )
  widget.append(wrap, input)
  let data = []
  const api = {
    value: "",
    enable(on) {
      widget.attr("aria-disabled", on ? null : "true").toggleClass("k-state-disabled", !on)
    },
    data(list) {
      data = list
      choose("", "Seleccione...")
    },
    text: () => text.text()
  }
  const choose = (value, label) => {
    const was = api.value
    api.value = value
    input.val(value)
    text.text(label)
    close()
    widget.attr("aria-expanded", "false")
    if (was !== value && onChange) onChange(value)
  }
  const open = () => {
    if (widget.attr("aria-disabled")) return
    const ul = $(`<ul unselectable="on" class="k-list k-reset" tabindex="-1" id="${id}_listbox" aria-hidden="false" role="listbox"></ul>`)
    const draw = (word) => {
      ul.empty()
      for (const [value, label] of data) {
        if (!label.toLowerCase().includes(word)) continue
        $("<li tabindex='-1' role='option' unselectable='on' class='k-item'></li>")
          .text(label)
          .toggleClass("k-state-selected", value === api.value)
          .appendTo(ul)
          .on("click", () => choose(value, label))
      }
    }
    draw("")
    const list = $(`<div class="k-list-container k-popup k-group k-reset" id="${id}-list" data-role="popup"></div>`)
    if (filter) {
      const box = $("<input class='k-textbox' role='listbox' aria-haspopup='listbox'>").on("input", function () {
        draw(this.value.toLowerCase())
      })
      list.append($("<span class='k-list-filter'></span>").append(box))
    }
    list.append(
      $("<div class='k-list-optionlabel k-state-selected'>Seleccione...</div>").on("click", () => choose("", "Seleccione...")),
      $("<div class='k-list-scroller' unselectable='on'></div>").append(ul)
    )
    container(widget, list)
    widget.attr("aria-expanded", "true")
    list.find("input").trigger("focus")
  }
  wrap.on("click", () => ($(`#${id}-list`).length ? close() : open()))
  widget.on("keydown", (e) => {
    const at = data.findIndex(([value]) => value === api.value)
    if (e.key === "ArrowDown" && e.altKey) open()
    else if (e.key === "ArrowDown" && data[at + 1]) choose(...data[at + 1])
    else if (e.key === "ArrowUp" && data[at - 1]) choose(...data[at - 1])
    else if (e.key === "Escape") close()
    else if (e.key.length === 1) {
      const hit = data.find(([, label]) => label.toLowerCase().startsWith(e.key.toLowerCase()))
      if (hit) choose(...hit)
    }
  })
  return api
}

const numeric = (id) => {
  const input = $(`#${id}`).attr({ "data-role": "numerictextbox", role: "spinbutton", type: "text" }).addClass("k-input")
  const shown = $("<input type='text' class='k-formatted-value k-input' tabindex='0' role='spinbutton' autocomplete='off'>")
  const wrap = $("<span class='k-numeric-wrap k-state-default'></span>")
  const arrows = $(
    "<span class='k-select'><span class='k-link k-link-increase' aria-label='Increase value'>▲</span><span class='k-link k-link-decrease' aria-label='Decrease value'>▼</span></span>"
  )
  input.after($("<span class='k-widget k-numerictextbox'></span>").append(wrap))
  wrap.append(shown, input.hide(), arrows)
  const api = { value: null }
  const set = (value) => {
    api.value = value
    input.val(value === null ? "" : String(value)).attr("aria-valuenow", value)
    shown.val(value === null ? "" : value.toLocaleString("es-MX", { style: "currency", currency: "MXN" }))
  }
  shown.on("focus", () => {
    shown.hide()
    input.show().trigger("focus").trigger("select")
  })
  input.on("keypress", (e) => /[\d.]/.test(e.key) || e.key === "Enter")
  input.on("blur", () => {
    const value = Number.parseFloat(input.val())
    set(Number.isNaN(value) ? null : Math.round(value * 100) / 100)
    input.hide()
    shown.show()
  })
  arrows.on("click", ".k-link", function () {
    set(Math.max(0, (api.value ?? 0) + ($(this).is(".k-link-increase") ? 1 : -1)))
  })
  return api
}

const names = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"]
const two = (n) => String(n).padStart(2, "0")
const datePicker = (id) => {
  const input = $(`#${id}`).attr({ "data-role": "datepicker", type: "text", role: "combobox", "aria-expanded": "false", autocomplete: "off" }).addClass("k-input")
  const button = $("<span unselectable='on' class='k-select' aria-label='select' role='button'><span class='k-icon k-i-calendar'>▦</span></span>")
  const wrap = $("<span class='k-picker-wrap k-state-default'></span>")
  input.after($("<span class='k-widget k-datepicker'></span>").append(wrap))
  wrap.append(input, button)
  button.on("click", () => {
    const first = new Date()
    first.setDate(1)
    const box = $("<div class='k-widget k-calendar' data-role='calendar' style='width:240px'></div>")
    const draw = () => {
      const lead = (first.getDay() + 6) % 7
      const days = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate()
      let rows = "<tr>" + "<td>&nbsp;</td>".repeat(lead)
      for (let day = 1; day <= days; day++) {
        rows += `<td role="gridcell"><a tabindex="-1" class="k-link" href="#" data-value="${first.getFullYear()}/${first.getMonth()}/${day}">${day}</a></td>`
        if ((lead + day) % 7 === 0) rows += "</tr><tr>"
      }
      box.html(
        `<div class="k-header"><a href="#" class="k-nav-prev" aria-label="Previous">◀</a><a href="#" class="k-link k-nav-fast">${names[first.getMonth()]} ${first.getFullYear()}</a><a href="#" class="k-nav-next" aria-label="Next">▶</a></div><table class="k-content k-state-active" role="grid" style="border:0;padding:0"><thead><tr>${["lu", "ma", "mi", "ju", "vi", "sá", "do"].map((d) => `<th>${d}</th>`).join("")}</tr></thead><tbody>${rows}</tr></tbody></table>`
      )
    }
    draw()
    box.on("click", "a", function (e) {
      e.preventDefault()
      if ($(this).is(".k-nav-prev, .k-nav-next")) {
        first.setMonth(first.getMonth() + ($(this).is(".k-nav-next") ? 1 : -1))
        draw()
        return
      }
      const value = $(this).data("value")
      if (!value) return
      const [year, month, day] = String(value).split("/").map(Number)
      input.val(`${two(day)}/${two(month + 1)}/${year}`)
      close()
    })
    container(wrap, $("<div class='k-group k-popup k-reset'></div>").append(box))
  })
  return { get value() { return input.val().trim() } }
}

const dialog = (title, html, buttons) => {
  const shade = $("<div class='k-overlay'></div>").appendTo(document.body)
  const box = $(
    `<div class="k-widget k-window k-dialog" data-role="dialog" role="dialog" aria-labelledby="dlg_title"><div class="k-window-titlebar k-dialog-titlebar"><span class="k-window-title k-dialog-title" id="dlg_title"></span></div><div class="k-window-content k-content k-state-active" style="border:0"></div><div class="k-dialog-buttongroup" role="toolbar"></div></div>`
  ).appendTo(document.body)
  box.find(".k-window-title").text(title)
  box.find(".k-window-content").html(html)
  for (const [text, primary, act] of buttons) {
    $("<button type='button' class='k-button' role='button'></button>").text(text).toggleClass("k-primary", primary).appendTo(box.find(".k-dialog-buttongroup")).on("click", () => {
      shade.remove()
      box.remove()
      act?.()
    })
  }
}
const alertBox = (text) => dialog("Birlonga", $("<span></span>").text(text), [["Entendido", true]])

const post = async (path, body) => {
  const mask = $("<div class='k-loading-mask'><span class='k-loading-text'>Procesando...</span></div>").appendTo(document.body)
  try {
    return await $.post(path, body)
  } catch {
    return { Exito: false, Mensaje: "No hubo respuesta del servidor." }
  } finally {
    mask.remove()
  }
}

const tab = (index) => {
  $("#tabs .k-tabstrip-items .k-item").each(function (i) {
    $(this).toggleClass("k-state-active", i === index).toggleClass("k-state-disabled", i !== index).attr("aria-selected", String(i === index))
  })
  $("#tabs > .k-content").each(function (i) {
    $(this).toggleClass("k-state-active", i === index).attr("aria-hidden", i === index ? null : "true")
  })
}

const sucursal = dropDown("Sucursal", { filter: true })
$.post("/Factura/LeeSucursales").then((list) => sucursal.data(list.map(({ Id, Nombre }) => [String(Id), Nombre])))
const fecha = datePicker("Fecha")
const total = numeric("Total")
const rfc = () => $("#Rfc").val().trim().toUpperCase()
const uso = dropDown("Uso", {})
const regimen = dropDown("Regimen", {
  onChange: async (value) => {
    uso.enable(false)
    uso.data([])
    if (value === "") return
    const list = await $.post("/Factura/LeeUsos", { rfc: rfc(), regimen: value })
    uso.data(list.map(({ Clave, Descripcion }) => [Clave, Descripcion]))
    uso.enable(true)
  }
})
regimen.enable(false)
uso.enable(false)

$("#Rfc").on("change", async () => {
  regimen.data([])
  regimen.enable(false)
  if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/.test(rfc())) return alertBox("El RFC no tiene la estructura correcta.")
  const list = await $.post("/Factura/LeeRegimenes", { rfc: rfc() })
  regimen.data(list.map(({ Clave, Descripcion }) => [Clave, Descripcion]))
  regimen.enable(true)
})

$("#btnValidar").on("click", async () => {
  if (sucursal.value === "" || $("#Orden").val() === "" || fecha.value === "" || total.value === null) {
    return alertBox("Todos los datos de su nota son obligatorios.")
  }
  const answer = await post("/Factura/ValidaOrden", { Sucursal: sucursal.value, Orden: $("#Orden").val(), Fecha: fecha.value, Total: total.value })
  if (!answer.Exito) return alertBox(answer.Mensaje)
  $("#resumen").text(`Orden ${answer.Orden} · ${sucursal.text()} · $${answer.Total} · ${answer.Forma}`)
  tab(1)
})

$("#btnRegresar").on("click", () => tab(0))

$("#btnGenerar").on("click", () => {
  const body = {
    Rfc: rfc(), Nombre: $("#Nombre").val().trim().toUpperCase(), CodigoPostal: $("#CodigoPostal").val().trim(),
    Regimen: regimen.value, Uso: uso.value, Correo: $("#Correo").val().trim()
  }
  if (Object.values(body).some((value) => value === "")) return alertBox("Complete los datos del cliente.")
  const list = $("<dl></dl>")
  const line = (name, value) => list.append($("<dt></dt>").text(name), $("<dd></dd>").text(value))
  line("RFC", body.Rfc)
  line("Nombre", body.Nombre)
  line("C.P.", body.CodigoPostal)
  line("Régimen", regimen.text())
  line("Uso", uso.text())
  dialog("¿Los datos son correctos?", list, [
    ["Corregir", false],
    ["Sí, continuar", true, async () => {
      const answer = await post("/Factura/Timbrar", body)
      if (!answer.Exito) return alertBox(answer.Mensaje)
      $("#tabs-3").html(`<h3>Gracias por su visita</h3><p>Su comprobante <b>${answer.Folio}</b> quedó timbrado. Lo enviamos a su correo y también puede guardarlo aquí:</p><p><a id="lnkZip" class="k-button k-primary" href="${answer.Ruta}">Descargar archivos</a></p>`)
      tab(2)
    }]
  ])
})
