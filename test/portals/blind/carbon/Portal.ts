import {
  ago,
  cfdiUses,
  clientBundle,
  commas,
  completed,
  download,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  json,
  money,
  oneLine,
  openTill,
  printed,
  shop,
  stampOf,
  svg,
  type TestPortal,
  template,
  wrongOf,
  zipFile
} from "../kit/kit.ts"

interface Sale {
  readonly ticket: string
  readonly branch: string
  readonly cents: bigint
  readonly tip: bigint
  readonly description: string
  readonly paymentForm: string
  readonly days: number
  readonly down?: true
  readonly invoiced?: true
}

const branches = [
  { Code: "DC007", Name: "Plaza Galerías" },
  { Code: "DC012", Name: "Antea Lifestyle" },
  { Code: "DC013", Name: "Antara Polanco" },
  { Code: "DC021", Name: "Angelópolis" },
  { Code: "DC034", Name: "Aeropuerto T2" }
]

const open: Sale = {
  ticket: "20541",
  branch: "DC012",
  cents: 48700n,
  tip: 7305n,
  description: "Consumo",
  paymentForm: "04",
  days: 4
}
const taken: Sale = { ...open, ticket: "20533", cents: 31950n, tip: 3000n, days: 4, invoiced: true }
const down: Sale = { ...open, ticket: "8812", branch: "DC034", cents: 27600n, tip: 0n, days: 2, down: true }
const sales = [open, taken, down]

const ticketOf = (sale: Sale) => ({
  Sucursal: `DON CARBON ${sale.branch === "DC012" ? "ANTEA" : "AEROPUERTO T2"}`,
  Orden: "B-118",
  Ticket: sale.ticket,
  Fecha: ago(sale.days).short,
  Hora: "21:37",
  Consumo: `$${commas(sale.cents)}`,
  Propina: `$${commas(sale.tip)}`,
  "Total con propina": `$${commas(sale.cents + sale.tip)}`
})

const words = {
  empty: "Faltan datos fiscales.",
  rfc: "El RFC no aparece en la lista de contribuyentes obligados.",
  name: "El nombre fiscal no pertenece al RFC.",
  postalCode: "El código postal no pertenece al RFC.",
  regime: "El régimen fiscal no pertenece al RFC.",
  use: "El uso de CFDI no es compatible con el régimen.",
  email: "El correo no es válido."
} as const

