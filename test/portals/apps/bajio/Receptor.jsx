import { Dropdown } from "primereact/dropdown"
import { InputText } from "primereact/inputtext"
import { Panel } from "primereact/panel"
import { useState } from "react"

const pagos = [
  { value: 1, label: "Efectivo" },
  { value: 2, label: "Tarjeta de débito" },
  { value: 3, label: "Tarjeta de crédito" }
]

export const Receptor = ({ receptor, setReceptor }) => {
  const [catalogos, setCatalogos] = useState({ regimenes: [], usos: [] })
  const poner = (campo) => (evento) =>
    setReceptor((antes) => ({ ...antes, [campo]: evento.value ?? evento.target.value }))
  const consultar = async () => {
    const r = await fetch(`/peaje/servicio/receptor?rfc=${encodeURIComponent(receptor.rfc)}`)
    setCatalogos(await r.json())
  }
  return (
    <Panel header="Datos del receptor">
      <div className="rejilla">
        <div>
          <span>RFC</span>
          <InputText
            value={receptor.rfc}
            onChange={poner("rfc")}
            onBlur={consultar}
            maxLength={13}
            keyfilter={/[a-z0-9&ñ]/i}
          />
        </div>
        <div style={{ gridColumn: "span 2" }}>
          <span>Nombre, denominación o razón social (sin régimen societario)</span>
          <InputText value={receptor.nombre} onChange={poner("nombre")} />
        </div>
        <div>
          <span>Código postal</span>
          <InputText value={receptor.cp} onChange={poner("cp")} maxLength={5} keyfilter="pint" />
        </div>
        <div>
          <span>Régimen fiscal del receptor</span>
          <Dropdown
            value={receptor.regimen}
            options={catalogos.regimenes}
            onChange={poner("regimen")}
            placeholder="Seleccione"
            filter
          />
        </div>
        <div>
          <span>Uso de CFDI</span>
          <Dropdown
            value={receptor.uso}
            options={catalogos.usos}
            onChange={poner("uso")}
            placeholder="Seleccione"
            filter
          />
        </div>
        <div>
          <span>Forma de pago</span>
          <Dropdown value={receptor.pago} options={pagos} onChange={poner("pago")} placeholder="Seleccione" />
        </div>
        <div style={{ gridColumn: "span 2" }}>
          <span>Correo electrónico</span>
          <InputText value={receptor.correo} onChange={poner("correo")} />
        </div>
      </div>
    </Panel>
  )
}
