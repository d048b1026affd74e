import type { TestPortal } from "../../lib/Portal.ts"
import {
  ago,
  attachment,
  commas,
  completed,
  download,
  failed,
  html,
  isStamped,
  json,
  money,
  openTill,
  pdfBytes,
  printed,
  regimesFor,
  same,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  template,
  usesFor,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly itu: string
  readonly invoiced?: true
}
interface Session {
  sale: Sale | undefined
  token: string
}

const open: Sale = {
  ticket: "20481",
  itu: "P4QX9T0ZK71M",
  cents: 68400n,
  description: "Consumo de alimentos",
  paymentForm: "04"
}
const gone: Sale = { ...open, ticket: "20310", itu: "B8HU2W5CD96R", cents: 31200n, invoiced: true }
const sales = [open, gone]
const regimes = [
  ...new Map([...regimesFor("X".repeat(12)), ...regimesFor("X".repeat(13))].map((one) => [one.code, one])).values()
]
const dir = import.meta.dir

const start = () => {
  const till = openTill(
    { rfc: "TDP740311K50", name: "TAQUERIA DON PONCIANO", regime: "601", postalCode: "64000" },
    "90101501"
  )
  return shop<Session>({
    till,
    cookie: "sid",
    fresh: () => ({ sale: undefined, token: "" }),
    routes: {
      "GET /": async () => html(await template(dir, "index.html")),
      "POST /api/ticket": async ({ field, session }) => {
        await Bun.sleep(350)
        const sale = sales.find(({ itu }) => itu === field("itu").replaceAll("-", ""))
        if (sale === undefined)
          return json(
            { mensaje: "Uy, no encontramos tu cuenta. Revisa el ITU, distingue mayúsculas y minúsculas." },
            422
          )
        if (!same(field("monto"), sale.cents))
          return json(
            { mensaje: "El total capturado no corresponde a tu cuenta. Recuerda no incluir la propina." },
            422
          )
        if (sale.invoiced || isStamped(till, sale))
          return json({ mensaje: "Esta cuenta ya cuenta con una factura emitida. Si no la recibiste escríbenos." }, 422)
        session.sale = sale
        session.token = crypto.randomUUID()
        return json({
          token: session.token,
          sucursal: "Barrio Antiguo",
          cuenta: sale.ticket,
          total: money(sale.cents),
          regimenes: regimes.map(({ code, name }) => ({ id: code, text: `${code} - ${name}` })),
          usos: usesFor("X".repeat(13)).map(({ code, name }) => ({ id: code, text: `${name} (${code})` }))
        })
      },
      "POST /api/factura": async ({ field, has, session }) => {
        await Bun.sleep(600)
        const { sale } = session
        if (sale === undefined || field("token") !== session.token)
          return json({ mensaje: "Tu sesión expiró, vuelve a validar tu ticket." }, 422)
        if (!has("terminos")) return json({ mensaje: "Acepta los términos y condiciones para continuar." }, 422)
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: field("nombre"),
          postalCode: field("cp"),
          regime: field("regimen"),
          use: field("uso"),
          email: field("correo")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined)
          return json(
            {
              mensaje:
                wrong === "empty"
                  ? "Completa todos los campos."
                  : `Verifica tus datos: ${wrong} no coincide con tu Constancia de Situación Fiscal.`
            },
            422
          )
        if (isStamped(till, sale)) return json({ mensaje: "Esta cuenta ya cuenta con una factura emitida." }, 422)
        const { uuid } = await stampOf(till, sale, typed)
        session.sale = undefined
        return json({ uuid, correo: typed.email })
      },
      "GET /cfdi/*": async ({ url }) => {
        const [, , uuid = "", kind] = url.pathname.split("/")
        const made = till.find(uuid)
        if (made === undefined) return seeOther("/")
        return kind === "xml"
          ? attachment(await xmlText(made), "application/xml", `ponciano-${uuid.slice(0, 8)}.xml`)
          : attachment(await pdfBytes(made), "application/pdf", `ponciano-${uuid.slice(0, 8)}.pdf`)
      }
    }
  })
}

const paper = (sale: Sale, days: number, over: Record<string, string> = {}) => ({
  Cuenta: sale.ticket,
  Mesa: "14",
  Mesero: "Lalo",
  Personas: "3",
  Fecha: `${ago(days).short} 21:17`,
  Subtotal: money((sale.cents * 100n) / 116n),
  IVA: money(sale.cents - (sale.cents * 100n) / 116n),
  TOTAL: `$${commas(sale.cents)}`,
  Propina: "$100.00",
  Tarjeta: `$${commas(sale.cents + 10000n)}`,
  ITU: sale.itu,
  ...over
})

export const says = {
  "already invoiced": /ya cuenta con una factura/,
  "another ITU": /no encontramos tu cuenta/,
  "another total": /no corresponde a tu cuenta/
}

export const portal: TestPortal = {
  id: "ponciano",
  traps: [
    "the form in a Bootstrap modal behind ¡Factúrame!",
    "Select2 régimen and uso inside the modal",
    "an ITU mask that puts hyphens on keyup and wakes the button",
    "tip printed on the ticket",
    "cookie banner, chat bubble, newsletter box and form",
    "a button ¡Factúrame!, a title and a Facturar that stamps at once"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open, 1), expected: completed },
    { name: "already invoiced", ticket: paper(gone, 3), expected: failed("ALREADY_INVOICED") },
    { name: "another ITU", ticket: paper(open, 1, { ITU: "P4QX9T0ZK7IM" }), expected: failed("TICKET_NOT_FOUND") },
    {
      name: "another total",
      ticket: paper(open, 1, { TOTAL: "$648.00", Tarjeta: "$748.00" }),
      expected: failed("TICKET_NOT_FOUND")
    }
  ],
  script: async (page, ticket, profile) => {
    const choose = async (id: string, code: string) => {
      await page.locator(`#${id} + .select2`).click()
      await page.locator(".select2-results__option", { hasText: code }).click()
    }
    await page.getByText("Aceptar todas").click()
    await page.getByText("¡Factúrame!").click()
    await page.waitForFunction(() => document.activeElement?.id === "mFactura")
    await page.locator("#itu").pressSequentially(printed(ticket, "ITU"))
    await page.locator("#monto").pressSequentially(printed(ticket, "TOTAL").replace("$", ""))
    await page.getByRole("button", { name: "Validar" }).click()
    await page.locator("[name=rfc]").fill(profile.rfc)
    await page.locator("[name=nombre]").fill(profile.fullName)
    await page.locator("[name=cp]").fill(profile.postalCode)
    await choose("regimen", profile.fiscalRegime)
    await choose("uso", profile.cfdiUse)
    await page.locator("[name=correo]").fill(profile.email)
    await page.locator("#terminos").check()
    await page.getByRole("button", { name: "Facturar", exact: true }).click()
    await download(page, () => page.locator("#dXml").click())
  }
}