const start = async () => {
  const till = openTill(
    { rfc: "DCH160705K31", name: "DON CARBON HAMBURGUESAS", regime: "601", postalCode: "76127" },
    "90101503"
  )
  const bundle = await clientBundle(`${import.meta.dir}/client.ts`)
  const old = await till.archive(taken, {
    receiver: { rfc: "CACX7605101P8", name: "XOCHILT CASAS CHAVEZ", postalCode: "36257", regime: "612" },
    use: "G03"
  })
  const uses = cfdiUses.filter(({ code }) => !code.startsWith("C"))
  const find = (field: (name: string) => string): Sale | { Error: string; Invoiced?: true } => {
    const sale = sales.find(({ ticket, branch }) => ticket === field("TicketNumber") && branch === field("BranchCode"))
    if (sale?.down)
      return {
        Error: `La sucursal ${branches.at(-1)?.Name} está en mantenimiento de su punto de venta y no atiende solicitudes de facturación. Reintente más tarde.`
      }
    if (
      sale === undefined ||
      ago(sale.days).iso !== field("Date") ||
      Number(field("Total")).toFixed(2) !== money(sale.cents)
    )
      return { Error: "No hay un consumo con esos datos en la sucursal elegida." }
    if (sale.invoiced || isStamped(till, sale))
      return { Error: `El ticket ${sale.ticket} tiene un comprobante vigente.`, Invoiced: true }
    return sale
  }
  return shop<object>({
    till,
    cookie: "cdc",
    fresh: () => ({}),
    routes: {
      "GET /": async () => html(await template(import.meta.dir, "page.html")),
      "GET /main.js": bundle,
      "GET /assets/logo.svg": () =>
        svg(
          `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="54"><rect width="160" height="54" rx="8" fill="#ffc107"/><text x="80" y="35" font-size="22" font-family="Arial" font-weight="bold" text-anchor="middle">Don Carbón</text></svg>`
        ),
      "POST /api/Selfservice/GetSelfserviceSetup": async () => {
        await Bun.sleep(600)
        return json({
          Branches: branches,
          Uses: uses.map(({ code, name }, i) => ({ Id: `u${i}`, Text: `${code} ${name}` })),
          Regimes: fiscalRegimes.map(({ code, name }, i) => ({ Id: `r${i}`, Text: `${code} ${name}` }))
        })
      },
      "POST /api/Selfservice/ValidateTicket": async ({ field }) => {
        await Bun.sleep(500)
        const found = find(field)
        return json("Error" in found ? found : { Ok: true })
      },
      "POST /api/Selfservice/RecoverTicket": ({ field }) => {
        const sale = sales.find(
          ({ ticket, branch }) => ticket === field("TicketNumber") && branch === field("BranchCode")
        )
        const made = sale?.invoiced ? old : till.stamps().find(({ ticket }) => ticket === sale?.ticket)
        if (made === undefined || made.receiverRfc !== field("TaxId").toUpperCase())
          return json({ Error: "El comprobante no fue expedido a ese RFC." })
        return json({ Id: made.uuid, Serie: `DC${made.ticket}` })
      },
      "POST /api/Selfservice/TicketIssuance": async ({ field }) => {
        const sale = find(field)
        if ("Error" in sale) return json(sale)
        const typed = {
          rfc: field("TaxId").toUpperCase(),
          name: oneLine(field("LegalName")),
          postalCode: field("ZipCode"),
          regime: fiscalRegimes[Number(field("TaxRegime").slice(1))]?.code ?? "",
          use: uses[Number(field("UseCFDI").slice(1))]?.code ?? "",
          email: field("Email")
        }
        const wrong =
          wrongOf(typed) ??
          (uses.find(({ code }) => code === typed.use)?.fiscalRegimes.includes(typed.regime) ? undefined : "use")
        if (wrong !== undefined) return json({ Error: words[wrong] })
        await Bun.sleep(1500)
        const made = await stampOf(till, sale, typed)
        return json({ Id: made.uuid, Serie: `DC${sale.ticket}` })
      },
      "POST /api/Selfservice/GetFile": ({ field }) => {
        const made = till.find(field("Id"))
        return made ? zipFile(made) : json({ Error: "No disponible" }, 404)
      }
    }
  })
}

export const portal: TestPortal = {
  id: "carbon",
  traps: [
    "mat-stepper",
    "mat-autocomplete that must be picked",
    "mat-datepicker day first, the ticket with two-digit year",
    "total without tip",
    "ZIP from a blob",
    "old invoice given for its RFC"
  ],
  profile: "person",
  start,
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "already invoiced, recovered", ticket: ticketOf(taken), expected: { ...completed, recovered: true } },
    { name: "branch in maintenance", ticket: ticketOf(down), expected: failed("PORTAL_DOWN") }
  ],
  script: async (page, ticket, profile) => {
    const branch = printed(ticket, "Sucursal").replace("DON CARBON ", "")
    await page.getByLabel("Sucursal").fill(branch)
    await page.getByRole("option", { name: new RegExp(branch, "i") }).click()
    await page.locator("[name=TicketNumber]").fill(printed(ticket, "Ticket"))
    const [day, month, year] = printed(ticket, "Fecha").split("/")
    await page.getByLabel("Fecha de consumo").fill(`${day}/${month}/20${year}`)
    await page.getByLabel("Total (sin propina)").fill(printed(ticket, "Consumo").replace(/[$,]/g, ""))
    await page.getByRole("button", { name: "Siguiente" }).first().click()
    if (printed(ticket, "Ticket") === "20533") {
      await page.locator(".alerta input").fill(profile.rfc)
      await download(page, () => page.getByRole("button", { name: "Obtener archivos" }).click())
      return
    }
    await page.locator("[name=TaxId]").fill(profile.rfc)
    await page.locator("[name=LegalName]").fill(profile.fullName)
    await page.locator("[name=ZipCode]").fill(profile.postalCode)
    await page.locator("[name=UseCFDI]").click()
    await page.getByRole("option", { name: profile.cfdiUse }).click()
    await page.locator("[name=TaxRegime]").click()
    await page.getByRole("option", { name: profile.fiscalRegime }).click()
    await page.locator("[name=Email]").fill(profile.email)
    await page.getByRole("button", { name: "Siguiente" }).last().click()
    await page.getByRole("button", { name: "Emitir" }).click()
    await download(page, () => page.getByRole("button", { name: "Descargar archivos" }).click())
  }
}
