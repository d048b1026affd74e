import { Button } from "primereact/button"
import { Column } from "primereact/column"
import { DataTable } from "primereact/datatable"
import { Dropdown } from "primereact/dropdown"
import { InputText } from "primereact/inputtext"
import { useState } from "react"
import { NuevoReceptor } from "./NuevoReceptor.jsx"

export const Facturar = ({ socio, alTerminar }) => {
  const [remision, setRemision] = useState("")
  const [total, setTotal] = useState("")
  const [receptores, setReceptores] = useState(socio.receptores)
  const [elegido, setElegido] = useState(socio.receptores[0])
  const [uso, setUso] = useState(null)
  const [correo, setCorreo] = useState(socio.correo)
  const [dialogo, setDialogo] = useState(false)
  const [error, setError] = useState("")
  const [ocupado, setOcupado] = useState(false)
  const facturar = async () => {
    setError("")
    setOcupado(true)
    const datos = { remision, total, receptor: elegido.rfc, uso: uso ?? "", correo }
    const respuesta = await fetch("/portal/facturar", { method: "POST", body: JSON.stringify(datos) })
    const cuerpo = await respuesta.json()
    setOcupado(false)
    if (respuesta.ok) alTerminar(cuerpo.uuid)
    else setError(cuerpo.mensaje)
  }
  return (
    <>
      <h3>Datos de la remisión</h3>
      <div className="renglones">
        <span>Número de remisión</span>
        <InputText value={remision} onChange={(e) => setRemision(e.target.value)} />
        <span>Total de la remisión</span>
        <InputText value={total} onChange={(e) => setTotal(e.target.value)} />
      </div>
      <h3>Receptor del comprobante</h3>
      <DataTable
        value={receptores}
        selection={elegido}
        onSelectionChange={(e) => setElegido(e.value)}
        dataKey="rfc"
        size="small"
      >
        <Column selectionMode="single" headerStyle={{ width: "3rem" }} />
        <Column field="rfc" header="RFC" />
        <Column field="nombre" header="Nombre o razón social" />
        <Column field="cp" header="C.P." />
        <Column field="regimen" header="Régimen" />
      </DataTable>
      <p>
        <Button label="Agregar otro receptor" icon="pi pi-plus" text onClick={() => setDialogo(true)} />
      </p>
      <div className="renglones">
        <span>Uso de CFDI</span>
        <Dropdown value={uso} options={socio.usos} onChange={(e) => setUso(e.value)} placeholder="Seleccione" />
        <span>Correo de envío</span>
        <InputText value={correo} onChange={(e) => setCorreo(e.target.value)} />
      </div>
      {error && <div className="error">{error}</div>}
      <Button label="Facturar" onClick={facturar} loading={ocupado} />
      <NuevoReceptor
        visible={dialogo}
        regimenes={socio.regimenes}
        alCerrar={() => setDialogo(false)}
        alGuardar={(nuevo) => {
          setReceptores([...receptores.filter(({ rfc }) => rfc !== nuevo.rfc), nuevo])
          setDialogo(false)
        }}
      />
    </>
  )
}
