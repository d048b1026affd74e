import type { Fact } from "../portal/Facts.ts"
import type { Field } from "../portal/Fields.ts"

/**
 * One value over several boxes: neighbours on one line whose sizes add up to the value's length, as the RFC in 10 + 3 or
 * a code in 3, 4, 4. The first box bears the label.
 */
export const splitOver = (fields: ReadonlyArray<Field>, facts: ReadonlyArray<Fact>) => {
  const parts = new Map<Field, { readonly fact: Fact; readonly text: string }>()
  for (let start = 0; start < fields.length; start++) {
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
