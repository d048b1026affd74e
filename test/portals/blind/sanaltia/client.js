let uid = 0
const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value)
    else if (value !== false) node.setAttribute(name, value === true ? "" : value)
  }
  node.append(...children)
  return node
}
const fieldShadow = (extra = "") => `<style>
:host{display:inline-flex;width:100%;max-width:420px;font:16px/1.6 Roboto,sans-serif;flex-direction:column;margin:4px 0}
[part=label]{color:#5a6b77;font-size:14px}[part=input-field]{display:flex;background:#1a39600f;border-radius:4px;padding:0 8px;align-items:center}
:host([invalid]) [part=input-field]{background:#e21d3d1a}[part=error-message]{color:#c21d33;font-size:12px}
::slotted(input){flex:1;border:0;background:none;font:inherit;padding:7px 0;outline:0;width:100%}[part=toggle-button]{cursor:pointer;padding:0 4px;user-select:none}:host([disabled]){opacity:.5;pointer-events:none}
</style><div class="vaadin-field-container"><div part="label"><slot name="label"></slot></div><div part="input-field">${extra.before ?? ""}<slot name="input"></slot>${extra.after ?? ""}</div><div part="error-message"><slot name="error-message"></slot></div></div>`

class TextField extends HTMLElement {
  connectedCallback() {
    if (this.input) return
    this.attachShadow({ mode: "open" }).innerHTML = fieldShadow(this.parts())
    const id = ++uid
    const text = this.getAttribute("label")
    this.input = el("input", { slot: "input", type: "text", id: `input-${this.localName}-${id}`, autocomplete: "off", "aria-labelledby": `label-${this.localName}-${id}`, maxlength: this.getAttribute("maxlength") ?? false })
    this.error = el("div", { slot: "error-message", id: `error-message-${this.localName}-${id}` })
    this.append(el("label", { slot: "label", id: `label-${this.localName}-${id}`, for: this.input.id }, text), this.error, this.input)
    this.input.addEventListener("change", () => this.check())
    this.ready?.()
  }
  parts() { return {} }
  get value() { return this.input.value.trim() }
  check() {
    const bad = this.hasAttribute("required") && this.value === "" ? "Dato obligatorio" : this.pattern && this.value !== "" && !this.pattern.test(this.value) ? "Formato no válido" : ""
    this.toggleAttribute("invalid", bad !== "")
    this.input.toggleAttribute("aria-invalid", bad !== "")
    this.error.textContent = bad
    return bad === ""
  }
}
customElements.define("vaadin-text-field", TextField)
customElements.define("vaadin-email-field", class extends TextField { ready() { this.input.type = "email"; this.pattern = /^\S+@\S+\.\S+$/ } })

class Overlay extends HTMLElement {}
for (const name of ["vaadin-combo-box-overlay", "vaadin-date-picker-overlay"]) customElements.define(name, class extends Overlay {})

