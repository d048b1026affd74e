import type { Fact } from "../portal/Facts.ts"
import type { Field } from "../portal/Fields.ts"
import { isKey } from "../portal/Match.ts"
import { plain } from "../portal/Plain.ts"

/**
 * One value over several boxes: neighbours on one line whose sizes add up to the value's length, as the RFC in 10 + 3 or
 * a code in 3, 4, 4. The first box bears the label.
 */
export const splitOver = (fields: ReadonlyArray<Field>, facts: ReadonlyArray<Fact>) => {
  const parts = new Map<Field, { readonly fact: Fact; readonly text: string }>()
  for (let start = 0; start < fields.length; start++) {
    const pair = seriesAndNumber(fields, start, facts)
    if (pair) {
      for (const [field, part] of pair) parts.set(field, part)
      start += 1
      continue
    }
    const row = boxesFrom(fields, start)
    if (row.length < 2) continue
    const total = row.reduce((sum, { control }) => sum + control.maxLength, 0)
    const [first] = row
    const fact = facts.find(
      ({ value, roles }) =>
        value.replace(/[^\p{L}\d&]/gu, "").length === total &&
        (first?.role === undefined || roles.has(first.role) || !roles.has("rfc"))
    )
    if (!fact || (first?.role === "rfc" && !fact.roles.has("rfc"))) continue
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

const names = ({ control }: Field) => plain(`${control.label} ${control.placeholder} ${control.title}`)

/** "RT-77120" over two boxes: the letters into the series, the rest into the number. */
const seriesAndNumber = (fields: ReadonlyArray<Field>, start: number, facts: ReadonlyArray<Fact>) => {
  const [series, number] = fields.slice(start, start + 2)
  if (!series || !number || series.control.kind !== "text" || number.control.kind !== "text") return undefined
  if (!/\bserie\b|prefijo/.test(names(series)) || !/numero|\bnum\b|\bno\b|folio/.test(names(number))) return undefined
  if (facts.some(({ label, roles }) => label !== "" && roles.has("series") && !isKey(roles))) return undefined
  for (const fact of facts) {
    const [, letters = "", digits = ""] = /^\s*([\p{L}]{1,4}\d?)\s*[-–/ ]\s*(\d{2,})\s*$/u.exec(fact.value) ?? []
    if (fact.label !== "" && isKey(fact.roles) && letters !== "")
      return [
        [series, { fact, text: letters }],
        [number, { fact, text: digits }]
      ] as const
  }
  return undefined
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
