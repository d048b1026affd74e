import { Effect, Option } from "effect"
import { type Invoice, type InvoiceMismatch, parseInvoice, proveInvoice } from "../../cfdi/Invoice.ts"
import { WrongInvoice } from "../AgentError.ts"
import type { Assignment } from "../Assignment.ts"
import type { Completion } from "../Completion.ts"
import type { Desk } from "../Desk.ts"
import { amountsOf, purchaseDateOf, rfcsOn } from "../portal/Facts.ts"
import type { Found } from "./Documents.ts"
import { naming } from "./PdfText.ts"

export interface ReadInvoice<A extends Found = Found> {
  readonly invoice: Invoice
  readonly document: A
}

/** The CFDI among the documents that came; a document that is none is passed over. */
export const invoicesIn = <A extends Found>(documents: ReadonlyArray<A>) =>
  Effect.forEach(
    documents.filter(({ kind }) => kind === "xml"),
    (document) =>
      parseInvoice(document.bytes).pipe(
        Effect.map((invoice) => Option.some<ReadInvoice<A>>({ invoice, document })),
        Effect.catchTag("InvoiceMalformed", (error) =>
          Effect.as(Effect.logWarning("not a CFDI", error.message), Option.none<ReadInvoice<A>>())
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
  const { profile, ticket } = assignment
  const { cfdiUse, rfc } = profile
  return proveInvoice(invoice, {
    profile,
    cfdiUse,
    ...amountsOf(ticket),
    issuers: rfcsOn(ticket).filter((printed) => printed !== rfc),
    purchasedOn: purchaseDateOf(ticket)
  }).pipe(
    Effect.mapError(
      (mismatch) => new WrongInvoice({ reason: `La factura recibida no es la pedida: ${told(mismatch)}` })
    )
  )
}

/** Of several, the first that is the one that was asked for. */
export const oursAmong = (assignment: Assignment, read: ReadonlyArray<ReadInvoice>) =>
  Effect.findFirst(read, ({ invoice }) => Effect.isSuccess(prove(assignment, invoice)))

/** The PDF of the invoice, or one that may be it, with the doubts that leaves. */
const pdfOf = Effect.fnUntraced(function* <A extends Found>({ uuid }: Invoice, documents: ReadonlyArray<A>) {
  const pdfs = documents.filter(({ kind }) => kind === "pdf")
  const named = yield* naming(uuid, pdfs)
  const pdf = Option.getOrElse(named, () => pdfs[0])
  return { pdf, doubts: pdf === undefined ? ["PDF_MISSING"] : Option.isNone(named) ? ["PDF_UNVERIFIED"] : [] }
})

const completion = (
  invoice: Invoice,
  warnings: ReadonlyArray<string>,
  artifacts: ReadonlyArray<string>
): Completion => ({ delivery: "download", invoice, warnings, artifacts })

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
  const { pdf, doubts } = yield* pdfOf(invoice, documents)
  const kept = pdf
    ? [yield* desk.keep({ kind: "pdf", filename: `${base}.pdf`, contentType: "application/pdf", bytes: pdf.bytes })]
    : []
  const { warnings } = yield* prove(assignment, invoice)
  return completion(invoice, [...warnings, ...doubts], [xml, ...kept])
})

/**
 * The invoice that an earlier run kept and did not live to tell of: no portal need be asked for it. None where nothing
 * that was kept is the one that was asked for.
 */
export const concludeKept = Effect.fn("invoice.concludeKept")(function* (assignment: Assignment, desk: Desk) {
  const kept = yield* desk.kept
  const proved = yield* Effect.forEach(yield* invoicesIn(kept), (read) =>
    Effect.option(Effect.map(prove(assignment, read.invoice), ({ warnings }) => ({ ...read, warnings })))
  )
  return yield* Effect.transposeOption(
    Option.map(Option.firstSomeOf(proved), ({ document, invoice, warnings }) =>
      Effect.gen(function* () {
        const { pdf, doubts } = yield* pdfOf(invoice, kept)
        yield* desk.step({ type: "completed", message: `Factura ${invoice.uuid} ya recibida y comprobada` })
        return completion(invoice, [...warnings, ...doubts], pdf ? [document.id, pdf.id] : [document.id])
      })
    )
  )
})