class ComboBox extends TextField {
  parts() { return { after: `<div part="toggle-button field-button" aria-hidden="true">▾</div>` } }
  ready() {
    this.items = []
    this.chosen = null
    this.input.setAttribute("role", "combobox")
    this.input.setAttribute("aria-autocomplete", "list")
    this.input.setAttribute("aria-expanded", "false")
    this.shadowRoot.querySelector("[part~=toggle-button]").addEventListener("mousedown", (e) => {
      e.preventDefault()
      this.input.focus()
      this.overlay ? this.close() : this.open("")
    })
    this.input.addEventListener("click", () => this.overlay || this.open(""))
    this.input.addEventListener("input", () => this.open(this.input.value))
    this.input.addEventListener("keydown", (e) => {
      if (e.key === "ArrowDown") {
        if (!this.overlay) this.open("")
        else this.focusItem(1)
      } else if (e.key === "ArrowUp") this.focusItem(-1)
      else if (e.key === "Escape") this.close()
      else if (e.key === "Enter" && this.overlay) {
        const item = this.overlay.querySelector("[focused]") ?? this.overlay.querySelector("vaadin-combo-box-item")
        if (item) this.pick(item.data)
      }
    })
    this.input.addEventListener("blur", () => {
      const exact = this.items.find(({ label }) => label.toLowerCase() === this.input.value.toLowerCase())
      if (exact && exact !== this.chosen) this.pick(exact)
      this.input.value = this.chosen?.label ?? ""
      this.close()
      this.check()
    })
  }
  get value() { return this.chosen?.value ?? "" }
  focusItem(by) {
    const all = [...(this.overlay?.querySelectorAll("vaadin-combo-box-item") ?? [])]
    const at = all.findIndex((i) => i.hasAttribute("focused"))
    all[at]?.removeAttribute("focused")
    all[Math.max(0, Math.min(all.length - 1, at + by))]?.setAttribute("focused", "")
  }
  setItems(items) {
    this.items = items
    this.chosen = null
    this.input.value = ""
  }
  enable(on) {
    this.toggleAttribute("disabled", !on)
    this.input.disabled = !on
  }
  open(word) {
    this.close()
    const box = this.getBoundingClientRect()
    this.overlay = el("vaadin-combo-box-overlay", { opened: true, style: `position:absolute;z-index:200;left:${box.left + scrollX}px;top:${box.bottom + scrollY}px;width:${Math.max(box.width, 300)}px;background:#fff;box-shadow:0 4px 14px #0004;border-radius:4px;font:16px Roboto,sans-serif` })
    const scroller = el("vaadin-combo-box-scroller", { role: "listbox", style: "display:block;max-height:240px;overflow:auto" })
    for (const item of this.items) {
      if (!item.label.toLowerCase().includes(word.toLowerCase())) continue
      const row = el("vaadin-combo-box-item", { role: "option", tabindex: "-1", "aria-selected": String(item === this.chosen), style: "display:block;padding:7px 12px;cursor:pointer" }, item.label)
      row.data = item
      row.addEventListener("mousedown", (e) => e.preventDefault())
      row.addEventListener("click", () => this.pick(item))
      scroller.append(row)
    }
    this.overlay.append(scroller)
    if (scroller.children.length) document.body.append(this.overlay)
    else this.overlay = undefined
    this.input.setAttribute("aria-expanded", String(Boolean(this.overlay)))
  }
  close() {
    this.overlay?.remove()
    this.overlay = undefined
    this.input.setAttribute("aria-expanded", "false")
  }
  pick(item) {
    this.chosen = item
    this.input.value = item.label
    this.close()
    this.check()
    this.dispatchEvent(new CustomEvent("value-changed"))
  }
}
customElements.define("vaadin-combo-box", ComboBox)

const months = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"]
const two = (n) => String(n).padStart(2, "0")
class DatePicker extends TextField {
  parts() { return { after: `<div part="toggle-button field-button" aria-hidden="true">▦</div>` } }
  ready() {
    this.iso = ""
    this.input.setAttribute("role", "combobox")
    this.input.setAttribute("aria-haspopup", "dialog")
    this.input.setAttribute("aria-expanded", "false")
    this.input.placeholder = "dd/mm/aaaa"
    const toggle = (e) => {
      e.preventDefault()
      this.input.focus()
      this.overlay ? this.close() : this.open()
    }
    this.shadowRoot.querySelector("[part~=toggle-button]").addEventListener("mousedown", toggle)
    this.input.addEventListener("click", () => this.overlay || this.open())
    this.input.addEventListener("keydown", (e) => {
      if (e.key === "Enter") this.commit()
      if (e.key === "Escape") this.close()
    })
    this.input.addEventListener("blur", () => setTimeout(() => document.activeElement?.closest?.("vaadin-date-picker-overlay") || this.commit(), 0))
  }
  get value() { return this.iso }
  commit() {
    const m = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(this.input.value.trim())
    this.iso = m ? `${m[3]}-${two(m[2])}-${two(m[1])}` : ""
    if (m) this.input.value = `${two(m[1])}/${two(m[2])}/${m[3]}`
    this.close()
    this.check()
    if (!m && this.input.value !== "") {
      this.setAttribute("invalid", "")
      this.error.textContent = "Fecha no válida"
    }
  }
  open() {
    const box = this.getBoundingClientRect()
    this.overlay = el("vaadin-date-picker-overlay", { opened: true, role: "dialog", style: `position:absolute;z-index:200;left:${box.left + scrollX}px;top:${box.bottom + scrollY}px;width:300px;height:320px;overflow:auto;background:#fff;box-shadow:0 4px 14px #0004;font:15px Roboto,sans-serif` })
    const content = el("vaadin-date-picker-overlay-content")
    const root = content.attachShadow({ mode: "open" })
    const now = new Date()
    for (let back = 3; back >= 0; back--) {
      const first = new Date(now.getFullYear(), now.getMonth() - back, 1)
      const table = el("table", { role: "grid", style: "width:100%;text-align:center" })
      let row = el("tr", { role: "row" })
      for (let i = 0; i < (first.getDay() + 6) % 7; i++) row.append(el("td"))
      const last = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate()
      for (let day = 1; day <= last; day++) {
        if (row.children.length === 7) {
          table.append(row)
          row = el("tr", { role: "row" })
        }
        row.append(el("td", { role: "gridcell", part: "date", tabindex: "-1", "aria-label": `${day} ${months[first.getMonth()]} ${first.getFullYear()}`, style: "cursor:pointer", onmousedown: (e) => e.preventDefault(), onclick: () => {
          this.input.value = `${two(day)}/${two(first.getMonth() + 1)}/${first.getFullYear()}`
          this.commit()
        } }, String(day)))
      }
      table.append(row)
      root.append(el("div", { part: "month-header", style: "text-align:center;padding:8px" }, `${months[first.getMonth()]} ${first.getFullYear()}`), table)
    }
    this.overlay.append(content)
    document.body.append(this.overlay)
    this.overlay.scrollTop = 10_000
    this.input.setAttribute("aria-expanded", "true")
  }
  close() {
    this.overlay?.remove()
    this.overlay = undefined
    this.input.setAttribute("aria-expanded", "false")
  }
}
customElements.define("vaadin-date-picker", DatePicker)

