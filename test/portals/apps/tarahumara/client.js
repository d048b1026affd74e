import "./Piezas.js"
import "./Lista.js"
import { FORMULARIO } from "./Formulario.js"

const pedir = async (ruta, datos) => {
  const respuesta = await fetch(ruta, datos && { method: "POST", body: JSON.stringify(datos) })
  return respuesta.json()
}

class Facturador extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: "open" }).innerHTML = FORMULARIO
    this.buscar = (nombre) => this.shadowRoot.querySelector(`[nombre=${nombre}]`)
    this.pieza("buscar").addEventListener("pulsar", () => this.buscarBoleto())
    this.pieza("facturar").addEventListener("pulsar", () => this.facturar())
    this.buscar("f3").addEventListener("cambio", () => this.llenarUsos())
    this.buscar("f0").addEventListener("cambio", () => this.llenarRegimenes())
    pedir("/ws/terminales").then((terminales) => {
      this.buscar("t2").opciones = terminales
    })
  }
  pieza(id) {
    return this.shadowRoot.getElementById(id)
  }
  valores(...nombres) {
    return Object.fromEntries(nombres.map((nombre) => [nombre, this.buscar(nombre).valor]))
  }
  avisar(texto, tipo) {
    const aviso = this.pieza("aviso")
    aviso.setAttribute("tipo", tipo)
    aviso.texto = texto
  }
  async llenarRegimenes() {
    this.buscar("f3").opciones = await pedir(`/ws/regimenes?rfc=${encodeURIComponent(this.buscar("f0").valor)}`)
  }
  async llenarUsos() {
    const { f0, f3 } = this.valores("f0", "f3")
    this.buscar("f4").opciones = await pedir(`/ws/usos?rfc=${encodeURIComponent(f0)}&regimen=${f3}`)
  }
  async buscarBoleto() {
    this.avisar("", "")
    const respuesta = await pedir("/ws/boleto", this.valores("t0", "t1", "t2", "t3"))
    this.pieza("fiscales").hidden = !respuesta.valido
    this.avisar(respuesta.texto, respuesta.valido ? "bien" : "mal")
  }
  async facturar() {
    this.avisar("", "")
    this.pieza("facturar").setAttribute("ocupado", "")
    const respuesta = await pedir(
      "/ws/factura",
      this.valores("t0", "t1", "t2", "t3", "f0", "f1", "f2", "f3", "f4", "f5")
    )
    this.pieza("facturar").removeAttribute("ocupado")
    this.avisar(respuesta.texto, respuesta.valido ? "bien" : "mal")
    if (!respuesta.valido) return
    this.pieza("captura").hidden = true
    const listo = this.pieza("listo")
    listo.hidden = false
    for (const enlace of listo.querySelectorAll("a"))
      enlace.href = `/ws/archivo?id=${respuesta.uuid}&tipo=${enlace.dataset.tipo}`
  }
}

customElements.define("tar-facturador", Facturador)
