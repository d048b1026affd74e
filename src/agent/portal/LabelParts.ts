import { spelled } from "./Abbreviations.ts"
import { isAmount } from "./Amounts.ts"
import { best, readLabel } from "./Classify.ts"
import { isTime, parseDate } from "./Dates.ts"

// "S/T/C" over three numbers.
const letters: Readonly<Record<string, string>> = { s: "Sucursal", t: "Ticket", c: "Caja", f: "Folio" }

const nameOf = (part: string, short: boolean) => (short ? (letters[part.toLowerCase()] ?? part) : part)

/**
 * "Tda/Caja/Tkt": "0118/04/99120" is a store, a till and a ticket: where a label lists as many things as its value has
 * groups, and each of them is another. Nothing where it does not.
 */
export const labelParts = (label: string, value: string): ReadonlyArray<readonly [label: string, value: string]> => {
  const named = label.split(/\s*[/|-]\s*/).map((part) => part.trim())
  const groups = value.trim().split(/\s*[/|-]\s*/)
  if (named.length < 2 || named.length !== groups.length || isAmount(value) || isTime(value)) return []
  if (parseDate(value) !== undefined || groups.some((group) => !/^[\p{L}\d]+$/u.test(group))) return []
  const short = named.length > 2 && named.every((part) => part.length === 1)
  const parts = groups.map((group, nth) => [nameOf(named[nth] ?? "", short), group] as const)
  const roles = parts.map(([part]) => best(readLabel(spelled(part)))?.role)
  return new Set(roles).size === roles.length && !roles.includes(undefined) ? parts : []
}
