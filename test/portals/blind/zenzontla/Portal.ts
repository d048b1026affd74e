import { profiles } from "../../lib/Portal.ts"
import {
  ago,
  commas,
  completed,
  escaped,
  failed,
  html,
  inline,
  isStamped,
  json,
  oneLine,
  openTill,
  options,
  pdfBytes,
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  template,
  typedAs,
  usesFor,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly code: string
  readonly company: string
  readonly days: number
}

const companies = {
  a3f1: "Distribuidora Edizen SA de CV",
  "77b0": "Librerías Zenzontla SA de CV",
  c2d9: "Librerías Zenzontla del Bajío SA de CV",
  "05ee": "Zenzontla Ediciones SC"
}

const description = "Libros impresos"
const good: Sale = {
  ticket: "B-30117",
  code: "x7Qm2d",
  company: "c2d9",
  days: 5,
  cents: 134800n,
  description,
  paymentForm: "28"
}
const before: Sale = {
  ticket: "B-29846",
  code: "pR4t9K",
  company: "c2d9",
  days: 13,
  cents: 46000n,
  description,
  paymentForm: "01"
}
const sales = [good, before]

interface Session {
  sale?: Sale | undefined
  typed?: Typed | undefined
  recover?: boolean
}

const start = async () => {
  const till = openTill(
    { rfc: "LZB070911UM3", name: "LIBRERIAS ZENZONTLA DEL BAJIO", regime: "601", postalCode: "76000" },
    "55101500"
  )
  const { person } = profiles
  const archived = await till.archive(before, {
    receiver: { rfc: person.rfc, name: person.fullName, postalCode: person.postalCode, regime: person.fiscalRegime },
    use: "G03"
  })
  const token = `CfDJ8${crypto.randomUUID().replaceAll("-", "")}`
  const view = async (title: string, body: string) =>
    html(await template(import.meta.dir, "layout.html", { title, body }))
  const item = (text: string) => (text === "" ? "" : `<li>${text}</li>`)
  const note = async (error = "", folio = "", company = "") =>
    view(
      "Facturar",
      await template(import.meta.dir, "nota.html", {
        token,
        error: item(error),
        folio,
        empresas: options(
          Object.entries(companies).map(([value, text]) => ({ value, text })),
          company
        )
      })
    )
  const receiver = async (sale: Sale, error = "") =>
    view(
      "Datos",
      await template(import.meta.dir, "receptor.html", {
        token,
        error: item(error),
        empresa: companies[sale.company as keyof typeof companies],
        folio: sale.ticket,
        fecha: ago(sale.days).slashes,
        total: `$${commas(sale.cents)} MXN`
      })
    )
  const copy = (error = "") =>
    view(
      "Consulta",
      `<h3>Nota facturada</h3><div class="alert alert-info">La nota ${before.ticket} tiene un CFDI vigente. Escriba el RFC del receptor para obtenerlo.</div>
<form action="/CFDI/Obtener" method="post" data-val-form="true"><div class="validation-summary-errors"><ul>${item(error)}</ul></div><div class="mb-3"><label for="Rfc">RFC</label><input class="form-control" data-val-required="El RFC es requerido" id="Rfc" name="Rfc" maxlength="13" style="text-transform:uppercase" type="text" /><span class="field-validation-valid" data-valmsg-for="Rfc"></span></div><input type="submit" value="Obtener CFDI" class="btn btn-primary" /> <a href="/NotaVenta/Facturar" class="btn btn-link">Otra nota</a></form>`
    )

  const running = await shop<Session>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({}),
    routes: {
      "GET /": () => seeOther("/NotaVenta/Facturar"),
      "GET /NotaVenta/Facturar": () => note(),
      "POST /NotaVenta/Facturar": async ({ field, session }) => {
        await Bun.sleep(500)
        session.sale = undefined
        session.typed = undefined
        if (field("__RequestVerificationToken") !== token) return html("<h2>Server Error in '/' Application.</h2>", 500)
        const back = (text: string) => note(text, field("NotaVentaFolio"), field("NotaVentaEmpresa"))
        if (field("NotaVentaEmpresa") === "" || field("NotaVentaFolio") === "" || field("Contrasenia") === "")
          return back("Complete los campos.")
        const sale = sales.find(
          (s) => s.company === field("NotaVentaEmpresa") && s.ticket === field("NotaVentaFolio").toUpperCase()
        )
        if (sale === undefined) return back("No hay una nota de venta con ese folio en la empresa elegida.")
        if (sale.code !== field("Contrasenia"))
          return back("El código no pertenece a la nota de venta. Respete mayúsculas y minúsculas.")
        session.sale = sale
        if (sale === before) return seeOther("/CFDI/Obtener")
        if (isStamped(till, sale)) return back("La nota de venta tiene un CFDI vigente.")
        return seeOther("/NotaVenta/Receptor")
      },
      "GET /NotaVenta/Receptor": ({ session }) =>
        session.sale === undefined ? seeOther("/NotaVenta/Facturar") : receiver(session.sale),
      "GET /Receptor/Buscar": async ({ field }) => {
        await Bun.sleep(600)
        const rfc = field("rfc").toUpperCase()
        return json({
          Existe: false,
          Regimenes: regimesFor(rfc).map((r) => ({ Value: r.code, Text: `${r.code} - ${r.name}` })),
          Usos: usesFor(rfc).map((u) => ({ Value: u.code, Text: `${u.code} - ${u.name}` }))
        })
      },
      "POST /NotaVenta/VistaPrevia": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined) return seeOther("/NotaVenta/Facturar")
        const typed = typedAs(
          (name) => (name.endsWith("Rfc") || name.endsWith("Nombre") ? oneLine(field(name)) : field(name)),
          {
            rfc: "Receptor.Rfc",
            name: "Receptor.Nombre",
            postalCode: "Receptor.DomicilioFiscal",
            regime: "Receptor.RegimenFiscal",
            use: "Receptor.UsoCFDI",
            email: "Receptor.Correo"
          }
        )
        const wrong = wrongOf(typed)
        if (wrong === "empty" || wrong === "email" || wrong === "use")
          return receiver(sale, "Revise los datos capturados.")
        session.typed = typed
        return view(
          "Vista previa",
          `<h3>Vista previa</h3><p class="text-danger">Este documento aún no tiene validez fiscal.</p><table class="table table-bordered"><tr><th colspan="2">Receptor</th></tr><tr><td>RFC</td><td>${escaped(typed.rfc)}</td></tr><tr><td>Nombre</td><td>${escaped(typed.name)}</td></tr><tr><td>Domicilio fiscal</td><td>${escaped(typed.postalCode)}</td></tr><tr><td>Régimen</td><td>${escaped(typed.regime)}</td></tr><tr><td>Uso</td><td>${escaped(typed.use)}</td></tr><tr><th colspan="2">Concepto</th></tr><tr><td>${description}</td><td>$${commas(sale.cents)}</td></tr><tr><td>Total</td><td><b>$${commas(sale.cents)}</b></td></tr></table>
<form action="/NotaVenta/Emitir" method="post" data-val-form="true"><input name="__RequestVerificationToken" type="hidden" value="${token}" /><a href="/NotaVenta/Receptor" class="btn btn-outline-secondary">Modificar</a> <input type="submit" value="Emitir CFDI" class="btn btn-success" /></form>`
        )
      },
      "POST /NotaVenta/Emitir": async ({ field, session }) => {
        const { sale, typed } = session
        if (sale === undefined || typed === undefined || field("__RequestVerificationToken") !== token)
          return seeOther("/NotaVenta/Facturar")
        await Bun.sleep(3200)
        const wrong = wrongOf(typed)
        if (wrong)
          return receiver(
            sale,
            {
              empty: "Faltan datos.",
              rfc: "El RFC no está inscrito en el SAT.",
              name: "El nombre no es el inscrito en el SAT.",
              postalCode: "El domicilio fiscal no es el inscrito en el SAT.",
              regime: "El régimen no es el inscrito en el SAT.",
              use: "Uso no permitido.",
              email: "Correo incorrecto."
            }[wrong]
          )
        if (isStamped(till, sale)) return note("La nota de venta tiene un CFDI vigente.")
        session.sale = undefined
        session.typed = undefined
        const { uuid } = await stampOf(till, sale, typed)
        return seeOther(`/CFDI/Ver/${uuid}`)
      },
      "GET /CFDI/Obtener": ({ session }) => (session.sale === before ? copy() : seeOther("/NotaVenta/Facturar")),
      "POST /CFDI/Obtener": ({ field, session }) => {
        if (session.sale !== before) return seeOther("/NotaVenta/Facturar")
        return field("Rfc").toUpperCase() === archived.receiverRfc
          ? seeOther(`/CFDI/Ver/${archived.uuid}`)
          : copy("El CFDI fue emitido a otro RFC.")
      },
      "GET /CFDI/*": async ({ url }) => {
        const [, , action, uuid = ""] = url.pathname.split("/")
        const made = till.find(uuid)
        if (made === undefined) return html("<h2>HTTP Error 404.0 - Not Found</h2>", 404)
        if (action === "Xml") return inline(await xmlText(made), "text/xml", `${uuid}.xml`)
        if (action === "Pdf") return inline(await pdfBytes(made), "application/pdf", `${uuid}.pdf`)
        return view(
          "CFDI",
          `<h3>CFDI emitido</h3><dl><dt>Nota de venta</dt><dd>${made.ticket}</dd><dt>Folio fiscal</dt><dd>${uuid}</dd></dl><div class="btn-group"><a class="btn btn-outline-primary" target="_blank" href="/CFDI/Pdf/${uuid}">Representación impresa</a><a class="btn btn-outline-primary" target="_blank" href="/CFDI/Xml/${uuid}">Archivo XML</a></div>`
        )
      }
    }
  })
  return { ...running, url: new URL("/NotaVenta/Facturar", running.url) }
}

