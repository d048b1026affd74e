import { fits } from "../kit/checks.ts"
import {
  clientBundle,
  commas,
  html,
  isStamped,
  json,
  openTill,
  regimesFor,
  seeOther,
  shop,
  stampOf,
  type TillSale,
  type Typed,
  usesFor,
  type Visit,
  type Wrong,
  wrongOf,
  zipFile
} from "../kit/kit.ts"

export interface Sale extends TillSale {
  readonly branch: string
  /** aaaa-mm-dd */
  readonly date: string
  readonly bar?: string
  readonly pac?: string
}

const issuer = { rfc: "WAF0708157T6", name: "WAFELONIA DESAYUNOS", regime: "601", postalCode: "66260" }

export const branches = [
  { code: "8", name: "8 - Valle Oriente" },
  { code: "15", name: "15 - San Pedro" },
  { code: "18", name: "18 - Cumbres" },
  { code: "27", name: "27 - Galerías Saltillo" },
  { code: "31", name: "31 - Angelópolis" },
  { code: "42", name: "42 - Antea" },
  { code: "44", name: "44 - Andares" },
  { code: "58", name: "58 - Altaria" }
]

const words: Readonly<Record<Wrong, string>> = {
  empty: "Completa tus datos para continuar.",
  rfc: "Revisa tu RFC, no se encuentra en el registro del SAT.",
  name: "Revisa tu nombre o razón social, es diferente en el registro del SAT.",
  postalCode: "Revisa tu código postal, es diferente en el registro del SAT.",
  regime: "Revisa tu régimen fiscal, es diferente en el registro del SAT.",
  use: "Revisa el uso de CFDI.",
  email: "Revisa tu correo electrónico."
}

interface Posted {
  readonly BranchCode?: string
  readonly TicketNumber?: string
  readonly PurchaseDate?: string
  readonly PurchaseAmount?: number
  readonly CustomerData?: Readonly<Record<string, string | number>>
  readonly TaxId?: string
  readonly internalIds?: ReadonlyArray<number>
}

const posted = ({ body }: Visit<object>): Posted => JSON.parse(body)

const ok = (model: unknown) => json({ hasError: false, errorMessage: null, model })

const bad = (errorMessage: string) => json({ hasError: true, errorMessage, model: null })

export const start = async (sales: ReadonlyArray<Sale>) => {
  const till = openTill(issuer, "90101501")
  const bundle = await clientBundle(`${import.meta.dir}/client.ts`)
  const made: Array<string> = []

  const saleOf = ({ BranchCode, PurchaseAmount, PurchaseDate, TicketNumber }: Posted) =>
    sales.find(
      ({ branch, cents, date, ticket }) =>
        branch === BranchCode &&
        ticket === TicketNumber &&
        date === PurchaseDate &&
        BigInt(Math.round((PurchaseAmount ?? 0) * 100)) === cents
    )

  const refusalOf = (order: Posted) => {
    const sale = saleOf(order)
    if (sale === undefined)
      return "No tenemos un consumo con esos datos. Revisa la sucursal, el ticket, el día y el monto."
    if (sale.bar !== undefined) return sale.bar
    return isStamped(till, sale) ? "Este consumo ya tiene una factura." : undefined
  }

  const typedOf = ({ CustomerData = {} }: Posted): Typed => {
    const text = (key: string) => String(CustomerData[key] ?? "").trim()
    const rfc = text("TaxId").toUpperCase()
    return {
      rfc,
      name: text("LegalName").toUpperCase(),
      postalCode: text("PostalCode"),
      regime: regimesFor(rfc)[Number(text("TaxRegime")) - 1]?.code ?? "",
      use: usesFor(rfc)[Number(text("UseCFDI")) - 1]?.code ?? "",
      email: text("Email")
    }
  }

  const receiverRefusal = (order: Posted) => {
    const typed = typedOf(order)
    const wrong = wrongOf(typed)
    if (wrong !== undefined) return words[wrong]
    return fits(typed) ? undefined : "El uso de CFDI no se admite con tu régimen fiscal."
  }

  return shop<object>({
    till,
    cookie: "cdc.session",
    landing: "/facturacion/",
    fresh: () => ({}),
    routes: {
      "GET /": () => seeOther("/facturacion/"),
      "GET /facturacion/": async () => html(await Bun.file(`${import.meta.dir}/page.html`).text()),
      "GET /facturacion/main.js": bundle,
      "GET /Selfservice/GetSelfserviceSetup": () =>
        ok({ issuerTaxId: issuer.rfc, brand: "wafelonia", versionCFDI: "4.0" }),
      "POST /Selfservice/GetBranchListByIssuer": () => ok(branches),
      "POST /Selfservice/ValidateTicketData": async (visit) => {
        await Bun.sleep(900)
        const refused = refusalOf(posted(visit))
        return refused === undefined ? ok(true) : bad(refused)
      },
      "POST /Selfservice/GetTaxCatalogs": async (visit) => {
        await Bun.sleep(300)
        const rfc = posted(visit).TaxId ?? ""
        const list = (rows: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
          rows.map(({ code, name }, index) => ({ key: index + 1, text: `${code} ${name}` }))
        return ok({ regimes: list(regimesFor(rfc)), uses: list(usesFor(rfc)) })
      },
      "POST /Selfservice/GetDetailIssue": async (visit) => {
        await Bun.sleep(500)
        const order = posted(visit)
        const refused = refusalOf(order) ?? receiverRefusal(order)
        const sale = saleOf(order)
        if (refused !== undefined || sale === undefined) return bad(refused ?? "Vuelve a empezar.")
        const { email, name, postalCode, regime, rfc, use } = typedOf(order)
        return ok([
          ["RFC", rfc],
          ["Nombre", name],
          ["Código postal", postalCode],
          ["Régimen", regime],
          ["Uso de CFDI", use],
          ["Correo", email],
          ["Consumo", sale.description],
          ["Total", `$${commas(sale.cents)}`]
        ])
      },
      "POST /Selfservice/TicketIssuance": async (visit) => {
        const order = posted(visit)
        const refused = refusalOf(order) ?? receiverRefusal(order)
        const sale = saleOf(order)
        if (refused !== undefined || sale === undefined) return bad(refused ?? "Vuelve a empezar.")
        await Bun.sleep(1500)
        const invoice = await stampOf(till, sale, typedOf(order))
        made.push(invoice.uuid)
        return ok({ internalId: 90_000 + made.length })
      },
      "POST /Selfservice/GetFile": async (visit) => {
        const invoice = till.find(made[(posted(visit).internalIds?.[0] ?? 0) - 90_001] ?? "")
        if (invoice === undefined) return bad("No hay archivos.")
        const zip = Buffer.from(await zipFile(invoice).arrayBuffer())
        return json({ hasError: false, fileContents: zip.toString("base64"), fileDownloadName: `${invoice.uuid}.zip` })
      }
    }
  })
}
