import { HttpServerResponse } from "@effect/platform"
import { cfdiUses, fiscalRegimes, paymentForms } from "../../cfdi/Catalogs.ts"
import { formatMoney } from "../../cfdi/Money.ts"
import { htmlText, withChoices, withLinks, withTexts, withValues } from "../Html.ts"
import type { Stamp } from "../Shop.ts"
import formHtml from "./form.html" with { type: "text" }
import resultHtml from "./result.html" with { type: "text" }
import { branches } from "./Sales.ts"

export const acceptedForms = ["01", "03", "04", "28"]

const coded = (entries: ReadonlyArray<{ readonly code: string; readonly name: string }>) =>
  entries.map(({ code, name }) => ({ value: code, text: `${code} - ${name}` }))

const emptyForm = [
  { name: "sucursal", choices: branches.map((branch) => ({ value: branch, text: branch })) },
  { name: "formaPago", choices: coded(paymentForms.filter((form) => acceptedForms.includes(form.code))) },
  { name: "regimen", choices: coded(fiscalRegimes) },
  { name: "uso", choices: coded(cfdiUses) }
].reduce((html, { choices, name }) => withChoices(html, name, choices), htmlText(formHtml))

export const formPage = (typed: Readonly<Record<string, string>>, error: string) =>
  HttpServerResponse.html(withTexts(withValues(emptyForm, typed), { error }))

export const resultPage = (stamp: Stamp) => {
  const filled = withTexts(htmlText(resultHtml), {
    uuid: stamp.uuid,
    folio: stamp.folio,
    rfc: stamp.receiverRfc,
    total: `$ ${formatMoney(stamp.total)} MXN`
  })
  return HttpServerResponse.html(
    withLinks(filled, { xml: `/factura/${stamp.uuid}/xml`, pdf: `/factura/${stamp.uuid}/pdf` })
  )
}

export const download = (body: string | Uint8Array, name: string, contentType: string) =>
  HttpServerResponse.raw(body, {
    contentType,
    headers: { "content-disposition": `attachment; filename="${name}"` }
  })
