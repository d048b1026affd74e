import { useState } from "react"

export const Busqueda = ({ marca, alEncontrar }) => {
  const [modo, setModo] = useState("tienda")
  const [error, setError] = useState(null)
  const buscar = async (evento) => {
    evento.preventDefault()
    const datos = { ...Object.fromEntries(new FormData(evento.target)), marca, modo }
    const respuesta = await fetch("/ValidaPagina1", { method: "POST", body: new URLSearchParams(datos) })
    const { nivel, mensaje } = await respuesta.json()
    if (nivel === 1) alEncontrar(datos)
    else setError({ nivel, mensaje })
  }
  const campo = (titulo, name, mas = {}) => (
    <div className="col-md-6">
      <label className="form-label" htmlFor={name}>
        {titulo}
      </label>
      <input className="form-control" id={name} name={name} autoComplete="off" {...mas} />
    </div>
  )
  return (
    <form className="row g-3" onSubmit={buscar}>
      {campo("RFC (sin guiones ni espacios)", "rfc", { maxLength: 13 })}
      {campo("Ticket / Cuenta", "ticket")}
      <div className="col-12">
        <span className="me-3">Buscar mi consumo por:</span>
        {[
          ["tienda", "Tienda y fecha"],
          ["total", "Total del consumo"]
        ].map(([valor, texto]) => (
          <label key={valor} className="me-3">
            <input type="radio" checked={modo === valor} onChange={() => setModo(valor)} /> {texto}
          </label>
        ))}
      </div>
      {modo === "tienda" && campo("Número de tienda", "tienda")}
      {modo === "tienda" && campo("Fecha de consumo", "dtFecha", { placeholder: "aaaa/mm/dd" })}
      {modo === "total" && campo("Total", "total")}
      <div className="col-12">
        <button type="submit" className="btn btn-danger">
          Siguiente
        </button>{" "}
        <a className="btn btn-link" href="#/">
          Elegir otra marca
        </a>
      </div>
      {error && (
        <div className="modal d-block" style={{ background: "#0008" }}>
          <div className="modal-dialog">
            <div className="modal-content">
              <div className="modal-header">
                <h5 className="modal-title">Grupo Comensal</h5>
              </div>
              <div className="modal-body">{error.mensaje}</div>
              <div className="modal-footer">
                {error.nivel === 3 && (
                  <button type="button" className="btn btn-outline-danger">
                    Reenviar factura
                  </button>
                )}
                <button type="button" className="btn btn-secondary" onClick={() => setError(null)}>
                  Cerrar
                </button>
              </div>
            </div>
          </div>
        </div>
      )}
    </form>
  )
}
