import { Data, Effect, Option, ParseResult, Schema } from "effect"
import { CfdiAttributes } from "./CfdiAttributes.ts"
import { sameName } from "./CompanyName.ts"
import type { FiscalProfile } from "./FiscalProfile.ts"
import { formatMoney } from "./Money.ts"
import { parseXml, type XmlElement, type XmlRefused } from "./Xml.ts"

/** What we use of a CFDI. `uuid` and `stampedAt` are empty where there are no `stamps`; amounts are in cents. */
export class Invoice extends Schema.Class<Invoice>("Invoice")({
  version: Schema.String,
  type: Schema.String,
  stamps: Schema.NonNegativeInt,
  uuid: Schema.String,
  issuedAt: Schema.String,
  stampedAt: Schema.String,
  series: Schema.optional(Schema.String),
  folio: Schema.optional(Schema.String),
  subtotal: Schema.BigInt,
  total: Schema.BigInt,
  currency: Schema.String,
  paymentForm: Schema.optional(Schema.String),
  issuer: Schema.Struct({ rfc: Schema.String, name: Schema.String, regime: Schema.String }),
  receiver: Schema.Struct({
    rfc: Schema.String,
    name: Schema.String,
    postalCode: Schema.String,
    regime: Schema.String,
    use: Schema.String
  }),
  global: Schema.Boolean,
  sealMatches: Schema.Boolean,
  /** The last eight characters of the issuer's seal, which the SAT wants to hear. */
  sealEnd: Schema.String
}) {}

/** No XML document, no CFDI, or one whose `fields` are missing or wrong. Says nothing of what stands in it. */
export class InvoiceMalformed extends Data.TaggedError("InvoiceMalformed")<{
  readonly reason: XmlRefused["reason"] | "NOT_CFDI" | "FIELDS"
  readonly fields: ReadonlyArray<string>
}> {
  override get message() {
    return [this.reason, ...this.fields].join(" ")
  }
}

// Version 3.3 is read too, so that it fails as the wrong version rather than as no invoice at all.
const isCfdi = ({ attributes, name, namespace }: XmlElement) =>
  name === "Comprobante" &&
  (namespace === "http://www.sat.gob.mx/cfd/4" ||
    (namespace === "http://www.sat.gob.mx/cfd/3" && attributes.Version === "3.3"))

const stampNamespace = "http://www.sat.gob.mx/TimbreFiscalDigital"

const childrenOf = (parent: XmlElement, namespace: string, name: string) =>
  parent.children().filter((child) => child.namespace === namespace && child.name === name)

const fieldsOf = (error: ParseResult.ParseError) =>
  ParseResult.ArrayFormatter.formatErrorSync(error).map((issue) => issue.path.join("/"))

/** Reads the parts of a CFDI wherever its writer put the prefixes. Only a stamp in its own complement counts. */
export const parseInvoice = Effect.fn("parseInvoice")(function* (xml: string | Uint8Array) {
  const root = yield* parseXml(xml).pipe(Effect.mapError(({ reason }) => new InvoiceMalformed({ reason, fields: [] })))
  if (!isCfdi(root)) return yield* new InvoiceMalformed({ reason: "NOT_CFDI", fields: [] })
  const child = (name: string) => childrenOf(root, root.namespace, name)
  const stamps = child("Complemento").flatMap((complement) =>
    childrenOf(complement, stampNamespace, "TimbreFiscalDigital")
  )
  const { Comprobante, Emisor, Receptor, TimbreFiscalDigital } = yield* Schema.decodeUnknown(CfdiAttributes)(
    {
      Comprobante: root.attributes,
      Emisor: child("Emisor")[0]?.attributes,
      Receptor: child("Receptor")[0]?.attributes,
      TimbreFiscalDigital: stamps[0]?.attributes ?? {}
    },
    { errors: "all" }
  ).pipe(Effect.mapError((error) => new InvoiceMalformed({ reason: "FIELDS", fields: fieldsOf(error) })))

  return new Invoice({
    version: Comprobante.Version,
    type: Comprobante.TipoDeComprobante,
    stamps: stamps.length,
    uuid: TimbreFiscalDigital.UUID,
    issuedAt: Comprobante.Fecha,
    stampedAt: TimbreFiscalDigital.FechaTimbrado,
    series: Comprobante.Serie,
    folio: Comprobante.Folio,
    subtotal: Comprobante.SubTotal,
    total: Comprobante.Total,
    currency: Comprobante.Moneda,
    paymentForm: Comprobante.FormaPago,
    issuer: { rfc: Emisor.Rfc, name: Emisor.Nombre, regime: Emisor.RegimenFiscal },
    receiver: {
      rfc: Receptor.Rfc,
      name: Receptor.Nombre,
      postalCode: Receptor.DomicilioFiscalReceptor,
      regime: Receptor.RegimenFiscalReceptor,
      use: Receptor.UsoCFDI
    },
    global: child("InformacionGlobal").length > 0,
    sealMatches: Comprobante.Sello !== "" && Comprobante.Sello === TimbreFiscalDigital.SelloCFD,
    sealEnd: Comprobante.Sello.slice(-8)
  })
})

