// Fields, lists, grid, dialog and notifications after Vaadin 24's web components.
let n = 0
const el = (tag, attrs = {}, ...kids) => { const e = document.createElement(tag); for (const [k, v] of Object.entries(attrs)) if (v === true) e.setAttribute(k, ""); else if (v !== false && v != null) e.setAttribute(k, v); e.append(...kids); return e }
const fieldShadow = (button) => `<style>:host{display:inline-flex;flex-direction:column;outline:none;margin:4px 0;font:16px Arial}:host([hidden]){display:none}.vaadin-field-container{display:flex;flex-direction:column}[part=label]{color:#546;font-size:14px;padding:6px 0 3px}vaadin-input-container{display:flex;background:#e9ecf0;border-radius:4px;padding:0 8px;height:36px;align-items:center}:host([invalid]) vaadin-input-container{background:#fbe3e3}[part=error-message]{color:#c01;font-size:12px}[part=toggle-button]{cursor:pointer;width:20px;text-align:center}:host([required]) [part=required-indicator]::after{content:'•';color:#06c}[part=helper-text]{font-size:12px;color:#667}</style><div class="vaadin-field-container"><div part="label"><slot name="label"></slot><span part="required-indicator" aria-hidden="true"></span></div><vaadin-input-container part="input-field"><slot name="prefix" slot="prefix"></slot><slot name="input"></slot>${button}</vaadin-input-container><div part="helper-text"><slot name="helper"></slot></div><div part="error-message"><slot name="error-message"></slot></div></div>`
class Field extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return
    const tag = this.localName, id = n++
    this.attachShadow({ mode: "open" }).innerHTML = fieldShadow(this.toggle ?? "")
    this.label = el("label", { slot: "label", id: `label-${tag}-${id}`, for: `input-${tag}-${id + 3}` }, this.getAttribute("label"))
    this.error = el("div", { slot: "error-message", id: `error-message-${tag}-${id + 2}`, hidden: true })
    this.input = el("input", { slot: "input", type: tag === "vaadin-email-field" ? "email" : "text", id: `input-${tag}-${id + 3}`, "aria-labelledby": `label-${tag}-${id}`, autocomplete: "off", maxlength: this.getAttribute("maxlength"), placeholder: this.getAttribute("placeholder"), required: this.hasAttribute("required") })
    this.input.style.cssText = "border:0;background:transparent;flex:1;font:inherit;outline:none;min-width:0"
    this.append(this.label, this.input, this.error)
    if (this.getAttribute("helper")) this.append(el("div", { slot: "helper" }, this.getAttribute("helper")))
    this.input.addEventListener("change", () => this.invalid(""))
    this.ready?.()
  }
  get value() { return this.input.value.trim() }
  invalid(text) { this.toggleAttribute("invalid", text !== ""); this.error.textContent = text; this.error.hidden = text === ""; this.input.setAttribute("aria-invalid", text !== "") }
}
class Combo extends Field {
  toggle = '<div id="toggleButton" part="toggle-button" slot="suffix" aria-hidden="true">▾</div>'
  items = []; key = ""
  ready() {
    this.input.setAttribute("role", "combobox"); this.input.setAttribute("aria-autocomplete", "list"); this.input.setAttribute("aria-expanded", "false")
    const open = (q) => {
      this.close()
      const list = this.items.filter((i) => i.label.toLowerCase().includes(q.toLowerCase()))
      const r = this.getBoundingClientRect(), o = el("vaadin-combo-box-overlay", { opened: true, "no-vertical-overlap": true })
      o.style.cssText = `position:fixed;left:${r.left}px;top:${Math.min(r.bottom, innerHeight - 230)}px;width:${r.width}px;z-index:200;background:#fff;box-shadow:0 2px 10px #0005;max-height:220px;overflow:auto`
      const s = el("vaadin-combo-box-scroller", { role: "listbox", id: "vaadin-combo-box-scroller-" + n })
      list.forEach((item, i) => { const row = el("vaadin-combo-box-item", { role: "option", id: `vaadin-combo-box-item-${i}`, "aria-selected": String(item.key === this.key), "aria-posinset": i + 1, "aria-setsize": list.length }, item.label); row.style.cssText = "display:block;padding:7px 10px;cursor:pointer;font:15px Arial"; row.addEventListener("click", () => { this.select(item); this.close() }); s.append(row) })
      o.append(s); document.body.append(o); this.overlay = o; this.first = list[0]; this.input.setAttribute("aria-expanded", "true"); this.input.setAttribute("aria-controls", s.id); this.toggleAttribute("opened", true)
    }
    this.addEventListener("click", (e) => { if (this.hasAttribute("disabled")) return; if (e.composedPath().some((x) => x.id === "toggleButton") && this.overlay) return this.close(); open(""); this.input.focus() })
    this.input.addEventListener("input", () => open(this.input.value))
    this.input.addEventListener("keydown", (e) => { if (e.key === "Enter" && this.overlay && this.first) { this.select(this.first); this.close() } if (e.key === "ArrowDown" && !this.overlay) open(""); if (e.key === "Escape") this.close() })
    this.input.addEventListener("blur", () => setTimeout(() => { const t = this.input.value.trim().toLowerCase(), m = this.items.find((i) => i.label.toLowerCase() === t); if (m) { if (m.key !== this.key) this.select(m) } else this.input.value = this.items.find((i) => i.key === this.key)?.label ?? ""; this.close() }, 200))
  }
  close() { this.overlay?.remove(); this.overlay = undefined; this.removeAttribute("opened"); this.input.setAttribute("aria-expanded", "false") }
  select(item) { this.key = item.key; this.input.value = item.label; this.invalid(""); this.dispatchEvent(new CustomEvent("value-changed")) }
  fill(items) { this.items = items; this.key = ""; this.input.value = ""; this.enable(items.length > 0) }
  enable(b) { this.toggleAttribute("disabled", !b); this.input.disabled = !b }
  get value() { return this.key }
}
class DateField extends Field {
  toggle = '<div id="toggleButton" part="toggle-button" slot="suffix" aria-hidden="true">▤</div>'
  ready() {
    this.input.setAttribute("role", "combobox"); this.input.setAttribute("aria-haspopup", "dialog")
    const today = new Date(); let y = today.getFullYear(), m = today.getMonth()
    const two = (k) => String(k).padStart(2, "0")
    const draw = () => {
      const names = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"]
      const f = new Date(y, m, 1).getDay(), last = new Date(y, m + 1, 0).getDate()
      const root = this.overlay.querySelector("vaadin-month-calendar").shadowRoot
      let h = `<style>table{border-spacing:0}td{padding:5px 8px;cursor:pointer;font:14px Arial}</style><div part="month-header" role="heading">${names[m]} de ${y}</div><table role="grid"><tbody><tr role="row">${"<td></td>".repeat(f)}`
      for (let d = 1; d <= last; d++) h += `<td role="gridcell" part="date" aria-label="${d} de ${names[m]} de ${y}" data-d="${d}">${d}</td>${(f + d) % 7 === 0 ? '</tr><tr role="row">' : ""}`
      root.innerHTML = h + "</tr></tbody></table>"
      root.querySelectorAll("[data-d]").forEach((td) => td.addEventListener("click", () => { this.input.value = `${two(td.dataset.d)}/${two(m + 1)}/${y}`; this.invalid(""); this.close() }))
    }
    this.close = () => { this.overlay?.remove(); this.overlay = undefined }
    this.shadowRoot.querySelector("#toggleButton").addEventListener("click", () => {
      if (this.overlay) return this.close()
      const r = this.getBoundingClientRect(), o = el("vaadin-date-picker-overlay", { opened: true })
      o.style.cssText = `position:fixed;left:${r.left}px;top:${r.bottom}px;background:#fff;box-shadow:0 2px 10px #0005;z-index:200;padding:10px`
      const cal = el("vaadin-month-calendar"); cal.attachShadow({ mode: "open" })
      const prev = el("vaadin-button", { role: "button", tabindex: "0" }, "‹ Mes anterior"), next = el("vaadin-button", { role: "button", tabindex: "0" }, "Mes siguiente ›")
      prev.onclick = () => { m--; if (m < 0) { m = 11; y-- } draw() }; next.onclick = () => { m++; if (m > 11) { m = 0; y++ } draw() }
      o.append(prev, next, cal); document.body.append(o); this.overlay = o; draw()
    })
    this.input.addEventListener("blur", () => { const p = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(this.input.value.trim()); if (p) this.input.value = `${two(p[1])}/${two(p[2])}/${p[3]}`; else if (this.input.value.trim()) this.invalid("Fecha incorrecta") })
  }
}
for (const tag of ["vaadin-text-field", "vaadin-email-field"]) customElements.define(tag, class extends Field {})
customElements.define("vaadin-combo-box", Combo); customElements.define("vaadin-date-picker", DateField)
customElements.define("vaadin-button", class extends HTMLElement {
  connectedCallback() { if (this.shadowRoot) return; this.setAttribute("role", "button"); this.setAttribute("tabindex", "0"); this.attachShadow({ mode: "open" }).innerHTML = '<style>:host{display:inline-flex;padding:9px 18px;margin:6px 6px 6px 0;border-radius:4px;background:#e9ecf0;cursor:pointer;font:bold 15px Arial;color:#06c}:host([theme~=primary]){background:#e4572e;color:#fff}:host([disabled]){opacity:.5;pointer-events:none}</style><div class="vaadin-button-container"><span part="prefix" aria-hidden="true"><slot name="prefix"></slot></span><span part="label"><slot></slot></span></div>'
    this.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") this.click() }) }
})
const grids = new Map()
customElements.define("vaadin-grid", class extends HTMLElement {
  show(heads, rows) {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" })
    this.replaceChildren(); let s = 0
    const cell = (content, tag, role) => { const c = el("vaadin-grid-cell-content", { slot: `vaadin-grid-cell-content-${s}` }); c.append(content); this.append(c); return `<${tag} role="${role}" part="cell"><slot name="vaadin-grid-cell-content-${s++}"></slot></${tag}>` }
    this.shadowRoot.innerHTML = `<style>:host{display:block;border:1px solid #ccd}table{width:100%;border-spacing:0;font:14px Arial}td,th{padding:8px;text-align:left;border-bottom:1px solid #e4e4ea}</style><table id="table" role="treegrid" aria-multiselectable="true"><thead id="header" role="rowgroup"><tr role="row">${heads.map((h) => cell(h, "th", "columnheader")).join("")}</tr></thead><tbody id="items" role="rowgroup">${rows.map((r) => `<tr role="row">${r.map((c) => cell(c, "td", "gridcell")).join("")}</tr>`).join("")}</tbody></table>`
  }
})
const notify = (text, theme) => { let box = document.querySelector("vaadin-notification-container"); if (!box) { box = el("vaadin-notification-container"); box.style.cssText = "position:fixed;bottom:16px;left:16px;z-index:300"; document.body.append(box) }
  const card = el("vaadin-notification-card", { role: "alert", theme }, el("div", {}, text)); card.style.cssText = `display:block;padding:14px 20px;border-radius:6px;color:#fff;background:${theme === "error" ? "#c01" : "#277a3e"};margin-top:8px;font:15px Arial;max-width:420px`; box.append(card); setTimeout(() => card.remove(), 5000) }
const dialog = (title, text, ok) => {
  const o = el("vaadin-confirm-dialog-overlay", { opened: true, role: "alertdialog", "aria-label": title, "with-backdrop": true }); o.style.cssText = "position:fixed;inset:0;background:#0006;z-index:250;display:flex;align-items:center;justify-content:center"
  const no = el("vaadin-button", { slot: "cancel-button" }, "Cancelar"), yes = el("vaadin-button", { slot: "confirm-button", theme: "primary" }, "Sí, facturar"), card = el("div", { part: "overlay" }, el("h3", { slot: "header" }, title), el("p", {}, text), no, yes)
  card.style.cssText = "background:#fff;padding:20px 26px;border-radius:8px;max-width:460px;font:15px Arial"; o.append(card); document.body.append(o); no.onclick = () => o.remove(); yes.onclick = () => { o.remove(); ok() } }
const rpc = async (event, data = {}) => {
  document.querySelector("vaadin-connection-indicator").hidden = false
  const r = await fetch("/?v-r=uidl&v-uiId=0", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ event, ...data }) }).then((x) => x.json()).finally(() => { document.querySelector("vaadin-connection-indicator").hidden = true })
  if (r.error) notify(r.error, "error")
  return r
}
const out = document.getElementById("outlet"), q = (id) => document.getElementById(id)
const layout = (html) => { const v = el("vaadin-vertical-layout", { theme: "padding spacing" }); v.style.cssText = "display:flex;flex-direction:column;max-width:640px;margin:20px auto"; v.innerHTML = html; out.replaceChildren(v) }
const check = (...fields) => fields.map((f) => { f.invalid(f.value ? "" : "Campo requerido"); return !!f.value }).every(Boolean)
let rfc = "", rows = []
const inicio = () => { layout('<h2>Factura tus compras</h2><span>Para comenzar escribe el RFC al que se facturará.</span><vaadin-text-field label="RFC" required maxlength="13" id="a"></vaadin-text-field><vaadin-button theme="primary" id="b">Continuar</vaadin-button>')
  q("b").onclick = async () => { if (!check(q("a"))) return; rfc = q("a").value.toUpperCase(); const r = await rpc("rfc", { rfc }); if (!r.error) registro(r.regimenes) } }
