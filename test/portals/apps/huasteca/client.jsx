import { useEffect, useState } from "react"
import { createRoot } from "react-dom/client"

const inicio = { tk: "", imp: "", rfc: "", nom: "", cp: "", reg: "", uso: "", mail: "" }

const Caja = ({ titulo, children, error }) => (
  <div className="col-md-6 mb-3">
    <div className="form-label mb-1">{titulo}</div>
    {children}
    {error && <div className="text-danger small">{error}</div>}
  </div>
)

const App = () => {
  const [datos, setDatos] = useState(inicio)
  const [listas, setListas] = useState({ regimenes: [], usos: [] })
  const [errores, setErrores] = useState({})
  const [avance, setAvance] = useState(null)
  const [apagado, setApagado] = useState(false)
  const [resultado, setResultado] = useState(null)
  useEffect(() => {
    fetch("/facturacion/listas")
      .then((r) => r.json())
      .then(setListas)
  }, [])
  const poner = (campo) => (evento) => setDatos({ ...datos, [campo]: evento.target.value })
  const generar = () => {
    setErrores({})
    setApagado(true)
    setAvance(1)
    const reloj = setInterval(() => setAvance((antes) => Math.min(97, (antes ?? 0) + 3)), 600)
    const encender = setTimeout(() => setApagado(false), 5000)
    const peticion = new XMLHttpRequest()
    peticion.open("POST", "/facturacion/timbrar")
    peticion.onload = () => {
      clearInterval(reloj)
      clearTimeout(encender)
      setApagado(false)
      setAvance(null)
      const respuesta = JSON.parse(peticion.responseText)
      if (respuesta.errores) setErrores(respuesta.errores)
      else setResultado(respuesta)
    }
    peticion.send(JSON.stringify(datos))
  }
  const caja = (campo, titulo, mas) => (
    <Caja titulo={titulo} error={errores[campo]}>
      <input className="form-control" name={campo} value={datos[campo]} onChange={poner(campo)} {...mas} />
    </Caja>
  )
  const lista = (campo, titulo, opciones) => (
    <Caja titulo={titulo} error={errores[campo]}>
      <select className="form-select" name={campo} value={datos[campo]} onChange={poner(campo)}>
        <option value="">-</option>
        {opciones.map((texto) => (
          <option key={texto}>{texto}</option>
        ))}
      </select>
    </Caja>
  )
  return (
    <div className="tarjeta p-4">
      <h5>Genere su factura</h5>
      {errores.general && <div className="alert alert-danger">{errores.general}</div>}
      <div className="row">
        {caja("tk", "Número de ticket (TC#)", { placeholder: "0000 0000 0000 0000 0000", autoComplete: "off" })}
        {caja("imp", "Total del ticket")}
        {caja("rfc", "RFC", { maxLength: 13 })}
        {caja("nom", "Nombre, denominación o razón social")}
        {caja("cp", "CP del domicilio fiscal")}
        {lista("reg", "Régimen fiscal", listas.regimenes)}
        {lista("uso", "Uso CFDI", listas.usos)}
        {caja("mail", "Correo electrónico")}
      </div>
      <button type="button" className="btn btn-success" onClick={generar} disabled={apagado}>
        Generar factura
      </button>
      {avance !== null && (
        <div className="mt-3">
          <div>Timbrando su comprobante ante el SAT, espere por favor… {avance} %</div>
          <div className="progress progreso">
            <div className="progress-bar bg-success" style={{ width: `${avance}%` }} />
          </div>
        </div>
      )}
      {resultado && (
        <div className="alert alert-success mt-3">
          La factura se generó exitosamente. Folio fiscal: {resultado.uuid}
          <br />
          <a href={`/facturacion/xml/${resultado.uuid}`}>XML</a> |{" "}
          <a href={`/facturacion/pdf/${resultado.uuid}`}>PDF</a>
        </div>
      )}
    </div>
  )
}

createRoot(document.getElementById("aplicacion")).render(<App />)
