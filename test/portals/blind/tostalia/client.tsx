import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react"
import { createRoot } from "react-dom/client"

interface Option { value: number | string; label: string }

let serial = 1

/** As react-select draws it: a control opened by the mouse's going down, a combobox within, options in a menu below. */
const Select = ({ name, options, value, onChange, isLoading, isDisabled }: {
  name: string; options: Option[]; value: Option | null; onChange: (o: Option | null) => void; isLoading?: boolean; isDisabled?: boolean
}) => {
  const [id] = useState(() => `react-select-${++serial}`)
  const [open, setOpen] = useState(false)
  const [text, setText] = useState("")
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const fold = (s: string) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
  const shown = options.filter((o) => fold(o.label).includes(fold(text.trim())))
  const choose = (o: Option) => { onChange(o); setOpen(false); setText("") }
  return (
    <div className="css-b62m3t-container">
      <span id={`${id}-live-region`} className="css-7pg0cj-a11yText" />
      <span aria-live="polite" aria-atomic="false" aria-relevant="additions text" role="log" className="css-7pg0cj-a11yText" />
      <div className={open ? "css-t3ipsp-control" : isDisabled ? "css-16xfy0z-control" : "css-13cymwt-control"} aria-disabled={isDisabled} onMouseDown={(e) => {
        if (e.button !== 0 || isDisabled) return
        if (e.target !== input.current) e.preventDefault()
        input.current?.focus()
        setOpen(!(open && e.target !== input.current)); setAt(0)
      }}>
        <div className="css-hlgwow">
          {value && !text ? <div className="css-1dimb5e-singleValue">{value.label}</div> : null}
          {!value && !text ? <div className="css-1jqq78o-placeholder" id={`${id}-placeholder`}>Seleccione...</div> : null}
          <div className="css-19bb58m" data-value={text}>
            <input ref={input} autoCapitalize="none" autoComplete="off" autoCorrect="off" id={`${id}-input`} spellCheck={false} tabIndex={0} type="text" disabled={isDisabled}
              aria-autocomplete="list" aria-expanded={open} aria-haspopup="true" role="combobox" aria-controls={open ? `${id}-listbox` : undefined} aria-activedescendant={open && shown[at] ? `${id}-option-${at}` : ""} aria-describedby={value ? undefined : `${id}-placeholder`}
              value={text} onChange={(e) => { setText(e.target.value); setOpen(true); setAt(0) }} onBlur={() => { setOpen(false); setText("") }}
              onKeyDown={(e) => {
                if (e.key === "ArrowDown") { e.preventDefault(); open ? setAt((at + 1) % Math.max(1, shown.length)) : setOpen(true) }
                else if (e.key === "ArrowUp") { e.preventDefault(); setAt((at - 1 + shown.length) % Math.max(1, shown.length)) }
                else if ((e.key === "Enter" || e.key === "Tab") && open && shown[at]) { if (e.key === "Enter") e.preventDefault(); choose(shown[at]) }
                else if (e.key === "Escape") setOpen(false)
                else if (e.key === "Backspace" && text === "") onChange(null)
              }} />
          </div>
        </div>
        <div className="css-1wy0on6">
          {isLoading ? <div className="css-1xr9h4c-loadingIndicator" aria-hidden="true"><span /><span /><span /></div> : null}
          <span className="css-1u9des2-indicatorSeparator" />
          <div className="css-1xc3v61-indicatorContainer" aria-hidden="true"><svg height="20" width="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false" className="css-8mmkcg"><path d="M4.516 7.548c0.436-0.446 1.043-0.481 1.576 0l3.908 3.747 3.908-3.747c0.533-0.481 1.141-0.446 1.574 0 0.436 0.445 0.408 1.197 0 1.615-0.406 0.418-4.695 4.502-4.695 4.502-0.217 0.223-0.502 0.335-0.787 0.335s-0.57-0.112-0.789-0.335c0 0-4.287-4.084-4.695-4.502s-0.436-1.17 0-1.615z" /></svg></div>
        </div>
      </div>
      {open ? (
        <div className="css-1nmdiq5-menu" id={`${id}-listbox`} role="listbox" aria-multiselectable="false" onMouseDown={(e) => e.preventDefault()}>
          <div className="css-qr46ko">
            {isLoading ? <div className="css-2erzne">Cargando...</div> : shown.length === 0 ? <div className="css-1wlit7h-NoOptionsMessage" aria-live="polite">Sin opciones</div> :
              shown.map((o, i) => <div key={o.value} role="option" aria-disabled="false" aria-selected={o.value === value?.value} id={`${id}-option-${i}`} tabIndex={-1} className={i === at ? "css-d7l1ni-option" : "css-10wo9uf-option"} onMouseMove={() => setAt(i)} onClick={() => choose(o)}>{o.label}</div>)}
          </div>
        </div>
      ) : null}
      <input type="hidden" name={name} value={value?.value ?? ""} />
    </div>
  )
}