const registro = (regimenes) => { layout(`<h2>Registro de cliente</h2><span>Es la primera vez que facturas con nosotros. Captura los datos de <b>${rfc}</b>.</span><vaadin-text-field label="Nombre o razón social" required id="a" helper="Tal como está en tu Constancia de Situación Fiscal"></vaadin-text-field><vaadin-text-field label="Código postal" required maxlength="5" id="b"></vaadin-text-field><vaadin-combo-box label="Régimen fiscal" required id="c"></vaadin-combo-box><vaadin-email-field label="Correo electrónico" required id="d"></vaadin-email-field><vaadin-button theme="primary" id="e">Guardar</vaadin-button>`)
  q("c").fill(regimenes); q("e").onclick = async () => { if (!check(q("a"), q("b"), q("c"), q("d"))) return; const r = await rpc("cliente", { nombre: q("a").value, cp: q("b").value, regimen: q("c").value, correo: q("d").value }); if (!r.error) { notify("Tus datos quedaron guardados.", "success"); tickets(r.usos) } } }
const tickets = (usos) => { layout('<h2>Tus tickets</h2><span>Agrega uno o varios tickets; se emitirá una sola factura.</span><vaadin-text-field label="ID de compra" required maxlength="24" id="a" helper="Los 20 dígitos impresos bajo el código de barras"></vaadin-text-field><vaadin-date-picker label="Fecha de compra" required id="b" placeholder="dd/mm/aaaa"></vaadin-date-picker><vaadin-text-field label="Total" required id="c"></vaadin-text-field><div><vaadin-button id="d">Agregar</vaadin-button></div><vaadin-grid id="e"></vaadin-grid><vaadin-combo-box label="Uso de CFDI" required id="f"></vaadin-combo-box><div><vaadin-button theme="primary" id="g" disabled>Facturar</vaadin-button></div>')
  rows = []
  const draw = () => q("e").show(["ID de compra", "Fecha", "Total", ""], rows.map((r) => { const x = el("vaadin-button", {}, "Quitar"); x.onclick = async () => { await rpc("quitar", { id: r[0] }); rows = rows.filter((o) => o !== r); draw() }; return [r[0], r[1], r[2], x] })) || q("g").toggleAttribute("disabled", rows.length === 0)
  draw(); q("f").fill(usos)
  q("d").onclick = async () => { if (!check(q("a"), q("b"), q("c"))) return; const r = await rpc("agregar", { id: q("a").value, fecha: q("b").value, total: q("c").value }); if (r.error) return; rows.push(r.fila); draw(); for (const k of ["a", "b", "c"]) q(k).input.value = "" }
  q("g").onclick = () => { if (check(q("f"))) dialog("¿Emitir la factura?", `Se emitirá un CFDI a nombre del RFC ${rfc} por ${rows.map((r) => r[2]).join(" + ")}. Esta acción no se puede deshacer.`, async () => { const r = await rpc("emitir", { uso: q("f").value }); if (!r.error) listo(r) }) } }
const listo = (r) => { layout('<h2>Factura emitida</h2><vaadin-grid id="e"></vaadin-grid><vaadin-button id="x">Facturar otra compra</vaadin-button>'); const a = (href, t) => el("a", { href, download: true, "router-ignore": true }, t)
  q("e").show(["Folio fiscal", "Total", "Archivos"], [[r.uuid, r.total, el("span", {}, a(r.xml, "XML"), " ", a(r.pdf, "PDF"))]]); q("x").onclick = inicio }
inicio()