class Button extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return
    this.attachShadow({ mode: "open" }).innerHTML = `<style>:host{display:inline-block;padding:7px 18px;border-radius:4px;background:#1a39601a;color:#067a5b;font:500 16px Roboto,sans-serif;cursor:pointer;margin:6px 6px 6px 0}:host([theme~=primary]){background:#067a5b;color:#fff}:host([disabled]){opacity:.5;pointer-events:none}</style><div class="vaadin-button-container"><span part="label"><slot></slot></span></div>`
    this.setAttribute("role", "button")
    this.tabIndex = 0
    this.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") this.click() })
  }
}
customElements.define("vaadin-button", Button)

const notify = (text) => {
  document.querySelector("vaadin-notification-container")?.remove()
  const card = el("vaadin-notification-card", { role: "alert", theme: "error", style: "display:block;background:#c21d33;color:#fff;padding:14px 20px;border-radius:6px;font:16px Roboto,sans-serif" }, text)
  const container = el("vaadin-notification-container", { style: "position:fixed;left:0;right:0;bottom:20px;display:flex;justify-content:center;z-index:1000" }, card)
  document.body.append(container)
  setTimeout(() => container.remove(), 7000)
}
const rpc = async (name, body = {}) => {
  const bar = el("div", { class: "v-loading-indicator" })
  document.body.append(bar)
  const response = await fetch("/autofactura/?v-r=uidl&v-uiId=0", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ rpc: name, ...body }) })
  bar.remove()
  const answer = await response.json()
  if (answer.error) {
    notify(answer.error)
    return undefined
  }
  return answer
}
const dialog = (title, text, act) => {
  const shade = el("div", { part: "backdrop", style: "position:fixed;inset:0;background:#0006;z-index:300" })
  const overlay = el("vaadin-confirm-dialog-overlay", { role: "alertdialog", opened: true, "aria-label": title, style: "position:fixed;z-index:301;top:30%;left:50%;transform:translateX(-50%);background:#fff;padding:24px;border-radius:8px;max-width:420px;font:16px Roboto,sans-serif" })
  const close = () => {
    shade.remove()
    overlay.remove()
  }
  overlay.append(
    el("h3", { slot: "header" }, title), el("div", {}, text),
    el("vaadin-button", { slot: "cancel-button", theme: "tertiary", onclick: close }, "Volver"),
    el("vaadin-button", { slot: "confirm-button", theme: "primary", onclick: () => { close(); act() } }, "Emitir")
  )
  document.body.append(shade, overlay)
}

const outlet = document.getElementById("outlet")
const layout = el("vaadin-vertical-layout", { theme: "padding spacing", style: "display:flex;flex-direction:column;padding:24px;max-width:520px;margin:0 auto;font:16px/1.5 Roboto,sans-serif;color:#1f3340" })
outlet.append(el("div", { style: "background:#067a5b;color:#fff;padding:14px 24px;font:20px Roboto,sans-serif" }, "Sanaltia · Diagnóstico médico"), layout)
const text = (label, more = {}) => el("vaadin-text-field", { label, required: true, ...more })

