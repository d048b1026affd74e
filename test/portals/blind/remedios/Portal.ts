import {
  ago,
  attachment,
  cfdiUses,
  commas,
  completed,
  download,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  json,
  openTill,
  options,
  pdfBytes,
  printed,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  template,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale {
  readonly ticket: string
  readonly folio: string
  readonly cents: bigint
  readonly tip: bigint
  readonly description: string
  readonly paymentForm: string
  readonly days: number
}

const open: Sale = {
  ticket: "K7RW-20PA",
  folio: "48213",
  cents: 61200n,
  tip: 9180n,
  description: "Consumo de alimentos",
  paymentForm: "04",
  days: 3
}
const closed: Sale = { ...open, ticket: "H3TM-88QX", folio: "45977", cents: 38900n, tip: 5000n, days: 47 }
const sales = [open, closed]

const ticketOf = (sale: Sale, code = sale.ticket) => ({
  Mesa: "14",
  Mesero: "LUPITA",
  Folio: sale.folio,
  Fecha: `${ago(sale.days).slashes} 03:21 p.m.`,
  "Total cuenta": `$${commas(sale.cents)}`,
  Propina: `$${commas(sale.tip)}`,
  "Total pagado": `$${commas(sale.cents + sale.tip)}`,
  Pago: "TARJETA CREDITO",
  "Cód. único facturación": code
})

interface Session {
  sale: Sale | undefined
  rfc: string
  email: string
}

const months = [
  "enero",
  "febrero",
  "marzo",
  "abril",
  "mayo",
  "junio",
  "julio",
  "agosto",
  "septiembre",
  "octubre",
  "noviembre",
  "diciembre"
]

const refusals = {
  empty: "Complete todos los campos.",
  rfc: "Su RFC no está activo en la lista del SAT.",
  name: "El SAT no reconoce el nombre capturado para ese RFC. Captúrelo tal como está en su constancia.",
  postalCode: "El código postal no es el de su domicilio fiscal.",
  regime: "El régimen seleccionado no es el que tiene registrado en el SAT.",
  use: "El uso de CFDI no es válido para su régimen.",
  email: "El correo no tiene un formato válido."
} as const

const usesOf = (regime: string) =>
  cfdiUses.filter((use) => use.fiscalRegimes.includes(regime) && !use.code.startsWith("C"))

const start = () => {
  const till = openTill(
    { rfc: "FDR140822TQ1", name: "FONDA DOÑA REMEDIOS", regime: "601", postalCode: "44100" },
    "90101501"
  )
  const view = async (file: string, values: Record<string, string>) =>
    html((await template(import.meta.dir, "head.html")) + (await template(import.meta.dir, file, values)))
  const first = (message = "", values: Record<string, string> = {}) =>
    view("ticket.html", { message: JSON.stringify(message), ...values })
  return shop<Session>({
    till,
    cookie: "mf_session",
    fresh: () => ({ sale: undefined, rfc: "", email: "" }),
    routes: {
      "GET /": () => seeOther("/remedios"),
      "GET /remedios": () => first(),
      "GET /remedios/Consulta": () =>
        html(
          "<title>Recuperar</title><h3>Recuperar mi factura</h3><p>Solicítela en caja con su RFC y su folio.</p><a href='/remedios'>Regresar</a>"
        ),
      "POST /remedios/Home/ValidaTicket": async ({ field, session }) => {
        const typed = { code: field("CodigoUnicoTicket"), folio: field("FolioTicket"), rfc: field("RFC").toUpperCase() }
        if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(typed.rfc))
          return first("El RFC no tiene la estructura correcta.", typed)
        const sale = sales.find(
          ({ ticket, folio }) => ticket.replace("-", "") === typed.code.replace("-", "") && folio === typed.folio
        )
        if (sale === undefined)
          return first(
            "Los datos de la cuenta son incorrectos: el código único no pertenece al folio capturado.",
            typed
          )
        const date = ago(sale.days)
        if (sale.days > 33)
          return first(
            `El mes de ${months[Number(date.iso.slice(5, 7)) - 1]} ya fue cerrado por el restaurante y sus consumos quedaron en la factura global.`,
            typed
          )
        if (isStamped(till, sale)) return first("Esta cuenta ya cuenta con comprobante fiscal.", typed)
        session.sale = sale
        session.rfc = typed.rfc
        return view("fiscal.html", {
          ticket: sale.ticket,
          folio: sale.folio,
          date: date.slashes,
          total: commas(sale.cents),
          rfc: typed.rfc,
          regimes: options(
            regimesFor(typed.rfc).map(({ code, name }) => ({
              value: String(fiscalRegimes.findIndex((one) => one.code === code) + 40),
              text: `${code} ${name}`
            }))
          )
        })
      },
      "GET /remedios/Home/Usos": ({ field }) => {
        const regime = fiscalRegimes[Number(field("regimen")) - 40]
        return json(
          regime === undefined
            ? []
            : usesOf(regime.code).map(({ code, name }) => ({ Id: code, Texto: `${name} (${code})` }))
        )
      },
      "POST /remedios/Home/Generar": async ({ field, session }) => {
        const { sale, rfc } = session
        if (sale === undefined || sale.ticket !== field("Ticket"))
          return json({ Ok: false, Mensaje: "Su sesión expiró, valide de nuevo su cuenta." })
        if (field("Correo") !== field("Correo2")) return json({ Ok: false, Mensaje: "Los correos no coinciden." })
        const typed = {
          rfc,
          name: field("RazonSocial").toUpperCase(),
          postalCode: field("CP"),
          regime: fiscalRegimes[Number(field("Regimen")) - 40]?.code ?? "",
          use: field("Uso"),
          email: field("Correo")
        }
        const wrong =
          wrongOf(typed) ?? (usesOf(typed.regime).some(({ code }) => code === typed.use) ? undefined : "use")
        if (wrong !== undefined) return json({ Ok: false, Mensaje: refusals[wrong] })
        if (isStamped(till, sale)) return json({ Ok: false, Mensaje: "Esta cuenta ya cuenta con comprobante fiscal." })
        await Bun.sleep(1200)
        const made = await stampOf(till, sale, typed)
        session.email = typed.email
        return json({ Ok: true, Id: made.uuid })
      },
      "GET /remedios/Home/Factura/*": ({ url, session }) => {
        const made = till.find(url.pathname.split("/").at(-1) ?? "")
        return made
          ? view("done.html", { uuid: made.uuid, email: session.email, serie: `FR${made.ticket.slice(0, 4)}` })
          : seeOther("/remedios")
      },
      "GET /remedios/Descarga/*": async ({ url }) => {
        const [uuid = "", kind] = url.pathname.split("/").slice(3)
        const made = till.find(uuid)
        if (made === undefined) return html("404", 404)
        return kind === "xml"
          ? attachment(await xmlText(made), "application/xml", `${made.fileName}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
      }
    }
  })
}

export const portal: TestPortal = {
  id: "remedios",
  traps: [
    "an <a> without href as the button",
    "tip apart from the total",
    "uses by AJAX after régimen",
    "a second e-mail",
    "a dialog before the stamp"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "another code", ticket: ticketOf(open, "K7RW-20PB"), expected: failed("TICKET_NOT_FOUND") },
    { name: "month closed", ticket: ticketOf(closed), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#CodigoUnicoTicket").fill(printed(ticket, "Cód. único facturación"))
    await page.locator("#FolioTicket").fill(printed(ticket, "Folio"))
    await page.locator("#RFC").fill(profile.rfc)
    await page.locator("#btnFacturar").click()
    await page.locator("#RazonSocial").fill(profile.fullName)
    await page.locator("#CP").fill(profile.postalCode)
    const regime = await page.locator("#Regimen option", { hasText: profile.fiscalRegime }).getAttribute("value")
    await page.locator("#Regimen").selectOption(regime)
    await page.locator("#Uso:enabled").selectOption(profile.cfdiUse)
    await page.locator("#Correo").fill(profile.email)
    await page.locator("#Correo2").fill(profile.email)
    await page.locator("#btnGenerar").click()
    await page.getByRole("button", { name: "Sí, facturar" }).click()
    await download(page, () => page.getByText("Descargar XML").click())
  }
}
