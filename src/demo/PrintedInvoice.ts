import { Effect } from "effect"
import { PDFDocument, type PDFFont, rgb, StandardFonts } from "pdf-lib"
import { formatMoney } from "../cfdi/Money.ts"
import { type StampedCfdi, type StampRequest, splitIva } from "./Stamp.ts"

const ink = rgb(0.13, 0.13, 0.16)
const pale = rgb(0.45, 0.45, 0.5)

/** The standard fonts hold only WinAnsi, and pdf-lib throws at any other character. */
const encodable = (font: PDFFont) => {
  const known = new Set(font.getCharacterSet())
  return (text: string) => Array.from(text, (char) => (known.has(char.codePointAt(0) ?? 0) ? char : "?")).join("")
}

const rows = (request: StampRequest, stamped: StampedCfdi): ReadonlyArray<readonly [label: string, value: string]> => {
  const { iva, subtotal } = splitIva(request.sale.total)
  return [
    ["Folio fiscal (UUID)", stamped.uuid],
    ["Serie y folio", `W ${request.sale.folio}`],
    ["Fecha de emisión", stamped.issuedAt],
    ["Emisor", `${request.issuer.name} · RFC ${request.issuer.rfc} · Régimen ${request.issuer.regime}`],
    ["Lugar de expedición", request.issuer.postalCode],
    ["Receptor", request.receiver.name],
    ["RFC del receptor", request.receiver.rfc],
    ["Domicilio fiscal", `C.P. ${request.receiver.postalCode} · Régimen ${request.receiver.regime}`],
    ["Uso del CFDI", request.uso],
    ["Forma y método de pago", `${request.formaPago} · PUE`],
    ["Concepto", `1 × ${request.sale.description} (${request.sale.productCode})`],
    ["Subtotal", `$ ${formatMoney(subtotal)}`],
    ["IVA 16 %", `$ ${formatMoney(iva)}`],
    ["Total", `$ ${formatMoney(request.sale.total)} MXN`]
  ]
}

const draw = async (request: StampRequest, stamped: StampedCfdi) => {
  const document = await PDFDocument.create()
  document.setTitle(`CFDI ${stamped.uuid}`)
  document.setLanguage("es-MX")
  const plain = await document.embedFont(StandardFonts.Helvetica)
  const bold = await document.embedFont(StandardFonts.HelveticaBold)
  const page = document.addPage([612, 792])
  const safe = encodable(plain)
  page.drawText(safe(request.issuer.name), { x: 48, y: 728, size: 17, font: bold, color: ink })
  page.drawText("Factura electrónica · CFDI 4.0 · Ingreso", { x: 48, y: 708, size: 10, font: plain, color: pale })
  page.drawLine({ start: { x: 48, y: 696 }, end: { x: 564, y: 696 }, thickness: 1, color: pale })
  rows(request, stamped).forEach(([label, value], index) => {
    const y = 672 - index * 24
    page.drawText(label, { x: 48, y, size: 9, font: bold, color: pale })
    page.drawText(safe(value), { x: 190, y, size: 10, font: plain, color: ink, maxWidth: 374, lineHeight: 11 })
  })
  page.drawText("Este documento es una representación impresa de un CFDI.", {
    x: 48,
    y: 60,
    size: 9,
    font: plain,
    color: pale
  })
  return document.save()
}

/** The PDF that goes with the XML: the same UUID, parties and amounts, as text. */
export const renderPdf = Effect.fn("PrintedInvoice.renderPdf")((request: StampRequest, stamped: StampedCfdi) =>
  Effect.promise(() => draw(request, stamped))
)
