import type { TestPortal } from "../../lib/Portal.ts"
import {
  ago,
  attachment,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  money,
  oneLine,
  openTill,
  options,
  pdfBytes,
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  svg,
  type TillSale,
  template,
  usesFor,
  type Visit,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly plaza: string
  readonly days: number
  readonly invoiced?: true
  readonly refused?: true
}
interface Session {
  sale: Sale | undefined
  values: Record<string, string>
  error: string
  csrf: string
}

const open: Sale = {
  ticket: "GL40028817",
  plaza: "3",
  days: 2,
  cents: 9500n,
  description: "Estacionamiento",
  paymentForm: "01"
}
const gone: Sale = { ...open, ticket: "GL40021190", cents: 6000n, days: 5, invoiced: true }
const refused: Sale = { ...open, ticket: "GL40028903", cents: 12000n, refused: true }
const sales = [open, gone, refused]
const plazas = [
  ["1", "Plaza Las Torres"],
  ["2", "Hospital Ángeles León"],
  ["3", "Centro Max"],
  ["4", "Poliforum"]
] as const
const names = ["plaza", "boleto", "salida", "pago", "rfc", "cp", "contribuyente", "regimen", "uso", "mail"]
const regimes = [
  ...new Map([...regimesFor("X".repeat(13)), ...regimesFor("X".repeat(12))].map((one) => [one.code, one])).values()
]
const dir = import.meta.dir
const icon = (text: string, color: string) =>
  svg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="54" height="60"><rect x="4" y="2" width="46" height="56" rx="5" fill="${color}"/><text x="27" y="38" font-size="15" font-weight="bold" font-family="Arial" fill="#fff" text-anchor="middle">${text}</text></svg>`
  )

const start = () => {
  const till = openTill(
    { rfc: "EGL950203NX8", name: "ESTACIONAMIENTOS LA GLORIETA", regime: "601", postalCode: "37000" },
    "78111807"
  )
  const show = async (session: Session, cuerpo: string) => {
    const { error } = session
    session.error = ""
    return html(
      await template(dir, "marco.html", {
        cuerpo,
        csrf: session.csrf,
        error: error === "" ? "" : `<div class="err">${escaped(error)}</div>`
      })
    )
  }
  const form = async ({ session }: Visit<Session>) =>
    show(
      session,
      await template(dir, "forma.html", {
        ...session.values,
        csrf: session.csrf,
        plazas: options(
          plazas.map(([value, text]) => ({ value, text })),
          session.values.plaza
        ),
        regimenes: options(
          regimes.map(({ code, name }) => ({ value: `R${code}`, text: name })),
          session.values.regimen
        ),
        usos: options(
          usesFor("X".repeat(13)).map(({ code, name }) => ({ value: code, text: name })),
          session.values.uso
        )
      })
    )
  const back = (session: Session, error: string) => {
    session.error = error
    return seeOther("/facturacion")
  }
  const typedOf = ({ values: v }: Session) => ({
    rfc: (v.rfc ?? "").toUpperCase(),
    name: oneLine(v.contribuyente ?? ""),
    postalCode: v.cp ?? "",
    regime: (v.regimen ?? "").slice(1),
    use: v.uso ?? "",
    email: v.mail ?? ""
  })

  return shop<Session>({
    till,
    cookie: "laravel_session",
    fresh: () => ({ sale: undefined, values: {}, error: "", csrf: crypto.randomUUID() }),
    routes: {
      "GET /": () => seeOther("/facturacion"),
      "GET /facturacion": form,
      "GET /tarifas": () => html("<h2>Tarifas</h2><p>$20.00 la hora</p>"),
      "GET /pension": () =>
        html("<h2>Contratar pensión</h2><form>Nombre <input> RFC <input> <button>Contratar</button></form>"),
      "GET /img/xml.svg": () => icon("XML", "#16a34a"),
      "GET /img/pdf.svg": () => icon("PDF", "#dc2626"),
      "GET /img/mail.svg": () => icon("@", "#2563eb"),
      "POST /facturacion/previa": async (visit) => {
        const { field, session } = visit
        if (field("_token") !== session.csrf) return html("<h1>419 | Page Expired</h1>", 419)
        for (const name of names) session.values[name] = field(`data[${name}]`)
        const v = session.values
        const typed = typedOf(session)
        const wrong = wrongOf(typed)
        if (names.some((name) => v[name] === "")) return back(session, "Hay campos vacíos, todos son necesarios.")
        if (wrong === "rfc" || wrong === "email")
          return back(session, wrong === "rfc" ? "El formato del RFC no es correcto." : "El e-mail no es correcto.")
        const sale = sales.find(
          ({ days, plaza, ticket }) =>
            ticket === (v.boleto ?? "").toUpperCase() && plaza === v.plaza && ago(days).iso === v.salida
        )
        if (sale === undefined) return back(session, "Boleto inexistente. Verifica plaza, boleto y día de salida.")
        if (Number(v.pago).toFixed(2) !== money(sale.cents))
          return back(session, "El importe no coincide con el del boleto.")
        if (sale.invoiced || isStamped(till, sale)) return back(session, "Boleto previamente facturado.")
        session.sale = sale
        const regimen = regimes.find(({ code }) => code === typed.regime)
        return show(
          session,
          await template(dir, "previa.html", {
            ...v,
            rfc: typed.rfc,
            contribuyente: typed.name,
            pago: money(sale.cents),
            csrf: session.csrf,
            regimen: `${regimen?.code} ${regimen?.name}`
          })
        )
      },
      "POST /facturacion/timbrar": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || field("_token") !== session.csrf) return html("<h1>419 | Page Expired</h1>", 419)
        const typed = typedOf(session)
        await Bun.sleep(400)
        if (isStamped(till, sale)) return back(session, "Boleto previamente facturado.")
        if (wrongOf(typed) !== undefined || sale.refused)
          return back(
            session,
            "CFDI40147: El campo DomicilioFiscalReceptor del nodo Receptor debe encontrarse en la lista de RFC inscritos no cancelados en el SAT."
          )
        session.sale = undefined
        const { uuid } = await stampOf(till, sale, typed)
        return show(session, await template(dir, "fin.html", { uuid }))
      },
      "GET /facturacion/reenviar": ({ session }) => show(session, "<p>Enviamos de nuevo tu comprobante.</p>"),
      "GET /facturacion/archivo": async ({ field }) => {
        const made = till.find(field("c"))
        if (made === undefined) return seeOther("/facturacion")
        return field("t") === "1"
          ? attachment(await xmlText(made), "text/xml", `${field("c")}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${field("c")}.pdf`)
      }
    }
  })
}

const paper = (sale: Sale, over: Record<string, string> = {}) => ({
  Plaza: "CENTRO MAX",
  Boleto: sale.ticket,
  Entrada: `${ago(sale.days).slashes} 10:12`,
  Salida: `${ago(sale.days).slashes} 14:40`,
  Tiempo: "4:28",
  "Total pagado": money(sale.cents),
  Cajero: "AUT-02",
  ...over
})

export const says = {
  "already invoiced": /previamente facturado/,
  "postal code refused at the stamp": /CFDI40147/,
  "no such ticket": /Boleto inexistente/
}

export const portal: TestPortal = {
  id: "glorieta",
  traps: [
    "one form for all, then a preview, then Confirmar y timbrar",
    "a native date input",
    "régimen and uso without SAT codes",
    "result icons without any text; PDF first",
    "a CSRF token",
    "a refusal only at the stamp"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "already invoiced", ticket: paper(gone), expected: failed("ALREADY_INVOICED") },
    { name: "postal code refused at the stamp", ticket: paper(refused), expected: failed("DATA_REJECTED") },
    { name: "no such ticket", ticket: paper(open, { Boleto: "GL40028871" }), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    const box = (name: string) => page.locator(`[name="data[${name}]"]`)
    const [day = "", month = "", year = ""] = printed(ticket, "Salida").slice(0, 10).split("/")
    await box("plaza").selectOption("3")
    await box("boleto").fill(printed(ticket, "Boleto"))
    await box("salida").fill(`${year}-${month}-${day}`)
    await box("pago").fill(printed(ticket, "Total pagado"))
    await box("rfc").fill(profile.rfc)
    await box("cp").fill(profile.postalCode)
    await box("contribuyente").fill(profile.fullName)
    await box("regimen").selectOption(`R${profile.fiscalRegime}`)
    await box("uso").selectOption(profile.cfdiUse)
    await box("mail").fill(profile.email)
    await page.getByText("Vista previa").click()
    await page.getByText("Confirmar y timbrar").click()
    await download(page, () => page.locator("a:has(.ico-xml)").click())
  }
}
