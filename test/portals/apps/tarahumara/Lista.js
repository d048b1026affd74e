/** Looks like a select; is two nested divs, and opens only for a pointer. */
class Lista extends HTMLElement {
  elegida = undefined
  connectedCallback() {
    this.attachShadow({ mode: "open" }).innerHTML = `<style>
      :host { display: block; position: relative } span { display: block; font-size: 13px; color: #5b6873; margin-bottom: 4px }
      .caja { padding: 9px 30px 9px 10px; border: 1px solid #b6c0c9; border-radius: 6px; background: #fff; cursor: pointer; min-height: 21px; position: relative }
      .caja::after { content: "▾"; position: absolute; right: 10px } .caja.vacia { color: #98a4ae }
      .hoja { position: absolute; z-index: 50; left: 0; right: 0; max-height: 220px; overflow: auto; background: #fff; border: 1px solid #b6c0c9; display: none }
      .hoja.abierta { display: block } .hoja div { padding: 7px 10px; cursor: pointer } .hoja div:hover { background: #fff3d6 }
      </style><span>${this.getAttribute("etiqueta")}</span><div class="caja vacia">Elige una opción</div><div class="hoja"></div>`
    this.caja = this.shadowRoot.querySelector(".caja")
    this.hoja = this.shadowRoot.querySelector(".hoja")
    this.caja.addEventListener("pointerdown", () => this.hoja.classList.toggle("abierta"))
    document.addEventListener("pointerdown", (evento) => {
      if (!evento.composedPath().includes(this)) this.hoja.classList.remove("abierta")
    })
  }
  set opciones(opciones) {
    this.elegida = undefined
    this.caja.textContent = "Elige una opción"
    this.caja.classList.add("vacia")
    this.hoja.replaceChildren(
      ...opciones.map((opcion) => {
        const renglon = document.createElement("div")
        renglon.textContent = opcion.texto
        renglon.addEventListener("click", () => this.elegir(opcion))
        return renglon
      })
    )
  }
  elegir(opcion) {
    this.elegida = opcion
    this.caja.textContent = opcion.texto
    this.caja.classList.remove("vacia")
    this.hoja.classList.remove("abierta")
    this.dispatchEvent(new Event("cambio"))
  }
  get valor() {
    return this.elegida?.valor ?? ""
  }
}

customElements.define("tar-lista", Lista)
