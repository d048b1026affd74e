/** @jsxImportSource react */
import { type ReactNode, useEffect, useRef, useState } from "react"
import { createPortal } from "react-dom"
import { createRoot } from "react-dom/client"

type Values = Record<string, string>
const api = async (path: string, body: unknown) => {
  const answer = await fetch(`/api/v2/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return (await answer.json()) as Record<string, string>
}

const Item = (p: { id: string; label: string; error?: string; extra?: string; children: ReactNode }) => (
  <div className={`ant-form-item ant-form-item-vertical css-dev-only-do-not-override-1k979oh${p.error ? " ant-form-item-has-error" : ""}`}>
    <div className="ant-row ant-form-item-row">
      <div className="ant-col ant-form-item-label"><label htmlFor={p.id} className="ant-form-item-required" title={p.label}>{p.label}</label></div>
      <div className="ant-col ant-form-item-control">
        <div className="ant-form-item-control-input"><div className="ant-form-item-control-input-content">{p.children}</div></div>
        {p.error ? <div className="ant-form-item-additional"><div id={`${p.id}_help`} className="ant-form-item-explain" role="alert"><div className="ant-form-item-explain-error">{p.error}</div></div></div> : null}
        {p.extra ? <div className="ant-form-item-extra">{p.extra}</div> : null}
      </div>
    </div>
  </div>
)

const Input = (p: { id: string; value: string; max?: number; prefix?: string; placeholder?: string; on: (v: string) => void }) => (
  <span className="ant-input-affix-wrapper ant-input-outlined">
    {p.prefix ? <span className="ant-input-prefix">{p.prefix}</span> : null}
    <input id={p.id} aria-required="true" className="ant-input" type="text" maxLength={p.max} placeholder={p.placeholder} value={p.value} onChange={(e) => p.on(e.target.value)} />
  </span>
)

const Floating = (p: { anchor: HTMLElement | null; className: string; children: ReactNode }) => {
  const box = p.anchor?.getBoundingClientRect()
  if (!box) return null
  return createPortal(
    <div style={{ position: "absolute", top: 0, left: 0, width: "100%" }}><div><div className={p.className} style={{ position: "absolute", left: box.left + scrollX, top: box.bottom + scrollY + 4, minWidth: box.width }}>{p.children}</div></div></div>,
    document.body
  )
}

const tall = 32
const Select = (p: { id: string; value: string; options: ReadonlyArray<{ value: string; label: string }>; on: (v: string) => void }) => {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState("")
  const [top, setTop] = useState(0)
  const [active, setActive] = useState(0)
  const ref = useRef<HTMLDivElement>(null)
  const found = p.options.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
  const first = Math.max(0, Math.floor(top / tall) - 1)
  const pick = (value: string) => { p.on(value); setOpen(false); setText("") }
  const chosen = p.options.find(({ value }) => value === p.value)
  return (
    <div ref={ref} className={`ant-select ant-select-outlined ant-select-single ant-select-show-arrow ant-select-show-search${open ? " ant-select-open ant-select-focused" : ""}`}
      onMouseDown={(e) => { if (e.target !== ref.current?.querySelector("input")) e.preventDefault(); ref.current?.querySelector("input")?.focus(); setOpen(!open); setTop(0); setActive(0) }}>
      <div className="ant-select-selector"><span className="ant-select-selection-wrap">
        <span className="ant-select-selection-search"><input id={p.id} type="search" autoComplete="off" className="ant-select-selection-search-input" role="combobox" aria-expanded={open} aria-haspopup="listbox" aria-owns={`${p.id}_list`} aria-autocomplete="list" aria-controls={`${p.id}_list`} aria-required="true" value={text}
          onChange={(e) => { setText(e.target.value); setOpen(true); setTop(0); setActive(0) }} onBlur={() => setTimeout(() => { setOpen(false); setText("") }, 150)}
          onKeyDown={(e) => { if (e.key === "Enter" && open && found[active]) { e.preventDefault(); pick(found[active].value) } if (e.key === "ArrowDown") { setOpen(true); setActive(Math.min(active + 1, found.length - 1)) } if (e.key === "Escape") setOpen(false) }} /></span>
        {text !== "" ? null : chosen ? <span className="ant-select-selection-item" title={chosen.label}>{chosen.label}</span> : <span className="ant-select-selection-placeholder">Selecciona</span>}
      </span></div>
      <span className="ant-select-arrow" unselectable="on" aria-hidden="true">▾</span>
      {open ? <Floating anchor={ref.current} className="ant-select-dropdown ant-select-dropdown-placement-bottomLeft"><div onMouseDown={(e) => { e.preventDefault(); e.stopPropagation() }}>
        <div role="listbox" id={`${p.id}_list`} style={{ height: 0, width: 0, overflow: "hidden" }}>{found.slice(active, active + 2).map(({ label, value }, i) => <div key={value} role="option" id={`${p.id}_list_${active + i}`} aria-label={label} aria-selected={value === p.value}>{value}</div>)}</div>
        <div className="rc-virtual-list" style={{ position: "relative" }}>{found.length === 0 ? <div className="ant-empty-description">No hay datos</div> : null}
          <div className="rc-virtual-list-holder" style={{ maxHeight: tall * 8, overflowY: "auto" }} onScroll={(e) => setTop(e.currentTarget.scrollTop)}><div style={{ height: found.length * tall, position: "relative" }}>
            <div className="rc-virtual-list-holder-inner" style={{ position: "absolute", left: 0, right: 0, transform: `translateY(${first * tall}px)` }}>
              {found.slice(first, first + 10).map(({ label, value }, i) => <div key={value} title={label} className={`ant-select-item ant-select-item-option${first + i === active ? " ant-select-item-option-active" : ""}${value === p.value ? " ant-select-item-option-selected" : ""}`} onClick={(e) => { e.stopPropagation(); pick(value) }}><div className="ant-select-item-option-content">{label}</div></div>)}
            </div></div></div></div></div></Floating> : null}
    </div>
  )
}

const two = (n: number) => String(n).padStart(2, "0")
const months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
const Picker = (p: { id: string; value: string; on: (v: string) => void }) => {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState("")
  const [shown, setShown] = useState(() => { const d = new Date(); return new Date(d.getFullYear(), d.getMonth(), 1) })
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => setText(p.value), [p.value])
  const commit = () => { if (/^\d\d\/\d\d\/\d{4}$/.test(text)) p.on(text); else setText(p.value); setOpen(false) }
  const start = new Date(shown.getFullYear(), shown.getMonth(), 1 - ((shown.getDay() + 6) % 7))
  const cells = Array.from({ length: 42 }, (_, i) => new Date(start.getFullYear(), start.getMonth(), start.getDate() + i))
  const move = (n: number) => setShown(new Date(shown.getFullYear(), shown.getMonth() + n, 1))
  return (
    <div ref={ref} className="ant-picker ant-picker-outlined">
      <div className="ant-picker-input"><input id={p.id} aria-required="true" placeholder="Seleccionar fecha" title={p.value} autoComplete="off" size={12} value={text} onMouseDown={() => setOpen(true)} onFocus={() => setOpen(true)} onChange={(e) => { setText(e.target.value); if (/^\d\d\/\d\d\/\d{4}$/.test(e.target.value)) { const [, m, y] = e.target.value.split("/").map(Number); setShown(new Date(y ?? 2026, (m ?? 1) - 1, 1)) } }} onBlur={commit} onKeyDown={(e) => { if (e.key === "Enter") { e.preventDefault(); commit() } }} /><span className="ant-picker-suffix">📅</span></div>
      {open ? <Floating anchor={ref.current} className="ant-picker-dropdown"><div className="ant-picker-panel-container" onMouseDown={(e) => e.preventDefault()}><div className="ant-picker-date-panel">
        <div className="ant-picker-header"><button type="button" tabIndex={-1} aria-label="Año anterior (Control + left)" onClick={() => move(-12)}>«</button><button type="button" tabIndex={-1} aria-label="Mes anterior (PageUp)" onClick={() => move(-1)}>‹</button><span className="ant-picker-header-view"><b>{months[shown.getMonth()]}</b> <b>{shown.getFullYear()}</b></span><button type="button" tabIndex={-1} aria-label="Próximo mes (PageDown)" onClick={() => move(1)}>›</button><button type="button" tabIndex={-1} aria-label="Próximo año (Control + right)" onClick={() => move(12)}>»</button></div>
        <table className="ant-picker-content"><thead><tr>{["lu", "ma", "mi", "ju", "vi", "sá", "do"].map((d) => <th key={d}>{d}</th>)}</tr></thead><tbody>{[0, 1, 2, 3, 4, 5].map((w) => <tr key={w}>{cells.slice(w * 7, w * 7 + 7).map((d) => <td key={d.getTime()} title={`${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`} className={`ant-picker-cell${d.getMonth() === shown.getMonth() ? " ant-picker-cell-in-view" : ""}`} onClick={() => { p.on(`${two(d.getDate())}/${two(d.getMonth() + 1)}/${d.getFullYear()}`); setOpen(false) }}><div className="ant-picker-cell-inner">{d.getDate()}</div></td>)}</tr>)}</tbody></table>
      </div></div></Floating> : null}
    </div>
  )
}

const clubs = ["Andares", "Angelópolis", "Bosque Real", "Carso", "Coapa", "Del Valle", "Interlomas", "Juriquilla", "Lindavista", "Mitikah", "Parque Delta", "Satélite", "Tezontle", "Valle Oriente", "Vallejo", "Vía 515"]

const App = () => {
  const [step, setStep] = useState(0)
  const [v, setV] = useState<Values>({})
  const [errors, setErrors] = useState<Values>({})
  const [message, setMessage] = useState("")
  const [loading, setLoading] = useState(false)
  const [modal, setModal] = useState<Record<string, string> | undefined>()
  const [done, setDone] = useState<Record<string, string>>({})
  const [lists, setLists] = useState<{ regimes: Array<{ value: string; label: string }>; uses: Array<{ value: string; label: string }> }>({ regimes: [], uses: [] })
  const on = (name: string) => (value: string) => { setV((old) => ({ ...old, [name]: value })); setErrors((old) => ({ ...old, [name]: "" })) }
  const say = (text: string) => { setMessage(text); setTimeout(() => setMessage(""), 6000) }
  useEffect(() => { void fetch("/api/v2/catalogos").then((r) => r.json()).then(setLists) }, [])
  const need = (names: ReadonlyArray<readonly [string, string]>) => {
    const bad = Object.fromEntries(names.filter(([name]) => !v[name]).map(([name, label]) => [name, `Por favor ingresa ${label}`]))
    setErrors(bad)
    return Object.keys(bad).length === 0
  }
  const send = async (path: string, then: (answer: Record<string, string>) => void) => {
    setLoading(true)
    const answer = await api(path, v)
    setLoading(false)
    if (answer.error) say(answer.error)
    else then(answer)
  }
  const primary = (text: string, act: () => void) => <button type="button" className={`ant-btn css-1k979oh ant-btn-primary ant-btn-color-primary${loading ? " ant-btn-loading" : ""}`} onClick={() => { if (!loading) act() }}>{loading ? <span className="ant-btn-icon ant-btn-loading-icon">◌</span> : null}<span>{text}</span></button>
  const input = (name: string, label: string, extra?: { max?: number; prefix?: string; placeholder?: string; help?: string }) => <Item id={name} label={label} error={errors[name]} extra={extra?.help}><Input id={name} value={v[name] ?? ""} max={extra?.max} prefix={extra?.prefix} placeholder={extra?.placeholder} on={on(name)} /></Item>
  return (
    <div className="ant-layout"><header className="ant-layout-header"><b>GYMNARO</b> <span>clubs deportivos</span></header>
      {message ? createPortal(<div className="ant-message ant-message-top"><div className="ant-message-notice-wrapper"><div className="ant-message-notice"><div className="ant-message-notice-content"><div className="ant-message-custom-content ant-message-error"><span role="img" aria-label="close-circle" className="anticon">✖</span><span>{message}</span></div></div></div></div></div>, document.body) : null}
      {modal ? createPortal(<div className="ant-modal-root"><div className="ant-modal-mask" /><div tabIndex={-1} className="ant-modal-wrap ant-modal-confirm-centered"><div role="dialog" aria-modal="true" className="ant-modal ant-modal-confirm ant-modal-confirm-confirm"><div className="ant-modal-content"><div className="ant-modal-body"><span className="ant-modal-confirm-title">{modal.titulo}</span><div className="ant-modal-confirm-content">{modal.texto}</div></div><div className="ant-modal-confirm-btns"><button type="button" className="ant-btn ant-btn-default" onClick={() => setModal(undefined)}><span>Cancelar</span></button><button type="button" className="ant-btn ant-btn-primary" onClick={() => { setModal(undefined); if (modal.recuperar) { setDone({ uuid: modal.recuperar }); setStep(2) } else void send("facturas", (answer) => { setDone(answer); setStep(2) }) }}><span>{modal.boton}</span></button></div></div></div></div></div>, document.body) : null}
      <main className="ant-layout-content"><div className="ant-steps ant-steps-horizontal">{["Recibo", "Receptor", "Factura"].map((title, i) => <div key={title} className={`ant-steps-item ant-steps-item-${i === step ? "process ant-steps-item-active" : i < step ? "finish" : "wait"}`}><span className="ant-steps-icon">{i + 1}</span> <span className="ant-steps-item-title">{title}</span></div>)}</div>
        <form className="ant-form ant-form-vertical" onSubmit={(e) => e.preventDefault()}>
          {step === 0 ? <><Item id="club" label="Club" error={errors.club}><Select id="club" value={v.club ?? ""} options={clubs.map((label, i) => ({ value: `clb_${i + 101}`, label }))} on={on("club")} /></Item>
            {input("socio", "Número de socio", { max: 9 })}{input("recibo", "Folio de recibo de pago", { help: "Aparece como RP- seguido de 8 dígitos; captura solo los dígitos.", prefix: "RP-", max: 8 })}
            <Item id="fecha" label="Fecha de pago" error={errors.fecha}><Picker id="fecha" value={v.fecha ?? ""} on={on("fecha")} /></Item>{input("monto", "Monto pagado", { prefix: "$" })}
            {primary("Siguiente", () => { if (need([["club", "tu club"], ["socio", "tu número de socio"], ["recibo", "el folio"], ["fecha", "la fecha"], ["monto", "el monto"]])) void send("recibos/validar", (answer) => (answer.recuperar ? setModal(answer) : setStep(1))) })}</> : null}
          {step === 1 ? <>{input("rfc", "RFC", { max: 13 })}{input("nombre", "Nombre fiscal")}{input("cp", "C.P. fiscal", { max: 5 })}
            <Item id="regimen" label="Régimen fiscal" error={errors.regimen}><Select id="regimen" value={v.regimen ?? ""} options={lists.regimes} on={on("regimen")} /></Item>
            <Item id="uso" label="Uso de la factura" error={errors.uso}><Select id="uso" value={v.uso ?? ""} options={lists.uses} on={on("uso")} /></Item>{input("email", "Correo")}
            <label className="ant-checkbox-wrapper"><span className="ant-checkbox"><input type="checkbox" className="ant-checkbox-input" checked={v.aviso === "1"} onChange={(e) => on("aviso")(e.target.checked ? "1" : "")} /></span><span>He leído el aviso de privacidad</span></label>{errors.aviso ? <div className="ant-form-item-explain-error">{errors.aviso}</div> : null}
            <p><button type="button" className="ant-btn ant-btn-default" onClick={() => setStep(0)}><span>Anterior</span></button> {primary("Facturar", () => { if (need([["rfc", "tu RFC"], ["nombre", "tu nombre"], ["cp", "tu código postal"], ["regimen", "tu régimen"], ["uso", "el uso"], ["email", "tu correo"], ["aviso", "tu conformidad con el aviso"]])) setModal({ titulo: "Revisa tus datos", texto: `Se facturará a ${v.nombre?.toUpperCase()} (${v.rfc?.toUpperCase()}), C.P. ${v.cp}.`, boton: "Facturar" }) })}</p></> : null}
          {step === 2 ? <div className="ant-result ant-result-success"><div className="ant-result-title">¡Listo! Aquí está tu factura</div><div className="ant-result-subtitle">Folio fiscal {done.uuid}</div><div className="ant-result-extra"><a className="ant-btn ant-btn-primary" href={`/api/v2/documentos/${done.uuid}.pdf`} target="_blank" rel="noreferrer"><span>Ver PDF</span></a> <a className="ant-btn ant-btn-default" href={`/api/v2/documentos/${done.uuid}.xml`}><span>Descargar XML</span></a></div></div> : null}
        </form></main></div>
  )
}
const root = document.getElementById("root")
if (root) createRoot(root).render(<App />)
