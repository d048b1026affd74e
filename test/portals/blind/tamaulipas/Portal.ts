import { join } from "node:path"
import {
  ago,
  attachment,
  cfdiUses,
  clientBundle,
  completed,
  download,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  json,
  money,
  openTill,
  pdfBytes,
  printed,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  template,
  typedAs,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly days: number
  readonly rejected?: true
}
const open: Sale = { ticket: "40418", days: 3, cents: 18700n, description: "Café y alimentos", paymentForm: "04" }
const rejected: Sale = { ...open, ticket: "40377", days: 4, cents: 9450n, rejected: true }
const sales = [open, rejected]
const stores = [
  "Reforma 222",
  "Polanco - Masaryk",
  "Condesa Amsterdam",
  "Condesa Tamaulipas",
  "Roma Norte",
  "Santa Fe",
  "Satélite",
  "San Ángel",
  "Coyoacán Centro",
  "Del Valle",
  "Insurgentes Sur",
  "Aeropuerto T1",
  "Aeropuerto T2"
].map((name, i) => ({ code: `MX${110 + i * 7}`, name }))
const words = {
  empty: "Please fill out every field.",
  rfc: "That RFC doesn't look right.",
  name: "Legal name does not match SAT records.",
  postalCode: "ZIP code does not match SAT records.",
  regime: "Régimen does not match SAT records.",
  use: "CFDI usage not allowed.",
  email: "That email doesn't look right."
}
const ticketOf = (sale: Sale, chk = sale.ticket) => ({
  "Cafetal & Co.": "Condesa Tamaulipas",
  CHK: chk,
  Server: "Fer",
  Date: ago(sale.days).words,
  Time: "09:14",
  Subtotal: money((sale.cents * 100n) / 116n),
  "IVA 16%": money(sale.cents - (sale.cents * 100n) / 116n),
  Total: money(sale.cents),
  Propina: "20.00",
  "VISA ****8120": money(sale.cents + 2000n),
  Order: "XOCH"
})
const regimes = fiscalRegimes
  .filter(({ individual }) => individual)
  .map(({ code, name }) => ({ code, name: `${code} · ${name}` }))
const uses = cfdiUses
  .filter(({ code }) => !["CP01", "CN01"].includes(code))
  .map(({ code, name }) => ({ code, name: `${code} · ${name}` }))
export const portal: TestPortal = {
  id: "tamaulipas",
  profile: "person",
  traps: [
    "real MUI: autocomplete of stores with twins, a date picker of sections, selects",
    "English and Spanish mixed",
    "tip not in the amount, and the card's line has it",
    "a dialog before the stamp",
    "rewards box stays off",
    "cookie bar over the foot"
  ],
  start: async () => {
    const bundle = await clientBundle(join(import.meta.dir, "client.jsx"))
    const till = openTill(
      { rfc: "CCO160229WW7", name: "CAFETAL Y COMPAÑIA", regime: "601", postalCode: "06140" },
      "90101700"
    )
    const find = (field: (n: string) => string) =>
      sales.find(
        (s) =>
          field("store") === stores[3]?.code &&
          s.ticket === field("check") &&
          ago(s.days).iso === field("day") &&
          field("paid").replace(/^\$/, "") === money(s.cents)
      )
    return shop<Record<string, never>>({
      till,
      cookie: "cc",
      fresh: () => ({}),
      routes: {
        "GET /": async () => html(await template(import.meta.dir, "page.html")),
        "GET /assets/index-5f3a.js": () => bundle(),
        "GET /api/v2/stores": () => json(stores),
        "POST /api/v2/checks/lookup": async ({ field }) => {
          await Bun.sleep(400)
          if (["store", "check", "day", "paid"].some((n) => field(n) === ""))
            return json({ error: "Please fill out every field." })
          const sale = find(field)
          if (sale === undefined)
            return json({
              error:
                "We couldn't match your check. Revisa tu ticket: store, check #, fecha y monto deben ser idénticos."
            })
          if (isStamped(till, sale)) return json({ error: "This check has been invoiced." })
          return json({ regimes, uses })
        },
        "POST /api/v2/invoices": async ({ field, has }) => {
          const sale = find(field)
          if (sale === undefined || isStamped(till, sale) || !has("terms"))
            return json({ error: "Something went wrong." })
          const raw = typedAs(field, {
            rfc: "taxId",
            name: "name",
            postalCode: "zip",
            regime: "regime",
            use: "use",
            email: "email"
          })
          const typed = {
            ...raw,
            rfc: raw.rfc.toUpperCase(),
            regime: raw.regime === "" ? "" : (regimes[Number(raw.regime)]?.code ?? ""),
            use: raw.use === "" ? "" : (uses[Number(raw.use)]?.code ?? "")
          }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return json({ error: words[wrong] })
          if (sale.rejected)
            return json({
              error:
                "Your tax details were turned down by the SAT: la combinación RFC + nombre + C.P. no existe en el padrón. No invoice was issued."
            })
          await Bun.sleep(700)
          const { uuid } = await stampOf(till, sale, typed)
          return json({ id: uuid })
        },
        "GET /api/v2/invoices/*": async ({ url }) => {
          const [, , , , id = "", kind] = url.pathname.split("/")
          const made = till.find(id)
          return made === undefined
            ? html("404", 404)
            : kind === "xml"
              ? attachment(await xmlText(made), "text/xml", `${id}.xml`)
              : attachment(await pdfBytes(made), "application/pdf", `${id}.pdf`)
        }
      }
    })
  },
  cases: [
    { name: "ok", ticket: ticketOf(open), expected: completed },
    { name: "no match", ticket: ticketOf({ ...open, cents: 12300n }, "40481"), expected: failed("TICKET_NOT_FOUND") },
    { name: "turned down", ticket: ticketOf(rejected), expected: failed("DATA_REJECTED") }
  ],
  script: async (page, ticket, profile) => {
    await page.getByRole("button", { name: "Only necessary" }).click()
    await page.getByLabel("Store / Sucursal").click()
    await page.getByRole("option", { name: "Condesa Tamaulipas" }).click()
    await page.getByLabel("Check #").fill(printed(ticket, "CHK"))
    const months = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
    const [d = "", m = "", y = ""] = printed(ticket, "Date").split("-")
    await page.getByRole("spinbutton").first().click()
    await page.keyboard.type(`${d}${String(months.indexOf(m) + 1).padStart(2, "0")}${y}`, { delay: 30 })
    await page.getByLabel("Amount paid").fill(printed(ticket, "Total"))
    await page.getByRole("button", { name: "Find my check" }).click()
    await page.getByLabel("RFC (Tax ID)").fill(profile.rfc)
    await page.getByLabel("Legal name").fill(profile.fullName)
    await page.getByLabel("ZIP code").fill(profile.postalCode)
    await page.getByLabel("Régimen fiscal").click()
    await page.getByRole("option", { name: `${profile.fiscalRegime} ·` }).click()
    await page.getByLabel("CFDI usage").click()
    await page.getByRole("option", { name: `${profile.cfdiUse} ·` }).click()
    await page.getByLabel("Email address").fill(profile.email)
    await page.getByLabel("I agree").check()
    await page.getByRole("button", { name: "Continue" }).click()
    await page.getByRole("button", { name: "Looks good" }).click()
    await download(page, () => page.getByRole("button", { name: "Download XML" }).click())
  }
}
export const says = { "no match": /couldn't match your check/, "turned down": /turned down by the SAT/ }
