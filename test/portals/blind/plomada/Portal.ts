import { zipSync } from "fflate"
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
  oneLine,
  openTill,
  options,
  pdfBytes,
  plain,
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
  readonly branch: string
  readonly days: number
  readonly invoiced?: true
  readonly refused?: true
}
interface Session {
  list: ReadonlyArray<Sale>
}

const open: Sale = {
  ticket: "R-0093381",
  branch: "SUR",
  days: 4,
  cents: 1264000n,
  description: "Materiales para construcción",
  paymentForm: "03"
}
const gone: Sale = { ...open, ticket: "R-0092975", cents: 238050n, days: 7, invoiced: true }
const refused: Sale = { ...open, ticket: "R-0093402", cents: 87400n, days: 3, refused: true }
const sales = [open, gone, refused]
const regimes = [
  ...new Map([...regimesFor("X".repeat(12)), ...regimesFor("X".repeat(13))].map((one) => [one.code, one])).values()
]
const dir = import.meta.dir

const start = () => {
  const till = openTill(
    { rfc: "MPL880415GD2", name: "MATERIALES LA PLOMADA", regime: "601", postalCode: "44100" },
    "30111601"
  )
  const rows = (list: ReadonlyArray<Sale>) =>
    list.map(({ branch, cents, days, ticket }) => ({
      suc: branch,
      rem: ticket,
      fecha: ago(days).slashes,
      cents: Number(cents)
    }))
  const no = (text: string) =>
    new Response(text, { status: 400, headers: { "content-type": "text/plain; charset=utf-8" } })
  return shop<Session>({
    till,
    cookie: "plomada_s",
    fresh: () => ({ list: [] }),
    routes: {
      "GET /": async ({ session }) => {
        session.list = []
        return html(
          await template(dir, "index.html", {
            regs: JSON.stringify(
              regimes.map(({ code, name }, i) => ({ i: 100 + i, t: `${code} ${plain(name).toUpperCase()}` }))
            ),
            usos: options(
              usesFor("X".repeat(12)).map(({ code, name }, i) => ({
                value: String(i + 1),
                text: `${code}.- ${plain(name).toUpperCase()}`
              }))
            )
          })
        )
      },
      "GET /busca": () => html("<h3>BUSCAR MIS FACTURAS</h3>RFC <input> FOLIO <input> <button>BUSCAR</button>"),
      "GET /credito": () =>
        html("<h3>SOLICITUD DE CRÉDITO</h3><form>EMPRESA <input> RFC <input> <button>ENVIAR</button></form>"),
      "GET /promo": () => html("<h3>Tienda en línea</h3>"),
      "POST /ajax/agregar": ({ field, session }) => {
        if (field("suc") === "" || field("rem") === "" || field("imp") === "")
          return no("Indique sucursal, remisión e importe.")
        const sale = sales.find(
          ({ branch, ticket }) => branch === field("suc") && ticket === field("rem").toUpperCase()
        )
        if (sale === undefined) return no("La remisión no existe en la sucursal seleccionada.")
        if (!same(field("imp"), sale.cents)) return no("El importe no corresponde a la remisión.")
        if (sale.invoiced || isStamped(till, sale))
          return no(`La remisión ${sale.ticket} fue facturada previamente (LP-20418).`)
        if (session.list.includes(sale)) return no("La remisión ya está en la lista.")
        session.list = [...session.list, sale]
        return json(rows(session.list))
      },
      "POST /ajax/quitar": ({ field, session }) => {
        session.list = session.list.filter(({ ticket }) => ticket !== field("rem"))
        return json(rows(session.list))
      },
      "POST /ajax/facturar": async ({ field, session }) => {
        await Bun.sleep(800)
        const [sale] = session.list
        if (sale === undefined) return no("No hay tickets en la lista.")
        const typed = {
          rfc: field("rfc").toUpperCase().replaceAll("-", ""),
          name: oneLine(field("nombre")),
          postalCode: field("cp"),
          regime: regimes[Number(field("reg")) - 100]?.code ?? "",
          use: usesFor("X".repeat(12))[Number(field("uso")) - 1]?.code ?? "",
          email: field("correo")
        }
        const wrong = wrongOf(typed)
        if (wrong === "empty") return no("Faltan datos del cliente.")
        if (wrong !== undefined || sale.refused)
          return no(
            `El PAC rechazó el comprobante: CFDI40148 - El campo DomicilioFiscalReceptor del receptor, debe pertenecer al nombre asociado al RFC registrado en el campo Rfc del Receptor.`
          )
        if (isStamped(till, sale)) return no("La remisión fue facturada previamente.")
        const { uuid } = await stampOf(till, sale, typed)
        session.list = []
        return json({ uuid, folio: 20977 })
      },
      "GET /zip/*": async ({ url }) => {
        const uuid = url.pathname.split("/").at(-1) ?? ""
        const made = till.find(uuid)
        if (made === undefined) return seeOther("/")
        const files = zipSync({
          [`LP-20977_${uuid}.xml`]: new TextEncoder().encode(await xmlText(made)),
          "LP-20977.pdf": await pdfBytes(made)
        })
        return attachment(new Uint8Array(files), "application/zip", "LP-20977.zip")
      }
    }
  })
}

