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
  same,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  template,
  typedAs,
  useOptions,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly outage?: true
}
const open: Sale = { ticket: "RT77120", cents: 189950n, description: "Ferretería", paymentForm: "03" }
const differs: Sale = { ...open, ticket: "RT77142", cents: 32000n }
const outage: Sale = { ...open, ticket: "RT77155", cents: 91575n, outage: true }
const sales = [open, differs, outage]
const words = {
  empty: "Faltan datos por llenar",
  rfc: "RFC con formato incorrecto",
  name: "Nombre/Razón social no hace match con el SAT",
  postalCode: "Cód. postal no hace match con el SAT",
  regime: "Régimen no hace match con el SAT",
  use: "Uso de factura no aplica",
  email: "Correo-e incorrecto"
}
const ticketOf = (sale: Sale, days: number, cents = sale.cents) => ({
  Ferretería: "EL TORNILLO FELIZ",
  Sucursal: "MERCADO DE ABASTOS",
  Remisión: `RT-${sale.ticket.slice(2)}`,
  Vendedor: "07 LALO",
  Fecha: ago(days).dashes,
  Subtotal: money((cents * 100n) / 116n),
  IVA: money(cents - (cents * 100n) / 116n),
  "Importe neto": `$ ${money(cents).replace(/\B(?=(\d{3})+\.)/g, ",")}`,
  Pago: "TRANSFERENCIA"
})
interface Session {
  sale: Sale | undefined
  rfc: string
  typed: Typed | undefined
}
export const portal: TestPortal = {
  id: "tornillo",
  profile: "company",
  traps: [
    "a wizard of four tabs by XHR",
    "errors in toasts that go after five seconds",
    "series and number in two boxes",
    "the RFC twice",
    "real SweetAlert2: question, spinner, done",
    "files as blobs"
  ],
  start: () => {
    const till = openTill(
      { rfc: "TFE030405RS6", name: "EL TORNILLO FELIZ", regime: "601", postalCode: "44100" },
      "31161500"
    )
    return shop<Session>({
      till,
      cookie: "wz",
      fresh: () => ({ sale: undefined, rfc: "", typed: undefined }),
      routes: {
        "GET /": async () => html(await template(import.meta.dir, "page.html")),
        "POST /w/ticket": ({ field, session }) => {
          if (["suc", "serie", "num", "imp"].some((n) => field(n) === ""))
            return json({ e: "Llena todos los datos del ticket" })
          const sale = sales.find(({ ticket }) => ticket === (field("serie") + field("num")).toUpperCase())
          if (sale === undefined || field("suc") !== "B") return json({ e: "Remisión inexistente en la sucursal" })
          if (!same(field("imp"), sale.cents) || /[$,]/.test(field("imp")))
            return json({ e: "El importe neto no cuadra con la remisión" })
          if (sale.outage)
            return json({
              e: "Por el momento el timbrado está en mantenimiento programado. Vuelve a intentarlo después de las 6:00 hrs."
            })
          if (isStamped(till, sale)) return json({ e: "La remisión tiene CFDI vigente" })
          session.sale = sale
          return json({ t: "Remisión localizada", k: "x1" })
        },
        "POST /w/rfc": ({ field, session }) => {
          const a = field("a").toUpperCase()
          if (a !== field("b").toUpperCase()) return json({ e: "Los RFC no son iguales" })
          if (!/^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/.test(a)) return json({ e: words.rfc })
          session.rfc = a
          return json({ regs: regimeOptions(a), usos: useOptions(a) })
        },
        "POST /w/datos": ({ field, session }) => {
          const typed = {
            ...typedAs(field, { rfc: "rfc", name: "nom", postalCode: "cp", regime: "reg", use: "uso", email: "mail" }),
            rfc: session.rfc
          }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return json({ e: words[wrong] })
          session.typed = typed
          return json({
            res: `<p>${Object.values(typed).map(escaped).join("<br>")}</p><p>Importe: $${money(session.sale?.cents ?? 0n)}</p>`
          })
        },
        "POST /w/emitir": async ({ session }) => {
          const { sale, typed } = session
          if (sale === undefined || typed === undefined || isStamped(till, sale))
            return json({ e: "Tu sesión terminó, empieza de nuevo" })
          await Bun.sleep(900)
          const { uuid } = await stampOf(till, sale, typed)
          return json({ id: uuid, folio: sale.ticket.slice(2) })
        },
        "GET /w/doc": async ({ field }) => {
          const made = till.find(field("id"))
          return made === undefined
            ? html("404", 404)
            : field("t") === "xml"
              ? attachment(await xmlText(made), "text/xml", "f.xml")
              : attachment(await pdfBytes(made), "application/pdf", "f.pdf")
        }
      }
    })
  },
  cases: [
    { name: "ok", ticket: ticketOf(open, 2), expected: completed },
    { name: "total differs", ticket: ticketOf(differs, 2, 32800n), expected: failed("TICKET_NOT_FOUND") },
    { name: "maintenance", ticket: ticketOf(outage, 2), expected: failed("PORTAL_DOWN") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#w1").selectOption({ label: "Mercado de Abastos" })
    const [serie = "", num = ""] = printed(ticket, "Remisión").split("-")
    await page.locator("#w2a").fill(serie)
    await page.locator("#w2b").fill(num)
    await page.locator("#w3").fill(printed(ticket, "Importe neto").replace(/[$, ]/g, ""))
    const next = (i: number) => page.locator(".sig").nth(i).click()
    await next(0)
    await page.locator("#w4").fill(profile.rfc)
    await page.locator("#w5").fill(profile.rfc)
    await next(1)
    await page.locator("#w6").fill(profile.fullName)
    await page.locator("#w7").fill(profile.postalCode)
    await page.locator("#w8").selectOption(profile.fiscalRegime)
    await page.locator("#w9").selectOption(profile.cfdiUse)
    await page.locator("#w10").fill(profile.email)
    await next(2)
    await page.locator("#emitir").click()
    await page.getByRole("button", { name: "Sí, emitir" }).click()
    await page.getByText("Serie F folio").waitFor()
    await page.getByRole("button", { name: "OK" }).click()
    await download(page, () => page.locator("#bx").click())
  }
}
export const says = { "total differs": /no cuadra con la remisión/, maintenance: /mantenimiento programado/ }
