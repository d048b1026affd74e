import { Schema } from "effect"

export const normalise = (text: string) =>
  text
    .normalize("NFC")
    .replace(/[\s\p{Pd}]/gu, "")
    .toUpperCase()

const WellFormed = Schema.String.pipe(
  Schema.pattern(/^[A-Z&Ñ]{3,4}[0-9]{6}[A-Z0-9]{3}$/, {
    message: () => "must be an RFC: 3 or 4 letters, 6 digits, 3 letters or digits"
  }),
  Schema.brand("Rfc")
)

/** Takes what is well formed even where it cannot be right; `warnings` says what is odd about it. */
export const Rfc = Schema.transform(Schema.String, WellFormed, {
  strict: true,
  decode: normalise,
  encode: (rfc) => rfc
}).annotations({
  jsonSchema: {
    type: "string",
    description: "12 characters for a company, 13 for a person",
    examples: ["EKU9003173C9"]
  }
})
export type Rfc = typeof Rfc.Type

export type PersonType = "moral" | "individual"

export type RfcWarning = "RFC_DATE" | "RFC_CHECK_DIGIT"

export const personType = (rfc: Rfc): PersonType => (rfc.length === 12 ? "moral" : "individual")

const generics = ["XAXX010101000", "XEXX010101000"]

/** The general public and foreigners: on a receipt, but never the receiver of an invoice that someone asked for. */
export const isGeneric = (rfc: Rfc) => generics.includes(rfc)

// The century is not written. 2000 was a leap year and 1900 was not, so this one takes every day that either had.
const hasRealDate = (rfc: Rfc) => {
  const [year = 0, month = 0, day = 0] = (rfc.slice(-9, -3).match(/../g) ?? []).map(Number)
  const daysInMonth = new Date(Date.UTC(2000 + year, month, 0)).getUTCDate()
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth
}

// A character's value is its place here. The space is the pad that makes a company's RFC as long as a person's.
const alphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"

const checkDigit = (rfc: Rfc) => {
  const sum = [...rfc.padStart(13).slice(0, -1)].reduce(
    (total, character, index) => total + alphabet.indexOf(character) * (13 - index),
    0
  )
  return "0123456789A"[(11 - (sum % 11)) % 11]
}

/** Some RFCs in use do not match their check digit, so a wrong one is odd but no proof; an impossible date is. */
export const warnings = (rfc: Rfc): ReadonlyArray<RfcWarning> => {
  if (isGeneric(rfc)) return []
  const found: Array<RfcWarning> = []
  if (!hasRealDate(rfc)) found.push("RFC_DATE")
  if (rfc.at(-1) !== checkDigit(rfc)) found.push("RFC_CHECK_DIGIT")
  return found
}