const paper = (sale: Sale, over: Record<string, string> = {}) => ({
  Sucursal: "SUR",
  "Remisión No.": sale.ticket,
  Cliente: "MOSTRADOR",
  Fecha: ago(sale.days).slashes,
  Atendió: "J. Robles",
  Importe: `$ ${commas((sale.cents * 100n) / 116n)}`,
  "I.V.A.": `$ ${commas(sale.cents - (sale.cents * 100n) / 116n)}`,
  Total: `$ ${commas(sale.cents)}`,
  Pago: "TRANSFERENCIA",
  ...over
})

export const says = {
  "already invoiced": /facturada previamente/,
  "address refused by the PAC": /CFDI40148/,
  "no such note": /no existe en la sucursal/
}

export const portal: TestPortal = {
  id: "plomada",
  traps: [
    "Agregar ticket fills a table before FACTURAR wakes",
    "IMPORTE asks the total while the ticket's own Importe is before tax",
    "a typeahead régimen that answers mousedown",
    "use values are indexes",
    "an RFC mask that adds hyphens",
    "window.confirm, then SweetAlert",
    "a ZIP"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(open), expected: completed },
    { name: "already invoiced", ticket: paper(gone), expected: failed("ALREADY_INVOICED") },
    { name: "address refused by the PAC", ticket: paper(refused), expected: failed("DATA_REJECTED") },
    { name: "no such note", ticket: paper(open, { "Remisión No.": "R-0093318" }), expected: failed("TICKET_NOT_FOUND") }
  ],
  script: async (page, ticket, profile) => {
    page.on("dialog", (dialog) => void dialog.accept())
    await page.locator("#suc").selectOption(printed(ticket, "Sucursal"))
    await page.locator("#rem").fill(printed(ticket, "Remisión No."))
    await page.locator("#imp").fill(printed(ticket, "Total"))
    await page.locator("#agregar").click()
    await page.locator("#lista", { hasText: printed(ticket, "Remisión No.") }).waitFor()
    await page.locator("#taxid").pressSequentially(profile.rfc)
    await page.locator("#cliente").fill(profile.fullName)
    await page.locator("#zip").fill(profile.postalCode)
    await page.locator("#reg").pressSequentially(profile.fiscalRegime)
    await page.locator("#regl a").first().click()
    await page.locator("#uso").selectOption({ index: 3 })
    await page.locator("#cor").fill(profile.email)
    await page.locator("#facturar").click()
    await page.getByRole("button", { name: "Aceptar" }).click()
    await download(page, () => page.getByText("DESCARGAR ARCHIVOS").click())
  }
}
