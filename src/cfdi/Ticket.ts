import { ParseResult, Schema } from "effect"
import { PlainText } from "./PlainText.ts"

const maxEntries = 40

const Label = PlainText.pipe(Schema.trimmed(), Schema.minLength(1), Schema.maxLength(100))

const Value = PlainText.pipe(Schema.trimmed(), Schema.minLength(1), Schema.maxLength(500))

// JSON readers have already changed the last digits of a longer number: a folio like that must come as text.
const Quantity = Schema.Finite.pipe(
  Schema.filter((value) => Math.abs(value) <= Number.MAX_SAFE_INTEGER, {
    message: () => "must be text: a number this long loses digits"
  })
)

const Printed = Schema.Record({ key: Schema.String, value: Schema.Union(Schema.String, Quantity) }).annotations({
  description: "What the ticket says: label as printed, or a known key, to value.",
  jsonSchema: {
    type: "object",
    minProperties: 1,
    maxProperties: maxEntries,
    additionalProperties: { anyOf: [{ type: "string", maxLength: 500 }, { type: "number" }] }
  }
})

// String(1e-7) has an exponent, which no portal takes. The sign display spares -0 its minus.
const decimal = new Intl.NumberFormat("en-US", {
  useGrouping: false,
  maximumSignificantDigits: 21,
  signDisplay: "negative"
})

const asText = (value: string | number) => (typeof value === "number" ? decimal.format(value) : value.trim())

const isLabel = Schema.is(Label)

// Schema leaves out an entry whose key its Record does not take, and an assignment leaves out `__proto__`.
const labelProblem = (labels: ReadonlyArray<string>, input: object) => {
  if (labels.length < 1 || labels.length > maxEntries)
    return `must have 1 to ${maxEntries} entries, not ${labels.length}`
  if (Object.hasOwn(input, "__proto__") || !labels.every(isLabel))
    return "must have labels of 1 to 100 characters, without NUL"
  if (new Set(labels).size < labels.length) return "must not have the same label twice"
  return undefined
}

/** What the ticket says, as label and value, both as text. */
export const TicketDetails = Schema.transformOrFail(Printed, Schema.Record({ key: Schema.String, value: Value }), {
  strict: true,
  decode: (printed, _, ast, input) => {
    const entries = Object.entries(printed).map(([label, value]) => [label.trim(), asText(value)] as const)
    const problem = labelProblem(
      entries.map(([label]) => label),
      input
    )
    return problem === undefined
      ? ParseResult.succeed(Object.fromEntries(entries))
      : ParseResult.fail(new ParseResult.Type(ast, printed, problem))
  },
  encode: ParseResult.succeed
})
export type TicketDetails = typeof TicketDetails.Type
