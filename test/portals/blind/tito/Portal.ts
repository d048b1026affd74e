import {
  ago,
  cfdiUses,
  commas,
  completed,
  download,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  json,
  oneLine,
  openTill,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  template,
  usesFor,
  wrongOf,
  zipFile
} from "../kit/kit.ts"

interface Sale {
  readonly ticket: string
  readonly cents: bigint
  readonly description: string
  readonly paymentForm: string
  readonly days: number
  readonly cancelled?: true
}

const open: Sale = {
  ticket: "004101231126000487120093",
  cents: 132500n,
  description: "Alimentos preparados",
  paymentForm: "28",
  days: 2
}
const cancelled: Sale = { ...open, ticket: "004101231126000487990017", cents: 25900n, cancelled: true }
const sales = [open, cancelled]

const ticketOf = (sale: Sale, code = sale.ticket) => ({
  Restaurante: "0041 TITO CUMBRES",
  Chk: "4871",
  Fecha: `${ago(sale.days).short} 14:33`,
  "Sub-total": commas((sale.cents * 100n) / 116n),
  "I.V.A.": commas(sale.cents - (sale.cents * 100n) / 116n),
  Total: commas(sale.cents),
  "T. DEBITO": commas(sale.cents),
  "Facture su consumo": code.replace(/(.{4})(?=.)/g, "$1 ")
})

const words = {
  empty: "Capture todos los campos marcados con asterisco.",
  rfc: "El RFC no se encontró en la lista del SAT.",
  name: "El nombre no coincide con el RFC. Captúrelo sin régimen de capital y como está en la constancia.",
  postalCode: "El código postal no coincide con el RFC.",
  regime: "El régimen fiscal no coincide con el RFC.",
  use: "El Uso CFDI no es válido para el régimen fiscal.",
  email: "Correo no válido."
} as const

const start = () => {
  const till = openTill(
    { rfc: "HTI111020LS8", name: "HAMBURGUESERIA DE TITO", regime: "601", postalCode: "64610" },
    "90101503"
  )
  const answer = (d: object) => json({ d })
  const no = (Mensaje: string, Codigo = 1) => ({ Codigo, Mensaje })
  const find = (field: (name: string) => string) => {
    const code = field("ticket").replaceAll(" ", "")
    if (!/^\d{24}$/.test(code)) return no("El ticket debe constar de 24 dígitos.")
    if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/i.test(field("rfc"))) return no("RFC inválido.")
    const sale = sales.find(({ ticket }) => ticket === code)
    if (sale === undefined) return no("Ticket inexistente en el sistema de ventas.", 14)
    if (sale.cancelled)
      return no("La cuenta fue cancelada por el restaurante, no es posible expedir un comprobante por ella.", 18)
    if (!same(field("total"), sale.cents)) return no("El total no corresponde al ticket.", 15)
    if (isStamped(till, sale)) return no("El ticket cuenta con CFDI.", 16)
    return sale
  }
  const client = (field: (name: string) => string) => {
    const typed = {
      rfc: field("rfc").toUpperCase(),
      name: oneLine(field("nombre")),
      postalCode: field("cp"),
      regime: fiscalRegimes[Number(field("regimen")) - 1]?.code ?? "",
      use: field("uso"),
      email: field("correo")
    }
    const wrong =
      wrongOf(typed) ??
      (cfdiUses.find(({ code }) => code === typed.use)?.fiscalRegimes.includes(typed.regime) ? undefined : "use")
    return wrong === undefined ? typed : no(words[wrong])
  }
  return shop<object>({
    till,
    cookie: "ASP.NET_SessionId",
    fresh: () => ({}),
    routes: {
      "GET /": () => seeOther("/ICR4/"),
      "GET /ICR4/": async () => html(await template(import.meta.dir, "page.html")),
      "POST /ICR4/Servicio.asmx/ValidarTicket": async ({ field }) => {
        await Bun.sleep(700)
        const sale = find(field)
        if ("Codigo" in sale) return answer(sale)
        return answer({
          Codigo: 0,
          Regimenes: regimesFor(field("rfc").toUpperCase()).map(({ code, name }) => ({
            Id: fiscalRegimes.findIndex((one) => one.code === code) + 1,
            Nombre: `${code} - ${name}`
          }))
        })
      },
      "GET /ICR4/UsosCFDI.ashx": async ({ field }) => {
        await Bun.sleep(250)
        const term = field("term").toLowerCase()
        return json(
          usesFor(field("rfc").toUpperCase())
            .map(({ code, name }) => ({ id: code, label: `${code} - ${name}`, value: `${code} - ${name}` }))
            .filter(({ label }) => label.toLowerCase().includes(term))
            .slice(0, 8)
        )
      },
      "POST /ICR4/Servicio.asmx/ValidarCliente": ({ field }) => {
        const typed = client(field)
        return answer("Codigo" in typed ? typed : { Codigo: 0 })
      },
      "POST /ICR4/Servicio.asmx/GenerarCFDI": async ({ field }) => {
        const sale = find(field)
        if ("Codigo" in sale) return answer(sale)
        const typed = client(field)
        if ("Codigo" in typed) return answer(typed)
        await Bun.sleep(2500)
        const made = await stampOf(till, sale, typed)
        return answer({ Codigo: 0, Clave: made.uuid, Serie: `HT ${sale.ticket.slice(-6)}` })
      },
      "GET /ICR4/Descarga.ashx": ({ field }) => {
        const made = till.find(field("k"))
        return made ? zipFile(made) : html("Archivo no disponible", 404)
      }
    }
  })
}

export const portal: TestPortal = {
  id: "tito",
  traps: [
    "one button that is Siguiente and then Confirmar",
    "a total that fills from the right",
    "jQuery UI autocomplete that must be picked",
    "a veil while it works",
    "ZIP"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "another code", ticket: ticketOf(open, "004101231126000487120098"), expected: failed("TICKET_NOT_FOUND") },
    { name: "cancelled sale", ticket: ticketOf(cancelled), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    const next = page.locator("#btn_siguiente")
    await page.locator("#txt_ticket").fill(printed(ticket, "Facture su consumo").replaceAll(" ", ""))
    await page.locator("#txt_total").fill(printed(ticket, "Total"))
    await page.locator("#txt_rfccliente").fill(profile.rfc)
    await next.click()
    await page.locator("#txt_cnombre").fill(profile.fullName)
    await page.locator("#txt_ccp").fill(profile.postalCode)
    await page.locator("#txt_cucfdi").pressSequentially(profile.cfdiUse)
    await page.locator(".ui-autocomplete li", { hasText: profile.cfdiUse }).click()
    const regime = await page.locator("#cbo_cregfiscal option", { hasText: profile.fiscalRegime }).getAttribute("value")
    await page.locator("#cbo_cregfiscal").selectOption(regime)
    await page.locator("#txt_ccorreo").fill(profile.email)
    await next.click()
    await page.getByRole("button", { name: "Confirmar" }).click()
    await download(page, () => page.locator("#btn_dxmlpdf").click())
  }
}
