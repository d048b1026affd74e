import type { Control } from "../page/Look.ts"
import { isAmount } from "./Amounts.ts"
import { bestPairs } from "./BestPairs.ts"
import { best, readControl, type Scores } from "./Classify.ts"
import { isSameDay, isTime, parseDate } from "./Dates.ts"
import type { Fact } from "./Facts.ts"
import { isTicketRole } from "./FieldRole.ts"
import { alike, wordsOf } from "./Likeness.ts"
import { findOption } from "./Options.ts"
import { plain } from "./Plain.ts"
import { fitsNumber, fitsShape, isPrintedSo, placeNumber } from "./Shape.ts"
import { thingIn, thingOf } from "./Things.ts"

const agreement = (field: Scores, fact: Scores) => {
  let most = 0
  for (const [role, score] of field) most = Math.max(most, Math.min(score, fact.get(role) ?? 0))
  return most
}

const clear = 5
const margin = 1
/** Below this a field is a key's by a syllable of the page's code alone. */
const faint = 3

const keys = new Set<string>(["ticket", "webId", "transaction", "barcode"])

/** "Facture su consumo: 7Q2M B41K": the code that the ticket prints for this very purpose. */
const isForInvoicing = ({ label, value }: Fact) =>
  /factur/.test(plain(label)) && /^[\p{L}\d][\p{L}\d\s-]{3,40}$/u.test(value) && /\d/.test(value)

const withTip = /\bcon (la )?propina|propina incluida/
const withoutTip = /\bsin (la )?propina|antes de propina/

const speaksOfTip = /propina|pagado|cobrado/

/** Does one speak of the amount with the tip and the other of the one without? */
const disagree = (one: string, other: string) => {
  const [a, b] = [plain(one), plain(other)]
  return (
    (withTip.test(a) && !withTip.test(b) && !withoutTip.test(a) && withoutTip.test(b)) ||
    (withoutTip.test(a) && withTip.test(b))
  )
}

const wherePrinted = /\b(aparece|impres[oa]|ubicad[oa]|viene|bajo|debajo|arriba|abajo|parte (inferior|superior))\b/

/** What a control asks for: by its roles, by a thing with a name of its own, by the words that it goes by and their weight. */
const asking = <C extends Control>(control: C) => {
  const { hint, label, placeholder } = control
  const names: ReadonlyArray<readonly [text: string, weight: number]> = [
    [label, 1],
    [placeholder, 0.9],
    // "Número de documento (EMD)".
    [/\(([\p{L} .]+)\)/u.exec(label)?.[1] ?? "", 0.9],
    // "Número que aparece bajo el código de barras".
    [wherePrinted.test(plain(hint)) ? hint : "", 0.9]
  ]
  return {
    control,
    roles: readControl(control),
    thing: thingOf(label || placeholder),
    visible: plain(`${label} ${placeholder} ${hint}`),
    names: names.flatMap(([text, weight]) => (text === "" ? [] : [[wordsOf(text), weight] as const]))
  }
}

const printed = (fact: Fact) => ({ fact, thing: thingIn(fact), words: wordsOf(fact.label) })

/** How well a fact of the ticket answers a field, 0 where it cannot. */
const score = (
  { control, names, roles, thing, visible }: ReturnType<typeof asking>,
  { fact, thing: own, words }: ReturnType<typeof printed>
) => {
  if (!fitsShape(control, fact.value) && !fitsNumber(control, fact.value)) return 0
  if (fact.withTip && (!speaksOfTip.test(visible) || withoutTip.test(visible))) return 0
  if (/^\$ ?[\d.,]*$/.test(control.placeholder.trim()) && !isAmount(fact.value)) return 0
  if (disagree(control.label, fact.label) || (fact.net && (roles.get("subtotal") ?? 0) < clear)) return 0
  const wanted = best(roles)?.role
  const isDay = parseDate(fact.value) !== undefined
  if (wanted === "date" && !isDay) return 0
  const listed = (control.kind === "select" || control.kind === "radio") && control.options.length > 1
  if (listed && findOption(control.options, fact) === undefined) return 0
  const said = Math.max(0, ...names.map(([name, weight]) => alike(name, words) * weight))
  if (thing !== undefined && said < 1) return thing === own ? 12 : 0
  const isMoment = isDay || isTime(fact.value)
  if (isMoment && said < 1 && wanted !== undefined && wanted !== "date" && wanted !== "time") return 0
  // A list that has the ticket's very word for an item asks for it, whatever it is called.
  const offered = listed && /\p{L}{3}/u.test(fact.value) ? clear : 0
  return agreement(roles, fact.roles) + said * 12 + offered + (isPrintedSo(control, fact.value) ? 8 : 0)
}

