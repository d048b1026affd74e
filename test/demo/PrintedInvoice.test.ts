import { expect } from "bun:test"
import { Effect } from "effect"
import { decodePDFRawStream, PDFDocument, PDFRawStream } from "pdf-lib"
import { renderPdf } from "../../src/demo/PrintedInvoice.ts"
import { stampCfdi } from "../../src/demo/Stamp.ts"
import * as it from "../lib/effect.ts"

const request = {
  issuer: { rfc: "CCV170512QZ4", name: "CAFETERIAS CENZONTLE DEL VALLE", regime: "601", postalCode: "06700" },
  receiver: { rfc: "EKU9003173C9", name: "ŁÓDŹ 株式会社", postalCode: "42501", regime: "601" },
  sale: { folio: "A-1", total: 34801n, description: "Café", productCode: "90101501" },
  formaPago: "04",
  uso: "G03"
}

/** What the page's streams write; pdf-lib writes each text as the hexadecimal of its WinAnsi bytes. */
const writtenTexts = (document: PDFDocument) =>
  document.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFRawStream ? [decodePDFRawStream(object).decode()] : []))
    .flatMap((stream) => Array.from(new TextDecoder("latin1").decode(stream).matchAll(/<([0-9A-F]+)> Tj/g)))
    .map(([, hex = ""]) => new TextDecoder("latin1").decode(Uint8Array.fromHex(hex)))

it.live("the PDF writes the UUID, the parties and the total as text, and takes names its fonts cannot write", () =>
  Effect.gen(function* () {
    const stamped = yield* stampCfdi(request)
    const pdf = yield* renderPdf(request, stamped)
    const document = yield* Effect.promise(() => PDFDocument.load(pdf))
    expect(document.getTitle()).toBe(`CFDI ${stamped.uuid}`)
    expect(writtenTexts(document)).toEqual(
      expect.arrayContaining([stamped.uuid, "EKU9003173C9", "?ÓD? ????", "$ 348.01 MXN"])
    )
  })
)
