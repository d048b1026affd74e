import { useState } from "react"
import { createRoot } from "react-dom/client"
import { Captura } from "./Captura.jsx"
import { Revision } from "./Revision.jsx"

const inicio = {
  codigo: "",
  centavos: "",
  sucursal: "",
  nombre: "",
  cp: "",
  colonia: "",
  rfc: "",
  regimen: "",
  uso: "",
  correo: "",
  boletin: false
}

const enviar = (ruta, datos) =>
  fetch(ruta, { method: "POST", body: JSON.stringify(datos) }).then((respuesta) => respuesta.json())

const App = () => {
  const [datos, setDatos] = useState(inicio)
  const [paso, setPaso] = useState("captura")
  const [errores, setErrores] = useState({})
  const [aviso, setAviso] = useState("")
  const [hecho, setHecho] = useState(null)

  const continuar = async () => {
    setAviso("")
    const vacios = Object.keys(inicio).filter((campo) => !["colonia", "boletin"].includes(campo) && !datos[campo])
    setErrores(Object.fromEntries(vacios.map((campo) => [campo, "Dato requerido"])))
    if (vacios.length > 0) return
    const respuesta = await enviar("/api/ticket/validar", datos)
    if (respuesta.ok) return setPaso("revision")
    if (respuesta.campo) setErrores({ [respuesta.campo]: respuesta.mensaje })
    else setAviso(respuesta.mensaje)
  }
  const timbrar = async () => {
    const respuesta = await enviar("/api/ticket/timbrar", datos)
    if (respuesta.ok) return setHecho(respuesta)
    setPaso("captura")
    setAviso(respuesta.mensaje)
  }

  if (hecho) {
    return (
      <div className="caja">
        <div className="aviso bien">¡Tu factura ha sido generada correctamente! Folio fiscal: {hecho.uuid}</div>
        <p>
          <a href={`/f/${hecho.uuid}.xml`}>Bajar XML</a> &nbsp; <a href={`/f/${hecho.uuid}.pdf`}>Bajar PDF</a>
        </p>
        <p>También la enviamos a {datos.correo}.</p>
      </div>
    )
  }
  return (
    <div className="caja">
      {aviso && <div className="aviso">{aviso}</div>}
      {paso === "captura" ? (
        <Captura {...{ datos, setDatos, errores, continuar }} />
      ) : (
        <Revision datos={datos} corregir={() => setPaso("captura")} timbrar={timbrar} />
      )}
    </div>
  )
}

createRoot(document.getElementById("raiz")).render(<App />)