const ticketOf = (one: Sale, code = one.code) => ({
  "Razón social": (companies[one.company as keyof typeof companies] ?? "").toUpperCase(),
  "Nota de venta": one.ticket,
  Fecha: `${ago(one.days).slashes} 12:20`,
  Vendedor: "07",
  Importe: `$${commas(one.cents)}`,
  "Clave web": code
})

export const portal: TestPortal = {
  id: "zenzontla",
  traps: [
    "four companies of nearly one name in a Chosen select; printed in capitals as the issuer's name",
    "a box called Contrasenia, labelled Código, case-sensitive; printed as Clave web",
    "receiver's boxes are disabled until Buscar has been used on the RFC",
    "a preview first, then Emitir CFDI; files inline in new tabs; a copy of an old CFDI against its RFC"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(good), expected: completed },
    {
      name: "invoiced before, copy against the RFC",
      ticket: ticketOf(before),
      expected: { ...completed, recovered: true }
    },
    { name: "code of another note", ticket: ticketOf(good, "x7Qn2d"), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    const pick = async (id: string, text: string) => {
      await page.locator(`#${id}_chosen:not(.chosen-disabled) .chosen-single`).click()
      await page.locator(`#${id}_chosen .chosen-search-input`).pressSequentially(text)
      await page.locator(`#${id}_chosen .active-result`, { hasText: text }).click()
    }
    await pick("NotaVentaEmpresa", printed(ticket, "Razón social"))
    await page.locator("#NotaVentaFolio").fill(printed(ticket, "Nota de venta"))
    await page.locator("#Contrasenia").fill(printed(ticket, "Clave web"))
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.locator("#Receptor_Rfc").fill(profile.rfc)
    await page.locator("#btnBuscarRfc").click()
    await page.locator("#Receptor_Nombre").fill(profile.fullName)
    await page.locator("#Receptor_DomicilioFiscal").fill(profile.postalCode)
    await pick("Receptor_RegimenFiscal", profile.fiscalRegime)
    await pick("Receptor_UsoCFDI", profile.cfdiUse)
    await page.locator("#Receptor_Correo").fill(profile.email)
    await page.getByRole("button", { name: "Vista previa" }).click()
    await page.getByRole("button", { name: "Emitir CFDI" }).click()
    const [tab] = await Promise.all([page.waitForEvent("popup"), page.getByText("Archivo XML").click()])
    await tab.waitForLoadState()
  }
}