export interface MismatchReason {
  readonly code: "VERSION" | "TYPE" | "STAMP" | "RECEIVER_RFC" | "TOTAL" | "SEAL"
  readonly expected: string
  readonly found: string
}

/** A CFDI, but not the one that was asked for. An RFC is masked in its reasons, for they end in logs. */
export class InvoiceMismatch extends Data.TaggedError("InvoiceMismatch")<{
  readonly reasons: ReadonlyArray<MismatchReason>
}> {
  override get message() {
    return this.reasons.map((reason) => reason.code).join(" ")
  }
}

export type InvoiceWarning =
  | "RECEIVER_NAME"
  | "RECEIVER_POSTAL_CODE"
  | "RECEIVER_REGIME"
  | "CFDI_USE"
  | "GLOBAL_INVOICE"
  | "TOTAL_TIP"
  | "ISSUER_RFC"
  | "ISSUE_DATE"

export interface Expectation {
  readonly profile: FiscalProfile
  readonly cfdiUse: string
  readonly total: Option.Option<bigint>
  /** Other amounts that the ticket prints and that a portal may invoice instead: without the tip, with it. */
  readonly tolerated?: ReadonlyArray<bigint>
  /** The RFCs that the ticket prints: the shop's, if any. */
  readonly issuers?: ReadonlyArray<string>
  /** The day of the purchase, `2026-11-20`. */
  readonly purchasedOn?: string | undefined
}

const uuid = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/

const mask = (rfc: string) => `${rfc.slice(0, 2)}…${rfc.slice(-2)}`

const day = 24 * 60 * 60 * 1000

// A shop's clock may be in another zone, and no shop invoices what was sold more than a year ago.
const isNear = (issuedAt: string, purchasedOn: string) => {
  const days = (Date.parse(issuedAt.slice(0, 10)) - Date.parse(purchasedOn)) / day
  return days >= -1 && days <= 366
}

// Portals round lines apart, so a cent either way is the same amount.
const sameAmount = (one: bigint, other: bigint) => one - other <= 1n && other - one <= 1n

/** Fails on what makes it another invoice; what is odd about the right one comes back as warnings. */
export const proveInvoice = Effect.fn("proveInvoice")(function* (invoice: Invoice, expected: Expectation) {
  const { profile, issuers = [], purchasedOn } = expected
  const { receiver } = invoice
  const asPrinted = Option.match(expected.total, {
    onNone: () => true,
    onSome: (total) => sameAmount(invoice.total, total)
  })
  const tolerated = !asPrinted && (expected.tolerated ?? []).some((amount) => sameAmount(invoice.total, amount))

  const when = <A>(condition: boolean, found: A) => (condition ? [found] : [])
  const reason = (code: MismatchReason["code"], expected: string, found: string) => ({
    code,
    expected,
    found: found.slice(0, 60)
  })
  const reasons: ReadonlyArray<MismatchReason> = [
    ...when(invoice.version !== "4.0", reason("VERSION", "4.0", invoice.version)),
    ...when(invoice.type !== "I", reason("TYPE", "I", invoice.type)),
    ...when(invoice.stamps !== 1, reason("STAMP", "1", String(invoice.stamps))),
    ...when(invoice.stamps === 1 && !uuid.test(invoice.uuid), reason("STAMP", "UUID", invoice.uuid)),
    ...when(receiver.rfc !== profile.rfc, reason("RECEIVER_RFC", mask(profile.rfc), mask(receiver.rfc))),
    ...when(
      !asPrinted && !tolerated,
      reason(
        "TOTAL",
        Option.getOrElse(Option.map(expected.total, formatMoney), () => ""),
        formatMoney(invoice.total)
      )
    ),
    ...when(!invoice.sealMatches, reason("SEAL", "SelloCFD = Sello", "SelloCFD ≠ Sello"))
  ]
  if (reasons.length > 0) return yield* new InvoiceMismatch({ reasons })

  const warnings: ReadonlyArray<InvoiceWarning> = [
    ...when<InvoiceWarning>(!sameName(receiver.name, profile.fullName), "RECEIVER_NAME"),
    ...when<InvoiceWarning>(receiver.postalCode !== profile.postalCode, "RECEIVER_POSTAL_CODE"),
    ...when<InvoiceWarning>(receiver.regime !== profile.fiscalRegime, "RECEIVER_REGIME"),
    ...when<InvoiceWarning>(receiver.use !== expected.cfdiUse, "CFDI_USE"),
    ...when<InvoiceWarning>(invoice.global, "GLOBAL_INVOICE"),
    ...when<InvoiceWarning>(tolerated, "TOTAL_TIP"),
    ...when<InvoiceWarning>(issuers.length > 0 && !issuers.includes(invoice.issuer.rfc), "ISSUER_RFC"),
    ...when<InvoiceWarning>(purchasedOn !== undefined && !isNear(invoice.issuedAt, purchasedOn), "ISSUE_DATE")
  ]
  return { warnings }
})
