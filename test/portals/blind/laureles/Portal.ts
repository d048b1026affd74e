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
  pdfBytes,
  printed,
  regimeOptions,
  seeOther,
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
  readonly room: string
  readonly arrived: number
  readonly left: number
  readonly suspended?: true
}
const open: Sale = {
  ticket: "HL-58214",
  room: "207",
  arrived: 6,
  left: 4,
  cents: 584200n,
  description: "Hospedaje 2 noches",
  paymentForm: "04"
}
const other: Sale = { ...open, ticket: "HL-58190", room: "112", cents: 291000n }
const suspended: Sale = {
  ...open,
  ticket: "HL-58302",
  room: "305",
  arrived: 3,
  left: 1,
  cents: 610050n,
  suspended: true
}
const sales = [open, other, suspended]
const words = {
  empty: "Por favor complete todos los datos",
  rfc: "El Tax ID no es un RFC válido",
  name: "Receptor no localizado con ese nombre fiscal",
  postalCode: "El C.P. fiscal no corresponde",
  regime: "El régimen no corresponde",
  use: "El uso de la factura no corresponde",
  email: "Invalid e-mail"
}
const ticketOf = (sale: Sale, room = sale.room) => ({
  Hotel: "HACIENDA LOS LAURELES",
  "Guest Folio": sale.ticket,
  Huésped: "CASAS CHAVEZ, XOCHILT",
  "Hab.": room,
  Arrival: ago(sale.arrived).words,
  Departure: ago(sale.left).words,
  Noches: "2",
  Confirmación: "9921834",
  "Fecha de impresión": ago(sale.left).slashes,
  "Total MXN": money(sale.cents).replace(/\B(?=(\d{3})+\.)/g, ","),
  Balance: "0.00"
})
export const portal: TestPortal = {
  id: "laureles",
  profile: "person",
  traps: [
    "a promotion over the page whose prominent button leads away",
    "arrival and departure in read-only flatpickr fields",
    "foreigner radio that puts XEXX must stay off",
    "Spanish and English mixed",
    "the stay's confirmation number beside the folio",
    "one form, one click"
  ],
  start: () => {
    const till = openTill(
      { rfc: "HLL070809PQ1", name: "HACIENDA LOS LAURELES OAXACA", regime: "601", postalCode: "68000" },
      "90111501"
    )
    const form = async (field: (n: string) => string, error: string) =>
      html(
        await template(import.meta.dir, "page.html", {
          contenido: await template(import.meta.dir, "form.html", {
            error,
            regs: regimeOptions(undefined, field("reg")),
            usos: useOptions(undefined, field("uso")),
            ...Object.fromEntries(["gf", "rm", "arr", "dep", "taxid", "legal", "zip", "em"].map((n) => [n, field(n)]))
          })
        })
      )
    return shop<Record<string, never>>({
      till,
      cookie: "opera",
      fresh: () => ({}),
      routes: {
        "GET /": async () =>
          html(
            await template(import.meta.dir, "page.html", {
              contenido: `<p>Bienvenido. Gracias por hospedarse con nosotros.</p><ul><li><a href="/einvoice">Factura electrónica / e-Invoice</a></li><li><a href="/historial">Consulta de facturas</a></li><li><a href="/spa">Spa</a></li></ul>`
            })
          ),
        "GET /einvoice": () => form(() => "", ""),
        "GET /historial": async () =>
          html(
            await template(import.meta.dir, "page.html", {
              contenido: "<p>Para consultar facturas anteriores escriba a facturas@loslaureles.example</p>"
            })
          ),
        "GET /reservar": async () =>
          html(
            await template(import.meta.dir, "page.html", {
              contenido: "<h2>Book your stay</h2><p>Llame al 951 555 0100</p>"
            })
          ),
        "POST /einvoice": async ({ field }) => {
          if (["gf", "rm", "arr", "dep"].some((n) => field(n) === ""))
            return form(field, "Por favor complete los datos de su estancia")
          const sale = sales.find(
            (s) =>
              s.ticket === field("gf").toUpperCase() &&
              s.room === field("rm") &&
              ago(s.arrived).slashes === field("arr") &&
              ago(s.left).slashes === field("dep")
          )
          if (sale === undefined)
            return form(field, "No localizamos una estancia con los datos proporcionados. Acérquese a recepción.")
          if (field("nac") !== "MX") return form(field, "Foreign guests: please contact the front desk")
          if (isStamped(till, sale)) return form(field, "La estancia ya fue facturada")
          const raw = typedAs(field, {
            rfc: "taxid",
            name: "legal",
            postalCode: "zip",
            regime: "reg",
            use: "uso",
            email: "em"
          })
          const typed = { ...raw, rfc: raw.rfc.toUpperCase() }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return form(field, words[wrong])
          if (sale.suspended)
            return form(
              field,
              "El SAT reporta su RFC con estatus SUSPENDIDO, no es posible expedir el comprobante a su nombre. Regularice su situación."
            )
          const { uuid } = await stampOf(till, sale, typed)
          return seeOther(`/gracias?u=${uuid}`)
        },
        "GET /gracias": async ({ field }) =>
          html(
            await template(import.meta.dir, "page.html", {
              contenido: `<h2>Gracias por su preferencia</h2><p>Su comprobante ${field("u")} va en camino a su buzón. Si lo prefiere, guárdelo ahora:</p><p><a href="/f/${field("u")}.pdf">Versión impresa</a> | <a href="/f/${field("u")}.xml">Archivo XML</a></p>`
            })
          ),
        "GET /f/*": async ({ url }) => {
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
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "another room", ticket: ticketOf(other, "121"), expected: failed("TICKET_NOT_FOUND") },
    { name: "suspended", ticket: ticketOf(suspended), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    await page.getByRole("link", { name: "Factura electrónica" }).click()
    await page.getByText("✕").click()
    await page.locator("[name=gf]").fill(printed(ticket, "Guest Folio"))
    await page.locator("[name=rm]").fill(printed(ticket, "Hab."))
    const months = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
    const day = async (name: string, label: string) => {
      const [d = "", m = "", y = ""] = printed(ticket, label).split("-")
      const slashes = `${d}/${String(months.indexOf(m) + 1).padStart(2, "0")}/${y}`
      await page
        .locator(`[name=${name}]`)
        .evaluate(
          (el, value) =>
            (el as unknown as { _flatpickr: { setDate: (v: string, t: boolean) => void } })._flatpickr.setDate(
              value,
              true
            ),
          slashes
        )
    }
    await day("arr", "Arrival")
    await day("dep", "Departure")
    await page.locator("[name=taxid]").fill(profile.rfc)
    await page.locator("[name=legal]").fill(profile.fullName)
    await page.locator("[name=zip]").fill(profile.postalCode)
    await page.locator("[name=reg]").selectOption(profile.fiscalRegime)
    await page.locator("[name=uso]").selectOption(profile.cfdiUse)
    await page.locator("[name=em]").fill(profile.email)
    await page.getByRole("button", { name: "Solicitar factura" }).click()
    await download(page, () => page.getByText("Archivo XML").click())
  }
}
export const says = { "another room": /No localizamos una estancia/, suspended: /SUSPENDIDO/ }
