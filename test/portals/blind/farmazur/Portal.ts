import {
  ago,
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
  options,
  pdfBytes,
  printed,
  same,
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
  readonly refused?: true
}

const description = "Medicamentos de patente y genéricos"
const branch = "VER114"
const good: Sale = { ticket: "0000582317", days: 2, cents: 104350n, description, paymentForm: "01" }
const late: Sale = { ticket: "0000571940", days: 17, cents: 32700n, description, paymentForm: "01" }
const refused: Sale = { ticket: "0000582290", days: 2, cents: 18925n, description, paymentForm: "28", refused: true }
const sales = [good, late, refused]

const start = async () => {
  const till = openTill(
    { rfc: "FAZ051122RN5", name: "FARMAZUR DEL GOLFO", regime: "601", postalCode: "91700" },
    "51101500"
  )
  const no = (mensaje: string) => json({ ok: false, mensaje })
  return shop<{ sale?: Sale | undefined; id: string }>({
    till,
    cookie: "fsid",
    fresh: () => ({ id: "" }),
    routes: {
      "GET /": async () =>
        html(
          await template(import.meta.dir, "page.html", {
            regimenes: options(fiscalRegimes.map((r) => ({ value: r.code, text: `${r.name} (${r.code})` })))
          })
        ),
      "POST /api/ventas/verificar": async ({ field, session }) => {
        await Bun.sleep(700)
        session.sale = undefined
        if (field("sucursal").toUpperCase() !== branch) return no("La sucursal no existe o no participa en Factura-T.")
        const sale = sales.find(
          (s) => s.ticket.replace(/^0+/, "") === field("venta").replace(/^0+/, "") && same(field("total"), s.cents)
        )
        if (sale === undefined) return no("La venta no existe, compruebe el ticket y el importe.")
        if (sale.days > 5) return no(`El plazo para facturar esta venta concluyó el ${ago(sale.days - 5).slashes}.`)
        if (isStamped(till, sale)) return no("La venta ya tiene comprobante fiscal.")
        session.sale = sale
        session.id = crypto.randomUUID()
        return json({ ok: true, id: session.id })
      },
      "POST /api/catalogos/usos": async ({ field }) => {
        await Bun.sleep(350)
        return json(
          field("regimen") === "" ? [] : usesFor(field("rfc")).map((u) => ({ clave: u.code, descripcion: u.name }))
        )
      },
      "POST /api/facturas": async ({ field, session }) => {
        const { sale } = session
        if (sale === undefined || field("id") !== session.id) return no("Verifique la venta nuevamente.")
        const typed = typedAs((name) => (name === "nombre" ? oneLine(field(name)) : field(name)), {
          rfc: "rfc",
          name: "nombre",
          postalCode: "cp",
          regime: "regimen",
          use: "uso",
          email: "correo"
        })
        await Bun.sleep(2300)
        const wrong = wrongOf({ ...typed, email: typed.email || "sin@correo.mx" })
        if (sale.refused || wrong === "use")
          return no(
            "CFDI40161: la combinación de uso del CFDI y régimen fiscal del receptor no está permitida por el SAT. No se emitió el comprobante."
          )
        if (wrong)
          return no(
            {
              empty: "Faltan datos.",
              rfc: "El RFC no está en la lista del SAT.",
              name: "El nombre no es el que tiene el SAT.",
              postalCode: "El código postal no es el que tiene el SAT.",
              regime: "El régimen fiscal no es el que tiene el SAT.",
              email: "El correo no es correcto."
            }[wrong]
          )
        if (isStamped(till, sale)) return no("La venta ya tiene comprobante fiscal.")
        session.sale = undefined
        const made = await stampOf(till, sale, typed)
        return json({
          ok: true,
          uuid: made.uuid,
          xml: await xmlText(made),
          pdf: Buffer.from(await pdfBytes(made)).toString("base64")
        })
      }
    }
  })
}

const ticketOf = (one: Sale) => ({
  Sucursal: `${branch} BOCA DEL RIO CENTRO`,
  Caja: "01",
  "No. Ticket": one.ticket,
  Fecha: `${ago(one.days).slashes} 17:30`,
  Artículos: "3",
  "Usted ahorró": "$38.00",
  "TOTAL M.N.": `$${commas(one.cents)}`,
  EFECTIVO: `$${commas(((one.cents + 9_999n) / 10_000n) * 10_000n)}`
})

export const portal: TestPortal = {
  id: "farmazur",
  traps: [
    'a notice to close first; "Venta" is an amount, "Ticket" the sale\'s number',
    "amount masked from the right; the shop's key stands before its name on the ticket",
    "receiver's fieldset disabled until the sale is verified; uso by XHR after the régimen, codes at the end of the texts",
    "an optional box that changes the invoice (Desglosar IEPS); files as blob and data links in a modal while the form resets"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(good), expected: completed },
    { name: "later than five days", ticket: ticketOf(late), expected: failed("TICKET_EXPIRED") },
    { name: "uso and régimen refused", ticket: ticketOf(refused), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    // Bootstrap drops a hide that comes while the modal still fades in.
    const notice = page.locator("#modalAviso")
    await notice.waitFor()
    for (let tries = 0; tries < 8 && (await notice.isVisible()); tries++) {
      await page
        .getByRole("button", { name: "De acuerdo" })
        .click({ timeout: 1000 })
        .catch(() => undefined)
      await page.waitForTimeout(400)
    }
    await page.locator("#inputSucursalClave").fill(printed(ticket, "Sucursal").split(" ")[0] ?? "")
    await page.locator("#inputVentaTotal").fill(printed(ticket, "TOTAL M.N."))
    await page.locator("#inputVentaId").fill(printed(ticket, "No. Ticket"))
    await page.locator("#buttonVerificar").click()
    await page.locator("#inputReceptorRFC").fill(profile.rfc)
    await page.locator("#inputReceptorNombre").fill(profile.fullName)
    await page.locator("#inputReceptorCodigoPostal").fill(profile.postalCode)
    await page.locator("#selectReceptorRegimenFiscal").selectOption(profile.fiscalRegime)
    await page.locator(`#selectReceptorUsoCFDI option[value=${profile.cfdiUse}]`).waitFor({ state: "attached" })
    await page.locator("#selectReceptorUsoCFDI").selectOption(profile.cfdiUse)
    await page.locator("#inputReceptorCorreo").fill(profile.email)
    await page.locator("#buttonFacturar").click()
    await download(page, () => page.locator("#aXML").click())
  }
}
