import { useEffect, useState } from "react"

const Campo = ({ titulo, name, ...mas }) => (
  <div className="col-md-4">
    <label className="form-label">
      {titulo}
      <input className="form-control" name={name} autoComplete="off" {...mas} />
    </label>
  </div>
)

const Lista = ({ titulo, name, opciones, alCambiar }) => (
  <div className="col-md-6">
    <label className="form-label">
      {titulo}
      <select className="form-select" name={name} onChange={(evento) => alCambiar?.(evento.target.value)}>
        <option value="0">-- Seleccionar --</option>
        {opciones.map(({ id, texto }) => (
          <option key={id} value={id}>
            {texto}
          </option>
        ))}
      </select>
    </label>
  </div>
)

const pedir = (ruta) => fetch(ruta).then((r) => r.json())

export const Fiscales = ({ cuenta, alTerminar }) => {
  const [persona, setPersona] = useState("")
  const [regimenes, setRegimenes] = useState([])
  const [usos, setUsos] = useState([])
  const [problemas, setProblemas] = useState([])
  const [enviando, setEnviando] = useState(false)
  useEffect(() => {
    setUsos([])
    if (persona) pedir(`/ObtieneRegimen?persona=${persona}`).then(setRegimenes)
  }, [persona])
  const enviar = async (evento) => {
    evento.preventDefault()
    setEnviando(true)
    const datos = new URLSearchParams([...Object.entries(cuenta), ...new FormData(evento.target)])
    const respuesta = await fetch("/ValidaPagina2Facturar", { method: "POST", body: datos }).then((r) => r.json())
    setEnviando(false)
    if (respuesta.nivel === 99) alTerminar(respuesta.enlaces)
    else setProblemas(respuesta.mensajes)
  }
  return (
    <form className="row g-3" onSubmit={enviar}>
      <div className="col-12">
        <b>Tipo de persona:</b>{" "}
        {[
          ["F", "Persona física"],
          ["M", "Persona moral"]
        ].map(([valor, texto]) => (
          <label key={valor} className="ms-3">
            <input type="radio" name="persona" value={valor} onChange={() => setPersona(valor)} /> {texto}
          </label>
        ))}
      </div>
      <p className="col-12 mb-0">
        RFC: <b>{cuenta.rfc.toUpperCase()}</b> &nbsp; Cuenta: <b>{cuenta.ticket}</b>
      </p>
      {persona === "F" && (
        <>
          <Campo titulo="Nombre(s)" name="nombres" />
          <Campo titulo="Apellido paterno" name="apellidos" />
          <Campo titulo="Apellido materno" name="apellidos2" />
        </>
      )}
      {persona === "M" && <Campo titulo="Razón social" name="empresa" />}
      {persona && (
        <>
          <Campo titulo="Código Postal" name="codigoPostal" maxLength={5} />
          <Campo titulo="Correo electrónico" name="mail" />
          <Lista
            titulo="Régimen fiscal"
            name="regimenFiscal"
            opciones={regimenes}
            alCambiar={(id) => pedir(`/ObtieneUso?persona=${persona}&regimen=${id}`).then(setUsos)}
          />
          <Lista titulo="Uso CFDI" name="usoCfdi" opciones={usos} />
        </>
      )}
      {problemas.length > 0 && (
        <ul className="text-danger ps-5">
          {problemas.map((texto) => (
            <li key={texto}>{texto}</li>
          ))}
        </ul>
      )}
      <div className="col-12">
        <button type="submit" className="btn btn-danger" disabled={!persona || enviando}>
          {enviando ? "Procesando..." : "Siguiente"}
        </button>
      </div>
    </form>
  )
}
