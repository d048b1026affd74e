import {
  ago,
  cfdiUses,
  clientBundle,
  commas,
  failed,
  html,
  isStamped,
  json,
  money,
  oneLine,
  openTill,
  printed,
  regimesFor,
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
  readonly invoiced?: true
}

const open: Sale = {
  ticket: "03120400882311260714",
  cents: 234990n,
  description: "Consumibles de impresión",
  paymentForm: "04",
  days: 5
}
const taken: Sale = { ...open, ticket: "03120200415211260339", cents: 58300n, days: 6, invoiced: true }
const sales = [open, taken]

const ticketOf = (sale: Sale, cents = sale.cents) => ({
  "TDA.": "312 PLAZA DEL SOL",
  "CAJA/TRANS": `04/${sale.ticket.slice(6, 10)}`,
  FECHA: ago(sale.days).words,
  HORA: "12:14:51",
  SUBTOTAL: commas((cents * 100n) / 116n),
  "I.V.A.": commas(cents - (cents * 100n) / 116n),
  "TOTAL M.N.": `$${commas(cents)}`,
  "ITU (facturación)": sale.ticket.replace(/(.{4})(?=.)/g, "$1-")
})

const usesOf = (regime: string) =>
  cfdiUses.filter((use) => use.fiscalRegimes.includes(regime) && use.code !== "CP01" && use.code !== "CN01")

const words = {
  empty: "Completa todos los campos del formulario.",
  rfc: "El RFC no existe en el padrón del SAT.",
  name: "Tu nombre debe escribirse igual que en tu Constancia de Situación Fiscal.",
  postalCode: "El código postal no es el de tu domicilio fiscal.",
  regime: "El régimen fiscal no es el que tiene registrado tu RFC.",
  use: "Uso de CFDI no permitido.",
  email: "Correo inválido."
} as const

const find = (field: (name: string) => string): Sale | string => {
  if (field("typeOrder") !== "1") return "No encontramos un pedido con ese número."
  if (!/^\d{20}$/.test(field("itu"))) return "El ITU consta de 20 números."
  if (!/^\d+(\.\d{1,2})?$/.test(field("amount"))) return "Escribe el monto sólo con números y punto decimal."
  const sale = sales.find(({ ticket }) => ticket === field("itu"))
  if (sale === undefined) return "El ITU no corresponde a una compra registrada."
  if (Number(field("amount")).toFixed(2) !== money(sale.cents))
    return "El monto capturado es diferente al total de la compra."
  return sale
}

const start = async () => {
  const till = openTill(
    { rfc: "TPO010517HU3", name: "EL TINTERO PAPELERIA Y OFICINA", regime: "601", postalCode: "45050" },
    "44103103"
  )
  const bundle = await clientBundle(`${import.meta.dir}/client.ts`)
  const usedWords = "Esta compra ya cuenta con una factura emitida, búscala en tu correo."
  return shop<object>({
    till,
    cookie: "sid",
    fresh: () => ({}),
    routes: {
      "GET /": async () => html(await template(import.meta.dir, "page.html")),
      "GET /main.js": bundle,
      "POST /api/validateTicket": async ({ field }) => {
        await Bun.sleep(400)
        const sale = find(field)
        if (typeof sale === "string") return json({ message: sale })
        if (sale.invoiced || isStamped(till, sale)) return json({ message: usedWords })
        return json({ ok: true })
      },
      "POST /api/catalog/regimenes": async ({ field }) => {
        await Bun.sleep(300)
        return json({ list: regimesFor(field("rfc")).map(({ code, name }) => ({ v: code, t: `${code} - ${name}` })) })
      },
      "POST /api/catalog/usos": async ({ field }) => {
        await Bun.sleep(300)
        return json({
          list: usesOf(field("regimenFiscal")).map(({ code, name }) => ({ v: code, t: `${code} - ${name}` }))
        })
      },
      "POST /api/emitInvoice": async ({ field, has }) => {
        const sale = find(field)
        if (typeof sale === "string") return json({ message: sale })
        if (sale.invoiced || isStamped(till, sale)) return json({ message: usedWords })
        if (!has("privacy")) return json({ message: "Acepta el aviso de privacidad." })
        const rfc = field("rfc").toUpperCase()
        const name =
          rfc.length === 12
            ? field("businessName")
            : [field("name"), field("paternalSurname"), field("maternalSurname")].join(" ")
        const typed = {
          rfc,
          name: oneLine(name),
          postalCode: field("zipCode"),
          regime: field("regimenFiscal"),
          use: field("useCfdi"),
          email: field("email")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined) return json({ message: words[wrong] })
        if (rfc.length === 13 && field("paternalSurname") === "") return json({ message: words.empty })
        if (!usesOf(typed.regime).some(({ code }) => code === typed.use)) return json({ message: words.use })
        await Bun.sleep(1800)
        await stampOf(till, sale, typed)
        return json({ folio: `TI-${sale.ticket.slice(6, 12)}` })
      }
    }
  })
}

export const portal: TestPortal = {
  id: "tintero",
  traps: [
    "cards as links on the way to the form",
    "a person's name in three boxes that come after the RFC",
    "two buttons with one text",
    "errors in a snack bar that goes",
    "only by e-mail"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: { status: "COMPLETED", delivery: "email" } },
    { name: "total differs", ticket: ticketOf(open, 234900n), expected: failed("TICKET_NOT_FOUND") },
    { name: "already invoiced", ticket: ticketOf(taken), expected: failed("ALREADY_INVOICED") }
  ],
  script: async (page, ticket, profile) => {
    const [first = "", paternal = "", maternal = ""] = profile.fullName.split(" ")
    await page.getByText("GENERA TU FACTURA", { exact: true }).click()
    await page.getByLabel("Compra en tienda").check()
    await page.locator("[name=itu]").fill(printed(ticket, "ITU (facturación)").replaceAll("-", ""))
    await page.getByLabel("INGRESA EL MONTO").fill(printed(ticket, "TOTAL M.N.").replace(/[$,]/g, ""))
    await page.getByRole("button", { name: "Continuar" }).click()
    await page.locator("[name=rfc]").fill(profile.rfc)
    await Promise.all([page.waitForResponse(/catalog.regimenes/), page.locator("[name=rfc]").blur()])
    await page.locator("[name=name]").fill(first)
    await page.locator("[name=paternalSurname]").fill(paternal)
    await page.locator("[name=maternalSurname]").fill(maternal)
    await page.locator("[name=zipCode]").fill(profile.postalCode)
    await page.locator("[name=regimenFiscal]").click()
    await Promise.all([
      page.waitForResponse(/catalog.usos/),
      page.getByRole("option", { name: profile.fiscalRegime }).click()
    ])
    await page.locator("[name=useCfdi]").click()
    await page.getByRole("option", { name: profile.cfdiUse }).click()
    await page.locator("[name=email]").fill(profile.email)
    await page.getByRole("checkbox").check()
    await page.getByRole("button", { name: "Generar factura" }).click()
    await page.getByRole("dialog").getByRole("button", { name: "Generar factura" }).click()
    await page.getByText("va en camino").waitFor()
  }
}
