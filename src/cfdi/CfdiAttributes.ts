import { Option, ParseResult, Schema } from "effect"
import { formatMoney, parseDecimal } from "./Money.ts"

const Cents = Schema.transformOrFail(Schema.String, Schema.BigIntFromSelf, {
  strict: true,
  decode: (text, _, ast) =>
    Option.match(parseDecimal(text), {
      onNone: () => ParseResult.fail(new ParseResult.Type(ast, text, "must be an amount")),
      onSome: ParseResult.succeed
    }),
  encode: (cents) => ParseResult.succeed(formatMoney(cents))
})

const RfcText = Schema.compose(Schema.Trim, Schema.Uppercase)

// SAT demands these too. An invoice without one is odd, and the proof says so, but it was stamped and must not get lost.
const Expected = Schema.optionalWith(Schema.String, { default: () => "" })

// Long values may have been wrapped on their way.
const Seal = Schema.optionalWith(
  Schema.transform(Schema.String, Schema.String, {
    strict: true,
    decode: (seal) => seal.replace(/\s/g, ""),
    encode: (seal) => seal
  }),
  { default: () => "" }
)

/** The attributes that we use of a CFDI's elements, under SAT's names. */
export const CfdiAttributes = Schema.Struct({
  Comprobante: Schema.Struct({
    Version: Schema.String,
    TipoDeComprobante: Schema.String,
    Fecha: Schema.String,
    SubTotal: Cents,
    Total: Cents,
    Moneda: Schema.String,
    FormaPago: Schema.optional(Schema.String),
    Serie: Schema.optional(Schema.String),
    Folio: Schema.optional(Schema.String),
    Sello: Seal
  }),
  Emisor: Schema.Struct({ Rfc: RfcText, Nombre: Expected, RegimenFiscal: Expected }),
  Receptor: Schema.Struct({
    Rfc: RfcText,
    Nombre: Expected,
    DomicilioFiscalReceptor: Expected,
    RegimenFiscalReceptor: Expected,
    UsoCFDI: Expected
  }),
  TimbreFiscalDigital: Schema.Struct({
    UUID: Schema.optionalWith(Schema.Uppercase, { default: () => "" }),
    FechaTimbrado: Expected,
    SelloCFD: Seal
  })
})
