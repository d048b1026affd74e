import type { TestPortal } from "../../lib/Portal.ts"
import { profiles } from "../../lib/Portal.ts"
import {
  ago,
  commas,
  completed,
  download,
  failed,
  html,
  inline,
  isStamped,
  json,
  money,
  oneLine,
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
  readonly token: string
  readonly expired?: true
  readonly old?: "mine"
}
interface Session {
  sale: Sale | undefined
}

const open: Sale = {
  ticket: "OS-31877",
  token: "vX93qa",
  cents: 542880n,
  description: "Llantas y alineación",
  paymentForm: "28"
}
const late: Sale = { ...open, ticket: "OS-30118", token: "Lm20Rt", cents: 89900n, expired: true }
const mine: Sale = { ...open, ticket: "OS-31790", token: "pQ71zz", cents: 174000n, old: "mine" }
const sales = [open, late, mine]
const regimes = [
  ...new Map([...regimesFor("X".repeat(12)), ...regimesFor("X".repeat(13))].map((one) => [one.code, one])).values()
]
const issuer = { rfc: "LSP020514CV6", name: "LLANTAS Y SERVICIO EL PISTON", regime: "601", postalCode: "31000" }

const start = async () => {
  const till = openTill(issuer, "25172504")
  /** What was stamped before the trial; not counted among its stamps. */
  const before = openTill(issuer, "25172504")
  const { company } = profiles
  const old = await stampOf(before, mine, {
    rfc: company.rfc,
    name: company.fullName,
    postalCode: company.postalCode,
    regime: company.fiscalRegime,
    use: company.cfdiUse,
    email: company.email
  })
  const find = (uuid: string) => till.find(uuid) ?? before.find(uuid)
  const no = (mensaje: string, codigo = 1) => json({ codigo, mensaje })
  return shop<Session>({
    till,
    cookie: "piston.sid",
    fresh: () => ({ sale: undefined }),
    routes: {
      "GET /": async () => html(await template(import.meta.dir, "index.html")),
      "GET /cita": () =>
        html("<h2>Agenda tu cita</h2><form>Placas <input> Teléfono <input> <button>Agendar</button></form>"),
      "POST /svc/orden": async ({ field, session }) => {
        await Bun.sleep(400)
        const sale = sales.find(({ ticket }) => ticket === field("os").toUpperCase())
        if (sale === undefined || sale.token !== field("token"))
          return no("La orden de servicio o el token no son correctos.")
        if (!same(field("importe"), sale.cents)) return no("El importe neto no corresponde con la orden.")
        if (sale.expired) return no("La orden está fuera del periodo de facturación (mes de la compra).")
        if (sale.old !== undefined)
          return json({
            codigo: 7,
            os: sale.ticket,
            mensaje: `La orden ${sale.ticket} ya ha sido facturada. ¿Desea recuperar su factura?`
          })
        if (isStamped(till, sale)) return no("La orden ya ha sido facturada.")
        session.sale = sale
        return json({
          codigo: 0,
          os: sale.ticket,
          total: commas(sale.cents),
          regimenes: regimes.map(({ code, name }, i) => [i + 1, `${code}-${name}`]),
          usos: usesFor("X".repeat(12)).map(({ code, name }, i) => [i + 1, `${code}-${name}`])
        })
      },
      "POST /svc/recupera": ({ field }) =>
        field("os") === mine.ticket ? json({ codigo: 0, uuid: old.uuid, rfc: company.rfc }) : no("Sin resultados"),
      "POST /svc/cfdi": async ({ field, session }) => {
        await Bun.sleep(900)
        const { sale } = session
        if (sale === undefined) return no("Sesión terminada")
        const typed = {
          rfc: field("rfc").toUpperCase(),
          name: oneLine(field("razon")),
          postalCode: field("cp"),
          regime: regimes[Number(field("regimen")) - 1]?.code ?? "",
          use: usesFor("X".repeat(12))[Number(field("uso")) - 1]?.code ?? "",
          email: field("correo")
        }
        const wrong = wrongOf(typed)
        if (wrong !== undefined)
          return no(
            wrong === "empty" ? "Capture todos los datos del receptor." : "Datos del receptor no válidos ante el SAT."
          )
        if (isStamped(till, sale)) return no("La orden ya ha sido facturada.")
        const { uuid } = await stampOf(till, sale, typed)
        return json({ codigo: 0, uuid, rfc: typed.rfc })
      },
      "POST /svc/archivo": async ({ field }) => {
        const made = find(field("uuid"))
        return made === undefined
          ? no("Sin archivo")
          : json({
              codigo: 0,
              nombre: `LSP_${field("uuid")}.xml`,
              contenido: Buffer.from(await xmlText(made)).toString("base64")
            })
      },
      "GET /visor/*": async ({ url }) => {
        const made = find((url.pathname.split("/").at(-1) ?? "").replace(".pdf", ""))
        return made === undefined ? seeOther("/") : inline(await pdfBytes(made), "application/pdf", "cfdi.pdf")
      }
    }
  })
}

const paper = (sale: Sale, days: number, over: Record<string, string> = {}) => ({
  "Orden de Servicio": sale.ticket,
  Placas: "EKP-44-12",
  Km: "61,204",
  Fecha: ago(days).slashes,
  Subtotal: commas((sale.cents * 100n) / 116n),
  IVA: commas(sale.cents - (sale.cents * 100n) / 116n),
  Total: commas(sale.cents),
  "Token web": sale.token,
  Pago: money(sale.cents),
  ...over
})

export const says = {
  expired: /fuera del periodo/,
  "another token": /token no son correctos/,
  "invoiced before, the file is offered": /desea recuperar/i
}

export const portal: TestPortal = {
  id: "piston",
  traps: [
    "ids inp-0…; texts beside boxes",
    "the ticket's token in a password box",
    "the PDF opens in a new tab",
    "XML as base64 in JSON, then a blob",
    "an old invoice can be recovered",
    "a veil while it works"
  ],
  profile: "company",
  start,
  cases: [
    { name: "ok", ticket: paper(open, 1), expected: completed },
    { name: "expired", ticket: paper(late, 45), expected: failed("TICKET_EXPIRED") },
    { name: "another token", ticket: paper(open, 1, { "Token web": "vX93qA" }), expected: failed("TICKET_NOT_FOUND") },
    {
      name: "invoiced before, the file is offered",
      ticket: paper(mine, 4),
      expected: { ...completed, recovered: true }
    }
  ],
  script: async (page, ticket, profile) => {
    const box = (index: number) => page.locator(`#inp-${index}`)
    await box(0).fill(printed(ticket, "Orden de Servicio"))
    await box(1).fill(printed(ticket, "Token web"))
    await box(2).fill(printed(ticket, "Total"))
    await page.locator("#go").click()
    await box(3).fill(profile.rfc)
    await box(4).fill(profile.fullName)
    await box(5).fill(profile.postalCode)
    await box(6).selectOption({ index: regimes.findIndex(({ code }) => code === profile.fiscalRegime) + 1 })
    await box(7).selectOption({ index: 3 })
    await box(8).fill(profile.email)
    await page.locator("#go").click()
    await download(page, () => page.locator("#xml").click())
  }
}
