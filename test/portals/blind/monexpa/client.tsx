import { type ReactNode, useEffect, useRef, useState } from "react"
import { createRoot } from "react-dom/client"

const css = `
*{box-sizing:border-box}body{margin:0;background:#1b1147;font:18px/1.5 Inter,system-ui,sans-serif;color:#1b1147}
.app{max-width:430px;height:100vh;margin:0 auto;background:#fff;display:flex;flex-direction:column;position:relative;overflow:hidden}
.bar{display:flex;align-items:center;gap:12px;padding:14px}.back{border:0;background:none;font-size:22px}.track{flex:1;height:5px;background:#e6e3f3;border-radius:3px}.track i{display:block;height:5px;background:#6a3df5;border-radius:3px}
.body{flex:1;padding:20px 26px;overflow:auto}.body h1{font-size:26px;line-height:1.2}.answer{width:100%;border:0;border-bottom:2px solid #6a3df5;font:inherit;font-size:24px;padding:8px 0;outline:0}
.cta{margin:18px 26px;padding:16px;border:0;border-radius:14px;background:#6a3df5;color:#fff;font:inherit;font-weight:700}.cta:disabled{background:#cfc8e8}
.bad{color:#d22}.otp{display:flex;gap:8px}.otp input{width:46px;height:56px;text-align:center;font-size:24px;border:1px solid #b9b0dc;border-radius:10px}
.pick{width:100%;text-align:left;padding:14px;border:1px solid #b9b0dc;border-radius:12px;background:#fff;font:inherit;cursor:pointer}
.veil{position:absolute;inset:0;background:#1b114799}.sheet{position:absolute;left:0;right:0;bottom:0;max-height:75%;overflow:auto;background:#fff;border-radius:22px 22px 0 0;padding:18px 0;animation:up .25s}@keyframes up{from{transform:translateY(60%)}}
.sheet ul{list-style:none;margin:0;padding:0}.sheet li{padding:12px 26px;border-top:1px solid #eee;cursor:pointer}.sheet h2{margin:0 26px 8px;font-size:18px}
dl{margin:0}dt{color:#777;font-size:14px}dd{margin:0 0 10px;display:flex;justify-content:space-between}.edit{border:0;background:none;color:#6a3df5;font:inherit;font-size:15px}
.spin{margin:40% auto;width:54px;height:54px;border:5px solid #e6e3f3;border-top-color:#6a3df5;border-radius:50%;animation:s 1s linear infinite}@keyframes s{to{transform:rotate(1turn)}}`

interface Item { code: string; name: string }
type Data = Record<"receipt" | "cents" | "last4" | "email" | "rfc" | "name" | "zip" | "regime" | "use", string>

const call = async (path: string, body: object) => {
  const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.message)
  return answer
}

const money = (digits: string) => `$${(Number(digits || "0") / 100).toLocaleString("es-MX", { minimumFractionDigits: 2 })}`

const Sheet = ({ title, items, onPick, onClose }: { title: string; items: Item[]; onPick: (item: Item) => void; onClose: () => void }) => (
  <>
    <div className="veil" onClick={onClose} />
    <div className="sheet" role="dialog" aria-modal="true" aria-label={title}>
      <h2>{title}</h2>
      <ul role="listbox">{items.map((item) => <li key={item.code} role="option" aria-selected="false" onClick={() => onPick(item)}>{item.name}</li>)}</ul>
    </div>
  </>
)

