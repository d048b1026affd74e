import { Effect } from "effect"
import { PDFDocument } from "pdf-lib"
import type { Found } from "../../../src/agent/invoice/Documents.ts"
import { renderPdf } from "../../../src/demo/PrintedInvoice.ts"
import { stampCfdi } from "../../../src/demo/Stamp.ts"
import { profiles } from "../../portals/lib/Portal.ts"

const { company } = profiles

export const request = {
  issuer: { rfc: "CCV170512QZ4", name: "CAFETERIAS CENZONTLE DEL VALLE", regime: "601", postalCode: "06700" },
  receiver: { ...company, name: company.fullName, regime: company.fiscalRegime },
  sale: { folio: "A-1", total: 34801n, description: "Café", productCode: "90101501" },
  formaPago: "04",
  uso: company.cfdiUse
}

/** The ticket of every invoice that `printed` makes. */
export const ticket = { Folio: "A-1", Total: "348.01" }

export const pdf = (bytes: Uint8Array): Found => ({ kind: "pdf", bytes, filename: "factura.pdf" })

/** A demo shop's invoice to the company: its XML and its PDF. */
export const printed = Effect.gen(function* () {
  const stamped = yield* stampCfdi(request)
  const xml: Found = { kind: "xml", bytes: Buffer.from(stamped.xml), filename: "factura.xml" }
  return { uuid: stamped.uuid, xml, pdf: pdf(yield* renderPdf(request, stamped)) }
})

/** A PDF with a page for each of the texts, compressed as they come from the portals. */
export const pages = (texts: ReadonlyArray<string>) =>
  Effect.promise(async () => {
    const document = await PDFDocument.create()
    for (const text of texts) document.addPage().drawText(text, { x: 20, y: 700, size: 9 })
    return pdf(await document.save())
  })
