import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openShop, page, reply, type Visit } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, viewsIn } from "../../lib/Views.ts"

export interface Sale extends TillSale {
  readonly terminal: string
  readonly state: "open" | "invoiced" | "refusedByPac"
}

const view = viewsIn(import.meta.dir)

const choices = {
  regimenes: optionTags(fiscalRegimes.map(({ code, name }) => ({ value: `rf_${code}`, text: `${code} · ${name}` }))),
  usos: optionTags(cfdiUses.map(({ code, name }) => ({ value: `uc_${code}`, text: `${code} · ${name}` })))
}

const refuse = (error: string) => reply({ error })

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "ETE150630H71", name: "ENTRETENIMIENTO TEQUIO", regime: "601", postalCode: "68000" },
    "90141600"
  )

  const typedBy = ({ field }: Visit<object>) => ({
    rfc: field("taxId").toUpperCase(),
    name: field("legalName").toUpperCase(),
    postalCode: field("zip"),
    regime: field("regime").replace("rf_", ""),
    use: field("use").replace("uc_", ""),
    email: field("phone")
  })

  const find = ({ field }: Visit<object>) =>
    sales.find(
      (sale) =>
        sale.ticket === field("reservationId") && sale.terminal === field("t") && isTotal(field("amount"), sale.cents)
    )

  const problem = (visit: Visit<object>) => {
    const sale = find(visit)
    if (sale === undefined) return "No se encontró orden con la información capturada."
    if (sale.state === "invoiced") return `Folio ${sale.ticket} ya ha sido facturado.`
    return refusal(typedBy(visit))
  }

  return openShop<object>({
    till,
    cookie: "sid",
    newSession: () => ({}),
    routes: {
      "GET /": async () => page(await view("page.html", choices)),
      "POST /api/preview": async (visit) => {
        await Bun.sleep(350)
        const error = problem(visit)
        if (error !== undefined) return refuse(error)
        const typed = typedBy(visit)
        return reply({
          datos: {
            "Folio de venta": visit.field("reservationId"),
            Total: `$ ${formatMoney(find(visit)?.cents ?? 0n)}`,
            "RFC receptor": typed.rfc,
            Nombre: typed.name,
            "Domicilio fiscal": typed.postalCode,
            Régimen: typed.regime,
            Uso: typed.use,
            "Se enviará a": typed.email
          }
        })
      },
      "POST /api/invoice": async (visit) => {
        await Bun.sleep(2000)
        const error = problem(visit)
        if (error !== undefined) return refuse(error)
        const sale = find(visit)
        if (sale === undefined || sale.state === "refusedByPac") {
          return refuse(
            "Por favor verifica que los datos ingresados coinciden con los de tu constancia de situación fiscal."
          )
        }
        const typed = typedBy(visit)
        const invoice = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
        return reply({
          uuid: invoice.uuid,
          name: invoice.fileName,
          xml: Buffer.from(invoice.xml).toString("base64"),
          pdf: Buffer.from(invoice.pdf).toString("base64")
        })
      }
    }
  })
}