const Otp = ({ onDone, onAgain, email, error }: { onDone: (code: string) => void; onAgain: () => void; email: string; error: string }) => {
  const [digits, setDigits] = useState<string[]>(Array(6).fill(""))
  const boxes = useRef<Array<HTMLInputElement | null>>([])
  const put = (at: number, text: string) => {
    const typed = text.replace(/\D/g, "")
    const next = [...digits]
    if (typed === "") next[at] = ""
    for (const [i, digit] of [...typed].entries()) if (at + i < 6) next[at + i] = digit
    setDigits(next)
    boxes.current[Math.min(5, at + typed.length)]?.focus()
    if (next.every((d) => d !== "")) onDone(next.join(""))
  }
  return (
    <div className="body">
      <h1>Escribe el código</h1>
      <p>Enviamos un código de 6 dígitos a <b>{email}</b> para confirmar que es tuyo.</p>
      <div className="otp">
        {digits.map((digit, at) => (
          <input key={String(at)} ref={(box) => { boxes.current[at] = box }} type="tel" inputMode="numeric" autoComplete={at === 0 ? "one-time-code" : "off"} maxLength={at === 0 ? 6 : 1} aria-label={`Dígito ${at + 1} del código`} value={digit}
            onFocus={(e) => e.target.select()} onChange={(e) => put(at, e.target.value)}
            onKeyDown={(e) => { if (e.key === "Backspace" && digit === "") boxes.current[at - 1]?.focus() }} />
        ))}
      </div>
      <p className="bad" role="alert">{error}</p>
      <p><button type="button" className="edit" onClick={onAgain}>Enviar otro código</button></p>
    </div>
  )
}

const questions = {
  receipt: { title: "¿Cuál es el número de tu recibo?", hint: "Son 8 letras y números, arriba de la fecha.", ok: (v: string) => /^[A-Z0-9]{8}$/i.test(v), mode: "text" },
  cents: { title: "¿De cuánto fue el cobro?", hint: "Con todo y propina.", ok: (v: string) => Number(v) > 0, mode: "numeric" },
  last4: { title: "¿Con qué tarjeta pagaste?", hint: "Los últimos 4 números.", ok: (v: string) => /^\d{4}$/.test(v), mode: "numeric" },
  email: { title: "¿A qué correo la mandamos?", hint: "Ahí te llegan el PDF y el XML.", ok: (v: string) => /^\S+@\S+\.\S{2,}$/.test(v), mode: "email" },
  rfc: { title: "¿Cuál es tu RFC?", hint: "Con homoclave.", ok: (v: string) => /^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/.test(v), mode: "text" },
  name: { title: "¿A qué nombre o razón social?", hint: "Como aparece en tu constancia.", ok: (v: string) => v.trim().length > 2, mode: "text" },
  zip: { title: "¿Y tu código postal?", hint: "El de tu domicilio fiscal.", ok: (v: string) => /^\d{5}$/.test(v), mode: "numeric" }
} as const
const order = ["receipt", "cents", "last4", "email", "otp", "rfc", "name", "zip", "regime", "use", "review"] as const

