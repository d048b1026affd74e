import { PrimeReactProvider } from "primereact/api"
import { TabMenu } from "primereact/tabmenu"
import { useState } from "react"
import { createRoot } from "react-dom/client"
import { Acceso } from "./Acceso.jsx"
import { Facturar } from "./Facturar.jsx"
import { Facturas } from "./Facturas.jsx"

const menu = [{ label: "Mis compras" }, { label: "Facturar remisión" }, { label: "Mis facturas" }]

const Portal = () => {
  const [socio, setSocio] = useState(null)
  const [pestana, setPestana] = useState(0)
  const [nueva, setNueva] = useState("")
  if (socio === null) return <Acceso alEntrar={setSocio} />
  return (
    <div className="area">
      <p>
        Bienvenido, socio {socio.numero}. <a href="/">Salir</a>
      </p>
      <TabMenu model={menu} activeIndex={pestana} onTabChange={(evento) => setPestana(evento.index)} />
      {pestana === 0 && <p>No hay compras en línea. Las compras en bodega se facturan con el número de remisión.</p>}
      {pestana === 1 && (
        <Facturar
          socio={socio}
          alTerminar={(folio) => {
            setNueva(folio)
            setPestana(2)
          }}
        />
      )}
      {pestana === 2 && <Facturas nueva={nueva} />}
    </div>
  )
}

createRoot(document.getElementById("portal")).render(
  <PrimeReactProvider>
    <Portal />
  </PrimeReactProvider>
)
