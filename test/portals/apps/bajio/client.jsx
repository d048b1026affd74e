import { addLocale, locale, PrimeReactProvider } from "primereact/api"
import { Button } from "primereact/button"
import { ConfirmDialog, confirmDialog } from "primereact/confirmdialog"
import { Message } from "primereact/message"
import { Panel } from "primereact/panel"
import { TabPanel, TabView } from "primereact/tabview"
import { Toast } from "primereact/toast"
import { useRef, useState } from "react"
import { createRoot } from "react-dom/client"
import { Cruce } from "./Cruce.jsx"
import { Receptor } from "./Receptor.jsx"
import { Reimpresion } from "./Reimpresion.jsx"

addLocale("es", {
  firstDayOfWeek: 1,
  dayNames: ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
  dayNamesShort: ["dom", "lun", "mar", "mié", "jue", "vie", "sáb"],
  dayNamesMin: ["D", "L", "M", "X", "J", "V", "S"],
  monthNames: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" "),
  monthNamesShort: "ene feb mar abr may jun jul ago sep oct nov dic".split(" "),
  today: "Hoy",
  clear: "Limpiar",
  emptyFilterMessage: "Sin resultados",
  emptyMessage: "Sin opciones"
})
locale("es")

const App = () => {
  const toast = useRef(null)
  const [cruce, setCruce] = useState({ caseta: null, carril: "", referencia: "", fecha: null, hora: "", venta: "" })
  const [receptor, setReceptor] = useState({
    rfc: "",
    nombre: "",
    cp: "",
    regimen: null,
    uso: null,
    pago: null,
    correo: ""
  })
  const [enProceso, setEnProceso] = useState(false)
  const [lista, setLista] = useState(null)
  const avisar = (severity, summary, detail) => toast.current.show({ severity, summary, detail, life: 6000 })

  const timbrar = async () => {
    setEnProceso(true)
    const { fecha } = cruce
    const respuesta = await fetch("/peaje/servicio/timbrar", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        ...cruce,
        ...receptor,
        fecha: `${fecha.getFullYear()}-${String(fecha.getMonth() + 1).padStart(2, "0")}-${String(fecha.getDate()).padStart(2, "0")}`
      })
    }).then((r) => r.json())
    setEnProceso(false)
    if (respuesta.codigo !== 0) return avisar("error", "Facturación", respuesta.texto)
    avisar("success", "Facturación", "El comprobante se generó con éxito")
    setLista(respuesta)
  }
  const preguntar = () => {
    const vacios = [...Object.values(cruce), ...Object.values(receptor)].some((valor) => !valor)
    if (vacios) return avisar("warn", "Datos incompletos", "Todos los campos son obligatorios, revise su captura")
    confirmDialog({
      header: "Confirmación",
      icon: "pi pi-exclamation-triangle",
      message: `¿Son correctos los datos? Se emitirá el CFDI a nombre de ${receptor.nombre.toUpperCase()}, RFC ${receptor.rfc.toUpperCase()}, C.P. ${receptor.cp}.`,
      acceptLabel: "Sí, emitir",
      rejectLabel: "No",
      accept: timbrar
    })
  }

  return (
    <>
      <Toast ref={toast} position="top-right" />
      <ConfirmDialog />
      <TabView>
        <TabPanel header="Facturar cruce">
          {lista ? (
            <Panel header="Comprobante">
              <Message severity="success" text={`Factura ${lista.serie} lista. Folio fiscal ${lista.uuid}`} />
              <p>Descargue el archivo comprimido con su XML y PDF. También se envió a su correo.</p>
              <Button
                label="Descargar comprobante"
                icon="pi pi-download"
                onClick={() => window.location.assign(`/peaje/servicio/zip?id=${lista.uuid}`)}
              />
            </Panel>
          ) : (
            <>
              <Cruce cruce={cruce} setCruce={setCruce} />
              <Receptor receptor={receptor} setReceptor={setReceptor} />
              <Button label="Facturar" icon="pi pi-file" onClick={preguntar} loading={enProceso} />
            </>
          )}
        </TabPanel>
        <TabPanel header="Reimpresión">
          <Reimpresion />
        </TabPanel>
      </TabView>
    </>
  )
}

createRoot(document.getElementById("app-peaje")).render(
  <PrimeReactProvider value={{ locale: "es" }}>
    <App />
  </PrimeReactProvider>
)