const find = async () => {
  const { units } = await rpc("init")
  let area = ""
  const radios = el("vaadin-radio-group", { role: "radiogroup", "aria-label": "Servicio recibido" }, el("label", { slot: "label", style: "color:#5a6b77;font-size:14px" }, "Servicio recibido"), el("br"))
  for (const name of ["Consulta", "Laboratorio", "Imagen", "Farmacia"]) {
    const id = ++uid
    radios.append(el("vaadin-radio-button", { style: "display:inline-block;margin-right:14px" }, el("input", { type: "radio", slot: "input", name: "vaadin-radio-group-1", id: `r${id}`, onchange: () => { area = name } }), el("label", { slot: "label", for: `r${id}` }, name)))
  }
  const unit = el("vaadin-combo-box", { label: "Unidad", required: true })
  const order = text("Orden")
  const date = el("vaadin-date-picker", { label: "Fecha de pago", required: true })
  const amount = text("Importe pagado")
  layout.replaceChildren(
    el("h2", {}, "Comprobante fiscal de su estudio"), el("p", {}, "Capture los datos como aparecen en su comprobante de pago."), radios, unit, order, date, amount,
    el("vaadin-button", { theme: "primary", onclick: async () => {
      const whole = [unit, order, date, amount].map((f) => f.check()).every(Boolean)
      if (area === "") return notify("Indique el servicio recibido.")
      if (!whole) return
      const found = await rpc("find", { area, unit: unit.value, order: order.value, date: date.value, amount: amount.value })
      if (found) fiscal(found.text)
    } }, "Consultar")
  )
  unit.setItems(units.map((u) => ({ value: u, label: u })))
  amount.pattern = /^\d+(\.\d\d?)?$/
}

const fiscal = (what) => {
  const rfc = text("RFC", { maxlength: "13" })
  const name = text("Nombre o razón social")
  const zip = text("Código postal", { maxlength: "5" })
  const regime = el("vaadin-combo-box", { label: "Régimen fiscal", required: true })
  const use = el("vaadin-combo-box", { label: "Uso de CFDI", required: true })
  const email = el("vaadin-email-field", { label: "Correo", required: true })
  const email2 = el("vaadin-email-field", { label: "Confirme su correo", required: true })
  const go = el("vaadin-button", { theme: "primary" }, "Facturar")
  layout.replaceChildren(el("h2", {}, "Datos fiscales"), el("p", {}, what), rfc, name, zip, regime, use, email, email2, el("div", {}, el("vaadin-button", { onclick: find }, "Otra orden"), go))
  rfc.pattern = /^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/i
  zip.pattern = /^\d{5}$/
  regime.enable(false)
  use.enable(false)
  rfc.input.addEventListener("change", async () => {
    rfc.input.value = rfc.value.toUpperCase()
    regime.setItems([])
    use.setItems([])
    use.enable(false)
    if (!rfc.check()) return
    regime.setItems((await rpc("rfc", { rfc: rfc.value })).regimes)
    regime.enable(true)
  })
  regime.addEventListener("value-changed", async () => {
    use.setItems([])
    use.setItems((await rpc("regime", { rfc: rfc.value, regime: regime.value })).uses)
    use.enable(true)
  })
  go.addEventListener("click", () => {
    if (![rfc, name, zip, regime, use, email, email2].map((f) => f.check()).every(Boolean)) return notify("Revise los datos marcados.")
    if (email.value !== email2.value) return notify("Los correos no son iguales.")
    dialog("¿Emitir el comprobante?", `A nombre de ${name.value.toUpperCase()} (${rfc.value}), C.P. ${zip.value}.`, async () => {
      go.setAttribute("disabled", "")
      const made = await rpc("issue", { rfc: rfc.value, name: name.value, zip: zip.value, regime: regime.value, use: use.value, email: email.value, email2: email2.value })
      go.removeAttribute("disabled")
      if (!made) return
      const link = (kind) => el("a", { href: `/autofactura/VAADIN/dynamic/resource/${made.uuid}/${made.name}.${kind}`, download: true, "router-ignore": true, style: "text-decoration:none" }, el("vaadin-button", {}, `Descargar ${kind.toUpperCase()}`))
      layout.replaceChildren(el("h2", {}, "Comprobante emitido"), el("p", {}, `Folio fiscal ${made.uuid}`), el("div", {}, link("pdf"), link("xml")))
    })
  })
}
find()