const api = async (path: string, body?: unknown) => {
  const r = await fetch(`/api/v2/${path}`, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return { status: r.status, data: await r.json() }
}

const Group = ({ label, error, children }: { label: string; error?: string; children: ReactNode }) => (
  <div className="input-group-v"><span className="input-label">{label}</span>{children}{error ? <p className="input-error">{error}</p> : null}</div>
)

const App = () => {
  const [path, setPath] = useState("/ticket")
  const [toast, setToast] = useState("")
  const [busy, setBusy] = useState(false)
  const [stores, setStores] = useState<Option[]>([])
  const [store, setStore] = useState<Option | null>(null)
  const [ticket, setTicket] = useState({ folio: "", codFacturacion: "" })
  const [venta, setVenta] = useState({ id: "", total: "", fecha: "" })
  const [fiscal, setFiscal] = useState({ rfc: "", razonSocial: "", codigoPostal: "", correo: "" })
  const [regimes, setRegimes] = useState<Option[]>([])
  const [uses, setUses] = useState<Option[]>([])
  const [regime, setRegime] = useState<Option | null>(null)
  const [use, setUse] = useState<Option | null>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [factura, setFactura] = useState({ id: "", folio: "" })
  const go = (to: string) => { history.pushState(null, "", to); setPath(to) }
  useEffect(() => { api("sucursales").then(({ data }) => setStores(data)) }, [])
  useEffect(() => { if (toast) { const t = setTimeout(() => setToast(""), 6000); return () => clearTimeout(t) } }, [toast])
  const input = <T extends Record<string, string>>(state: T, set: (s: T) => void, name: keyof T & string, more: object = {}) =>
    <input name={name} className="input-field" autoComplete="off" value={state[name]} onChange={(e) => { set({ ...state, [name]: e.target.value }); setErrors((x) => ({ ...x, [name]: "" })) }} {...more} />

  const buscar = async (e: FormEvent) => {
    e.preventDefault()
    const missing: Record<string, string> = {}
    if (!ticket.folio) missing.folio = "El folio es requerido"
    if (!ticket.codFacturacion) missing.codFacturacion = "El código es requerido"
    if (!store) missing.sucursal = "Selecciona una sucursal"
    setErrors(missing)
    if (Object.keys(missing).length) return
    setBusy(true)
    const { status, data } = await api("ticket/validar", { ...ticket, sucursal: store?.value })
    setBusy(false)
    if (status !== 200) return setToast(data.message)
    setVenta(data)
    go("/datos-fiscales")
  }
  const rfcBlur = async () => {
    if (fiscal.rfc.length < 12) return
    setRegimes((await api(`catalogos/regimen?rfc=${fiscal.rfc}`)).data)
    setUses((await api(`catalogos/uso?rfc=${fiscal.rfc}`)).data)
  }
  const facturar = async (e: FormEvent) => {
    e.preventDefault()
    setBusy(true)
    const { status, data } = await api("factura", { ventaId: venta.id, ...fiscal, regimenFiscal: regime?.value ?? "", usoCFDI: use?.value ?? "" })
    setBusy(false)
    if (status === 422) { setErrors(data.errors); return setToast("Revisa los campos marcados") }
    if (status !== 201) return setToast(data.message)
    setFactura(data)
    go("/factura/descarga")
  }
  return (
    <>
      <header className="topbar"><img src="/logo.svg" alt="Tostalia" height="34" /><span>Facturación Drive</span></header>
      {toast ? <div className="Toastify"><div className="Toastify__toast-container Toastify__toast-container--top-right"><div className="Toastify__toast Toastify__toast--error" onClick={() => setToast("")}><div role="alert" className="Toastify__toast-body"><div>{toast}</div></div><button className="Toastify__close-button" type="button" aria-label="close">×</button></div></div></div> : null}
      {busy ? <div className="loader-bg"><div className="loader" /></div> : null}
      <main>
        {path === "/datos-fiscales" ? (
          <form onSubmit={facturar} noValidate>
            <h1>Datos fiscales</h1>
            <div className="resumen">Ticket <b>{ticket.folio}</b> · {venta.fecha} · Total <b>{venta.total}</b></div>
            <Group label="RFC" error={errors.rfc}>{input(fiscal, setFiscal, "rfc", { maxLength: 13, onBlur: rfcBlur, style: { textTransform: "uppercase" } })}</Group>
            <Group label="Nombre o razón social" error={errors.razonSocial}>{input(fiscal, setFiscal, "razonSocial")}</Group>
            <Group label="Código postal" error={errors.codigoPostal}>{input(fiscal, setFiscal, "codigoPostal", { maxLength: 5 })}</Group>
            <Group label="Régimen fiscal" error={errors.regimenFiscal}><Select name="regimenFiscal" options={regimes} value={regime} onChange={setRegime} isDisabled={regimes.length === 0} /></Group>
            <Group label="Uso de CFDI" error={errors.usoCFDI}><Select name="usoCFDI" options={uses} value={use} onChange={setUse} isDisabled={uses.length === 0} /></Group>
            <Group label="Correo electrónico" error={errors.correo}>{input(fiscal, setFiscal, "correo", { type: "email" })}</Group>
            <div className="acciones"><button type="button" className="btn-secundario" onClick={() => go("/ticket")}>Atrás</button><button type="submit" className="btn-primario">Facturar</button></div>
          </form>
        ) : path === "/factura/descarga" ? (
          <section className="fin"><h1>¡Gracias por tu visita!</h1><p>Tu factura <b>{factura.folio}</b> ya está disponible.</p><a className="btn-primario" href={`/api/v2/factura/${factura.id}/archivos`}>Descargar archivos</a><p className="nota">También la enviamos a {fiscal.correo}</p></section>
        ) : (
          <form onSubmit={buscar} noValidate>
            <h1>Factura tu ticket</h1>
            <Group label="Folio" error={errors.folio}>{input(ticket, setTicket, "folio", { placeholder: "Ej. 118-204417" })}</Group>
            <Group label="Código de facturación" error={errors.codFacturacion}>{input(ticket, setTicket, "codFacturacion", { maxLength: 8 })}</Group>
            <Group label="Sucursal" error={errors.sucursal}><Select name="sucursal" options={stores} value={store} onChange={setStore} isLoading={stores.length === 0} /></Group>
            <div className="acciones"><button type="submit" className="btn-primario">Continuar</button></div>
            <p className="nota">Tu compra puede tardar en estar disponible. Cuentas con el mes en curso para facturar.</p>
          </form>
        )}
      </main>
    </>
  )
}

const root = document.getElementById("root")
if (root) createRoot(root).render(<App />)
