import { Option } from "effect"

// The dot is Mexico's decimal sign; the comma is taken for one only where it cannot part thousands.
const shapes = [
  /^(?<whole>\d{1,3}(?:,\d{3})+)(?:\.(?<fraction>\d{1,6}))?$/,
  /^(?<whole>\d{1,3}(?: \d{3})+)(?:\.(?<fraction>\d{1,6}))?$/,
  /^(?<whole>\d{1,3}(?:\.\d{3})+),(?<fraction>\d{1,2})$/,
  /^(?<whole>\d{1,3}(?:\.\d{3}){2,})$/,
  /^(?<whole>\d*)\.(?<fraction>\d{1,2}|\d{4,6})$/,
  /^(?<whole>0?|\d{4,})\.(?<fraction>\d{3})$/,
  /^(?<whole>\d+),(?<fraction>\d{1,2})$/,
  /^(?<whole>\d+)$/
]

const pesos = /^(?:MXN|MXP|M\.?N\.?)?\s*\$?\s*(?<amount>\d[\d., ]*|\.\d+)\s*(?:MXN|MXP|M\.?N\.?|PESOS?)?$/i

// Half a cent and more rounds up, as SAT rounds.
const toCents = (whole: string, fraction: string) => {
  const digits = fraction.padEnd(3, "0")
  const cents = BigInt(whole.replace(/\D/g, "") || "0") * 100n + BigInt(digits.slice(0, 2))
  return digits.charAt(2) >= "5" ? cents + 1n : cents
}

/** An amount in pesos as people and portals write it, in cents. "1.234" is none: it may be 1.23 or 1,234.00. */
export const parseMoney = (text: string): Option.Option<bigint> => {
  if (text.length > 40) return Option.none()
  const amount = pesos.exec(text.replace(/\s+/gu, " ").trim())?.groups?.amount?.trim()
  if (amount === undefined) return Option.none()
  return Option.firstSomeOf(
    shapes.map((shape) =>
      Option.map(Option.fromNullable(shape.exec(amount)?.groups), ({ whole = "", fraction = "" }) =>
        toCents(whole, fraction)
      )
    )
  )
}

/** An amount as XML writes it: up to six decimals, no signs, no separators. */
export const parseDecimal = (text: string): Option.Option<bigint> => {
  const match = /^(\d{1,18})(?:\.(\d{1,6}))?$/.exec(text)
  return Option.map(Option.fromNullable(match), ([, whole = "", fraction = ""]) => toCents(whole, fraction))
}

export const formatMoney = (cents: bigint) => {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, "0")
  return `${cents < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
