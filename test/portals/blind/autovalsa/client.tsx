import { useRef, useState } from "react"
import { createRoot } from "react-dom/client"
import { addLocale, locale } from "primereact/api"
import { Button } from "primereact/button"
import { Card } from "primereact/card"
import { Checkbox } from "primereact/checkbox"
import { Column } from "primereact/column"
import { ConfirmDialog, confirmDialog } from "primereact/confirmdialog"
import { DataTable } from "primereact/datatable"
import { Dialog } from "primereact/dialog"
import { Dropdown } from "primereact/dropdown"
import { InputText } from "primereact/inputtext"
import { ProgressSpinner } from "primereact/progressspinner"
import { Toast } from "primereact/toast"

addLocale("es", { accept: "Sí", reject: "No", emptyMessage: "Sin resultados", emptyFilterMessage: "Sin resultados" } as any)
locale("es")

const api = async (path: string, body: unknown) => {
  const r = await fetch(`/capital-backend/sinregistro/${path}.json`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body)
  })
  return r.json()
}
const empty = { rfc: "", nombre: "", domicilioFiscalReceptor: "", regimenFiscalReceptor: null as any, usoCfdi: null as any, correo: "" }

const App = () => {
  const toast = useRef<Toast>(null)
  const [f, setF] = useState(empty)
  const [regimes, setRegimes] = useState<any[]>([])
  const [uses, setUses] = useState<any[]>([])
  const [code, setCode] = useState("")
  const [rows, setRows] = useState<any[]>([])
  const [cb1, setCb1] = useState(false)
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [done, setDone] = useState<any>(null)
  const set = (key: string) => (e: any) => setF((old) => ({ ...old, [key]: e.target.value }))
  const say = (severity: any, summary: string, detail: string) => toast.current?.show({ severity, summary, detail, life: 7000 })

  const onRfc = async () => {
    if (!f.rfc) return
    const r = await api("receptor/buscar_receptor_por_rfc", { rfc: f.rfc })
    if (r.error) return say("error", "RFC", r.error)
    setRegimes(r.regimenes)
    setUses([])
    setF((old) => ({ ...old, regimenFiscalReceptor: null, usoCfdi: null }))
  }
  const onRegime = async (value: any) => {
    setF((old) => ({ ...old, regimenFiscalReceptor: value, usoCfdi: null }))
    setUses((await api("usocfdi40/uso_cfdi_por_regimen", { rfc: f.rfc, regimen: value })).usos)
  }
  const validate = async () => {
    setTried(true)
    if (Object.values(f).some((v) => !v)) return say("warn", "Datos incompletos", "Primero capture sus datos fiscales.")
    setBusy(true)
    const r = await api("ticket/validar", { codigo: code, ...f })
    setBusy(false)
    if (r.error) return say("error", "Código", r.error)
    setRows((old) => [...old, r.ticket])
    setCode("")
    say("success", "Código", "Código verificado y agregado a la lista.")
  }
  const issue = () =>
    confirmDialog({
      header: "Confirmación", icon: "pi pi-exclamation-triangle",
      message: "Una vez emitida la factura no se podrá remitir a otro RFC ni modificar sus datos. ¿La información es correcta?",
      accept: async () => {
        setBusy(true)
        const r = await api("facturar/conceptos", { ...f, tickets: rows.map((row) => row.id).join(",") })
        setBusy(false)
        if (r.error) return say("error", "Facturación", r.error)
        setDone(r)
        setRows([])
        setCb1(false)
      }
    })
  const save = async (kind: string) => {
    const r = await api("documentos/descargar", { uuid: done.uuid, tipo: kind })
    const bytes = Uint8Array.from(atob(r.contenido), (c) => c.charCodeAt(0))
    const a = document.createElement("a")
    a.href = URL.createObjectURL(new Blob([bytes], { type: r.mime }))
    a.download = r.nombre
    a.click()
  }
  const miss = (key: keyof typeof empty) => (tried && !f[key] ? "p-invalid" : "")

  return (
    <>
      <Toast ref={toast} />
      <ConfirmDialog />
      <div className="top"><b>AUTOVALSA</b><span><a href="#">Inicio</a><a href="/Capital/facturacionrapida">Facturar sus códigos</a><a href="#">Consultar facturas</a><a href="#">Telepeaje</a></span></div>
      <div className="wrap">
        <Card title="Datos fiscales">
          <div className="grid">
            <div className="field"><label htmlFor="rfc">RFC *</label><InputText id="rfc" name="receptor.rfc" value={f.rfc} maxLength={13} className={miss("rfc")} onBlur={onRfc} onChange={(e) => setF((old) => ({ ...old, rfc: e.target.value.toUpperCase() }))} /></div>
            <div className="field two"><label htmlFor="nombre">Nombre, denominación o razón social *</label><InputText id="nombre" name="receptor.nombre" value={f.nombre} className={miss("nombre")} onChange={set("nombre")} /></div>
            <div className="field"><label htmlFor="domicilioFiscalReceptor">Domicilio fiscal (código postal) *</label><InputText id="domicilioFiscalReceptor" value={f.domicilioFiscalReceptor} maxLength={5} keyfilter="int" className={miss("domicilioFiscalReceptor")} onChange={set("domicilioFiscalReceptor")} /></div>
            <div className="field two"><label>Régimen fiscal *</label><Dropdown name="receptor.regimenFiscalReceptor" value={f.regimenFiscalReceptor} options={regimes} optionLabel="descripcion" optionValue="id" placeholder="Seleccione" disabled={regimes.length === 0} className={miss("regimenFiscalReceptor")} onChange={(e) => onRegime(e.value)} /></div>
            <div className="field two"><label>Uso de CFDI *</label><Dropdown name="receptor.usoCfdi" value={f.usoCfdi} options={uses} optionLabel="descripcion" optionValue="id" placeholder="Seleccione" filter disabled={uses.length === 0} className={miss("usoCfdi")} onChange={set("usoCfdi")} /></div>
            <div className="field"><label htmlFor="correo">Correo electrónico *</label><InputText id="correo" value={f.correo} className={miss("correo")} onChange={set("correo")} /></div>
          </div>
        </Card>
        <Card title="Códigos de facturación">
          <div className="p-inputgroup" style={{ maxWidth: 520, marginBottom: 14 }}><InputText id="codigo" value={code} maxLength={18} placeholder="Código de 18 caracteres" onChange={(e) => setCode(e.target.value.toUpperCase())} /><Button label="Validar Código" icon="pi pi-check" disabled={code.length !== 18} onClick={validate} /></div>
          <DataTable value={rows} emptyMessage="No hay códigos agregados" size="small">
            <Column field="caseta" header="Plaza de cobro" /><Column field="codigo" header="Código" /><Column field="fecha" header="Fecha de cruce" /><Column field="clase" header="Clase" /><Column field="importe" header="Importe" />
            <Column body={(row: any) => <Button icon="pi pi-trash" text severity="danger" aria-label="Eliminar" onClick={() => setRows(rows.filter((r) => r !== row))} />} />
          </DataTable>
          <p><Checkbox inputId="cb1" checked={cb1} onChange={(e) => setCb1(e.checked === true)} /> <label htmlFor="cb1">Manifiesto que mis datos fiscales son correctos y acepto el aviso de privacidad.</label></p>
          <Button label="Facturar conceptos" icon="pi pi-file" disabled={!cb1 || rows.length === 0} onClick={issue} />
        </Card>
        <p style={{ color: "#777", fontSize: 12 }}>Los cruces pueden facturarse durante el mes en curso. Autovías Valsa S.A. de C.V., concesionaria.</p>
      </div>
      <Dialog header="Factura emitida" visible={done !== null} style={{ width: 520 }} closable={false} onHide={() => setDone(null)} footer={<Button label="Cerrar" text onClick={() => setDone(null)} />}>
        <p>Folio fiscal: <b>{done?.uuid}</b></p><p>Se envió una copia a {done?.correo}.</p>
        <Button icon="pi pi-file-pdf" severity="danger" tooltip="PDF" aria-label="PDF" onClick={() => save("PDF")} /> <Button icon="pi pi-code" tooltip="XML" aria-label="XML" onClick={() => save("XML")} />
      </Dialog>
      {busy && <div style={{ position: "fixed", inset: 0, background: "#fff9", zIndex: 5000, textAlign: "center", paddingTop: 240 }}><ProgressSpinner /></div>}
    </>
  )
}
createRoot(document.getElementById("root") as HTMLElement).render(<App />)
