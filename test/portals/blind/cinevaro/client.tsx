/** @jsxImportSource react */
import {
  createContext,
  type KeyboardEvent as Keys,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
  useTransition
} from "react"
// @ts-expect-error The types of react-dom are not installed here.
import { createPortal } from "react-dom"
import { hydrateRoot } from "react-dom/client"

type Answer = Readonly<Record<string, string>>
export interface Option {
  readonly value: string
  readonly label: string
}

const action = async (id: string, args: unknown): Promise<Answer> => {
  const response = await fetch("/facturacion", {
    method: "POST",
    headers: {
      accept: "text/x-component",
      "next-action": id,
      "content-type": "text/plain;charset=UTF-8",
      "next-router-state-tree": "%5B%22%22%5D"
    },
    body: JSON.stringify([args])
  })
  const line = (await response.text()).split("\n").find((text) => text.startsWith("1:"))
  return JSON.parse(line?.slice(2) ?? "{}") as Answer
}

const Errors = createContext<Readonly<Record<string, string>>>({})
const Field = (p: { name: string; label: string; hint?: string | undefined; children: (id: string) => ReactNode }) => {
  const id = `${useId()}-form-item`
  const error = useContext(Errors)[p.name]
  return (
    <div data-slot="form-item" className="grid gap-2">
      <label data-slot="form-label" data-error={error !== undefined} htmlFor={id}>
        {p.label}
      </label>
      {p.children(id)}
      {p.hint ? (
        <p data-slot="form-description" className="text-muted">
          {p.hint}
        </p>
      ) : null}
      {error ? (
        <p data-slot="form-message" className="text-destructive">
          {error}
        </p>
      ) : null}
    </div>
  )
}
const Text = (p: { id: string; value: string; on: (v: string) => void; max?: number | undefined; type?: string }) => (
  <input
    data-slot="form-control"
    id={p.id}
    type={p.type ?? "text"}
    maxLength={p.max}
    className="flex h-9 w-full rounded-md border"
    value={p.value}
    onChange={(e) => p.on(e.target.value)}
  />
)

const Popper = (p: { anchor: HTMLElement | null; close: () => void; modal?: boolean; children: ReactNode }) => {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const away = (e: PointerEvent) => {
      if (!ref.current?.contains(e.target as Node)) p.close()
    }
    const esc = (e: KeyboardEvent) => {
      if (e.key === "Escape") p.close()
    }
    document.addEventListener("pointerdown", away)
    document.addEventListener("keydown", esc)
    if (p.modal) document.body.style.pointerEvents = "none"
    return () => {
      document.removeEventListener("pointerdown", away)
      document.removeEventListener("keydown", esc)
      document.body.style.pointerEvents = ""
    }
  })
  const box = p.anchor?.getBoundingClientRect()
  if (!box) return null
  return createPortal(
    <div
      ref={ref}
      data-radix-popper-content-wrapper=""
      style={{
        position: "absolute",
        left: box.left + scrollX,
        top: box.bottom + scrollY + 4,
        minWidth: box.width,
        zIndex: 50,
        pointerEvents: "auto"
      }}
    >
      {p.children}
    </div>,
    document.body
  )
}