/** "012" and "012 Cd. Valles Centro" are one place, and so is a day by whatever hour. */
const tellsSame = (one: Fact | undefined, other: Fact | undefined) =>
  one !== undefined &&
  other !== undefined &&
  (one.value === other.value ||
    isSameDay(one.value, other.value) ||
    placeNumber(one.value) === other.value ||
    placeNumber(other.value) === one.value)

/** Of the best pairs those that lead by a margin: over every fact that is left, and over giving two fields each other's. */
const clearPairs = (
  worth: ReadonlyArray<ReadonlyArray<number>>,
  same: (one: number, other: number) => boolean
): ReadonlyArray<readonly [row: number, column: number]> => {
  const of = (row: number, column: number) => worth[row]?.[column] ?? 0
  const pairs = bestPairs(worth).flatMap((column, row) => (column < 0 ? [] : [[row, column] as const]))
  const taken = new Set(pairs.map(([, column]) => column))
  const isClear = ([row, column]: readonly [number, number]) =>
    (worth[row] ?? []).every(
      (other, free) => free === column || taken.has(free) || same(free, column) || of(row, column) - other >= margin
    ) &&
    pairs.every(
      ([otherRow, otherColumn]) =>
        otherRow === row ||
        same(column, otherColumn) ||
        of(row, otherColumn) === 0 ||
        of(row, column) + of(otherRow, otherColumn) - of(row, otherColumn) - of(otherRow, column) >= margin
    )
  return pairs.filter(isClear)
}

/**
 * Which fact of the ticket goes into which field: the pairs that are best together, each fact once, a field only where
 * its fact is clear of every other. The names of a ticket's key are legion, so the last free key goes to the last
 * key field.
 */
export const matchTicket = <C extends Control>(controls: ReadonlyArray<C>, facts: ReadonlyArray<Fact>) => {
  const matched = new Map<C, Fact>()
  const free = new Set(facts)
  const fields = controls.map(asking)
  // Where the form asks for one key, and the ticket prints one "para facturar", that is the one.
  const [keyField, ...moreKeys] = fields.filter(
    ({ roles, thing }) => thing === undefined && keys.has(best(roles)?.role ?? "")
  )
  const [forInvoicing, ...moreCodes] = facts.filter(isForInvoicing)
  if (
    keyField &&
    forInvoicing &&
    moreKeys.length + moreCodes.length === 0 &&
    fitsShape(keyField.control, forInvoicing.value)
  ) {
    matched.set(keyField.control, forInvoicing)
    free.delete(forInvoicing)
  }
  const open = fields.filter(({ control }) => !matched.has(control))
  const rest = [...free]
  const said = rest.map(printed)
  const worth = open.map((field) =>
    said.map((fact) => {
      const found = score(field, fact)
      return found < clear ? 0 : found
    })
  )
  for (const [row, column] of clearPairs(worth, (one, other) => tellsSame(rest[one], rest[other]))) {
    const [field, fact] = [open[row], rest[column]]
    if (!field || !fact) continue
    matched.set(field.control, fact)
    free.delete(fact)
  }
  const keyFields = fields.filter(
    ({ control, roles, thing }) =>
      !matched.has(control) && thing === undefined && isKey(roles) && Math.max(...roles.values()) >= faint
  )
  const keyFacts = [...free].filter((fact) => isKey(fact.roles))
  const [field, fact] = [keyFields[0], keyFacts[0]]
  if (keyFields.length === 1 && keyFacts.length === 1 && field && fact && fitsShape(field.control, fact.value))
    matched.set(field.control, fact)
  return matched
}

/** Does it name the ticket itself rather than something about it? */
export const isKey = (roles: Scores) => {
  const [first] = [...roles].filter(([role]) => isTicketRole(role)).sort(([, a], [, b]) => b - a)
  return first !== undefined && keys.has(first[0])
}
