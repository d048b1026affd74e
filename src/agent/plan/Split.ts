import { Option } from "effect"
import { parseMoney } from "../../cfdi/Money.ts"
import { isAmount } from "../portal/Amounts.ts"
import { best, readControl } from "../portal/Classify.ts"
import { parseDate } from "../portal/Dates.ts"
import type { Fact } from "../portal/Facts.ts"
import { isFiscalRole } from "../portal/FieldRole.ts"
import type { Field } from "../portal/Fields.ts"
import { likeness } from "../portal/Likeness.ts"
import { isKey } from "../portal/Match.ts"
import { plain } from "../portal/Plain.ts"

/**
 * One value over several boxes: neighbours on one line whose sizes add up to the value's length, as the RFC in 10 + 3 or
 * a code in 3, 4, 4. The first box bears the label.
 */
export const splitOver = (fields: ReadonlyArray<Field>, facts: ReadonlyArray<Fact>) => {
  const parts = new Map<Field, { readonly fact: Fact; readonly text: string }>()
  for (let start = 0; start < fields.length; start++) {
    const groups = groupsOver(fields, start, facts)
    if (groups) {
      for (const [field, part] of groups) parts.set(field, part)
      start += groups.length - 1
      continue
    }
    const pair = seriesAndNumber(fields, start, facts) ?? pesosAndCentavos(fields, start, facts)
    if (pair) {
      for (const [field, part] of pair) parts.set(field, part)
      start += 1
      continue
    }
    const row = boxesFrom(fields, start)
    if (row.length < 2) continue
    const fact = factFor(row, facts)
    if (!fact) continue
    const value = fact.value.replace(/[^\p{L}\d&]/gu, "")
    let at = 0
    for (const field of row) {
      parts.set(field, { fact, text: value.slice(at, at + field.control.maxLength) })
      at += field.control.maxLength
    }
    start += row.length - 1
  }
  return parts
}

/** "112-05-8841" over boxes of 3, 2 and 4 that go by names of their own: as many and as long as the groups of the one key. */
const groupsOver = (fields: ReadonlyArray<Field>, start: number, facts: ReadonlyArray<Fact>) => {
  for (const fact of facts) {
    const groups = fact.value.trim().split(/[-/. ]/)
    if (fact.label === "" || !isKey(fact.roles) || groups.length < 3 || parseDate(fact.value) !== undefined) continue
    const row = fields.slice(start, start + groups.length)
    const fits = ({ control, role }: Field, nth: number) =>
      control.kind === "text" && control.maxLength === groups[nth]?.length && !(role && isFiscalRole(role))
    if (row.length === groups.length && row.every(fits))
      return row.map((field, nth) => [field, { fact, text: groups[nth] ?? "" }] as const)
  }
  return undefined
}

const bareLength = ({ value }: Fact) => value.replace(/[^\p{L}\d&]/gu, "").length

// Whose boxes they are is certain of an RFC by their sizes, of the ticket's codes by the length, of a name never.
const factFor = (row: ReadonlyArray<Field>, facts: ReadonlyArray<Fact>) => {
  const sizes = row.map(({ control }) => control.maxLength)
  const fitting = facts.filter((fact) => bareLength(fact) === sizes.reduce((sum, size) => sum + size, 0))
  const role = row[0]?.role
  if (role !== undefined && (isFiscalRole(role) || fitting.some(({ roles }) => roles.has(role))))
    return fitting.find(({ roles }) => roles.has(role))
  const rfc = sizes.at(-1) === 3 && fitting.find(({ label, roles }) => label === "" && roles.has("rfc"))
  if (role === undefined && rfc) return rfc
  const codes = fitting.filter(
    ({ label, value }) => label !== "" && /\d/.test(value) && !isAmount(value) && parseDate(value) === undefined
  )
  const grouped = codes.filter(
    ({ value }) => String(value.match(/[\p{L}\d&]+/gu)?.map((group) => group.length)) === String(sizes)
  )
  const [code, ...others] = grouped.length > 0 ? grouped : codes
  return others.every(({ value }) => value === code?.value) ? code : undefined
}

