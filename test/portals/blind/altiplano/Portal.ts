import {
  ago,
  cfdiUses,
  completed,
  download,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  json,
  money,
  openTill,
  options,
  printed,
  regimesFor,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  typedAs,
  usesFor,
  wrongOf,
  zipFile
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly had?: string
}
const open: Sale = {
  ticket: "7KQ2M9XD41TRB8ZH06WN",
  cents: 24700n,
  description: "Peaje Plaza Santa Rita, autos",
  paymentForm: "01"
}
const had: Sale = { ...open, ticket: "5HJ8P2WC77QLD3VK19RT", cents: 11200n, had: "6E0B7A4C" }
const sales = [open, had]
const words = {
  empty: "Hay campos sin capturar",
  rfc: "RFC con estructura inválida",
  name: "La denominación no es la inscrita ante el SAT",
  postalCode: "El código postal fiscal no es el inscrito ante el SAT",
  regime: "Régimen no vigente para el contribuyente",
  use: "Uso CFDI no permitido",
  email: "Correo inválido"
}
const ticketOf = (sale: Sale, days: number, code = sale.ticket) => ({
  CONCESIONARIA: "AUTOPISTAS DEL ALTIPLANO SA DE CV",
  PLAZA: "SANTA RITA",
  CARRIL: "A03",
  SENTIDO: "NORTE",
  "FECHA Y HORA": `${ago(days).slashes} 07:15:44`,
  CLASE: "A",
  "No. EVENTO": "00481227",
  TARIFA: `$${money(sale.cents)} M.N.`,
  "CODIGO FACTURACION": code,
  PAGO: "EFECTIVO"
})
export const portal: TestPortal = {
  id: "altiplano",
  profile: "company",
  traps: [
    "a code of 20 in five boxes that advance by themselves",
    "fields inert until the type of person is chosen; lists by AJAX",
    "a veil over the page",
    "the stamp is disabled until the terms are ticked",
    "a ZIP"
  ],
  start: () => {
    const till = openTill(
      { rfc: "AAL110930KK7", name: "AUTOPISTAS DEL ALTIPLANO", regime: "601", postalCode: "78000" },
      "95111602"
    )
    return shop<Record<string, never>>({
      till,
      cookie: "adx",
      fresh: () => ({}),
      routes: {
        "GET /": async () => html(await template(import.meta.dir, "page.html")),
        "GET /terminos": () => html("<h3>Términos del servicio</h3><p>Un CFDI por cruce.</p>"),
        "GET /api/listas": ({ field }) => {
          const rfc = field("tp") === "M" ? "EKU9003173C9" : "CACX7605101P8"
          return json({
            regimenes: options(
              regimesFor(rfc).map(({ code, name }) => ({
                value: String(fiscalRegimes.findIndex((r) => r.code === code)),
                text: `${code} ${name}`
              }))
            ),
            usos: options(
              usesFor(rfc).map(({ code, name }) => ({
                value: String(cfdiUses.findIndex((u) => u.code === code)),
                text: `${code} ${name}`
              }))
            )
          })
        },
        "POST /api/cruce": ({ field }) => {
          const sale = sales.find(({ ticket }) => ticket === field("codigo"))
          if (sale === undefined) return json({ error: "Cruce inexistente o código mal capturado (PEA-404)" })
          if (sale.had !== undefined || isStamped(till, sale))
            return json({
              error: `El cruce está amparado por el CFDI ${sale.had ?? "recién emitido"}-****; no es posible emitir otro comprobante.`
            })
          return json({
            plaza: "SANTA RITA",
            carril: "A03",
            fecha: ago(1).slashes,
            clase: "A",
            tarifa: money(sale.cents)
          })
        },
        "POST /api/facturar": async ({ field }) => {
          const sale = sales.find(({ ticket }) => ticket === field("codigo"))
          if (sale === undefined || sale.had !== undefined || isStamped(till, sale))
            return json({ error: "Cruce no disponible" })
          const raw = typedAs(field, {
            rfc: "rfc",
            name: "nombre",
            postalCode: "cp",
            regime: "reg",
            use: "uso",
            email: "mail"
          })
          const typed = {
            ...raw,
            rfc: raw.rfc.toUpperCase(),
            regime: fiscalRegimes[Number(raw.regime)]?.code ?? "",
            use: cfdiUses[Number(raw.use)]?.code ?? ""
          }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return json({ error: words[wrong] })
          await Bun.sleep(1200)
          const { uuid } = await stampOf(till, sale, typed)
          return json({ uuid })
        },
        "GET /api/zip/*": ({ url }) => {
          const made = till.find(url.pathname.split("/").at(-1) ?? "")
          return made === undefined ? html("404", 404) : zipFile(made as Parameters<typeof zipFile>[0])
        }
      }
    })
  },
  cases: [
    { name: "ok", ticket: ticketOf(open, 1), expected: completed },
    {
      name: "misprinted",
      ticket: ticketOf({ ...open, cents: 9800n }, 1, "7KQ2M9XD41TRB8ZH06WM"),
      expected: failed("TICKET_NOT_FOUND")
    },
    { name: "covered", ticket: ticketOf(had, 3), expected: failed("ALREADY_INVOICED") }
  ],
  script: async (page, ticket, profile) => {
    const code = printed(ticket, "CODIGO FACTURACION")
    for (let i = 0; i < 5; i++)
      await page
        .locator(".cod input")
        .nth(i)
        .fill(code.slice(i * 4, i * 4 + 4))
    await page.locator("#b1").click()
    await page.locator("#b2").click()
    await page.locator(`[name=tp][value=${profile.rfc.length === 12 ? "M" : "F"}]`).check()
    await page.locator("#a:enabled").fill(profile.rfc)
    await page.locator("#b").fill(profile.fullName)
    await page.locator("#c").fill(profile.postalCode)
    const text = async (s: string, code: string) =>
      (await page
        .locator(`${s} option`, { hasText: `${code} ` })
        .first()
        .getAttribute("value")) ?? ""
    await page.locator("#d").selectOption(await text("#d", profile.fiscalRegime))
    await page.locator("#f").selectOption(await text("#f", profile.cfdiUse))
    await page.locator("#h").fill(profile.email)
    await page.locator("#tyc").check()
    await page.locator("#b3").click()
    await download(page, () => page.locator("#zip").click())
  }
}
export const says = { misprinted: /Cruce inexistente/, covered: /amparado por el CFDI/ }
