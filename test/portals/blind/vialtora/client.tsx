/** @jsxImportSource react */
import { addLocale, PrimeReactProvider } from "primereact/api"
import { AutoComplete } from "primereact/autocomplete"
import { Button } from "primereact/button"
import { Checkbox } from "primereact/checkbox"
import { Column } from "primereact/column"
import { DataTable } from "primereact/datatable"
import { Dialog } from "primereact/dialog"
import { Dropdown } from "primereact/dropdown"
import { InputText } from "primereact/inputtext"
import { Toast } from "primereact/toast"
import { useRef, useState } from "react"
import { createRoot } from "react-dom/client"

addLocale("es", { emptyMessage: "Sin resultados" })

interface Option { readonly clave: string; readonly etiqueta: string }
interface Row { readonly id: number; readonly plaza: string; readonly carril: string; readonly fecha: string; readonly importe: string }

const api = async (path: string, body: object) => {
  const reply = await fetch(`/api/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return reply.json()
}

const App = () => {
  const toast = useRef<Toast>(null)
  const [notice, setNotice] = useState(true)
  const [form, setForm] = useState({ rfc: "", nombre: "", cp: "", regimen: "", uso: "", correo: "", codigo: "" })
  const [regimes, setRegimes] = useState<Array<Option>>([])
  const [uses, setUses] = useState<Array<Option>>([])
  const [terms, setTerms] = useState(false)
  const [rows, setRows] = useState<Array<Row>>([])
  const [chosen, setChosen] = useState<Array<Row>>([])
  const [busy, setBusy] = useState("")
  const [done, setDone] = useState<{ uuid: string; zip: string } | undefined>()
  const set = (key: keyof typeof form) => (value: string) => setForm((f) => ({ ...f, [key]: value }))
  const say = (severity: "error" | "warn" | "success", summary: string, detail: string) => toast.current?.show({ severity, summary, detail, life: 6000 })

  const loadRegimes = async () => {
    const { lista } = await api("catalogos/regimen", { rfc: form.rfc })
    setRegimes(lista)
  }
  const loadUses = async (regimen: string) => {
    setForm((f) => ({ ...f, regimen, uso: "" }))
    const { lista } = await api("catalogos/uso", { rfc: form.rfc, regimen })
    setUses(lista)
  }
  const validate = async () => {
    setBusy("validar")
    const reply = await api("cruces/validar", { codigo: form.codigo })
    setBusy("")
    if (!reply.ok) return say("error", "Código", reply.mensaje)
    setRows((r) => [...r.filter(({ id }) => id !== reply.concepto.id), reply.concepto])
    set("codigo")("")
  }
  const invoice = async () => {
    if (chosen.length === 0) return say("warn", "Conceptos", "Seleccione al menos un concepto de la tabla.")
    if (!terms) return say("warn", "Términos", "Debe aceptar los términos y condiciones.")
    setBusy("facturar")
    const reply = await api("cfdi/rapida", { ...form, conceptos: chosen.map(({ id }) => id).join() })
    setBusy("")
    if (!reply.ok) return say("error", "Facturación", reply.mensaje)
    setDone(reply)
  }
  const save = () => {
    if (done === undefined) return
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([Uint8Array.from(atob(done.zip), (c) => c.charCodeAt(0))], { type: "application/zip" }))
    link.download = `${done.uuid}.zip`
    link.click()
  }
  return (
    <>
      <Toast ref={toast} position="top-right" />
      <Dialog header="Aviso importante" visible={notice} style={{ width: "30rem" }} modal onHide={() => setNotice(false)} footer={<Button label="Entendido" onClick={() => setNotice(false)} />}>
        <p>Los cruces pagados con TAG se facturan en el portal de su proveedor de telepeaje.</p>
      </Dialog>
      <header><b>VIALTORA</b> Red de autopistas concesionadas <nav><a href="#/rapida">Facturación rápida</a> <a href="#/ingresar">Iniciar sesión</a></nav></header>
      <main>
        <h2>Facturación rápida</h2>
        <div className="grid">
          <span className="p-float-label c4">
            <AutoComplete inputId="rfc" value={form.rfc} suggestions={[]} completeMethod={() => {}} maxLength={13} onChange={(e) => set("rfc")(String(e.value ?? "").toUpperCase())} onBlur={loadRegimes} />
            <label htmlFor="rfc">RFC *</label>
          </span>
          <span className="p-float-label c8">
            <InputText id="nombre" value={form.nombre} onChange={(e) => set("nombre")(e.target.value)} /><label htmlFor="nombre">Nombre o razón social *</label>
          </span>
          <span className="p-float-label c4">
            <InputText id="domicilioFiscalReceptor" value={form.cp} maxLength={5} keyfilter="int" onChange={(e) => set("cp")(e.target.value)} /><label htmlFor="domicilioFiscalReceptor">Domicilio fiscal (C.P.) *</label>
          </span>
          <span className="p-float-label c8">
            <Dropdown inputId="regimen" name="receptor.regimenFiscalReceptor" value={form.regimen} options={regimes} optionLabel="etiqueta" optionValue="clave" filter={regimes.length > 6} disabled={regimes.length === 0} onChange={(e) => loadUses(e.value)} emptyMessage="Sin opciones" /><label htmlFor="regimen">Régimen fiscal *</label>
          </span>
          <span className="p-float-label c8">
            <Dropdown inputId="uso" name="receptor.usoCfdi" value={form.uso} options={uses} optionLabel="etiqueta" optionValue="clave" disabled={uses.length === 0} onChange={(e) => set("uso")(e.value)} emptyMessage="Sin opciones" /><label htmlFor="uso">Uso de CFDI *</label>
          </span>
          <span className="p-float-label c4">
            <InputText id="correo" value={form.correo} onChange={(e) => set("correo")(e.target.value)} /><label htmlFor="correo">Correo electrónico *</label>
          </span>
        </div>
        <h3>Conceptos</h3>
        <div className="grid">
          <span className="p-float-label c8">
            <InputText id="codigo" value={form.codigo} maxLength={18} onChange={(e) => set("codigo")(e.target.value)} /><label htmlFor="codigo">Código de 18 caracteres</label>
          </span>
          <Button label="Validar Código" icon="pi pi-search" severity="secondary" loading={busy === "validar"} disabled={form.codigo.length !== 18} onClick={validate} />
        </div>
        <DataTable value={rows} dataKey="id" selectionMode="checkbox" selection={chosen} onSelectionChange={(e) => setChosen(e.value as Array<Row>)} emptyMessage="No hay conceptos agregados">
          <Column selectionMode="multiple" headerStyle={{ width: "3rem" }} />
          <Column field="plaza" header="Plaza de cobro" /><Column field="carril" header="Carril" /><Column field="fecha" header="Fecha" /><Column field="importe" header="Importe" />
        </DataTable>
        <p><Checkbox inputId="cb1" checked={terms} onChange={(e) => setTerms(e.checked === true)} /> <label htmlFor="cb1">Acepto los términos y condiciones de uso</label></p>
        <Button label="Facturar conceptos" icon="pi pi-check" loading={busy === "facturar"} disabled={rows.length === 0} onClick={invoice} />
      </main>
      <Dialog header="Facturación" visible={done !== undefined} closable={false} onHide={() => {}} style={{ width: "34rem" }}>
        <p>Su CFDI con folio fiscal <b>{done?.uuid}</b> está disponible.</p>
        <Button label="Guardar archivos" icon="pi pi-download" onClick={save} /> <Button label="Terminar" text onClick={() => location.reload()} />
      </Dialog>
    </>
  )
}

createRoot(document.getElementById("root") as HTMLElement).render(<PrimeReactProvider value={{ locale: "es" }}><App /></PrimeReactProvider>)