const names = ({ control }: Field) => plain(`${control.label} ${control.placeholder} ${control.title}`)

const isPart = ({ label, value }: Fact, facts: ReadonlyArray<Fact>) =>
  facts.some((whole) => whole.label !== label && whole.label.includes(label) && whole.value.includes(value))

/** "RT-77120" over two boxes: the letters into the series, the rest into the number. */
const seriesAndNumber = (fields: ReadonlyArray<Field>, start: number, facts: ReadonlyArray<Fact>) => {
  const [series, number] = fields.slice(start, start + 2)
  if (!series || !number || number.control.kind !== "text") return undefined
  if (!/\bserie\b|prefijo/.test(names(series))) return undefined
  if (!isKey(readControl(number.control)) && !/numero|\bnum\b|\bno\b|folio/.test(names(number))) return undefined
  const isPrinted = ({ label, roles }: Fact) =>
    label !== "" && roles.has("series") && !isKey(roles) && !roles.has("ticket")
  if (facts.some((fact) => isPrinted(fact) && !isPart(fact, facts))) return undefined
  const parted = facts.flatMap((fact) => {
    const [, letters = "", digits = ""] = /^\s*([\p{L}]{1,4}\d?)\s*[-–/ ]\s*(\d{2,})\s*$/u.exec(fact.value) ?? []
    const isOne = fact.label !== "" && (isKey(fact.roles) || fact.roles.has("ticket")) && letters !== ""
    return isOne ? [{ fact, letters, digits, near: likeness(number.control.label, fact.label) }] : []
  })
  const [first, second] = parted.sort((a, b) => b.near - a.near)
  if (!first || (second && second.near === first.near)) return undefined
  return [
    [series, { fact: { ...first.fact, value: first.letters }, text: first.letters }],
    [number, { fact: first.fact, text: first.digits }]
  ] as const
}

/** "$87.35" over two boxes. */
const pesosAndCentavos = (fields: ReadonlyArray<Field>, start: number, facts: ReadonlyArray<Fact>) => {
  const [pesos, centavos] = fields.slice(start, start + 2)
  if (!pesos || !centavos || pesos.control.kind !== "text" || centavos.control.kind !== "text") return undefined
  if (!/^\W*(centavos|cts|cents)\b/.test(names(centavos).trim())) return undefined
  if (pesos.role !== "total" && !/^\W*pesos\b/.test(names(pesos).trim())) return undefined
  const totals = facts.filter(({ label, roles, withTip }) => label !== "" && !withTip && best(roles)?.role === "total")
  const amounts = totals.flatMap((fact) => Option.toArray(parseMoney(fact.value)).map((cents) => ({ fact, cents })))
  const [first, ...others] = amounts
  if (!first || others.some(({ cents }) => cents !== first.cents)) return undefined
  return [
    [pesos, { fact: first.fact, text: String(first.cents / 100n) }],
    [centavos, { fact: first.fact, text: String(first.cents % 100n).padStart(2, "0") }]
  ] as const
}

const boxesFrom = (fields: ReadonlyArray<Field>, start: number) => {
  const row: Array<Field> = []
  for (const field of fields.slice(start)) {
    const { kind, maxLength, box } = field.control
    const first = row[0]?.control
    if (kind !== "text" || maxLength < 1 || maxLength > 12) break
    if (first && Math.abs(box[1] - first.box[1]) > 6) break
    const previous = row.at(-1)?.control
    if (previous && box[0] - (previous.box[0] + previous.box[2]) > 40) break
    // A box with a label of its own begins something else.
    if (previous && field.role !== undefined && field.role !== row[0]?.role) break
    row.push(field)
  }
  return row
}
