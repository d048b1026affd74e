/** @jsxImportSource react */
import { addLocale, locale, PrimeReactProvider } from "primereact/api"
import { BlockUI } from "primereact/blockui"
import { Button } from "primereact/button"
import { Checkbox } from "primereact/checkbox"
import { Column } from "primereact/column"
import { DataTable } from "primereact/datatable"
import { Dialog } from "primereact/dialog"
import { Dropdown } from "primereact/dropdown"
import { InputText } from "primereact/inputtext"
import { Panel } from "primereact/panel"
import { Toast } from "primereact/toast"
import { useRef, useState } from "react"
import { createRoot } from "react-dom/client"

addLocale("es", { emptyMessage: "No hay opciones disponibles" })
locale("es")

interface Option { clave: string; descripcion: string }
interface Ticket { id: number; caseta: string; codigo: string; fecha: string; importe: string }
const api = async (path: string, body: unknown) => (await fetch(`/balsas-quadrum-backend/sinregistro/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).json()

const App = () => {
  const toast = useRef<Toast>(null)
  const [form, setForm] = useState({ rfc: "", nombre: "", domicilioFiscalReceptor: "", correo: "" })
  const [regimenes, setRegimenes] = useState<Array<Option>>([])
  const [usos, setUsos] = useState<Array<Option>>([])
  const [regimen, setRegimen] = useState<Option>()
  const [uso, setUso] = useState<Option>()
  const [codigo, setCodigo] = useState("")
  const [tickets, setTickets] = useState<Array<Ticket>>([])
  const [agreed, setAgreed] = useState(false)
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<{ folio: string; documento: string; nombre: string }>()
  const [recover, setRecover] = useState(false)
  const [old, setOld] = useState("")
  const put = (name: keyof typeof form) => (event: { target: { value: string } }) => setForm({ ...form, [name]: name === "correo" ? event.target.value : event.target.value.toUpperCase() })
  const say = (severity: "success" | "error" | "warn" | "info", summary: string, detail: string) => toast.current?.show({ severity, summary, detail, life: 9000 })
  const during = async (act: () => Promise<void>) => { setBusy(true); try { await act() } finally { setBusy(false) } }

  const blurRfc = () => during(async () => {
    if (form.rfc === "") return
    const reply = await api("buscar_receptor_por_rfc.json", { rfc: form.rfc })
    setRegimen(undefined); setUso(undefined)
    setRegimenes(reply.regimenes); setUsos(reply.usos)
    if (reply.error) say("warn", "RFC", reply.error)
  })
  const validate = () => during(async () => {
    if (codigo.length !== 18) return say("warn", "Código", "Capture los 18 caracteres del código, sin espacios.")
    const reply = await api("ticket/validar.json", { codigo, rfc: form.rfc })
    if (reply.error) return say("error", "Código", reply.error)
    setTickets(reply.tickets); setCodigo("")
    say("success", "Código", "Código verificado y guardado.")
  })
  const invoice = () => during(async () => {
    const reply = await api("facturar.json", { ...form, regimenFiscalReceptor: regimen?.clave, usoCfdi: uso?.clave })
    if (reply.error) return say("error", "Facturación", reply.error)
    setDone(reply)
  })
  const save = () => {
    if (!done) return
    const bytes = Uint8Array.from(atob(done.documento), (letter) => letter.charCodeAt(0))
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }))
    link.download = done.nombre
    link.click()
  }
  const field = (id: keyof typeof form, label: string, more: Record<string, unknown> = {}) => (
    <div className="field col-12 md:col-6"><label htmlFor={id}>{label} <span className="requerido">*</span></label><InputText id={id} name={id} value={form[id]} onChange={put(id)} className="w-full" autoComplete="off" {...more} /></div>
  )
  return (
    <PrimeReactProvider>
      <Toast ref={toast} />
      <div className="layout-topbar"><b>Autopistas del Balsas</b><nav><a href="/Balsas/">Inicio</a><a href="/Balsas/facturacionrapida">Facturar sus códigos</a><a href="#recuperar" onClick={(event) => { event.preventDefault(); setRecover(true) }}>Recuperar una factura, por código alfanumérico</a></nav></div>
      <div className="contenido"><h2>Facturación sin registro</h2>
        <BlockUI blocked={busy} template={<i className="pi pi-spin pi-spinner" style={{ fontSize: "3rem" }} />}>
          <Panel header="1. Capturar datos fiscales"><div className="grid">
            {field("rfc", "RFC", { maxLength: 13, onBlur: blurRfc })}
            {field("nombre", "Nombre o Razón Social")}
            {field("domicilioFiscalReceptor", "Domicilio Fiscal (Código Postal)", { maxLength: 5 })}
            <div className="field col-12 md:col-6"><label>Régimen Fiscal <span className="requerido">*</span></label><Dropdown name="receptor.regimenFiscalReceptor" value={regimen} options={regimenes} optionLabel="descripcion" dataKey="clave" onChange={(event) => setRegimen(event.value)} placeholder="Seleccione" className="w-full" /></div>
            <div className="field col-12 md:col-6"><label>Uso CFDI <span className="requerido">*</span></label><Dropdown name="receptor.usoCfdi" value={uso} options={usos} optionLabel="descripcion" dataKey="clave" onChange={(event) => setUso(event.value)} placeholder="Seleccione" className="w-full" filter /></div>
            {field("correo", "Correo electrónico")}
          </div></Panel>
          <Panel header="2. Capturar códigos" className="mt-3"><div className="p-inputgroup"><InputText id="codigo" placeholder="Código de 18 caracteres" value={codigo} maxLength={18} onChange={(event) => setCodigo(event.target.value.toUpperCase())} /><Button label="Validar Código" icon="pi pi-check" onClick={validate} /></div>
            <DataTable value={tickets} emptyMessage="Sin conceptos capturados" className="mt-3"><Column field="caseta" header="Caseta" /><Column field="codigo" header="Código" /><Column field="fecha" header="Fecha de cruce" /><Column field="importe" header="Importe" /></DataTable></Panel>
          <div className="mt-3"><Checkbox inputId="cb1" checked={agreed} onChange={(event) => setAgreed(event.checked ?? false)} /> <label htmlFor="cb1">He verificado mis datos. Una vez emitida la factura no se podrá remitir a otro RFC ni corregir.</label></div>
          <Button className="mt-3" label="Facturar conceptos" icon="pi pi-file" severity="success" disabled={!agreed || tickets.length === 0 || busy} onClick={invoice} />
        </BlockUI></div>
      <Dialog header="Comprobante emitido" visible={done !== undefined} style={{ width: "32rem" }} onHide={() => location.assign("/Balsas/facturacionrapida")} footer={<Button label="Descargar documentos" icon="pi pi-download" onClick={save} />}><p>Se emitió el comprobante con folio {done?.folio}. Una copia llegará al correo capturado.</p></Dialog>
      <Dialog header="Recuperar una factura" visible={recover} style={{ width: "30rem" }} onHide={() => setRecover(false)} footer={<Button label="Recuperar" onClick={() => during(async () => say("error", "Recuperar", (await api("recuperar.json", { codigo: old })).error))} />}><label htmlFor="codigoAlfanumerico">Código alfanumérico impreso en su factura</label><InputText id="codigoAlfanumerico" className="w-full" value={old} onChange={(event) => setOld(event.target.value)} /></Dialog>
    </PrimeReactProvider>
  )
}
const root = document.getElementById("root")
if (root) createRoot(root).render(<App />)
