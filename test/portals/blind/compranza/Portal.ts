import { join } from "node:path"
import {
  ago,
  clientBundle,
  commas,
  completed,
  failed,
  html,
  inline,
  isStamped,
  json,
  oneLine,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  typedAs,
  usesFor,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly days: number
  readonly closed?: true
  readonly moved?: true
}

const description = "Artículos de papelería"
const good: Sale = { ticket: "OCE-0020417", days: 0, cents: 187240n, description, paymentForm: "03" }
const closed: Sale = { ticket: "OCE-0018833", days: 47, cents: 64900n, description, paymentForm: "01", closed: true }
const moved: Sale = { ticket: "OCE-0020398", days: 1, cents: 245000n, description, paymentForm: "04", moved: true }
const sales = [good, closed, moved]

const start = async () => {
  const till = openTill(
    { rfc: "POC110803H46", name: "PAPELERIA OCELOTE", regime: "601", postalCode: "20230" },
    "44121600"
  )
  const script = await clientBundle(join(import.meta.dir, "client.js"))
  const csrf = crypto.randomUUID().replaceAll("-", "")
  const invalid = (errors: Record<string, string>) =>
    json(
      {
        message: "The given data was invalid.",
        errors: Object.fromEntries(Object.entries(errors).map(([k, v]) => [k, [v]]))
      },
      422
    )
  const running = await shop<{ sale?: Sale | undefined }>({
    till,
    cookie: "compranza_session",
    fresh: () => ({}),
    routes: {
      "GET /": () => seeOther("/facturacion/nueva"),
      "GET /facturacion/nueva": async () => html(await template(import.meta.dir, "page.html", { csrf })),
      "GET /js/app.js": () => script(),
      "POST /facturacion/buscar": async ({ field, session }) => {
        await Bun.sleep(700)
        session.sale = undefined
        if (!/^[A-Z]{3}-\d{7}$/i.test(field("venta")))
          return invalid({ venta: "El formato del campo venta es inválido." })
        if (!/^\$?[\d,]+(\.\d{1,2})?$/.test(field("importe")))
          return invalid({ importe: "El campo importe debe ser un número." })
        const sale = sales.find((s) => s.ticket === field("venta").toUpperCase() && same(field("importe"), s.cents))
        if (sale === undefined)
          return json({ message: "Ninguna venta corresponde al número e importe que escribiste." }, 404)
        if (sale.closed)
          return json(
            {
              message: `La venta es del ${ago(sale.days).slashes}: ese mes ya cerró para facturación y se incluyó en la factura global.`
            },
            403
          )
        if (isStamped(till, sale)) return json({ message: "La venta ya cuenta con factura." }, 409)
        session.sale = sale
        return json({ folio: sale.ticket, fecha: ago(sale.days).slashes, total: `$${commas(sale.cents)}` })
      },
      "GET /facturacion/catalogos": async ({ field }) => {
        await Bun.sleep(450)
        const rfc = field("rfc").toUpperCase()
        if (rfc.length < 12) return json({ regimenes: [], usos: [] })
        return json({
          regimenes: regimesFor(rfc).map((r, i) => ({ id: 40 + i, nombre: `${r.code} - ${r.name}` })),
          usos: usesFor(rfc).map((u, i) => ({ id: 70 + i, nombre: `${u.code} - ${u.name}` }))
        })
      },
      "POST /facturacion/generar": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || field("venta") !== sale.ticket) return json({ message: "CSRF token mismatch." }, 419)
        const rfc = field("rfc").toUpperCase()
        if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/.test(rfc))
          return invalid({ rfc: "El formato del campo rfc es inválido." })
        if (!/^\d{5}$/.test(field("cp"))) return invalid({ cp: "El campo cp debe tener 5 dígitos." })
        if (!/^\S+@\S+\.\w+$/.test(field("correo")))
          return invalid({ correo: "El campo correo debe ser una dirección de correo válida." })
        const regime = regimesFor(rfc)[Number(field("regimen_fiscal")) - 40]?.code ?? ""
        const use = usesFor(rfc)[Number(field("uso_cfdi")) - 70]?.code ?? ""
        const typed = typedAs((name) => ({ rfc, regime, use, nombre: oneLine(field("nombre")) })[name] ?? field(name), {
          rfc: "rfc",
          name: "nombre",
          postalCode: "cp",
          regime: "regime",
          use: "use",
          email: "correo"
        })
        await Bun.sleep(2200)
        const wrong = sale.moved ? "postalCode" : wrongOf(typed)
        if (wrong) {
          return json(
            {
              message:
                wrong === "postalCode"
                  ? "Error al timbrar (CFDI40147): el código postal no es el del domicilio fiscal que el SAT tiene para este RFC."
                  : `Error al timbrar: ${{ empty: "faltan datos", rfc: "RFC no inscrito", name: "el nombre no pertenece al RFC", regime: "el régimen no es del contribuyente", use: "uso de CFDI", email: "correo" }[wrong]}.`
            },
            400
          )
        }
        if (isStamped(till, sale)) return json({ message: "La venta ya cuenta con factura." }, 409)
        const { uuid } = await stampOf(till, sale, typed)
        return json({ success: true, linkPdf: `/storage/cfdi/${uuid}.pdf`, linkXml: `/storage/cfdi/${uuid}.xml` })
      },
      "GET /storage/cfdi/*": async ({ url }) => {
        const [uuid = "", kind] = (url.pathname.split("/")[3] ?? "").split(".")
        const made = till.find(uuid)
        if (made === undefined) return html("<h1>404 | Not Found</h1>", 404)
        return kind === "xml"
          ? inline(await xmlText(made), "application/xml", `${uuid}.xml`)
          : inline(await pdfBytes(made), "application/pdf", `${uuid}.pdf`)
      }
    }
  })
  return { ...running, url: new URL("/facturacion/nueva", running.url) }
}

