import {
  ago,
  captchaCode,
  captchaImage,
  cfdiUses,
  clientBundle,
  commas,
  failed,
  html,
  isStamped,
  json,
  oneLine,
  openTill,
  printed,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  template,
  wrongOf
} from "../kit/kit.ts"

interface Sale {
  readonly ticket: string
  readonly cents: bigint
  readonly description: string
  readonly paymentForm: string
  readonly days: number
}

const open: Sale = {
  ticket: "014700823112614458021",
  cents: 184355n,
  description: "Abarrotes",
  paymentForm: "28",
  days: 2
}
const old: Sale = { ...open, ticket: "014700219092600731544", cents: 92010n, days: 65 }
const sales = [open, old]

const ticketOf = (sale: Sale, code = sale.ticket) => ({
  Suc: "0147 JACARANDA LOMAS",
  Caja: "008",
  Cajero: "RAMIREZ T. KARLA",
  Fecha: ago(sale.days).short,
  Hora: "19:06",
  Artículos: 31,
  "TOTAL A PAGAR": commas(sale.cents),
  "TARJETA DEBITO": commas(sale.cents),
  "Código de barras": `${code.slice(0, 4)} ${code.slice(4, 10)} ${code.slice(10, 16)} ${code.slice(16)}`
})

/** The customers' register: mail and régimen are those given at the service desk. */
const register: Readonly<Record<string, { email: string; shown: string; regime: string }>> = {
  CACX7605101P8: { email: "xochilt@example.com", shown: "xo*****@example.com", regime: "612" },
  EKU9003173C9: { email: "facturas@kemper.example", shown: "fa******@kemper.example", regime: "601" }
}

interface Session {
  rfc: string
  name: string
  postalCode: string
}

const start = async () => {
  const till = openTill(
    { rfc: "AJA7503104R5", name: "ALMACENES LA JACARANDA", regime: "601", postalCode: "11000" },
    "50192100"
  )
  const bundle = await clientBundle(`${import.meta.dir}/client.ts`)
  /** Images used up so far, over all visitors: who comes back finds the one he left. */
  let used = 0
  const code = () => captchaCode("jacaranda", used)
  const base = "/emision-cfdiwebangular"
  const uses = cfdiUses.filter(({ code }) => /^(G0|I0|D0[1-4]|S01)/.test(code))
  return shop<Session>({
    till,
    cookie: "JSESSIONID",
    fresh: () => ({ rfc: "", name: "", postalCode: "" }),
    routes: {
      "GET /": () => seeOther(`${base}/#/jacaranda`),
      [`GET ${base}/`]: async () => html(await template(import.meta.dir, "page.html")),
      [`GET ${base}/main.js`]: bundle,
      [`GET ${base}/api/captcha`]: () => captchaImage(code()),
      [`POST ${base}/api/captcha/nuevo`]: () => {
        used++
        return json({})
      },
      [`POST ${base}/api/cliente`]: ({ field, session }) => {
        const right = field("captcha").toUpperCase() === code()
        if (!right) {
          used++
          return json({ mensaje: "El texto no corresponde con la imagen, intente con la nueva." })
        }
        const rfc = field("clieRfc").toUpperCase()
        const customer = register[rfc]
        if (customer === undefined) {
          used++
          return json({ mensaje: "Cliente no registrado. Acuda al módulo de servicio a clientes para darse de alta." })
        }
        session.rfc = rfc
        return json({
          correo: customer.shown,
          regimen: customer.regime,
          usos: uses.map(({ code, name }, id) => ({ id: id + 1, texto: `${code} ${name}` }))
        })
      },
      [`POST ${base}/api/datos`]: ({ field, session }) => {
        const customer = register[session.rfc]
        if (customer === undefined) return json({ mensaje: "Sesión terminada." })
        const wrong = wrongOf({
          rfc: session.rfc,
          name: field("clieNom"),
          postalCode: field("clieCp"),
          regime: customer.regime,
          use: "G03",
          email: customer.email
        })
        if (wrong !== undefined)
          return json({
            mensaje:
              wrong === "name"
                ? "El nombre no es el que el SAT tiene para el RFC."
                : "El código postal no es el que el SAT tiene para el RFC."
          })
        session.name = oneLine(field("clieNom"))
        session.postalCode = field("clieCp")
        return json({})
      },
      [`POST ${base}/api/emitir`]: async ({ field, session }) => {
        const customer = register[session.rfc]
        if (customer === undefined || session.name === "") return json({ mensaje: "Sesión terminada." })
        if (!/^\d{21}$/.test(field("ticket"))) return json({ mensaje: "El número de ticket debe contener 21 dígitos." })
        const use = uses[Number(field("usoCfdi")) - 1]
        if (use === undefined || field("datos") !== "true" || field("aviso") !== "true")
          return json({ mensaje: "Complete la información." })
        const sale = sales.find(({ ticket }) => ticket === field("ticket"))
        await Bun.sleep(700)
        if (sale === undefined)
          return json({
            mensaje: "El ticket no existe en nuestros registros. Revise que los 21 dígitos estén completos."
          })
        if (sale.days > 31)
          return json({ mensaje: "Su compra corresponde a un mes anterior; el plazo para facturarla terminó." })
        if (isStamped(till, sale)) return json({ mensaje: "La compra ya había sido facturada." })
        await stampOf(till, sale, {
          rfc: session.rfc,
          name: session.name,
          postalCode: session.postalCode,
          regime: customer.regime,
          use: use.code,
          email: customer.email
        })
        return json({ transaccion: `77${sale.ticket.slice(-6)}` })
      }
    }
  })
}

const asked = (then: TestPortal["cases"][number]["expected"]) =>
  ({ status: "ASKED", kind: "captcha", answers: { imagen: captchaCode("jacaranda", 0) }, then }) as const

export const portal: TestPortal = {
  id: "buganvilia",
  traps: [
    "an image captcha on the first page",
    "a dialog at the start",
    "mat-select in an overlay",
    "three boxes, one of them advertising",
    "only to the registered e-mail"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: asked({ status: "COMPLETED", delivery: "email" }) },
    {
      name: "another ticket",
      ticket: ticketOf(open, "014700823112614458012"),
      expected: asked(failed("TICKET_NOT_FOUND"))
    },
    { name: "another month", ticket: ticketOf(old), expected: asked(failed("TICKET_EXPIRED")) }
  ],
  script: async (page, ticket, profile) => {
    await page.getByRole("button", { name: "Enterado" }).click()
    await page.locator("#clieRfc").fill(profile.rfc)
    await page.locator("[name=captchaInput]").fill(captchaCode("jacaranda", 0))
    await page.getByRole("button", { name: "Buscar" }).click()
    await page.locator("[name=clieNom]").fill(profile.fullName)
    await page.locator("[name=clieCp]").fill(profile.postalCode)
    await page.getByRole("button", { name: "Siguiente" }).click()
    await page.locator("#ticket").fill(printed(ticket, "Código de barras").replaceAll(" ", ""))
    await page.locator("#usoCfdi").click()
    await page.getByRole("option", { name: profile.cfdiUse }).click()
    await page.getByLabel("Confirmo que").check()
    await page.getByLabel("He leído").check()
    await page.getByRole("button", { name: "Enviar" }).click()
    await page.getByText("facturada con el número de transacción").waitFor()
  }
}
