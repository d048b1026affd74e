import {
  ago,
  attachment,
  completed,
  download,
  escaped,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
  pdfBytes,
  printed,
  regimeOptions,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  typedAs,
  useOptions,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly order?: string
  readonly global?: true
  readonly refused?: true
}
const open: Sale = {
  ticket: "0412008733910250884127",
  cents: 234980n,
  description: "Ropa y calzado",
  paymentForm: "04"
}
const global: Sale = { ...open, ticket: "0412008690120250711403", cents: 79900n, global: true }
const online: Sale = { ...open, ticket: "9900000000000000118834", order: "NC-118834", cents: 149900n }
const refused: Sale = { ...open, ticket: "0412008733910250884301", cents: 51290n, refused: true }
const sales = [open, global, online, refused]
const words = {
  empty: "Todos los datos son necesarios.",
  rfc: "RFC no válido.",
  name: "El nombre no es el registrado en el SAT (CFDI40145).",
  postalCode: "El código postal no es el registrado en el SAT (CFDI40147).",
  regime: "El régimen no es el registrado en el SAT (CFDI40157).",
  use: "Ese uso no es compatible.",
  email: "Correo no válido."
}
const grouped = (code: string) => code.replace(/(\d{4})(?=\d)/g, "$1 ")
const ticketOf = (sale: Sale, days: number, code = sale.ticket) => ({
  Tienda: "0412 NOVEDADES DEL CENTRO TOREO",
  Terminal: "087",
  Docto: "3391",
  Vendedor: "55120",
  Fecha: ago(days).slashes,
  Artículos: "3",
  TOTAL: money(sale.cents).replace(/\B(?=(\d{3})+\.)/g, ","),
  "TARJETA NOVEDADES ****4410": money(sale.cents).replace(/\B(?=(\d{3})+\.)/g, ","),
  "(código de barras)": grouped(code),
  Puntos: "234"
})
const onlineTicket = (sale: Sale, days: number) => ({
  "novedadesdelcentro.example": "Confirmación de compra en línea",
  "Número de pedido": sale.order ?? "",
  "Correo de la cuenta": "xochilt@example.com",
  "Fecha del pedido": ago(days).slashes,
  Subtotal: money(sale.cents),
  Envío: "0.00",
  "Total pagado": money(sale.cents)
})
export const portal: TestPortal = {
  id: "novedades",
  profile: "person",
  traps: [
    "radio cards with invisible radios choose between two forms",
    "22 digits printed in groups, 22 as maxlength",
    "placeholder-only labels",
    "two buttons Facturar: the second, in a dialog, stamps",
    "a publicity box stays off",
    "links whose address comes late"
  ],
  start: () => {
    const till = openTill(
      { rfc: "NDC900817LL8", name: "NOVEDADES DEL CENTRO", regime: "601", postalCode: "53000" },
      "53100000"
    )
    const saleOf = (field: (n: string) => string) =>
      sales.find((s) =>
        field("canal") === "T"
          ? s.order === undefined && s.ticket === field("cb")
          : s.order !== undefined && s.order === field("pe").toUpperCase()
      )
    const typedOf = (field: (n: string) => string) =>
      typedAs(field, { rfc: "rf", name: "no", postalCode: "cp", regime: "rg", use: "us", email: "co" })
    const check = (field: (n: string) => string) => {
      const wrong = wrongOf(typedOf(field))
      if (wrong !== undefined) return words[wrong]
      const sale = saleOf(field)
      if (sale === undefined || sale.global || isStamped(till, sale)) return "Compra no disponible."
      if (sale.refused)
        return "El PAC rechazó al receptor: datos inconsistentes con la Constancia de Situación Fiscal vigente. Actualízalos e inténtalo más tarde."
    }
    return shop<Record<string, never>>({
      till,
      cookie: "nc",
      fresh: () => ({}),
      routes: {
        "GET /": async () => html(await template(import.meta.dir, "page.html")),
        "GET /reimprime": () => html("<p>Folio fiscal <input></p>"),
        "GET /ayuda": () => html("<p>800 555 0000</p>"),
        "GET /tarjeta": () => html("<p>Tarjeta Novedades</p>"),
        "POST /api/valida": ({ field }) => {
          if (field("canal") === "T" && !/^\d{22}$/.test(field("cb")))
            return json({ error: "El código de barras debe tener 22 dígitos." })
          if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(field("rf"))) return json({ error: words.rfc })
          const sale = saleOf(field)
          if (
            sale === undefined ||
            (field("canal") === "T"
              ? field("mt") !== money(sale.cents)
              : field("ce").toLowerCase() !== "xochilt@example.com")
          )
            return json({ error: "La compra no está en nuestro sistema. Si es de hoy, espera a que cierre la tienda." })
          if (sale.global)
            return json({
              error: "Tu compra quedó integrada en la factura global del mes anterior y no es posible individualizarla."
            })
          if (isStamped(till, sale)) return json({ error: "Esa compra cuenta con factura." })
          return json({ rg: regimeOptions(field("rf")), us: useOptions(field("rf")) })
        },
        "POST /api/revisa": ({ field }) => {
          const error = check(field)
          return json(
            error !== undefined
              ? { error }
              : {
                  html: `<ul>${Object.values(typedOf(field))
                    .map((v) => `<li>${escaped(v)}</li>`)
                    .join("")}<li>Total $${money(saleOf(field)?.cents ?? 0n)}</li></ul>`
                }
          )
        },
        "POST /api/factura": async ({ field }) => {
          const error = check(field),
            sale = saleOf(field)
          if (error !== undefined || sale === undefined) return json({ error })
          const { uuid } = await stampOf(till, sale, typedOf(field))
          return json({ id: uuid })
        },
        "GET /api/doc/*": async ({ url }) => {
          const [id = "", kind] = (url.pathname.split("/").at(-1) ?? "").split(".")
          const made = till.find(id)
          return made === undefined
            ? html("404", 404)
            : kind === "xml"
              ? attachment(await xmlText(made), "text/xml", `${id}.xml`)
              : attachment(await pdfBytes(made), "application/pdf", `${id}.pdf`)
        }
      }
    })
  },
  cases: [
    { name: "ok", ticket: ticketOf(open, 5), expected: completed },
    { name: "global", ticket: ticketOf(global, 41), expected: failed("TICKET_EXPIRED") },
    { name: "refused by the PAC", ticket: ticketOf(refused, 4), expected: failed("DATA_REJECTED") },
    { name: "online", ticket: onlineTicket(online, 3), expected: completed }
  ],
  script: async (page, ticket, profile) => {
    const isOnline = ticket["Número de pedido"] !== undefined
    await page.getByText(isOnline ? "Compra en línea" : "Ticket de tienda").click()
    if (isOnline) {
      await page.locator("#pe").fill(printed(ticket, "Número de pedido"))
      await page.locator("#ce").fill(printed(ticket, "Correo de la cuenta"))
    } else {
      await page.locator("#cb").fill(printed(ticket, "(código de barras)").replace(/ /g, ""))
      await page.locator("#mt").fill(printed(ticket, "TOTAL").replace(",", ""))
    }
    await page.locator("#rf").fill(profile.rfc)
    await page.locator("#val").click()
    await page.locator("#no").fill(profile.fullName)
    await page.locator("#cp").fill(profile.postalCode)
    await page.locator("#rg").selectOption(profile.fiscalRegime)
    await page.locator("#us").selectOption(profile.cfdiUse)
    await page.locator("#co").fill(profile.email)
    await page.locator("#fac").click()
    await page.locator("#si2").click()
    await download(page, () => page.locator("#lx").click())
  }
}
export const says = { global: /factura global del mes anterior/, "refused by the PAC": /El PAC rechazó al receptor/ }
