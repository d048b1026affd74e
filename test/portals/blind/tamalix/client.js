(function () {
  let ids = 1000
  const el = (html) => { const t = document.createElement("template"); t.innerHTML = html.trim(); return t.content.firstElementChild }
  const post = async (path, body) => (await fetch(`/prod-api${path}`, { method: "POST", headers: { "content-type": "application/json;charset=utf-8" }, body: JSON.stringify(body) })).json()
  const message = (type, text) => {
    const box = el(`<div id="message_${++ids}" class="el-message el-message--${type} is-center" role="alert" style="top:16px;z-index:3000"><i class="el-icon el-message__icon"></i><p class="el-message__content"></p></div>`)
    box.querySelector("p").textContent = text
    document.body.append(box)
    setTimeout(() => box.remove(), 5000)
  }
  const place = (popper, anchor) => { const r = anchor.getBoundingClientRect(); Object.assign(popper.style, { position: "absolute", left: `${r.left + scrollX}px`, top: `${r.bottom + scrollY + 6}px`, minWidth: `${r.width}px`, display: "", zIndex: 2500 }) }
  const item = (label, content, help = "") => {
    const id = `el-id-4410-${++ids}`
    const box = el(`<div class="el-form-item is-required asterisk-left el-form-item--label-top"><label id="${id}-l" for="${id}" class="el-form-item__label">${label}</label><div class="el-form-item__content"></div></div>`)
    const made = content(id)
    box.querySelector(".el-form-item__content").append(made.node)
    if (help) box.append(el(`<div class="el-text el-text--info">${help}</div>`))
    return { ...made, node: box, error: (text) => { box.classList.toggle("is-error", !!text); box.querySelector(".el-form-item__error")?.remove(); if (text) box.querySelector(".el-form-item__content").append(el(`<div class="el-form-item__error">${text}</div>`)) } }
  }
  const input = (placeholder = "", max = 200) => (id) => {
    const node = el(`<div class="el-input"><div class="el-input__wrapper" tabindex="-1"><input class="el-input__inner" type="text" autocomplete="off" tabindex="0" placeholder="${placeholder}" maxlength="${max}" id="${id}"></div></div>`)
    const field = node.querySelector("input")
    return { node, get: () => field.value.trim(), field }
  }
  const select = (filterable) => (id) => {
    let chosen = ""
    let options = []
    const node = el(`<div class="el-select"><div class="el-select__wrapper" tabindex="-1"><div class="el-select__selection"><div class="el-select__selected-item el-select__input-wrapper"><input id="${id}" class="el-select__input" type="text" autocomplete="off" role="combobox" ${filterable ? "" : "readonly"} spellcheck="false" aria-haspopup="listbox" aria-autocomplete="none" aria-expanded="false" aria-controls="${id}-c"></div><div class="el-select__selected-item el-select__placeholder is-transparent"><span>Seleccione</span></div></div><div class="el-select__suffix"><i class="el-icon el-select__caret">⌄</i></div></div></div>`)
    const popper = el(`<div class="el-popper is-pure is-light el-select__popper" aria-hidden="true" style="display:none"><div class="el-select-dropdown"><div class="el-scrollbar"><div class="el-select-dropdown__wrap el-scrollbar__wrap"><ul class="el-scrollbar__view el-select-dropdown__list" id="${id}-c" role="listbox" aria-orientation="vertical"></ul></div></div></div><span class="el-popper__arrow"></span></div>`)
    document.getElementById("el-popper-container-4410").append(popper)
    const field = node.querySelector("input")
    const shown = node.querySelector(".el-select__placeholder")
    const list = popper.querySelector("ul")
    const me = { node, get: () => chosen, onChange: () => {}, load: (next) => { options = next; chosen = ""; field.value = ""; paint(""); label() } }
    const label = () => { const one = options.find(({ value }) => value === chosen); shown.firstElementChild.textContent = one ? one.label : "Seleccione"; shown.classList.toggle("is-transparent", !one); shown.style.display = field.value ? "none" : "" }
    const open = (yes) => { if (yes) place(popper, node); else popper.style.display = "none"; popper.setAttribute("aria-hidden", String(!yes)); field.setAttribute("aria-expanded", String(yes)); if (!yes) { field.value = ""; label() } }
    const paint = (filter) => {
      list.replaceChildren(...options.filter(({ label }) => label.toLowerCase().includes(filter.toLowerCase())).map(({ label: text, value }) => {
        const li = el(`<li id="${id}-${value}" class="el-select-dropdown__item${value === chosen ? " is-selected" : ""}" role="option" aria-selected="${value === chosen}"><span></span></li>`)
        li.firstElementChild.textContent = text
        li.addEventListener("click", () => { chosen = value; open(false); label(); me.onChange(value) })
        return li
      }))
      if (!list.children.length) list.append(el(`<div class="el-select-dropdown__empty">Sin datos</div>`))
    }
    node.querySelector(".el-select__wrapper").addEventListener("click", () => { const isOpen = popper.style.display !== "none"; if (isOpen && !field.value) open(false); else { paint(field.value); open(true); field.focus() } })
    field.addEventListener("input", () => { paint(field.value); label(); open(true) })
    document.addEventListener("mousedown", (e) => { if (!popper.contains(e.target) && !node.contains(e.target)) open(false) })
    return me
  }
  const two = (n) => String(n).padStart(2, "0")
  const picker = (id) => {
    let value = ""
    const now = new Date()
    let shown = new Date(now.getFullYear(), now.getMonth(), 1)
    const names = ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"]
    const node = el(`<div class="el-input el-input--prefix el-date-editor el-date-editor--date el-tooltip__trigger"><div class="el-input__wrapper" tabindex="-1"><span class="el-input__prefix">🗓</span><input class="el-input__inner" type="text" autocomplete="off" placeholder="Selecciona el día" id="${id}" role="combobox" aria-haspopup="dialog" aria-expanded="false"></div></div>`)
    const field = node.querySelector("input")
    const popper = el(`<div class="el-popper is-pure is-light el-picker__popper" role="dialog" style="display:none"><div class="el-picker-panel el-date-picker"><div class="el-date-picker__header"><button type="button" class="el-picker-panel__icon-btn d-arrow-left" aria-label="Año Anterior">«</button><button type="button" class="el-picker-panel__icon-btn arrow-left" aria-label="Mes Anterior">‹</button><span role="button" class="el-date-picker__header-label"></span><span role="button" class="el-date-picker__header-label"></span><button type="button" class="el-picker-panel__icon-btn arrow-right" aria-label="Próximo Mes">›</button><button type="button" class="el-picker-panel__icon-btn d-arrow-right" aria-label="Próximo Año">»</button></div><table class="el-date-table" role="grid"><tbody></tbody></table></div></div>`)
    document.getElementById("el-popper-container-4410").append(popper)
    const close = () => { popper.style.display = "none" }
    const paint = () => {
      const [a, b] = popper.querySelectorAll(".el-date-picker__header-label")
      a.textContent = shown.getFullYear(); b.textContent = names[shown.getMonth()]
      const from = new Date(shown.getFullYear(), shown.getMonth(), 1 - shown.getDay())
      const rows = [0, 1, 2, 3, 4, 5].map((w) => { const tr = el("<template></template>") && document.createElement("tr"); tr.className = "el-date-table__row"
        for (let d = 0; d < 7; d++) { const day = new Date(from.getFullYear(), from.getMonth(), from.getDate() + w * 7 + d); const td = document.createElement("td"); td.className = day > now ? "disabled" : day.getMonth() === shown.getMonth() ? "available" : "prev-month"; td.innerHTML = `<div class="el-date-table-cell"><span class="el-date-table-cell__text">${day.getDate()}</span></div>`
          td.addEventListener("click", () => { if (day > now) return; value = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`; field.value = value; close() }); tr.append(td) }
        return tr })
      popper.querySelector("tbody").replaceChildren(el("<template></template>") && Object.assign(document.createElement("tr"), { innerHTML: ["Dom", "Lun", "Mar", "Mié", "Jue", "Vie", "Sáb"].map((d) => `<th scope="col">${d}</th>`).join("") }), ...rows)
    }
    const move = (months) => { shown = new Date(shown.getFullYear(), shown.getMonth() + months, 1); paint() }
    popper.querySelector(".d-arrow-left").onclick = () => move(-12); popper.querySelector(".arrow-left").onclick = () => move(-1); popper.querySelector(".arrow-right").onclick = () => move(1); popper.querySelector(".d-arrow-right").onclick = () => move(12)
    field.addEventListener("focus", () => { paint(); place(popper, node) })
    field.addEventListener("change", () => { const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(field.value.trim()); if (m && !Number.isNaN(Date.parse(m[0])) && Date.parse(m[0]) < Date.now()) value = m[0]; else field.value = value })
    field.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === "Tab") close() })
    document.addEventListener("mousedown", (e) => { if (!popper.contains(e.target) && !node.contains(e.target)) close() })
    return { node, get: () => value }
  }
  const button = (text, type, act) => { const b = el(`<button aria-disabled="false" type="button" class="el-button ${type ? `el-button--${type}` : ""}"><span>${text}</span></button>`); b.addEventListener("click", async () => { if (b.getAttribute("aria-disabled") === "true") return; b.setAttribute("aria-disabled", "true"); b.classList.add("is-loading"); try { await act() } finally { b.setAttribute("aria-disabled", "false"); b.classList.remove("is-loading") } }); return b }
  const confirm = (text) => new Promise((resolve) => {
    const over = el(`<div class="el-overlay is-message-box" style="z-index:2600"><div role="dialog" aria-label="Confirmación" aria-modal="true" class="el-overlay-message-box"><div class="el-message-box" tabindex="-1"><div class="el-message-box__header"><div class="el-message-box__title"><span>Confirmación</span></div><button type="button" class="el-message-box__headerbtn" aria-label="Cerrar esta caja">×</button></div><div class="el-message-box__content"><div class="el-message-box__message"><p></p></div></div><div class="el-message-box__btns"></div></div></div></div>`)
    over.querySelector("p").textContent = text
    const end = (answer) => () => { over.remove(); resolve(answer) }
    over.querySelector(".el-message-box__btns").append(button("Cancelar", "", end(false)), button("Sí, timbrar", "primary", end(true)))
    over.querySelector(".el-message-box__headerbtn").onclick = end(false)
    document.body.append(over)
  })
  const app = document.getElementById("app")
  app.innerHTML = `<div class="el-container is-vertical"><header class="el-header"><b>TAMALIX</b> cocina de barrio</header><main class="el-main"><div class="el-card is-always-shadow"><div class="el-card__body"></div></div></main></div>`
  const card = app.querySelector(".el-card__body")
  const values = (fields) => Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.get()]))
  const valid = (fields) => Object.values(fields).map((one) => { const bad = one.get() === ""; one.error(bad ? "Este dato es necesario" : ""); return !bad }).every(Boolean)
  const one = async () => {
    const fields = { unidad: item("Restaurante", select(true)), cheque: item("Núm. de cheque", input("", 8)), fecha: item("Fecha del consumo", picker), consumo: item("Importe del consumo", input("0.00"), "Con IVA y sin propina, la propina no es facturable.") }
    const form = el(`<form class="el-form el-form--label-top"></form>`)
    form.append(...Object.values(fields).map(({ node }) => node))
    form.addEventListener("submit", (e) => e.preventDefault())
    form.append(button("Buscar mi cuenta", "primary", async () => {
      if (!valid(fields)) return
      const { code, msg, data } = await post("/cuenta/buscar", values(fields))
      if (code === 200) await two_(data)
      else message("error", msg)
    }))
    card.replaceChildren(el("<h3>Factura tu consumo</h3>"), form)
    fields.unidad.load(await (await fetch("/prod-api/unidades")).json())
  }
  const two_ = async (data) => {
    const fields = { rfc: item("RFC", input("", 13)), razonSocial: item("Razón social o nombre", input()), codigoPostal: item("Código postal fiscal", input("", 5)), regimenFiscal: item("Régimen", select(false)), usoCfdi: item("Uso", select(false)), email: item("Correo electrónico", input()) }
    const form = el(`<form class="el-form el-form--label-top"></form>`)
    form.append(...Object.values(fields).map(({ node }) => node))
    form.addEventListener("submit", (e) => e.preventDefault())
    const catalogs = await (await fetch("/prod-api/catalogos")).json()
    fields.usoCfdi.load(catalogs.usos)
    const byLength = () => fields.regimenFiscal.load(catalogs.regimenes.filter((r) => (fields.rfc.get().length === 12 ? r.m : r.f)))
    fields.rfc.field.addEventListener("change", () => { fields.rfc.field.value = fields.rfc.field.value.toUpperCase(); byLength() })
    byLength()
    form.append(button("Regresar", "", one), button("Timbrar factura", "primary", async () => {
      if (!valid(fields)) return
      if (!(await confirm(`¿Timbrar el cheque ${data.cheque} a nombre de ${fields.razonSocial.get().toUpperCase()}, RFC ${fields.rfc.get()}?`))) return
      const answer = await post("/cuenta/timbrar", values(fields))
      if (answer.code !== 200) return message("error", answer.msg)
      card.replaceChildren(el(`<div class="el-result"><div class="el-result__title"><p>Provecho, tu factura quedó timbrada</p></div><div class="el-result__subtitle"><p>UUID ${answer.data}</p></div></div>`), button("Ver mi factura", "primary", async () => { window.open(`/comprobante/${answer.data}`, "_blank") }), button("Otra cuenta", "", one))
    }))
    card.replaceChildren(el(`<div class="el-descriptions">Cheque ${data.cheque} · ${data.unidad} · $${data.total}</div>`), form)
  }
  void one()
})()
