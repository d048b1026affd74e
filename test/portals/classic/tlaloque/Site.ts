import { cfdiUses, fiscalRegimes } from "../../../../src/cfdi/Catalogs.ts"
import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { openShop, page, pdfFile, redirect, type Visit, xmlFile } from "../../lib/ShopServer.ts"
import { receiverOf, refusal } from "../../lib/Taxpayers.ts"
import { isTotal, openTill, type TillSale } from "../../lib/Till.ts"
import { optionTags, viewsIn } from "../../lib/Views.ts"

export interface Sale extends TillSale {
  readonly state: "open" | "expired"
}

const view = viewsIn(import.meta.dir)

const codeBoxes = ["cve1", "cve2", "cve3", "cve4", "cve5"]
const nameBoxes = ["n1", "n2", "n3"]
const textBoxes = [...codeBoxes, ...nameBoxes, "referencia", "rfc_a", "rfc_b", "razon", "cp", "reg", "correo2"]

const regimeTags = (person: "individual" | "moral") =>
  optionTags(
    fiscalRegimes
      .filter((regime) => regime[person])
      .map(({ code, name }, index) => ({ value: `${person[0]}${index}`, text: `${name} (${code})` }))
  )

const regimeCode = (value: string) => {
  const person = value.startsWith("m") ? "moral" : "individual"
  return fiscalRegimes.filter((regime) => regime[person])[Number(value.slice(1))]?.code ?? ""
}

const uses = cfdiUses.map(({ code, name }) => ({ value: code, text: `${name} (${code})` }))

const form = async ({ field }: Visit<object>, error: string) =>
  page(
    await view("page.html", {
      ...Object.fromEntries(textBoxes.map((name) => [name, field(name)])),
      error,
      correo: field("correo") || "correo@ejemplo.com",
      tipo: field("tp"),
      usos: optionTags(uses, field("uso")),
      fisicas: regimeTags("individual"),
      morales: regimeTags("moral")
    })
  )

export const start = (sales: ReadonlyArray<Sale>) => {
  const till = openTill(
    { rfc: "ATG620517SV6", name: "AUTOBUSES TLALOQUE DEL GOLFO", regime: "624", postalCode: "91700" },
    "78111802"
  )

  const answer = async (visit: Visit<object>) => {
    const { field } = visit
    const joined = (names: ReadonlyArray<string>, by: string) => names.map(field).filter(Boolean).join(by).toUpperCase()
    const sale = sales.find(
      ({ cents, ticket }) => ticket === joined(codeBoxes, "-") && isTotal(field("referencia"), cents)
    )
    if (sale === undefined) return form(visit, "No se encontró la referencia. Verifica la clave y el importe.")
    if (sale.state === "expired") return form(visit, "Plazo de facturación vencido para este boleto.")
    if (till.stamps().some(({ ticket }) => ticket === sale.ticket)) {
      return form(visit, "Ticket ya se encuentra facturado.")
    }
    if (field("correo") !== field("correo2")) return form(visit, "Los correos electrónicos no coinciden.")
    const typed = {
      rfc: joined(["rfc_a", "rfc_b"], ""),
      name: field("tp") === "F" ? joined(nameBoxes, " ") : field("razon").toUpperCase(),
      postalCode: field("cp"),
      regime: regimeCode(field("reg")),
      use: field("uso"),
      email: field("correo")
    }
    const refused = refusal(typed)
    if (refused !== undefined) return form(visit, refused)
    const invoice = await till.stamp(sale, { receiver: receiverOf(typed), use: typed.use })
    await Bun.sleep(800)
    return redirect(`/comprobante?u=${invoice.uuid}`)
  }

  return openShop<object>({
    till,
    cookie: "PHPSESSID",
    newSession: () => ({}),
    routes: {
      "GET /": (visit) => form(visit, ""),
      "POST /emitir": answer,
      "GET /comprobante": async ({ field }) => {
        const invoice = till.find(field("u"))
        if (invoice === undefined) return redirect("/")
        const values = { uuid: invoice.uuid, rfc: invoice.receiverRfc, importe: formatMoney(invoice.totalCents) }
        return page(await view("done.html", values))
      },
      "POST /archivo": ({ field }) => {
        const invoice = till.find(field("u"))
        if (invoice === undefined) return redirect("/")
        return field("t") === "xml" ? xmlFile(invoice) : pdfFile(invoice)
      }
    }
  })
}
