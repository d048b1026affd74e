import type { TestPortal } from "../../lib/Portal.ts"
import {
  ago,
  attachment,
  completed,
  download,
  failed,
  html,
  isStamped,
  money,
  openTill,
  options,
  pdfBytes,
  plain,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  template,
  usesFor,
  type Visit,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly key: string
  readonly expired?: true
  readonly newNote?: true
}
interface Session {
  sale: Sale | undefined
  error: string
  values: Record<string, string>
}

const open: Sale = { ticket: "B-027719", key: "4TX8-M2LA", cents: 47250n, description: "Papelería", paymentForm: "01" }
const old: Sale = { ...open, ticket: "B-026104", key: "7QQC-31HD", cents: 18900n, expired: true }
const sales = [open, old]
const regimes = [
  ...new Map([...regimesFor("X".repeat(12)), ...regimesFor("X".repeat(13))].map((one) => [one.code, one])).values()
]
const dir = import.meta.dir

const start = () => {
  const till = openTill(
    { rfc: "PES980717RA9", name: "PAPELERIA EL ESCRIBANO", regime: "601", postalCode: "06010" },
    "44121600"
  )

  const show = async (step: 1 | 2 | 3, session: Session, extra: Record<string, string> = {}) => {
    const error = session.error
    session.error = ""
    return html(
      await template(dir, "marco.html", {
        p1: step === 1 ? "on" : "",
        p2: step === 2 ? "on" : "",
        p3: step === 3 ? "on" : "",
        mensaje: error === "" ? "" : `<div class="alerta">${error}</div>`,
        cuerpo: await template(dir, `paso${step}.html`, { ...session.values, ...extra })
      })
    )
  }
  const back = (session: Session, where: string, error: string) => {
    session.error = error
    return seeOther(where)
  }
  const keep = (visit: Visit<Session>, names: ReadonlyArray<string>) => {
    for (const name of names) visit.session.values[name] = visit.field(name)
  }
  const typedOf = ({ values: v }: Session) => ({
    rfc: `${v.r1 ?? ""}${v.r2 ?? ""}${v.r3 ?? ""}`.toUpperCase(),
    name: v.nom ?? "",
    postalCode: v.cp ?? "",
    regime: regimes[Number(v.reg) - 11]?.code ?? "",
    use: v.uso ?? "",
    email: v.m1 ?? ""
  })
  const second = (session: Session) =>
    show(2, session, {
      regimenes: options(
        regimes.map(({ code, name }, index) => ({ value: String(index + 11), text: `(${code}) ${plain(name)}` })),
        session.values.reg
      )
    })
  const third = (session: Session) => {
    const { name, rfc } = typedOf(session)
    return show(3, session, {
      rfc,
      nom: name,
      imp: money(session.sale?.cents ?? 0n),
      usos: usesFor(rfc)
        .filter(({ code }) => /^(G|I0[1-4]|D01|D10|S)/.test(code))
        .map(
          ({ code, name }) =>
            `<input type="radio" name="uso" value="${code}"${session.values.uso === code ? " checked" : ""}> ${code} ${plain(name)}<br>`
        )
        .join("")
    })
  }

  return shop<Session>({
    till,
    cookie: "PHPSESSID",
    fresh: () => ({ sale: undefined, error: "", values: {} }),
    routes: {
      "GET /": ({ session }) => show(1, session),
      "GET /index.php": ({ session }) => show(1, session),
      "GET /consulta.php": () =>
        html(
          "<h3>Recuperar factura</h3><form>UUID <input name=u> RFC <input name=r> <input type=submit value=Consultar></form>"
        ),
      "GET /aviso.php": () =>
        html("<h3>Aviso de privacidad</h3><p>Papeleria El Escribano es responsable de sus datos.</p>"),
      "POST /paso2.php": (visit) => {
        const { session } = visit
        keep(visit, ["nv", "cve", "imp"])
        const { nv = "", cve = "", imp = "" } = session.values
        if (nv === "" || cve === "" || imp === "")
          return back(session, "index.php", "Debe capturar todos los datos de la nota")
        const sale = sales.find(({ key, ticket }) => ticket === nv.toUpperCase() && key === cve)
        if (sale === undefined)
          return back(session, "index.php", "Nota no localizada. Revise numero de nota y clave e intente de nuevo")
        if (!same(imp, sale.cents))
          return back(session, "index.php", "El importe capturado no concuerda con el de la nota")
        if (sale.expired)
          return back(
            session,
            "index.php",
            "Solo es posible facturar notas del mes en curso. Su nota es de un mes anterior y fue incluida en la factura global"
          )
        if (isStamped(till, sale)) return back(session, "index.php", "La nota ya tiene factura")
        session.sale = sale
        return second(session)
      },
      "GET /paso2.php": ({ session }) => (session.sale === undefined ? seeOther("index.php") : second(session)),
      "POST /paso3.php": (visit) => {
        const { session } = visit
        if (session.sale === undefined) return seeOther("index.php")
        keep(visit, ["r1", "r2", "r3", "nom", "cp", "reg"])
        const wrong = wrongOf({ ...typedOf(session), use: "G03", email: "a@b.mx" })
        if (wrong === "empty") return back(session, "paso2.php", "Todos los campos con * son obligatorios")
        if (wrong === "rfc") return back(session, "paso2.php", "RFC invalido")
        return third(session)
      },
      "GET /paso3.php": ({ session }) => (session.sale === undefined ? seeOther("index.php") : third(session)),
      "POST /factura.php": async (visit) => {
        const { has, session } = visit
        const { sale } = session
        if (sale === undefined) return seeOther("index.php")
        keep(visit, ["uso", "m1", "m2"])
        if (session.values.m1 !== session.values.m2) return back(session, "paso3.php", "Los correos no coinciden")
        if (!has("aviso")) return back(session, "paso3.php", "Debe aceptar el aviso de privacidad")
        if (isStamped(till, sale)) return back(session, "index.php", "La nota ya tiene factura")
        const typed = typedOf(session)
        const wrong = wrongOf(typed)
        if (wrong !== undefined)
          return back(
            session,
            wrong === "use" || wrong === "email" || wrong === "empty" ? "paso3.php" : "paso2.php",
            wrong === "use" || wrong === "empty"
              ? "Seleccione el uso"
              : wrong === "email"
                ? "Correo invalido"
                : "El SAT rechazo sus datos, verifique que coinciden con su constancia"
          )
        session.sale = undefined
        const { uuid } = await stampOf(till, sale, typed)
        return html(await template(dir, "marco.html", { p3: "on", cuerpo: await template(dir, "fin.html", { uuid }) }))
      },
      "GET /baja.php": async ({ field }) => {
        const made = till.find(field("f"))
        if (made === undefined) return seeOther("index.php")
        return field("t") === "x"
          ? attachment(await xmlText(made), "text/xml", `${field("f")}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${field("f")}.pdf`)
      }
    }
  })
}

