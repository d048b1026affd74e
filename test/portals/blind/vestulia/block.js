class SelloyaInvoice extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: "open" })
    this.draw(this.find())
  }
  get $() {
    return (selector) => this.shadowRoot.querySelector(selector)
  }
  draw(html) {
    this.shadowRoot.innerHTML = `<style>
:host{display:block;font:15px/1.4 Inter,sans-serif;color:#303030;letter-spacing:0}
.Polaris-Card{border:1px solid #e3e3e3;border-radius:12px;padding:20px;box-shadow:0 1px 3px #0001}
.Polaris-Labelled__LabelWrapper{margin:12px 0 4px}.Polaris-TextField{border:1px solid #8a8a8a;border-radius:8px;display:flex;background:#fdfdfd}
.Polaris-TextField__Input{flex:1;border:0;background:none;padding:8px 12px;font:inherit;outline:0}
.Polaris-Select{position:relative;border:1px solid #8a8a8a;border-radius:8px;background:#fdfdfd}.Polaris-Select__Content{padding:8px 12px;pointer-events:none}.Polaris-Select__Input{position:absolute;inset:0;width:100%;height:100%;opacity:.001;font:inherit}
.Polaris-Button{font:inherit;border:1px solid #8a8a8a;border-radius:8px;padding:7px 14px;background:#fff;cursor:pointer;text-decoration:none;color:inherit}.Polaris-Button--primary{background:${this.getAttribute("color")};color:#fff}.Polaris-Button:disabled{opacity:.5}
.Polaris-Banner{border-radius:8px;padding:12px;margin-bottom:14px;background:#fedad9}.Polaris-Banner--success{background:#cdfee1}.row{margin-top:18px;display:flex;gap:10px;justify-content:flex-end}
</style><div class="Polaris-Card">${html}</div>`
    this.$("form")?.addEventListener("submit", (event) => {
      event.preventDefault()
      this[event.target.dataset.do](new FormData(event.target), event.target.querySelector("[type=submit]"))
    })
  }
  field(name, label, more = "", value = "") {
    return `<div class="Polaris-Labelled__LabelWrapper"><div class="Polaris-Label"><label id=":${name}:Label" for=":${name}:" class="Polaris-Label__Text">${label}</label></div></div><div class="Polaris-Connected"><div class="Polaris-TextField"><input id=":${name}:" name="${name}" autocomplete="off" class="Polaris-TextField__Input" type="text" aria-labelledby=":${name}:Label" aria-invalid="false" value="${value}" ${more}></div></div>`
  }
  select(name, label) {
    return `<div class="Polaris-Labelled__LabelWrapper"><div class="Polaris-Label"><label id=":${name}:Label" for=":${name}:" class="Polaris-Label__Text">${label}</label></div></div><div class="Polaris-Select"><select id=":${name}:" name="${name}" class="Polaris-Select__Input" aria-invalid="false"><option value="">Escribe tu RFC primero</option></select><div class="Polaris-Select__Content" aria-hidden="true"><span class="Polaris-Select__SelectedOption">Escribe tu RFC primero</span> ⌄</div></div>`
  }
  find() {
    return `<div id="banner" role="status"></div><form data-do="search" novalidate>${this.field("name", "Número de pedido", 'placeholder="#VE00000"')}${this.field("contact", "Correo de la compra")}<div class="row"><button class="Polaris-Button Polaris-Button--primary" type="submit">Buscar pedido</button></div></form>`
  }
  banner(text) {
    this.$("#banner").innerHTML = `<div class="Polaris-Banner" tabindex="0" role="alert"><p></p></div>`
    this.$("#banner p").textContent = text
  }
  async call(path, form, button) {
    button.disabled = true
    this.$("#banner").replaceChildren()
    const response = await fetch(`/apps/selloya/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(Object.fromEntries(form)) })
    const answer = await response.json()
    button.disabled = false
    if (response.ok) return answer
    this.banner(answer.errors[0].message)
  }
  async search(form, button) {
    const order = await this.call("orders", form, button)
    if (!order) return
    this.draw(`<h3>Pedido ${order.name}</h3><p>${order.items.map(([name, count]) => `${count} × ${name}`).join("<br>")}<br><b>Total $${order.total}</b></p><div id="banner" role="status"></div><form data-do="invoice" novalidate>${this.field("tax_id", "RFC", 'maxlength="13"')}${this.field("legal_name", "Razón social")}${this.field("zip", "Código postal", 'maxlength="5"')}${this.select("tax_system", "Régimen")}${this.select("use", "Uso de la factura")}${this.field("email", "Enviar a", 'type="email"')}<div class="row"><button class="Polaris-Button" type="button" id="back">Otro pedido</button><button class="Polaris-Button Polaris-Button--primary" type="submit">Solicitar factura</button></div></form>`)
    this.$("#back").onclick = () => this.draw(this.find())
    for (const select of this.shadowRoot.querySelectorAll("select")) {
      select.addEventListener("change", () => { select.nextElementSibling.firstElementChild.textContent = select.selectedOptions[0].textContent })
    }
    const rfc = this.$("[name=tax_id]")
    rfc.addEventListener("blur", async () => {
      const value = rfc.value.trim().toUpperCase()
      if (value === this.rfc || !/^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/.test(value)) return
      this.rfc = value
      const lists = await (await fetch(`/apps/selloya/catalogs?rfc=${encodeURIComponent(value)}`)).json()
      for (const [name, list] of [["tax_system", lists.tax_systems], ["use", lists.uses]]) {
        const select = this.$(`[name=${name}]`)
        select.replaceChildren(...[{ value: "", label: "Selecciona" }, ...list].map(({ value, label }) => new Option(label, value)))
        select.dispatchEvent(new Event("change"))
      }
    })
    this.rfc = undefined
  }
  async invoice(form, button) {
    button.textContent = "Generando…"
    const made = await this.call("invoices", form, button)
    button.textContent = "Solicitar factura"
    if (!made) return
    this.draw(`<div class="Polaris-Banner Polaris-Banner--success" role="status"><p><b>Factura creada</b><br>${made.uuid}</p></div><p>Guarda tus archivos:</p><div class="row"><a class="Polaris-Button" href="${made.files.pdf}" target="_blank" rel="noopener">PDF</a><a class="Polaris-Button" href="${made.files.xml}" target="_blank" rel="noopener">XML</a></div>`)
  }
}
customElements.define("selloya-invoice", SelloyaInvoice)
