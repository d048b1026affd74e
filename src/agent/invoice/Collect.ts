import { Effect, Option } from "effect"
import { type Invoice, type InvoiceMismatch, parseInvoice, proveInvoice } from "../../cfdi/Invoice.ts"
import { WrongInvoice } from "../AgentError.ts"
import type { Assignment } from "../Assignment.ts"
import type { Completion } from "../Completion.ts"
import type { Desk } from "../Desk.ts"
import { amountsOf } from "../portal/Facts.ts"
import type { Found } from "./Documents.ts"
import { naming } from "./PdfText.ts"

export interface ReadInvoice {
  readonly invoice: Invoice
  readonly document: Found
}

/** The CFDI among the documents that came; a document that is none is passed over. */
export const invoicesIn = (documents: ReadonlyArray<Found>) =>
  Effect.forEach(
    documents.filter(({ kind }) => kind === "xml"),
    (document) =>
      parseInvoice(document.bytes).pipe(
        Effect.map((invoice) => Option.some<ReadInvoice>({ invoice, document })),
        Effect.catchTag("InvoiceMalformed", (error) =>
          Effect.as(Effect.logWarning("not a CFDI", error.message), Option.none<ReadInvoice>())
        )
      )
  ).pipe(Effect.map((found) => found.flatMap(Option.toArray)))

const wording: Readonly<Record<string, string>> = {
  VERSION: "la versión no es 4.0",
  TYPE: "no es de tipo ingreso",
  STAMP: "no tiene un timbre fiscal",
  SEAL: "el sello no coincide con el del timbre",
  RECEIVER_RFC: "está a nombre de otro RFC",
  TOTAL: "el total no es el del ticket"
}

const told = ({ reasons }: InvoiceMismatch) =>
  reasons
    .map(({ code, expected, found }) => `${wording[code] ?? code} (se esperaba ${expected}, dice ${found})`)
    .join("; ")

const prove = (assignment: Assignment, invoice: Invoice) => {
  const { total, tolerated } = amountsOf(assignment.ticket)
  return proveInvoice(invoice, {
    profile: assignment.profile,
    cfdiUse: assignment.profile.cfdiUse,
    total,
    tolerated
  }).pipe(
    Effect.mapError(
      (mismatch) => new WrongInvoice({ reason: `La factura recibida no es la pedida: ${told(mismatch)}` })
    )
  )
}

/**
 * Proves the invoice from its XML and keeps it with its PDF. What came is kept even where it is not the one that was
 * asked for: the user has to see what the shop made.
 */
export const conclude = Effect.fn("invoice.conclude")(function* (
  assignment: Assignment,
  desk: Desk,
  { invoice, document }: ReadInvoice,
  documents: ReadonlyArray<Found>
) {
  const base = invoice.uuid === "" ? "factura" : invoice.uuid
  const xml = yield* desk.keep({
    kind: "xml",
    filename: `${base}.xml`,
    contentType: "application/xml",
    bytes: document.bytes
  })
  const pdfs = documents.filter(({ kind }) => kind === "pdf")
  const named = yield* naming(invoice.uuid, pdfs)
  const pdf = Option.getOrElse(named, () => pdfs[0])
  const kept = pdf
    ? [yield* desk.keep({ kind: "pdf", filename: `${base}.pdf`, contentType: "application/pdf", bytes: pdf.bytes })]
    : []
  const { warnings } = yield* prove(assignment, invoice)
  const doubts = pdf === undefined ? ["PDF_MISSING"] : Option.isNone(named) ? ["PDF_UNVERIFIED"] : []
  const completion: Completion = {
    delivery: "download",
    invoice,
    warnings: [...warnings, ...doubts],
    artifacts: [xml, ...kept]
  }
  return completion
})
