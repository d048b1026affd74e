import {
  ago,
  failed,
  html,
  isStamped,
  json,
  openTill,
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
  wrongOf
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly days: number
}
const open: Sale = {
  ticket: "WX0049112233",
  cents: 24800n,
  days: 2,
  description: "Entradas al cine",
  paymentForm: "01"
}
const late: Sale = { ...open, ticket: "WX0047900125", cents: 16400n, days: 16 }
const sales = [open, late]
const words = {
  empty: "Uno o más campos tienen un error. Por favor revisa e inténtalo de nuevo.",
  rfc: "El RFC tiene un formato incorrecto.",
  name: "Los datos no son los de tu constancia: nombre.",
  postalCode: "Los datos no son los de tu constancia: código postal.",
  regime: "Los datos no son los de tu constancia: régimen.",
  use: "Uso de CFDI no válido.",
  email: "El correo no es válido."
}
const ticketOf = (sale: Sale, ticket = sale.ticket) => ({
  "CINES LA MARQUESINA": "PLAZA LOS PORTALES",
  Película: "EL REGRESO DEL CHARRO NEGRO",
  Sala: "4",
  Función: `${ago(sale.days).words} 19:20`,
  Asientos: "F7, F8",
  Boletos: "2 ADULTO",
  Total: `$ ${sale.cents / 100n}.00`,
  Transacción: ticket,
  "Folio fiscal taquilla": "TQ-2216"
})
export const portal: TestPortal = {
  id: "marquesina",
  profile: "person",
  traps: [
    "the form is in the second tab; a contact form in the first has the same button",
    "field names that lie (RFC is email, e-mail is message)",
    "amount without decimals",
    "native date",
    "a honeypot off the screen",
    "delivery by e-mail; the form resets"
  ],
  start: () => {
    const till = openTill(
      { rfc: "CLM111213CC4", name: "CINES LA MARQUESINA", regime: "601", postalCode: "76000" },
      "90131501"
    )
    const say = (message: string, success = false) => json({ success, data: { message } })
    return shop<Record<string, never>>({
      till,
      cookie: "wordpress_test_cookie",
      fresh: () => ({}),
      routes: {
        "GET /": () => seeOther("/facturacion/"),
        "GET /dulceria": () => seeOther("/facturacion/"),
        "GET /facturacion/": async () =>
          html(await template(import.meta.dir, "page.html", { regs: regimeOptions(), usos: useOptions() })),
        "POST /wp-admin/admin-ajax.php": async ({ field }) => {
          if (field("action") === "mq_contacto") return say("Gracias por tu mensaje. Ha sido enviado.", true)
          const f = (name: string) => field(`form_fields[${name}]`)
          if (f("website") !== "") return say("Hubo un error intentando enviar tu mensaje.")
          if (["field_9c1e", "field_22b0", "field_7a", "field_51"].some((n) => f(n) === "")) return say(words.empty)
          if (!/^\d+$/.test(f("field_51"))) return say("Escribe el monto sin centavos ni signos.")
          const sale = sales.find(
            (s) =>
              s.ticket === f("field_9c1e") &&
              ago(s.days).iso === f("field_22b0") &&
              f("field_7a") === "Plaza Los Portales" &&
              s.cents === BigInt(f("field_51")) * 100n
          )
          if (sale === undefined) return say("No hay función registrada con ese número de transacción, fecha y monto.")
          if (sale === late)
            return say(
              "Las facturas se solicitan a más tardar 5 días después de la función. Tu función ya rebasó ese plazo."
            )
          if (isStamped(till, sale)) return say("Esa transacción se facturó con anterioridad.")
          if (f("acc") === "") return say("Debes aceptar los términos y condiciones antes de enviar tu mensaje.")
          const raw = typedAs(f, {
            rfc: "email",
            name: "name",
            postalCode: "field_cp",
            regime: "field_reg",
            use: "field_uso",
            email: "message"
          })
          const typed = { ...raw, rfc: raw.rfc.toUpperCase() }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return say(words[wrong])
          await stampOf(till, sale, typed)
          return say("¡Luces, cámara, factura! La enviamos al correo que nos diste; si no la ves, busca en spam.", true)
        }
      }
    })
  },
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "email" } },
    {
      name: "no showing",
      ticket: ticketOf({ ...open, cents: 20000n }, "WX0049112323"),
      expected: failed("TICKET_NOT_FOUND")
    },
    { name: "late", ticket: ticketOf(late), expected: failed("TICKET_EXPIRED") }
  ],
  script: async (page, ticket, profile) => {
    await page.getByRole("button", { name: "Rechazar" }).click()
    await page.getByRole("tab", { name: "Facturación" }).click()
    const at = (name: string) => page.locator(`#c2 [name="form_fields[${name}]"]`)
    await at("field_9c1e").fill(printed(ticket, "Transacción"))
    const [d = "", m = "", y = ""] = printed(ticket, "Función").slice(0, 11).split("-")
    const months = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
    await at("field_22b0").fill(`${y}-${String(months.indexOf(m) + 1).padStart(2, "0")}-${d}`)
    await at("field_7a").selectOption("Plaza Los Portales")
    await at("field_51").fill(printed(ticket, "Total").replace(/[$ ]|\.00/g, ""))
    await at("email").fill(profile.rfc)
    await at("name").fill(profile.fullName)
    await at("field_cp").fill(profile.postalCode)
    await at("field_reg").selectOption(profile.fiscalRegime)
    await at("field_uso").selectOption(profile.cfdiUse)
    await at("message").fill(profile.email)
    await at("acc").check()
    await page.locator("#c2 [type=submit]").click()
    await page.getByText("Luces, cámara, factura").waitFor()
  }
}
export const says = { "no showing": /No hay función registrada/, late: /rebasó ese plazo/ }
