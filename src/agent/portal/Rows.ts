import type { SeenButton } from "../page/Tab.ts"
import { best } from "./Classify.ts"
import { isSameDay, timeIn } from "./Dates.ts"
import type { Fact } from "./Facts.ts"
import type { FieldRole } from "./FieldRole.ts"
import { isKey } from "./Match.ts"
import { bare, plain } from "./Plain.ts"
import { pressOf } from "./Press.ts"

const keysOf = (facts: ReadonlyArray<Fact>) =>
  facts
    .filter(({ label, roles }) => label !== "" && isKey(roles))
    .map(({ value }) => bare(value))
    .filter((key) => key.length >= 4)

/** Does a row of a list bear the ticket's key? */
export const isOurRow = (row: string, facts: ReadonlyArray<Fact>) =>
  row !== "" && keysOf(facts).some((key) => bare(row).includes(key))

const invoiced = /\b(factur|timbr)ad[oa]\b|\b(con|en) (la )?factura\b/
const open = /\b(no|sin|por|pendiente)( \S+){0,2} (factur|timbr)/

/** Does a line of the page show the ticket's key, as a list of what is to be invoiced does? */
export const isListed = (text: string, facts: ReadonlyArray<Fact>) =>
  text.length < 60 && keysOf(facts).some((key) => bare(text) === key)

const shape = (token: string) => token.replace(/\d/g, "9").replace(/\p{L}/gu, "A")

/** Does it bear another ticket's key: one of the same shape as ours? */
const isAnothers = (row: string, facts: ReadonlyArray<Fact>) => {
  const shapes = new Set(keysOf(facts).map(shape))
  return !isOurRow(row, facts) && row.split(/\s+/).some((token) => shapes.has(shape(bare(token))))
}

const amountsIn = (row: string) => (row.match(/\d[\d,]*\.\d{2}\b/g) ?? []).map((text) => text.replace(/,/g, ""))

const daysIn = (row: string) => row.match(/\b\d{1,4}[-/. ](?:\d{1,2}|\p{L}{3,10})[-/. ]\d{2,4}\b/gu) ?? []

const hoursIn = (row: string) => (row.match(/\b\d{1,2}:\d{2}\b/g) ?? []).map((text) => text.padStart(5, "0"))

/** How much of the ticket a row shows, where it bears no key; nothing where its hour, amount or day is another. */
const agreementOf = (row: string, facts: ReadonlyArray<Fact>) => {
  const agree = (role: FieldRole, shown: ReadonlyArray<string>, same: (shown: string, value: string) => boolean) => {
    const values = facts.filter(({ label, roles }) => label !== "" && best(roles)?.role === role)
    if (shown.length === 0 || values.length === 0) return "unsaid"
    return shown.some((text) => values.some(({ value }) => same(text, value))) ? "yes" : "no"
  }
  const hour = agree("time", hoursIn(row), (text, value) => text === timeIn(value)?.slice(0, 5))
  const total = agree("total", amountsIn(row), (text, value) => text === value.replace(/[^\d.]/g, ""))
  const day = agree("date", daysIn(row), isSameDay)
  const place = agree("store", [row], (text, value) => bare(value).length >= 4 && bare(text).includes(bare(value)))
  if ([hour, total, day].includes("no") || (hour !== "yes" && total !== "yes")) return 0
  return [hour, total, day, place].filter((answer) => answer === "yes").length
}

/** Of rows without a key the one that shows most of the ticket, at least two things and more than any other. */
export const likeliestRow = (rows: ReadonlyArray<string>, facts: ReadonlyArray<Fact>) => {
  const [first, second] = rows
    .map((row) => ({ row, agreed: agreementOf(row, facts) }))
    .toSorted((a, b) => b.agreed - a.agreed)
  return first && first.agreed >= 2 && first.agreed > (second?.agreed ?? 0) ? first.row : undefined
}

/** The row of our ticket, where it says that the ticket has its invoice. */
export const invoicedRow = (rows: ReadonlyArray<string>, facts: ReadonlyArray<Fact>) => {
  const keyed = rows.filter((row) => isOurRow(row, facts))
  const ours = keyed.length > 0 ? keyed : [likeliestRow(rows, facts) ?? ""]
  return ours.find((row) => invoiced.test(plain(row)) && !open.test(plain(row)))
}

const bearsOurRfc = (row: string, facts: ReadonlyArray<Fact>) =>
  facts.some(
    ({ label, roles, value }) => label === "" && best(roles)?.role === "rfc" && bare(row).includes(bare(value))
  )

/** Does a row speak of the branch that the ticket names, by its code or by its whole name? */
const isOurPlace = (row: string, facts: ReadonlyArray<Fact>) =>
  facts.some(({ label, roles, value }) => {
    if (label === "" || best(roles)?.role !== "store") return false
    const codes = value.split(/[\s,;:/()-]+/).filter((token) => token.length >= 3 && /\d/.test(token))
    const here = new Set(row.split(/\s+/).map(bare))
    return codes.some((code) => here.has(bare(code))) || (bare(value).length >= 5 && bare(row).includes(bare(value)))
  })

/**
 * Without what belongs to other tickets: in a list of purchases only our own row is for us, and a button that stands in
 * several rows is for none where ours is not among them.
 */
export const ownOnly = (buttons: ReadonlyArray<SeenButton>, facts: ReadonlyArray<Fact>) => {
  const alike = Map.groupBy(
    buttons.filter(({ row }) => row !== ""),
    ({ text }) => plain(text)
  )
  const places = [...new Set(buttons.map(({ row }) => row))].filter((row) => isOurPlace(row, facts))
  const ownPlaces = new Set(places.length === 1 ? places : [])
  return buttons.filter((button) => {
    const { row, text } = button
    if (row === "" || isOurRow(row, facts)) return true
    // Our RFC marks us in a list of receivers; in a list of invoices it stands in every row.
    if (bearsOurRfc(row, facts) && !(/^download/.test(pressOf(button)) && isAnothers(row, facts))) return true
    if (ownPlaces.has(row)) return true
    const rows = new Set((alike.get(plain(text)) ?? []).map((other) => other.row))
    return rows.size < 2 && !isAnothers(row, facts)
  })
}
