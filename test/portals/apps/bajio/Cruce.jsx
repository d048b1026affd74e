import { Calendar } from "primereact/calendar"
import { Dropdown } from "primereact/dropdown"
import { InputMask } from "primereact/inputmask"
import { InputText } from "primereact/inputtext"
import { Panel } from "primereact/panel"
import { useEffect, useState } from "react"

export const Cruce = ({ cruce, setCruce }) => {
  const [casetas, setCasetas] = useState([])
  useEffect(() => {
    fetch("/peaje/servicio/plazas")
      .then((r) => r.json())
      .then(setCasetas)
  }, [])
  const poner = (campo) => (evento) => setCruce((antes) => ({ ...antes, [campo]: evento.value ?? evento.target.value }))
  return (
    <Panel header="Datos del comprobante de peaje">
      <div className="rejilla">
        <div>
          <span>Plaza de cobro</span>
          <Dropdown
            value={cruce.caseta}
            options={casetas}
            onChange={poner("caseta")}
            placeholder="Seleccione una plaza"
            filter
            resetFilterOnHide
          />
        </div>
        <div>
          <span>Carril</span>
          <InputText value={cruce.carril} onChange={poner("carril")} maxLength={3} />
        </div>
        <div>
          <span>Folio de cruce</span>
          <InputText name="referencia" value={cruce.referencia} onChange={poner("referencia")} />
        </div>
        <div>
          <span>Fecha</span>
          <Calendar
            value={cruce.fecha}
            onChange={poner("fecha")}
            dateFormat="dd/mm/yy"
            maxDate={new Date()}
            readOnlyInput
            showIcon
          />
        </div>
        <div>
          <span>Hora</span>
          <InputMask mask="99:99" value={cruce.hora} onChange={poner("hora")} placeholder="hh:mm" />
        </div>
        <div>
          <span>Importe pagado</span>
          <InputText name="venta" value={cruce.venta} onChange={poner("venta")} placeholder="0.00" />
        </div>
      </div>
    </Panel>
  )
}
