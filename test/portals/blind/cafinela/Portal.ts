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
  regimeOptions,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  useOptions,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly email: string
  readonly state?: "refused"
}

const email = "xochilt@example.com"
const sale: Sale = { ticket: "10482", cents: 118600n, description: "Café tostado en grano", paymentForm: "04", email }
const refused: Sale = { ...sale, ticket: "10311", cents: 59400n, state: "refused" }
const foreign: Sale = { ...sale, ticket: "10428", cents: 91000n, email: "karla.mtz@example.net" }
const sales = [sale, refused, foreign]

const start = () => {
  const till = openTill(
    { rfc: "CCA150520MN8", name: "CAFINELA COFFEE", regime: "601", postalCode: "91000" },
    "50201706"
  )
  const fail = (message: string) => json({ success: false, message })
  return shop<{ order?: Sale | undefined; rfc?: string; client?: Record<string, string> | undefined }>({
    till,
    cookie: "wp_woocommerce_session_8f1",
    landing: "/facturacion/",
    fresh: () => ({}),
    routes: {
      "GET /facturacion/": async () =>
        html(await template(import.meta.dir, "page.html", { regimes: regimeOptions(), uses: useOptions() })),
      "GET /wp-content/plugins/timbrelo-woo/assets/timbrelo.js": async () =>
        js(await Bun.file(`${import.meta.dir}/plugin.js`).text()),
      "POST /wp-admin/admin-ajax.php": async ({ field, session }) => {
        switch (field("action")) {
          case "tw_step_one": {
            const rfc = field("rfc").toUpperCase()
            session.order = undefined
            if (!/^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/.test(rfc)) return fail("El RFC no tiene un formato correcto.")
            const found = sales.find(
              (one) => one.ticket === field("order") && one.email === field("email").toLowerCase()
            )
            if (found === undefined)
              return fail(
                "El pedido no existe o no pertenece al correo que escribiste. El número viene en el asunto del mensaje que te enviamos."
              )
            if (isStamped(till, found)) return fail("El pedido ya cuenta con CFDI.")
            session.order = found
            session.rfc = rfc
            // A client of years ago, from before the move.
            return json({
              success: true,
              client: { nombre: "XOCHILT CASAS CHAVEZ", cp: "06700", regimen: "", correo: email, rfc },
              order: { id: found.ticket, total: commas(found.cents) }
            })
          }
          case "tw_step_two": {
            if (session.order === undefined) return fail("Tu sesión caducó.")
            const client = {
              rfc: session.rfc ?? "",
              name: field("nombre").toUpperCase(),
              postalCode: field("cp"),
              regime: field("regimen"),
              email: field("correo")
            }
            if (Object.values(client).includes("")) return fail("Los campos marcados con * son obligatorios.")
            session.client = client
            return json({ success: true })
          }
          case "tw_step_three": {
            const { client, order } = session
            if (order === undefined || client === undefined) return fail("Tu sesión caducó.")
            const typed = {
              rfc: client["rfc"] ?? "",
              name: client["name"] ?? "",
              postalCode: client["postalCode"] ?? "",
              regime: client["regime"] ?? "",
              email: client["email"] ?? "",
              use: field("uso")
            }
            const wrong = wrongOf(typed)
            await Bun.sleep(1400)
            if (order.state === "refused" || wrong === "name") {
              return fail(
                "No fue posible timbrar: [CFDI40145] El nombre del receptor debe ser el que corresponde a la clave RFC. Corrige tus datos fiscales conforme a tu constancia."
              )
            }
            if (wrong === "postalCode")
              return fail(
                "No fue posible timbrar: [CFDI40147] Código postal del receptor distinto al registrado ante el SAT."
              )
            if (wrong !== undefined) {
              return fail(
                `No fue posible timbrar: ${{ empty: "faltan datos", rfc: "[CFDI40143] RFC no inscrito", regime: "[CFDI40157] régimen fiscal distinto al registrado", use: "[CFDI40161] uso no permitido para el régimen", email: "el correo no es válido" }[wrong]}.`
              )
            }
            if (isStamped(till, order)) return fail("El pedido ya cuenta con CFDI.")
            const { uuid } = await stampOf(till, order, typed)
            return json({ success: true, uuid })
          }
          default:
            return new Response("0", { status: 400 })
        }
      },
      "GET /wp-admin/admin-ajax.php": async ({ field }) => {
        const made = till.find(field("uuid"))
        if (made === undefined || field("action") !== "tw_download") return new Response("0", { status: 400 })
        return field("type") === "xml"
          ? attachment(await xmlText(made), "application/octet-stream", `${made.uuid}.xml`)
          : attachment(await pdfBytes(made), "application/octet-stream", `${made.uuid}.pdf`)
      }
    }
  })
}

const ticket = (one: Sale, order = one.ticket) => ({
  "Pedido n.º": order,
  Fecha: ago(6).slashes,
  Cliente: "Xochilt Casas",
  "Correo del cliente": email,
  "Método de pago": "Tarjeta de crédito (Stripe)",
  Subtotal: `$${commas(one.cents - 9900n)}`,
  Envío: "$99.00",
  Total: `$${commas(one.cents)}`
})

export const portal: TestPortal = {
  id: "cafinela",
  traps: [
    "a WooCommerce plugin's four steps over admin-ajax, in a shop's theme with search, newsletter and cookie bar",
    "an old postal code of the client kept by the shop, its boxes read-only until Editar"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticket(sale), expected: completed },
    { name: "another order", ticket: ticket(sale, "10428"), expected: failed("TICKET_NOT_FOUND") },
    { name: "name refused by the PAC", ticket: ticket(refused), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("#f-rfc").fill(profile.rfc)
    await page.locator("#f-num-order").fill(printed(ticket, "Pedido n.º"))
    await page.locator("#f-email").fill(profile.email)
    await page.locator("#step-one .f-submit").click()
    await page.locator("#f-edit").click()
    await page.locator("#fiscal-nombre").fill(profile.fullName)
    await page.locator("#fiscal-cp").fill(profile.postalCode)
    await page.locator("#fiscal-regimen").selectOption(profile.fiscalRegime)
    await page.locator("#step-two .f-submit").click()
    await page.locator("#f-uso").selectOption(profile.cfdiUse)
    await page.locator("#step-three .f-submit").click()
    await download(page, () => page.locator("#btn-success-xml").click())
  }
}