const App = () => {
  const [step, setStep] = useState(-1)
  const [data, setData] = useState<Data>({ receipt: "", cents: "", last4: "", email: "", rfc: "", name: "", zip: "", regime: "", use: "" })
  const [items, setItems] = useState<{ regimes: Item[]; uses: Item[] }>({ regimes: [], uses: [] })
  const [error, setError] = useState("")
  const [busy, setBusy] = useState(false)
  const [sheet, setSheet] = useState(false)
  const [done, setDone] = useState("")
  const at = order[step]
  useEffect(() => setError(""), [step])

  const set = (key: keyof Data, raw: string) => {
    const value = key === "cents" || key === "zip" || key === "last4" ? raw.replace(/\D/g, "") : key === "rfc" || key === "name" || key === "receipt" ? raw.toUpperCase() : raw
    setData((d) => ({ ...d, [key]: key === "last4" ? value.slice(0, 4) : key === "zip" ? value.slice(0, 5) : key === "cents" ? value.replace(/^0+/, "") : value }))
  }
  const forward = async () => {
    setBusy(true)
    setError("")
    try {
      if (at === "last4") await call("/api/receipts/lookup", { receipt: data.receipt, cents: data.cents, last4: data.last4 })
      if (at === "email") await call("/api/otp/send", { email: data.email })
      if (at === "rfc") setItems(await call("/api/catalogs", { rfc: data.rfc }))
      if (at === "review") {
        const { email } = await call("/api/invoices", { rfc: data.rfc, name: data.name.trim(), zip: data.zip, regime: data.regime, use: data.use })
        setDone(email)
      } else setStep(step + 1)
    } catch (e) {
      setError((e as Error).message)
    }
    setBusy(false)
  }
  const verify = async (code: string) => {
    setBusy(true)
    try {
      await call("/api/otp/verify", { code })
      setStep(step + 1)
    } catch (e) {
      setError((e as Error).message)
    }
    setBusy(false)
  }

  if (done) return <div className="app"><div className="body"><h1>¡Listo! Tu factura va en camino</h1><p>La enviamos a <b>{done}</b>. Si en unos minutos no la ves, busca en promociones o spam.</p></div></div>
  if (step < 0) {
    return (
      <div className="app"><div className="body"><h1>Factura lo que pagaste con Monexpa</h1><p>Ten a la mano tu recibo y tu constancia. Te tomará dos minutos.</p></div>
        <button type="button" className="cta" onClick={() => setStep(0)}>Empezar</button></div>
    )
  }
  const frame = (body: ReactNode, cta?: ReactNode) => (
    <div className="app">
      <div className="bar"><button type="button" className="back" aria-label="Atrás" onClick={() => setStep(step - 1)}>‹</button><div className="track"><i style={{ width: `${((step + 1) / order.length) * 100}%` }} /></div></div>
      {busy && at === "review" ? <div className="body"><div className="spin" /><p style={{ textAlign: "center" }}>Timbrando…</p></div> : body}
      {cta}
    </div>
  )
  if (at === "otp") return frame(<Otp key={error} email={data.email} error={error} onDone={verify} onAgain={() => call("/api/otp/send", { email: data.email })} />)
  if (at === "regime" || at === "use") {
    const list = at === "regime" ? items.regimes : items.uses
    const title = at === "regime" ? "¿Cuál es tu régimen?" : "¿Para qué la vas a usar?"
    return frame(
      <>
        <div className="body"><h1>{title}</h1><button type="button" className="pick" aria-haspopup="listbox" onClick={() => setSheet(true)}>{list.find(({ code }) => code === data[at])?.name ?? "Elegir"} ▾</button></div>
        {sheet && <Sheet title={title} items={list} onClose={() => setSheet(false)} onPick={({ code }) => { set(at, code); setSheet(false) }} />}
      </>,
      <button type="button" className="cta" disabled={data[at] === "" || sheet} onClick={forward}>Continuar</button>
    )
  }
  if (at === "review" || at === undefined) {
    const line = (label: string, value: string | undefined, to: number) => <><dt>{label}</dt><dd><span>{value}</span><button type="button" className="edit" aria-label={`Cambiar ${label}`} onClick={() => setStep(to)}>✎</button></dd></>
    return frame(
      <div className="body"><h1>¿Todo bien?</h1><p className="bad" role="alert">{error}</p><dl>
        {line("Cobro", money(data.cents), 1)}{line("RFC", data.rfc, 5)}{line("Nombre", data.name, 6)}{line("Código postal", data.zip, 7)}
        {line("Régimen", items.regimes.find(({ code }) => code === data.regime)?.name, 8)}{line("Uso", items.uses.find(({ code }) => code === data.use)?.name, 9)}
      </dl></div>,
      <button type="button" className="cta" disabled={busy} onClick={forward}>Sí, facturar</button>
    )
  }
  const question = questions[at]
  const value = data[at]
  return frame(
    <div className="body" key={at}>
      <h1>{question.title}</h1>
      <input className="answer" aria-label={question.title} inputMode={question.mode} autoComplete="off" autoFocus value={at === "cents" ? money(value) : value} onChange={(e) => set(at, e.target.value)} onKeyDown={(e) => { if (e.key === "Enter" && question.ok(value)) forward() }} />
      <p>{question.hint}</p>
      <p className="bad" role="alert">{error}</p>
    </div>,
    <button type="button" className="cta" disabled={busy || !question.ok(value)} onClick={forward}>Continuar</button>
  )
}

const style = document.createElement("style")
style.textContent = css
document.head.append(style)
createRoot(document.getElementById("root") as HTMLElement).render(<App />)
