const estilo = `<style>
  :host { display: block } span.e { display: block; font-size: 13px; color: #5b6873; margin-bottom: 4px }
  input { width: 100%; box-sizing: border-box; padding: 9px 10px; border: 1px solid #b6c0c9; border-radius: 6px; font: inherit }
</style>`

class Campo extends HTMLElement {
  connectedCallback() {
    const tipo = this.getAttribute("tipo") ?? "text"
    this.attachShadow({
      mode: "open"
    }).innerHTML = `${estilo}<span class="e">${this.getAttribute("etiqueta")}</span><input type="${tipo}" autocomplete="off">`
    this.caja = this.shadowRoot.querySelector("input")
    this.caja.addEventListener("input", (evento) => {
      if (evento.isTrusted && this.hasAttribute("mayusculas")) this.caja.value = this.caja.value.toUpperCase()
    })
    this.caja.addEventListener("change", () => this.dispatchEvent(new Event("cambio")))
  }
  get valor() {
    return this.caja.value.trim()
  }
}

class Boton extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: "open" }).innerHTML = `<style>
      div { display: inline-block; background: #b35f00; color: #fff; border-radius: 22px; padding: 11px 30px; cursor: pointer; user-select: none }
      :host([ocupado]) div { opacity: .5; pointer-events: none }</style><div><slot></slot></div>`
    this.shadowRoot.querySelector("div").addEventListener("click", () => this.dispatchEvent(new Event("pulsar")))
  }
}

class Aviso extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: "open" }).innerHTML = `<style>
      p { margin: 0 0 16px; padding: 12px 18px; border-radius: 8px; background: #fde4e1; color: #8f1d12 } p:empty { display: none }
      :host([tipo=bien]) p { background: #dff3e3; color: #17582a }</style><p></p>`
  }
  set texto(texto) {
    this.shadowRoot.querySelector("p").textContent = texto
  }
}

class Galletas extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: "open" }).innerHTML = `<style>
      div { background: #fff; border: 2px solid #ffb400; border-radius: 8px; padding: 14px; font-size: 13px } b { cursor: pointer; color: #b35f00 }
      </style><div>Este portal guarda cookies para recordar tus preferencias de viaje. <b>Entendido</b></div>`
    this.shadowRoot.querySelector("b").addEventListener("click", () => this.remove())
  }
}

customElements.define("tar-campo", Campo)
customElements.define("tar-boton", Boton)
customElements.define("tar-aviso", Aviso)
customElements.define("tar-galletas", Galletas)
