import { usesOf } from "../../lib/Taxpayers.ts"
import {
  ago,
  attachment,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  js,
  json,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  same,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly area: string
  readonly unit: string
  readonly day: string
  readonly state?: "pending" | "refused"
}

const units = [
  "Sanaltia Juriquilla",
  "Sanaltia Centro Sur",
  "Sanaltia Celaya",
  "Sanaltia León Moderno",
  "Sanaltia Irapuato"
]
const sale: Sale = {
  ticket: "2610-7781",
  cents: 189000n,
  description: "Estudios de laboratorio",
  paymentForm: "28",
  area: "Laboratorio",
  unit: "Sanaltia Celaya",
  day: ago(5).iso
}
const pending: Sale = { ...sale, ticket: "2611-0094", cents: 62000n, day: ago(0).iso, state: "pending" }
const refused: Sale = { ...sale, ticket: "2610-7702", cents: 240000n, state: "refused" }
const sales = [sale, pending, refused]

const start = () => {
  const till = openTill(
    { rfc: "SAL130417LX2", name: "SANALTIA DIAGNOSTICO", regime: "601", postalCode: "76230" },
    "85121800"
  )
  const no = (text: string) => json({ error: text })
  return shop<{ sale?: Sale | undefined }>({
    till,
    cookie: "JSESSIONID",
    landing: "/autofactura/",
    fresh: () => ({}),
    routes: {
      "GET /autofactura/": () =>
        html(
          `<!doctype html><html lang="es" theme="lumo"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Sanaltia</title><style>body,#outlet{min-height:100vh;width:100%;margin:0}.v-loading-indicator{position:fixed;top:0;left:0;height:4px;width:50%;background:#0a7;z-index:20000}</style></head><body><div id="outlet"></div><script type="module" src="/autofactura/VAADIN/build/indexhtml-8a1f.js"></script></body></html>`
        ),
      "GET /autofactura/VAADIN/build/indexhtml-8a1f.js": async () =>
        js(await Bun.file(`${import.meta.dir}/client.js`).text()),
      "POST /autofactura/": async ({ field, session }) => {
        if (field("rpc") === "init") return json({ units })
        if (field("rpc") === "rfc")
          return json({
            regimes: regimesFor(field("rfc")).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))
          })
        if (field("rpc") === "regime")
          return json({
            uses: usesOf(field("rfc"), field("regime")).map(({ code, name }) => ({
              value: code,
              label: `${code} · ${name}`
            }))
          })
        if (field("rpc") === "find") {
          session.sale = undefined
          const found = sales.find(
            (one) =>
              one.area === field("area") &&
              one.unit === field("unit") &&
              one.ticket === field("order") &&
              one.day === field("date")
          )
          if (found?.state === "pending")
            return no(
              "La unidad aún no nos transmite el cobro de esta orden. Los cobros se reciben durante la noche; consúltela a partir de mañana."
            )
          if (found === undefined || !same(field("amount"), found.cents))
            return no(
              "Ninguna orden pagada corresponde a los datos capturados. Verifíquelos contra su comprobante de pago."
            )
          if (isStamped(till, found)) return no("La orden ya tiene CFDI.")
          session.sale = found
          return json({ text: `Orden ${found.ticket}, ${found.unit}, $${commas(found.cents)}` })
        }
        const one = session.sale
        if (field("rpc") !== "issue" || one === undefined) return no("Sesión expirada")
        const typed = {
          rfc: field("rfc"),
          name: field("name").toUpperCase(),
          postalCode: field("zip"),
          regime: field("regime"),
          use: field("use"),
          email: field("email")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined || field("email2") !== typed.email) {
          return no(
            {
              empty: "Faltan datos del paciente o empresa.",
              rfc: "RFC no registrado ante el SAT.",
              name: "Nombre distinto al registrado ante el SAT.",
              postalCode: "Código postal distinto al registrado ante el SAT.",
              regime: "Régimen distinto al registrado ante el SAT.",
              use: "Uso no permitido.",
              email: "Correo no válido."
            }[wrong ?? "email"]
          )
        }
        await Bun.sleep(1500)
        if (one.state === "refused")
          return no(
            "Rechazo del SAT (CFDI40158): la clave de régimen fiscal del receptor debe estar asociada a su RFC. No se emitió comprobante; acuda al SAT para verificar sus obligaciones."
          )
        if (isStamped(till, one)) return no("La orden ya tiene CFDI.")
        const made = await stampOf(till, one, typed)
        return json({ uuid: made.uuid, name: made.fileName })
      },
      "GET /autofactura/VAADIN/dynamic/resource/*": async ({ url }) => {
        const [uuid = "", file = ""] = url.pathname.split("/").slice(5)
        const made = till.find(uuid)
        if (made === undefined) return html("404", 404)
        return file.endsWith(".xml")
          ? attachment(await xmlText(made), "application/xml", file)
          : attachment(await pdfBytes(made), "application/pdf", file)
      }
    }
  })
}

const spanish = (iso: string) => iso.split("-").reverse().join("/")
const ticket = (one: Sale, order = one.ticket) => ({
  Unidad: "CELAYA",
  Servicio: "LABORATORIO",
  "No. de orden": order,
  Paciente: "CASAS CHAVEZ XOCHILT",
  Expediente: "0045512",
  "Fecha de pago": spanish(one.day),
  "Entrega de resultados": spanish(ago(-1).iso),
  Estudios: 4,
  Total: `$ ${commas(one.cents)}`,
  "Su pago T. débito": `$ ${commas(one.cents)}`
})

export const portal: TestPortal = {
  id: "sanaltia",
  traps: [
    "Vaadin: fields with inputs slotted into shadow roots, combo boxes and a date picker in overlays at the end of the body, buttons that are no buttons",
    "two dates and two numbers on the ticket; the e-mail twice; régimen by RFC and use by régimen"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticket(sale), expected: completed },
    { name: "not yet transmitted", ticket: ticket(pending), expected: failed("TICKET_NOT_FOUND") },
    { name: "régimen refused by the SAT", ticket: ticket(refused), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    const pick = async (label: string, text: string) => {
      await page.getByRole("combobox", { name: label }).fill(text)
      await page.locator("vaadin-combo-box-item").filter({ hasText: text }).first().click()
    }
    await page.getByRole("radio", { name: "Laboratorio" }).check()
    await pick("Unidad", "Celaya")
    await page.getByRole("textbox", { name: "Orden" }).fill(printed(ticket, "No. de orden"))
    const date = page.getByRole("combobox", { name: "Fecha de pago" })
    await date.fill(printed(ticket, "Fecha de pago"))
    await date.press("Enter")
    await page.getByRole("textbox", { name: "Importe pagado" }).fill(printed(ticket, "Total").replace(/[$, ]/g, ""))
    await page.locator("vaadin-button").filter({ hasText: "Consultar" }).click()
    await page.getByRole("textbox", { name: "RFC" }).fill(profile.rfc)
    await page.getByRole("textbox", { name: "Nombre" }).fill(profile.fullName)
    await page.getByRole("textbox", { name: "Código postal" }).fill(profile.postalCode)
    await pick("Régimen fiscal", profile.fiscalRegime)
    await pick("Uso de CFDI", profile.cfdiUse)
    await page.getByRole("textbox", { name: "Correo", exact: true }).fill(profile.email)
    await page.getByRole("textbox", { name: "Confirme su correo" }).fill(profile.email)
    await page.locator("vaadin-button").filter({ hasText: "Facturar" }).click()
    await page.locator("vaadin-button").filter({ hasText: "Emitir" }).click()
    await download(page, () => page.getByText("Descargar XML").click())
  }
}