const paper = (sale: Sale, days: number, over: Record<string, string> = {}) => ({
  Nota: sale.ticket,
  Fecha: ago(days).words,
  Vendedor: "03",
  Subtotal: money((sale.cents * 100n) / 116n),
  "IVA 16%": money(sale.cents - (sale.cents * 100n) / 116n),
  Total: money(sale.cents),
  Efectivo: "500.00",
  "Clave fact.": sale.key,
  ...over
})

export const says = {
  expired: /notas del mes en curso/,
  "another note": /Nota no localizada/,
  "another total": /no concuerda/
}

export const portal: TestPortal = {
  id: "escribano",
  traps: [
    "a PHP wizard of three pages; Limpiar beside Siguiente",
    "labels only as placeholders, no accents",
    "the RFC in three boxes",
    "régimen values are internal ids",
    "uso as radios",
    "the e-mail twice, no paste",
    "the last button says only Finalizar",
    "a cookie strip over the foot"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open, 2), expected: completed },
    { name: "expired", ticket: paper(old, 48), expected: failed("TICKET_EXPIRED") },
    { name: "another note", ticket: paper(open, 2, { Nota: "B-027791" }), expected: failed("TICKET_NOT_FOUND") },
    { name: "another total", ticket: paper(open, 2, { Total: "474.50" }), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    await page.getByText("Entendido").click()
    await page.locator("[name=nv]").fill(printed(ticket, "Nota"))
    await page.locator("[name=cve]").fill(printed(ticket, "Clave fact."))
    await page.locator("[name=imp]").fill(printed(ticket, "Total"))
    await page.locator("[type=submit]").click()
    const head = profile.rfc.length - 9
    await page.locator("[name=r1]").fill(profile.rfc.slice(0, head))
    await page.locator("[name=r2]").fill(profile.rfc.slice(head, -3))
    await page.locator("[name=r3]").fill(profile.rfc.slice(-3))
    await page.locator("[name=nom]").fill(profile.fullName)
    await page.locator("[name=cp]").fill(profile.postalCode)
    const regime = await page
      .locator("[name=reg] option", { hasText: `(${profile.fiscalRegime})` })
      .getAttribute("value")
    await page.locator("[name=reg]").selectOption(regime)
    await page.locator("[type=submit]").click()
    await page.locator(`[name=uso][value=${profile.cfdiUse}]`).check()
    await page.locator("[name=m1]").fill(profile.email)
    await page.locator("[name=m2]").fill(profile.email)
    await page.locator("[name=aviso]").check()
    await page.locator("[type=submit]").click()
    await download(page, () => page.getByText("Archivo XML").click())
  }
}
