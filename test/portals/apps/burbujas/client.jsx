import { useEffect, useRef, useState } from "react"
import { createRoot } from "react-dom/client"

const vacio = {
  nota: "",
  local: "",
  entrega: "",
  cantidad: "",
  rfc: "",
  cliente: "",
  cpostal: "",
  reg: "",
  uso: "",
  para: ""
}

const Cuadro = ({ titulo, children }) => (
  <label>
    {titulo} <span style={{ color: "#d32f2f" }}>*</span>
    {children}
  </label>
)

const App = () => {
  const [datos, setDatos] = useState(vacio)
  const [faltan, setFaltan] = useState([])
  const [tostadas, setTostadas] = useState([])
  const [catalogos, setCatalogos] = useState({ locales: [], regimenes: [], usos: [] })
  const cuenta = useRef(0)
  useEffect(() => {
    fetch("/datos.json")
      .then((r) => r.json())
      .then(setCatalogos)
  }, [])
  const tostar = (clase, texto) => {
    const id = ++cuenta.current
    setTostadas((antes) => [...antes, { id, clase, texto }])
    setTimeout(() => setTostadas((antes) => antes.filter((una) => una.id !== id)), 3000)
  }
  const enviar = async (evento) => {
    evento.preventDefault()
    const vacios = Object.keys(vacio).filter((campo) => datos[campo].trim() === "")
    for (const [campo, lista] of [
      ["reg", catalogos.regimenes],
      ["uso", catalogos.usos]
    ]) {
      if (!lista.includes(datos[campo])) vacios.push(campo)
    }
    setFaltan(vacios)
    if (vacios.length > 0) return tostar("err", "Complete los campos marcados")
    const respuesta = await fetch("/autofactura", { method: "POST", body: new URLSearchParams(datos) })
    const texto = await respuesta.text()
    tostar(respuesta.ok ? "ok" : "err", texto)
    if (respuesta.ok) setDatos(vacio)
  }
  const caja = (campo, mas = {}) => (
    <input
      className={faltan.includes(campo) ? "no" : ""}
      value={datos[campo]}
      autoComplete="off"
      onChange={(evento) => setDatos({ ...datos, [campo]: evento.target.value })}
      {...mas}
    />
  )
  return (
    <>
      <form className="fx" onSubmit={enviar} noValidate>
        <fieldset>
          <legend>Su nota de servicio</legend>
          <div className="g">
            <Cuadro titulo="Nota No.">{caja("nota")}</Cuadro>
            <Cuadro titulo="Local">
              <select
                className={faltan.includes("local") ? "no" : ""}
                value={datos.local}
                onChange={(evento) => setDatos({ ...datos, local: evento.target.value })}
              >
                <option value="">Elija un local</option>
                {catalogos.locales.map((nombre, indice) => (
                  <option key={nombre} value={indice + 1}>
                    {nombre}
                  </option>
                ))}
              </select>
            </Cuadro>
            <Cuadro titulo="Fecha de entrega">{caja("entrega", { type: "date" })}</Cuadro>
            <Cuadro titulo="Cantidad pagada">{caja("cantidad", { type: "number", step: "0.01", min: "0" })}</Cuadro>
          </div>
        </fieldset>
        <fieldset>
          <legend>¿A quién facturamos?</legend>
          <div className="g">
            <Cuadro titulo="RFC">{caja("rfc", { maxLength: 13 })}</Cuadro>
            <Cuadro titulo="Nombre tal como aparece en la constancia">{caja("cliente")}</Cuadro>
            <Cuadro titulo="CP">{caja("cpostal", { maxLength: 5 })}</Cuadro>
            <Cuadro titulo="Régimen fiscal">{caja("reg", { list: "lreg", placeholder: "Escriba o elija" })}</Cuadro>
            <Cuadro titulo="Uso de la factura">{caja("uso", { list: "luso", placeholder: "Escriba o elija" })}</Cuadro>
            <Cuadro titulo="Enviar a (correo)">{caja("para", { type: "email" })}</Cuadro>
          </div>
        </fieldset>
        <datalist id="lreg">
          {catalogos.regimenes.map((texto) => (
            <option key={texto} value={texto} />
          ))}
        </datalist>
        <datalist id="luso">
          {catalogos.usos.map((texto) => (
            <option key={texto} value={texto} />
          ))}
        </datalist>
        <div style={{ textAlign: "center" }}>
          <button type="submit" className="enviar">
            Enviar
          </button>
        </div>
      </form>
      <div className="tostadas">
        {tostadas.map(({ id, clase, texto }) => (
          <div key={id} className={`tostada ${clase}`}>
            {texto}
          </div>
        ))}
      </div>
    </>
  )
}

createRoot(document.getElementById("mount")).render(<App />)
