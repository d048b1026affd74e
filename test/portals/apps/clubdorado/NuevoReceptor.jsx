import { Button } from "primereact/button"
import { Dialog } from "primereact/dialog"
import { Dropdown } from "primereact/dropdown"
import { InputText } from "primereact/inputtext"
import { useState } from "react"

const vacio = { rfc: "", nombre: "", cp: "", regimen: null }

export const NuevoReceptor = ({ alCerrar, alGuardar, regimenes, visible }) => {
  const [datos, setDatos] = useState(vacio)
  const [error, setError] = useState("")
  const caja = (campo) => (
    <InputText value={datos[campo]} onChange={(e) => setDatos({ ...datos, [campo]: e.target.value.toUpperCase() })} />
  )
  const guardar = async () => {
    const respuesta = await fetch("/portal/receptores", { method: "POST", body: JSON.stringify(datos) })
    if (!respuesta.ok) return setError((await respuesta.json()).mensaje)
    alGuardar(datos)
    setDatos(vacio)
  }
  return (
    <Dialog header="Nuevo receptor" visible={visible} onHide={alCerrar} style={{ width: "620px" }}>
      <div className="renglones" style={{ gridTemplateColumns: "190px 1fr" }}>
        <span>RFC</span>
        {caja("rfc")}
        <span>Nombre o razón social</span>
        {caja("nombre")}
        <span>Código postal</span>
        {caja("cp")}
        <span>Régimen fiscal</span>
        <Dropdown
          value={datos.regimen}
          options={regimenes}
          onChange={(e) => setDatos({ ...datos, regimen: e.value })}
        />
      </div>
      {error && <div className="error">{error}</div>}
      <Button label="Guardar" onClick={guardar} />
    </Dialog>
  )
}
