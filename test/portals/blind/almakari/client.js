let seq = 0
const apex = async (method, params) => {
  const answer = await fetch("/webruntime/api/apex/execute?language=es-MX&asGuest=true&htmlEncode=false", {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8", "x-sfdc-request-id": crypto.randomUUID() },
    body: JSON.stringify({ namespace: "", classname: "@udd/01pHs00000AlmFx", method, isContinuation: false, params, cacheable: false })
  })
  return (await answer.json()).returnValue
}
const sheet = `:host{display:block}.slds-form-element{margin:0 0 12px}.slds-form-element__label{font-size:12px;color:#444;display:block}
.slds-required{color:#c23934}.slds-input{border:1px solid #aaa;border-radius:4px;min-height:32px;width:100%;box-sizing:border-box;padding:0 10px;text-align:left;background:#fff}
.slds-form-element__help{color:#c23934;font-size:12px}.slds-form-element__hint{color:#777;font-size:11px}.slds-combobox{position:relative}.slds-dropdown{position:absolute;z-index:7000;background:#fff;border:1px solid #ccc;left:0;right:0;max-height:190px;overflow:auto;display:none}
.slds-is-open .slds-dropdown{display:block}.slds-listbox__option{padding:6px 10px;cursor:pointer;display:block}.slds-listbox__option:hover{background:#f3f3f3}
.slds-button{border:1px solid #6b1f7b;border-radius:4px;padding:6px 18px;background:#fff;color:#6b1f7b;cursor:pointer}.slds-button_brand{background:#6b1f7b;color:#fff}.slds-button[disabled]{opacity:.5}
.slds-notify{background:#ba0517;color:#fff;padding:10px;border-radius:4px;margin-bottom:10px}.slds-spinner_container{position:fixed;inset:0;background:#fffc;display:none;z-index:9050}.on{display:block}
.slds-grid{display:grid;grid-template-columns:1fr 1fr;gap:0 16px}.slds-card{border:1px solid #ddd;border-radius:4px;padding:16px;background:#fff}`
class Base extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return
    this.attachShadow({ mode: "open" }).innerHTML = `<style>${sheet}</style>${this.template()}`
    this.ready()
  }
  q(selector) { return this.shadowRoot.querySelector(selector) }
  ready() {}
}
class LightningInput extends Base {
  template() {
    this.n = ++seq
    const need = this.hasAttribute("required") ? `<abbr title="requerido" class="slds-required">*</abbr>` : ""
    const hint = this.getAttribute("hint") ? `<div class="slds-form-element__hint">${this.getAttribute("hint")}</div>` : ""
    return `<lightning-primitive-input-simple exportparts="input-text, label"><div class="slds-form-element" part="input-text"><label class="slds-form-element__label slds-no-flex" for="input-${this.n}">${need}${this.getAttribute("label")}</label>
<div class="slds-form-element__control slds-grow"><input class="slds-input" id="input-${this.n}" type="text" part="input" maxlength="${this.getAttribute("max-length") ?? 80}" placeholder="${this.getAttribute("placeholder") ?? ""}"></div>${hint}<div class="slds-form-element__help" data-help-message role="alert"></div></div></lightning-primitive-input-simple>`
  }
  ready() {
    const input = this.q("input")
    input.addEventListener("change", () => { if (this.dataset.upper) input.value = input.value.toUpperCase(); this.dispatchEvent(new CustomEvent("change", { bubbles: true, composed: true })) })
    input.addEventListener("blur", () => this.reportValidity())
  }
  get value() { return this.q("input").value.trim() }
  reportValidity() {
    const pattern = this.getAttribute("pattern")
    const text = this.hasAttribute("required") && this.value === "" ? "Complete este campo." : pattern && this.value !== "" && !new RegExp(`^(?:${pattern})$`).test(this.value) ? (this.getAttribute("bad") ?? "Su entrada no coincide con el patrón permitido.") : ""
    this.q("[data-help-message]").textContent = text
    this.q(".slds-form-element").classList.toggle("slds-has-error", text !== "")
    return text === ""
  }
}
class LightningCombobox extends Base {
  options = []
  chosen = ""
  template() {
    this.n = ++seq
    return `<div class="slds-form-element"><label class="slds-form-element__label" for="combobox-button-${this.n}"><abbr title="requerido" class="slds-required">*</abbr>${this.getAttribute("label")}</label>
<div class="slds-form-element__control"><lightning-base-combobox><div class="slds-combobox slds-dropdown-trigger slds-dropdown-trigger_click" part="input-container"><button type="button" class="slds-combobox__input slds-input slds-input_faux" id="combobox-button-${this.n}" role="combobox" aria-label="${this.getAttribute("label")}" aria-haspopup="listbox" aria-expanded="false" aria-controls="dropdown-element-${this.n}" data-value=""><span class="slds-truncate">Seleccione una opción</span></button>
<div id="dropdown-element-${this.n}" role="listbox" class="slds-listbox slds-listbox_vertical slds-dropdown slds-dropdown_fluid"></div></div></lightning-base-combobox></div><div class="slds-form-element__help" role="alert"></div></div>`
  }
  ready() {
    const button = this.q("button")
    const box = this.q(".slds-combobox")
    const set = (open) => { box.classList.toggle("slds-is-open", open); button.setAttribute("aria-expanded", String(open)) }
    button.addEventListener("click", () => set(!box.classList.contains("slds-is-open") && this.options.length > 0))
    button.addEventListener("blur", () => setTimeout(() => set(false), 200))
    this.q("[role=listbox]").addEventListener("mousedown", (event) => {
      const item = event.target.closest("[role=option]")
      event.preventDefault()
      if (!item) return
      this.chosen = item.dataset.value
      button.dataset.value = this.chosen
      button.querySelector("span").textContent = item.textContent
      for (const one of this.shadowRoot.querySelectorAll("[role=option]")) one.setAttribute("aria-checked", String(one === item))
      set(false)
      this.q(".slds-form-element__help").textContent = ""
      this.dispatchEvent(new CustomEvent("change", { detail: { value: this.chosen } }))
    })
  }
  load(options) {
    this.options = options
    this.chosen = ""
    this.q("button span").textContent = "Seleccione una opción"
    this.q("[role=listbox]").innerHTML = options.map(({ label, value }, i) => `<lightning-base-combobox-item id="combobox-button-${this.n}-${i}-${this.n}" role="option" class="slds-media slds-listbox__option slds-media_center" data-value="${value}" aria-checked="false"><span class="slds-media__body"><span class="slds-truncate" title="${label}">${label}</span></span></lightning-base-combobox-item>`).join("")
  }
  get value() { return this.chosen }
  reportValidity() {
    this.q(".slds-form-element__help").textContent = this.chosen === "" ? "Complete este campo." : ""
    return this.chosen !== ""
  }
}
class LightningButton extends Base {
  template() { return `<button class="slds-button ${this.getAttribute("variant") === "brand" ? "slds-button_brand" : "slds-button_neutral"}" type="button" part="button">${this.getAttribute("label")}</button>` }
  ready() { this.q("button").addEventListener("click", () => this.dispatchEvent(new CustomEvent("press"))) }
}
class Facturador extends Base {
  template() {
    return `<div class="slds-spinner_container"><div role="status" class="slds-spinner"><span class="slds-assistive-text">Cargando</span></div></div><article class="slds-card"><div id="toast"></div><div id="cuerpo"></div></article>`
  }
  ready() { this.ticket() }
  async busy(work) {
    this.q(".slds-spinner_container").classList.add("on")
    try { return await work() } finally { this.q(".slds-spinner_container").classList.remove("on") }
  }
  toast(text) { this.q("#toast").innerHTML = text === "" ? "" : `<div class="slds-notify slds-notify_toast slds-theme_error" role="status"><span class="toastMessage"></span></div>`; if (text) this.q(".toastMessage").textContent = text }
  valid() { return [...this.shadowRoot.querySelectorAll("lightning-input,lightning-combobox")].map((one) => one.reportValidity()).every(Boolean) }
  values() { return Object.fromEntries([...this.shadowRoot.querySelectorAll("[data-field]")].map((one) => [one.dataset.field, one.value])) }
  ticket() {
    this.q("#cuerpo").innerHTML = `<h2>Captura los datos de tu comprobante</h2><p>Los encuentras en la parte superior de tu boleta de venta.</p><div class="slds-grid">
<lightning-input data-field="Tienda__c" label="Núm. de tienda" required max-length="4" pattern="[0-9]{1,4}" hint="Hasta 4 dígitos"></lightning-input>
<lightning-input data-field="Caja__c" label="Caja" required max-length="4" pattern="[0-9]{1,4}"></lightning-input>
<lightning-input data-field="Boleta__c" label="Número de boleta" required max-length="6" pattern="[0-9]{1,6}"></lightning-input>
<lightning-input data-field="FechaCompra__c" label="Fecha de compra" required hint="Formato: 31/12/2024" pattern="[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}" bad="Su entrada no coincide con el formato de fecha permitido dd/MM/yyyy."></lightning-input>
<lightning-input data-field="Importe__c" label="Importe de la compra" required pattern="[0-9]+(\\.[0-9]{1,2})?" bad="Indique el importe sin comas ni signos."></lightning-input></div>
<lightning-button variant="neutral" label="Limpiar" id="limpia"></lightning-button> <lightning-button variant="brand" label="Consultar boleta" id="consulta"></lightning-button>`
    this.q("#limpia").addEventListener("press", () => this.ticket())
    this.q("#consulta").addEventListener("press", async () => {
      this.toast("")
      if (!this.valid()) return
      const answer = await this.busy(() => apex("consultaBoleta", this.values()))
      if (answer.error) this.toast(answer.error)
      else this.fiscal(answer)
    })
  }
  fiscal({ id, detalle }) {
    this.q("#cuerpo").innerHTML = `<h2>Información fiscal</h2><p>${detalle}</p><div class="slds-grid">
<lightning-input data-field="Rfc__c" data-upper="1" label="RFC" required max-length="13" pattern="[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}" bad="El RFC no tiene un formato correcto."></lightning-input>
<lightning-input data-field="Nombre__c" data-upper="1" label="Nombre(s) y apellidos o Denominación social" required max-length="254"></lightning-input>
<lightning-input data-field="CP__c" label="Código postal del domicilio fiscal" required max-length="5" pattern="[0-9]{5}"></lightning-input>
<lightning-combobox data-field="Regimen__c" label="Régimen Fiscal"></lightning-combobox>
<lightning-combobox data-field="Uso__c" label="Uso CFDI"></lightning-combobox>
<lightning-input data-field="Correo__c" label="Correo electrónico" required pattern="[^@ ]+@[^@ ]+\\.[^@ ]+" bad="Ingresó un formato no válido."></lightning-input>
<lightning-input data-field="Correo2__c" label="Confirma tu correo electrónico" required></lightning-input></div>
<lightning-button variant="neutral" label="Atrás" id="atras"></lightning-button> <lightning-button variant="brand" label="Obtener factura" id="obtener"></lightning-button>`
    const regime = this.q("[data-field=Regimen__c]")
    const use = this.q("[data-field=Uso__c]")
    this.q("[data-field=Rfc__c]").addEventListener("change", async (event) => regime.load(await apex("regimenes", { rfc: event.target.value })))
    regime.addEventListener("change", async () => use.load(await apex("usos", { rfc: this.q("[data-field=Rfc__c]").value, regimen: regime.value })))
    this.q("#atras").addEventListener("press", () => this.ticket())
    this.q("#obtener").addEventListener("press", async () => {
      this.toast("")
      if (!this.valid()) return
      const answer = await this.busy(() => apex("generaFactura", { boletaId: id, ...this.values() }))
      if (answer.error) this.toast(answer.error)
      else this.done(answer)
    })
  }
  done({ uuid, archivo, xml, pdf }) {
    this.q("#cuerpo").innerHTML = `<h2>¡Gracias por tu compra!</h2><p>Tu factura ${uuid} fue emitida. Guarda tus archivos:</p><lightning-button variant="brand" label="Guardar XML" id="x"></lightning-button> <lightning-button variant="neutral" label="Guardar PDF" id="p"></lightning-button> <lightning-button variant="neutral" label="Nueva consulta" id="n"></lightning-button>`
    const save = (name, type, data) => { const a = document.createElement("a"); a.href = `data:${type};base64,${data}`; a.download = name; a.click() }
    this.q("#x").addEventListener("press", () => save(`${archivo}.xml`, "text/xml", xml))
    this.q("#p").addEventListener("press", () => save(`${archivo}.pdf`, "application/pdf", pdf))
    this.q("#n").addEventListener("press", () => this.ticket())
  }
}
customElements.define("lightning-input", LightningInput)
customElements.define("lightning-combobox", LightningCombobox)
customElements.define("lightning-button", LightningButton)
customElements.define("c-alm-facturador", Facturador)