const ticketOf = (one: Sale) => ({
  Tienda: "Papelería Ocelote",
  Venta: one.ticket,
  Cajero: "Rocío",
  Fecha: `${ago(one.days).iso} 18:07:44`,
  Piezas: "9",
  Total: commas(one.cents),
  Pago: one.paymentForm === "03" ? "TRANSFERENCIA" : one.paymentForm === "01" ? "EFECTIVO" : "TARJETA CRÉDITO"
})

export const portal: TestPortal = {
  id: "compranza",
  traps: [
    "one id (inline-full-name) on three boxes, and every label's for points to the first",
    "Vue: buttons disabled by a computed value, régimen and uso by XHR after the RFC's change, values are internal ids",
    "window.confirm before the stamp; Laravel's 422 below the field",
    "linkPdf and linkXml open inline in new tabs"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(good), expected: completed },
    { name: "month closed", ticket: ticketOf(closed), expected: failed("TICKET_EXPIRED") },
    { name: "postal code refused by the SAT", ticket: ticketOf(moved), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    page.on("dialog", (dialog) => dialog.accept())
    await page.locator("#inline-venta").fill(printed(ticket, "Venta"))
    await page.locator("#inline-importe").fill(printed(ticket, "Total"))
    await page.getByRole("button", { name: "Buscar venta" }).click()
    const boxes = page.locator("#inline-full-name")
    await boxes.nth(0).fill(profile.fullName)
    await boxes.nth(1).fill(profile.rfc)
    await boxes.nth(2).fill(profile.postalCode)
    const pick = async (id: string, code: string) => {
      const option = page.locator(`${id} option`, { hasText: `${code} - ` })
      await option.waitFor({ state: "attached" })
      await page.locator(id).selectOption((await option.getAttribute("value")) ?? "")
    }
    await pick("#regimen_fiscal", profile.fiscalRegime)
    await pick("#uso_cfdi", profile.cfdiUse)
    await page.locator("#inline-email").fill(profile.email)
    await page.getByRole("button", { name: "Facturar" }).click()
    const [tab] = await Promise.all([page.waitForEvent("popup"), page.getByText("Ver XML").click()])
    await tab.waitForLoadState()
  }
}
