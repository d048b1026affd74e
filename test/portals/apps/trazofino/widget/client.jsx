import { useEffect, useState } from "react"
import { createRoot } from "react-dom/client"

const avisar = (mensaje) => window.parent.postMessage(mensaje, "*")

const Celda = ({ titulo, error, children }) => (
  <div className="celda">
    <b>{titulo}</b>
    {children}
    {error && <i>{error}</i>}
  </div>
)

const ticketVacio = { transaccion: "", fecha: "", subtotal: "" }
const clienteVacio = { rfc: "", razonSocial: "", domicilio: "", regimen: "", usocfdi: "", email: "", terminos: false }

const enviar = (ruta, datos) => fetch(ruta, { method: "POST", body: JSON.stringify(datos) }).then((r) => r.json())

const Widget = () => {
  const [ticket, setTicket] = useState(ticketVacio)
  const [cliente, setCliente] = useState(clienteVacio)
  const [encontrado, setEncontrado] = useState(false)
  const [texto, setTexto] = useState("")
  const [errores, setErrores] = useState({})
  const [catalogo, setCatalogo] = useState({ regimenes: [], usos: [] })
  const [ocupado, setOcupado] = useState(false)
  useEffect(() => avisar({ tipo: "alto", px: document.body.offsetHeight + 24 }))
  const caja = (titulo, objeto, poner, campo, mas) => (
    <Celda titulo={titulo} error={errores[campo]}>
      <input
        name={campo}
        value={objeto[campo]}
        autoComplete="off"
        onChange={(evento) => poner({ ...objeto, [campo]: evento.target.value })}
        {...mas}
      />
    </Celda>
  )
  const lista = (titulo, campo, opciones) => (
    <Celda titulo={titulo} error={errores[campo]}>
      <select
        name={campo}
        value={cliente[campo]}
        onChange={(evento) => setCliente({ ...cliente, [campo]: evento.target.value })}
      >
        <option value="">Seleccione...</option>
        {opciones.map(({ clave, nombre }) => (
          <option key={clave} value={clave}>
            {nombre}
          </option>
        ))}
      </select>
    </Celda>
  )
  const validar = async () => {
    avisar({ tipo: "limpiar" })
    setTexto("")
    const respuesta = await enviar("/embed/ticket", ticket)
    if (respuesta.estado === "ok") setEncontrado(true)
    else if (respuesta.estado === "rechazo") avisar({ tipo: "rechazo", texto: respuesta.texto })
    else setTexto(respuesta.texto)
  }
  const cargar = async () => {
    if (cliente.rfc.length < 12) return
    setCatalogo(await fetch(`/embed/catalogo?rfc=${encodeURIComponent(cliente.rfc)}`).then((r) => r.json()))
  }
  const facturar = async () => {
    setTexto("")
    setErrores({})
    setOcupado(true)
    const respuesta = await enviar("/embed/cfdi", { ...ticket, ...cliente })
    setOcupado(false)
    if (respuesta.estado === "ok") avisar({ tipo: "cfdi", uuid: respuesta.uuid, folio: respuesta.folio })
    else if (respuesta.campo) setErrores({ [respuesta.campo]: respuesta.texto })
    else setTexto(respuesta.texto)
  }
  if (!encontrado) {
    return (
      <>
        <h3>1 de 2. Tu ticket</h3>
        {caja("No. de transacción", ticket, setTicket, "transaccion")}
        {caja("Fecha de compra", ticket, setTicket, "fecha", { placeholder: "dd/mm/aa" })}
        {caja("Importe con IVA", ticket, setTicket, "subtotal")}
        {texto && <div className="rojo">{texto}</div>}
        <button type="button" className="b" onClick={validar}>
          Validar ticket
        </button>
      </>
    )
  }
  return (
    <>
      <h3>2 de 2. Tus datos</h3>
      {caja("RFC", cliente, setCliente, "rfc", { onBlur: cargar })}
      {caja("Nombre o razón social (como en tu constancia)", cliente, setCliente, "razonSocial")}
      {caja("CP fiscal", cliente, setCliente, "domicilio")}
      {lista("Régimen fiscal", "regimen", catalogo.regimenes)}
      {lista("Uso de CFDI", "usocfdi", catalogo.usos)}
      {caja("Correo", cliente, setCliente, "email")}
      <label>
        <input
          type="checkbox"
          checked={cliente.terminos}
          onChange={(evento) => setCliente({ ...cliente, terminos: evento.target.checked })}
        />{" "}
        Acepto los términos del servicio
      </label>
      {texto && <div className="rojo">{texto}</div>}
      <p>
        <button type="button" className="b" onClick={facturar} disabled={ocupado || !cliente.terminos}>
          {ocupado ? "Generando..." : "Generar mi factura"}
        </button>
      </p>
    </>
  )
}

createRoot(document.getElementById("w")).render(<Widget />)