const Select = (p: {
  id: string
  value: string
  options: ReadonlyArray<Option>
  placeholder: string
  disabled?: boolean
  on: (v: string) => void
}) => {
  const [open, setOpen] = useState(false)
  const ref = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const chosen = p.options.find(({ value }) => value === p.value)
  useEffect(() => {
    if (open)
      (
        list.current?.querySelector<HTMLElement>("[aria-selected=true]") ??
        list.current?.querySelector<HTMLElement>("[role=option]")
      )?.focus()
  }, [open])
  const keys = (e: Keys) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>("[role=option]") ?? [])]
    const at = items.findIndex((item) => item === document.activeElement)
    const go =
      e.key === "ArrowDown"
        ? at + 1
        : e.key === "ArrowUp"
          ? at - 1
          : /^\S$/.test(e.key)
            ? items.findIndex((item) => item.textContent?.toLowerCase().startsWith(e.key.toLowerCase()))
            : -1
    if (items[go]) {
      e.preventDefault()
      items[go].focus()
    }
    const one = p.options[at]
    if ((e.key === "Enter" || e.key === " ") && one) {
      e.preventDefault()
      p.on(one.value)
      setOpen(false)
      ref.current?.focus()
    }
  }
  return (
    <>
      <button
        ref={ref}
        id={p.id}
        type="button"
        role="combobox"
        aria-controls={`radix-${p.id}`}
        aria-expanded={open}
        aria-autocomplete="none"
        dir="ltr"
        data-state={open ? "open" : "closed"}
        data-placeholder={chosen ? undefined : ""}
        data-slot="select-trigger"
        disabled={p.disabled}
        className="flex h-9 w-full border"
        onPointerDown={(e) => {
          e.preventDefault()
          e.stopPropagation()
          if (!p.disabled) setOpen(!open)
        }}
        onKeyDown={(e) => {
          if (["Enter", " ", "ArrowDown"].includes(e.key)) {
            e.preventDefault()
            setOpen(true)
          }
        }}
      >
        <span data-slot="select-value" style={{ pointerEvents: "none" }}>
          {chosen?.label ?? p.placeholder}
        </span>
        <svg width="16" height="16" aria-hidden="true">
          <path d="m4 6 4 4 4-4" stroke="#888" fill="none" />
        </svg>
      </button>
      <select
        aria-hidden="true"
        tabIndex={-1}
        value={p.value}
        onChange={(e) => p.on(e.target.value)}
        style={{
          position: "absolute",
          border: 0,
          width: 1,
          height: 1,
          padding: 0,
          margin: -1,
          overflow: "hidden",
          clip: "rect(0,0,0,0)",
          whiteSpace: "nowrap"
        }}
      >
        <option value="" />
        {p.options.map(({ label, value }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      {open ? (
        <Popper anchor={ref.current} modal close={() => setOpen(false)}>
          <div
            ref={list}
            onKeyDown={keys}
            role="listbox"
            id={`radix-${p.id}`}
            data-state="open"
            data-slot="select-content"
            className="popover"
          >
            <div role="presentation" data-radix-select-viewport="" style={{ maxHeight: 230, overflowY: "auto" }}>
              {p.options.map(({ label, value }) => (
                <div
                  key={value}
                  role="option"
                  aria-selected={value === p.value}
                  data-state={value === p.value ? "checked" : "unchecked"}
                  tabIndex={-1}
                  data-slot="select-item"
                  onPointerUp={() => {
                    p.on(value)
                    setOpen(false)
                  }}
                >
                  <span>{label}</span>
                </div>
              ))}
            </div>
          </div>
        </Popper>
      ) : null}
    </>
  )
}

const Combo = (p: { id: string; value: string; options: ReadonlyArray<Option>; on: (v: string) => void }) => {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState("")
  const ref = useRef<HTMLButtonElement>(null)
  const chosen = p.options.find(({ value }) => value === p.value)
  const found = p.options.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
  const pick = (value: string) => {
    p.on(value)
    setOpen(false)
    setText("")
  }
  return (
    <>
      <button
        ref={ref}
        id={p.id}
        type="button"
        role="combobox"
        aria-expanded={open}
        aria-haspopup="dialog"
        data-state={open ? "open" : "closed"}
        data-slot="popover-trigger"
        className="flex h-9 w-full border"
        onPointerDown={(e) => {
          if (open) e.stopPropagation()
        }}
        onClick={() => setOpen(!open)}
      >
        {chosen?.label ?? "Busca tu cine..."}
      </button>
      {open ? (
        <Popper anchor={ref.current} close={() => setOpen(false)}>
          <div role="dialog" data-slot="popover-content" className="popover">
            <div cmdk-root="" tabIndex={-1}>
              <div data-slot="command-input-wrapper">
                <input
                  autoFocus
                  cmdk-input=""
                  placeholder="Nombre o ciudad"
                  autoComplete="off"
                  role="combobox"
                  aria-expanded="true"
                  type="text"
                  value={text}
                  onChange={(e) => setText(e.target.value)}
                  onKeyDown={(e) => {
                    if (e.key === "Enter") {
                      e.preventDefault()
                      const [one] = found
                      if (one) pick(one.value)
                    }
                  }}
                />
              </div>
              <div cmdk-list="" role="listbox" style={{ maxHeight: 220, overflowY: "auto" }}>
                {found.length === 0 ? (
                  <div cmdk-empty="" role="presentation">
                    Ningún cine.
                  </div>
                ) : (
                  found.map(({ label, value }) => (
                    <div
                      key={value}
                      cmdk-item=""
                      role="option"
                      data-value={label}
                      aria-selected={value === p.value}
                      onClick={() => pick(value)}
                    >
                      {label}
                    </div>
                  ))
                )}
              </div>
            </div>
          </div>
        </Popper>
      ) : null}
    </>
  )
}

const long = new Intl.DateTimeFormat("es-MX", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC"
})
const title = new Intl.DateTimeFormat("es-MX", { month: "long", year: "numeric", timeZone: "UTC" })
const Calendar = (p: { id: string; value: string; on: (iso: string) => void }) => {
  const [open, setOpen] = useState(false)
  const [month, setMonth] = useState(() => {
    const d = new Date()
    return Date.UTC(d.getFullYear(), d.getMonth(), 1)
  })
  const ref = useRef<HTMLButtonElement>(null)
  const first = new Date(month)
  const lead = first.getUTCDay()
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  const move = (n: number) => setMonth(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + n, 1))
  return (
    <>
      <button
        ref={ref}
        id={p.id}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        data-empty={p.value === ""}
        data-slot="popover-trigger"
        className="flex h-9 w-full border"
        onPointerDown={(e) => {
          if (open) e.stopPropagation()
        }}
        onClick={() => setOpen(!open)}
      >
        {p.value === "" ? <span>Elige una fecha</span> : long.format(new Date(p.value))}
      </button>
      {open ? (
        <Popper anchor={ref.current} close={() => setOpen(false)}>
          <div role="dialog" data-slot="popover-content" className="popover">
            <div className="rdp-root" data-slot="calendar">
              <nav className="rdp-nav">
                <button
                  type="button"
                  aria-label="Ir al mes anterior"
                  className="rdp-button_previous"
                  onClick={() => move(-1)}
                >
                  ‹
                </button>{" "}
                <span className="rdp-caption_label" role="status" aria-live="polite">
                  {title.format(first)}
                </span>{" "}
                <button
                  type="button"
                  aria-label="Ir al mes siguiente"
                  className="rdp-button_next"
                  onClick={() => move(1)}
                >
                  ›
                </button>
              </nav>
              <table role="grid" className="rdp-month_grid" aria-label={title.format(first)}>
                <thead aria-hidden="true">
                  <tr>
                    {["do", "lu", "ma", "mi", "ju", "vi", "sá"].map((d) => (
                      <th key={d}>{d}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {Array.from({ length: Math.ceil((lead + days) / 7) }, (_, w) => (
                    <tr key={w} className="rdp-week">
                      {Array.from({ length: 7 }, (_, d) => {
                        const day = w * 7 + d - lead + 1
                        const at = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), day))
                        const iso = at.toISOString().slice(0, 10)
                        return day < 1 || day > days ? (
                          <td key={d} role="gridcell" />
                        ) : (
                          <td key={d} role="gridcell" data-day={iso} aria-selected={p.value === iso || undefined}>
                            <button
                              type="button"
                              className="rdp-day_button"
                              disabled={at.getTime() > Date.now()}
                              aria-label={long.format(at)}
                              onClick={() => {
                                p.on(iso)
                                setOpen(false)
                              }}
                            >
                              {day}
                            </button>
                          </td>
                        )
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </div>
        </Popper>
      ) : null}
    </>
  )
}

export interface Props {
  readonly cinemas: ReadonlyArray<Option>
  readonly regimes: ReadonlyArray<Option>
}
export const App = ({ cinemas, regimes }: Props) => {
  const [tab, setTab] = useState("taquilla")
  const [step, setStep] = useState(0)
  const [v, setV] = useState<Readonly<Record<string, string>>>({})
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [uses, setUses] = useState<ReadonlyArray<Option>>([])
  const [toast, setToast] = useState("")
  const [sale, setSale] = useState<Answer>({})
  const [made, setMade] = useState<Answer>({})
  const [pending, start] = useTransition()
  const on = (name: string) => (value: string) => {
    setV((old) => ({ ...old, [name]: value }))
    setErrors({})
  }
  const get = (name: string) => v[name] ?? ""
  const fail = (text: string) => {
    setToast(text)
    setTimeout(() => setToast(""), 7000)
  }
  const missing = (names: ReadonlyArray<string>) => {
    const bad = Object.fromEntries(names.filter((name) => !v[name]).map((name) => [name, "Requerido"]))
    setErrors(bad)
    return Object.keys(bad).length > 0
  }
  const text = (name: string, label: string, hint?: string, max?: number) => (
    <Field name={name} label={label} hint={hint}>
      {(id) => <Text id={id} value={get(name)} on={on(name)} max={max} />}
    </Field>
  )
  const find = () => {
    if (missing(tab === "dulceria" ? ["cine", "transaccion", "dia", "total"] : ["reservacion", "total"])) return
    start(async () => {
      const answer = await action("40c1f7e0b9a6d2", { tipo: tab, ...v })
      if (answer.error) fail(answer.error)
      else {
        setSale(answer)
        setStep(1)
      }
    })
  }
  const issue = () => {
    if (missing(["rfc", "nombre", "cp", "regimen", "uso", "correo"])) return
    start(async () => {
      const answer = await action("7f22d09e1c54ab", { ...v, rfc: get("rfc").toUpperCase(), venta: sale.venta })
      if (answer.error) fail(answer.error)
      else {
        setMade(answer)
        setStep(2)
      }
    })
  }
  const save = (data: string | undefined, type: string, name: string) => {
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([Uint8Array.from(atob(data ?? ""), (c) => c.charCodeAt(0))], { type }))
    link.download = name
    link.click()
  }
  return (
    <Errors value={errors}>
      <header className="top">
        <a href="/">cinevaro</a>
        <nav>
          <a href="/cartelera">Cartelera</a>
          <a href="/dulceria">Dulcería</a>
          <a href="/facturacion">Facturación</a>
        </nav>
      </header>
      <main className="wrap">
        <h1>Facturación</h1>
        {step === 0 ? (
          <div data-slot="tabs" data-orientation="horizontal">
            <div role="tablist" aria-orientation="horizontal" data-slot="tabs-list">
              {[
                ["taquilla", "Taquilla y app"],
                ["dulceria", "Dulcería y cafetería"]
              ].map(([value = "", label]) => (
                <button
                  key={value}
                  type="button"
                  role="tab"
                  aria-selected={tab === value}
                  data-state={tab === value ? "active" : "inactive"}
                  data-slot="tabs-trigger"
                  onMouseDown={() => {
                    setTab(value)
                    setErrors({})
                  }}
                >
                  {label}
                </button>
              ))}
            </div>
            <div role="tabpanel" data-state="active" data-slot="tabs-content">
              <form
                onSubmit={(e) => {
                  e.preventDefault()
                  find()
                }}
                action=""
                method="POST"
                encType="multipart/form-data"
              >
                <input type="hidden" name="$ACTION_ID_40c1f7e0b9a6d2" />
                {tab === "dulceria" ? (
                  <>
                    <Field name="cine" label="Cine">
                      {(id) => <Combo id={id} value={get("cine")} options={cinemas} on={on("cine")} />}
                    </Field>
                    {text(
                      "transaccion",
                      "Código de transacción",
                      "Lo encuentras al pie del comprobante, escríbelo con guiones.",
                      14
                    )}
                    <Field name="dia" label="Día de tu visita">
                      {(id) => <Calendar id={id} value={get("dia")} on={on("dia")} />}
                    </Field>
                  </>
                ) : (
                  text("reservacion", "Clave de reservación", "7 letras y números", 7)
                )}
                {text("total", "Total de la compra")}
                <button type="submit" data-slot="button" disabled={pending}>
                  {pending ? "Buscando..." : "Buscar compra"}
                </button>
              </form>
            </div>
          </div>
        ) : null}
        {step === 1 ? (
          <form
            onSubmit={(e) => {
              e.preventDefault()
              issue()
            }}
            action=""
            method="POST"
          >
            <p>{sale.detalle}</p>
            {text("rfc", "RFC", undefined, 13)}
            {text("nombre", "Nombre o razón social", "Escríbelo igual que en tu constancia.")}
            {text("cp", "Código postal", undefined, 5)}
            <Field name="regimen" label="Régimen fiscal">
              {(id) => (
                <Select
                  id={id}
                  value={get("regimen")}
                  options={regimes}
                  placeholder="Elige tu régimen"
                  on={(value) => {
                    on("regimen")(value)
                    on("uso")("")
                    void action("c0aa91e77b3d10", { regimen: value, rfc: get("rfc") }).then(({ usos }) =>
                      setUses(JSON.parse(usos ?? "[]") as Array<Option>)
                    )
                  }}
                />
              )}
            </Field>
            <Field name="uso" label="Uso del CFDI">
              {(id) => (
                <Select
                  id={id}
                  value={get("uso")}
                  options={uses}
                  placeholder="Primero elige tu régimen"
                  disabled={uses.length === 0}
                  on={on("uso")}
                />
              )}
            </Field>
            {text("correo", "Correo electrónico")}
            <div className="row">
              <button type="button" data-slot="button" data-variant="outline" onClick={() => setStep(0)}>
                Volver
              </button>
              <button type="submit" data-slot="button" disabled={pending}>
                {pending ? "Generando..." : "Generar factura"}
              </button>
            </div>
          </form>
        ) : null}
        {step === 2 ? (
          <section data-slot="card">
            <h2>Tu factura está lista</h2>
            <p>{made.uuid}</p>
            <div className="row">
              <button
                type="button"
                data-slot="button"
                onClick={() => save(made.xml, "application/xml", `${made.archivo}.xml`)}
              >
                Bajar XML
              </button>
              <button
                type="button"
                data-slot="button"
                data-variant="outline"
                onClick={() => save(made.pdf, "application/pdf", `${made.archivo}.pdf`)}
              >
                Bajar PDF
              </button>
            </div>
          </section>
        ) : null}
      </main>
      <section aria-label="Notifications alt+T" tabIndex={-1} aria-live="polite" aria-atomic="false">
        {toast ? (
          <ol data-sonner-toaster="true">
            <li data-sonner-toast="" data-type="error" data-visible="true">
              <div data-content="">
                <div data-title="">{toast}</div>
              </div>
            </li>
          </ol>
        ) : null}
      </section>
    </Errors>
  )
}

if (typeof document !== "undefined") {
  const root = document.getElementById("__next")
  const data = document.getElementById("__props")?.textContent ?? "{}"
  if (root) hydrateRoot(root, <App {...(JSON.parse(data) as Props)} />)
}
