import type { TestPortal } from "../../lib/Portal.ts"
import {
  ago,
  failed,
  html,
  isStamped,
  json,
  money,
  oneLine,
  openTill,
  options,
  printed,
  regimesFor,
  same,
  shop,
  stampOf,
  type TillSale,
  template,
  usesFor,
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly days: number
  readonly expired?: true
}

const open: Sale = { ticket: "A3381", days: 3, cents: 142000n, description: "Consumo", paymentForm: "04" }
const old: Sale = { ...open, ticket: "A3204", days: 19, cents: 88000n, expired: true }
const sales = [open, old]
const regimes = [
  ...new Map([...regimesFor("X".repeat(13)), ...regimesFor("X".repeat(12))].map((one) => [one.code, one])).values()
]
const fields = [
  "text-701",
  "text-702",
  "text-703",
  "menu-11",
  "text-704",
  "your-name",
  "text-705",
  "menu-12",
  "menu-13",
  "your-email"
]

const start = () => {
  const till = openTill(
    { rfc: "MTP190605BB4", name: "MEZCALERIA TRES PIEDRAS", regime: "601", postalCode: "68000" },
    "90101501"
  )
  return shop<object>({
    till,
    cookie: "wp_s",
    fresh: () => ({}),
    routes: {
      "GET /": async () =>
        html(
          await template(import.meta.dir, "index.html", {
            regimenes: options(
              regimes.map(({ code, name }) => ({ value: `${code} ${name}`, text: `${code} ${name}` }))
            ),
            usos: options(
              usesFor("X".repeat(13))
                .filter(({ code }) => /^(G|S)/.test(code))
                .map(({ code, name }) => ({ value: `${code} ${name}`, text: `${code} ${name}` }))
            )
          })
        ),
      "GET /carta": () => html("<h1>Carta</h1>"),
      "GET /reservaciones": () =>
        html(
          "<h1>Reservaciones</h1><form><input placeholder='Nombre'><input placeholder='Personas'><button>Reservar</button></form>"
        ),
      "POST /wp-json/*": async ({ field, has }) => {
        await Bun.sleep(500)
        const invalid = fields
          .filter((name) => field(name) === "")
          .map((name) => ({ field: name, message: "Por favor, rellena este campo." }))
        const no = (message: string, invalid_fields: ReadonlyArray<object> = []) =>
          json({ status: "validation_failed", message, invalid_fields })
        if (invalid.length > 0) return no("Uno o más campos tienen un error. Revisa e inténtalo de nuevo.", invalid)
        if (!has("acceptance-1")) return no("Debes aceptar la política de privacidad.")
        if (!/^\d\d\/\d\d\/\d\d$/.test(field("text-702")))
          return no("Uno o más campos tienen un error. Revisa e inténtalo de nuevo.", [
            { field: "text-702", message: "El formato de la fecha es incorrecto." }
          ])
        const sale = sales.find(
          ({ days, ticket }) => ticket === field("text-701").toUpperCase() && ago(days).short === field("text-702")
        )
        if (sale === undefined || !same(field("text-703"), sale.cents))
          return no("El folio no se encuentra con los datos proporcionados.")
        if (sale.expired) return no("Ticket fuera del plazo permitido de 7 días naturales.")
        if (isStamped(till, sale)) return no("Ya existe una solicitud para este folio.")
        const typed = {
          rfc: field("text-704").toUpperCase(),
          name: oneLine(field("your-name")),
          postalCode: field("text-705"),
          regime: field("menu-12").slice(0, 3),
          use: field("menu-13").slice(0, 3),
          email: field("your-email")
        }
        if (wrongOf(typed) !== undefined) return no("Los datos fiscales no coinciden con los registrados ante el SAT.")
        await stampOf(till, sale, typed)
        return json({
          status: "mail_sent",
          message:
            "¡Gracias! Recibimos tus datos y tu factura llegará a tu correo en un lapso máximo de 24 horas. Salud."
        })
      }
    }
  })
}

const paper = (sale: Sale, over: Record<string, string> = {}) => ({
  Cuenta: sale.ticket,
  Mesa: "Terraza 6",
  Fecha: `${ago(sale.days).slashes} 23:50`,
  Total: money(sale.cents),
  "Propina sugerida 15%": "213.00",
  "Forma de pago": "Tarjeta de crédito",
  "Le atendió": "Memo",
  ...over
})

export const says = { expired: /fuera del plazo permitido/, "another folio": /no se encuentra con los datos/ }

export const portal: TestPortal = {
  id: "mezcal",
  traps: [
    "e-mail only: a thank-you text, no UUID",
    "an age gate over the page",
    "labels only as placeholders; the names say text-701",
    "a date of dd/mm/aa while the ticket prints dd/mm/aaaa",
    "Enviar sleeps until the privacy box is ticked",
    "a newsletter box"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "expired", ticket: paper(old), expected: failed("TICKET_EXPIRED") },
    { name: "another folio", ticket: paper(open, { Cuenta: "A3318" }), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    const box = (name: string) => page.locator(`[name="${name}"]`)
    const date = printed(ticket, "Fecha").slice(0, 10)
    await page.getByText("Sí, soy mayor").click()
    await box("text-701").fill(printed(ticket, "Cuenta"))
    await box("text-702").fill(date.slice(0, 6) + date.slice(8))
    await box("text-703").fill(printed(ticket, "Total"))
    await box("menu-11").selectOption("Tarjeta de crédito")
    await box("text-704").fill(profile.rfc)
    await box("your-name").fill(profile.fullName)
    await box("text-705").fill(profile.postalCode)
    await box("menu-12").selectOption({ index: regimes.findIndex(({ code }) => code === profile.fiscalRegime) + 1 })
    await box("menu-13").selectOption("G03 Gastos en general.")
    await box("your-email").fill(profile.email)
    await box("acceptance-1").check()
    await page.locator(".wpcf7-submit").click()
    await page.getByText("¡Gracias!").waitFor()
  }
}
