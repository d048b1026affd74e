import { best } from "../portal/Classify.ts"
import { parseDate, timeIn } from "../portal/Dates.ts"
import type { Fact } from "../portal/Facts.ts"
import type { Field } from "../portal/Fields.ts"
import { plain } from "../portal/Plain.ts"

type Part = "day" | "month" | "year"

const months = [
  "enero",
  "febrero",
  "marzo",
  "abril",
  "mayo",
  "junio",
  "julio",
  "agosto",
  "septiembre",
  "octubre",
  "noviembre",
  "diciembre"
]

const isNumber = (text: string, from: number, to: number) =>
  /^\d{1,4}$/.test(text) && Number(text) >= from && Number(text) <= to

const named: ReadonlyArray<readonly [Part, RegExp]> = [
  ["day", /^dia\W*$/],
  ["month", /^mes\W*$/],
  ["year", /^ano\W*$/]
]

/** What part of a date a field holds, told by a list's items or by a box's own name. */
const partOf = ({ control }: Field): Part | undefined => {
  const called = named.find(([, name]) => name.test(plain(control.label)))?.[0]
  if (called !== undefined || control.kind === "text") return called
  const items = control.options.map(({ text }) => plain(text)).filter((text) => text !== "")
  const count = (test: (text: string) => boolean) => items.filter(test).length
  if (count((text) => isNumber(text, 1, 31)) >= 28) return "day"
  if (count((text) => months.some((month) => text.startsWith(month.slice(0, 3)))) >= 11) return "month"
  if (items.length <= 14 && count((text) => isNumber(text, 1, 12)) === 12) return "month"
  if (
    count((text) => isNumber(text, 2015, 2100)) >= 1 &&
    items.length - count((text) => isNumber(text, 2015, 2100)) <= 1
  )
    return "year"
  return undefined
}

/** "NOV 2026", "Noviembre de 2026". */
const parsePeriod = (text: string) => {
  const [, name = "", year = ""] = /^\s*([a-z]{3,10})\.?(?: de|[-/])?\s*(20\d\d)\s*$/.exec(plain(text)) ?? []
  const month = months.findIndex((month) => month.startsWith(name.slice(0, 3))) + 1
  return name !== "" && month > 0 ? { day: 1, month, year: Number(year) } : undefined
}

/** A date chosen from three lists, or a period from two: the fact that each of them stands for. */
export const dateParts = (fields: ReadonlyArray<Field>, facts: ReadonlyArray<Fact>) => {
  const found = new Map<Field, Fact>()
  const periods = facts.filter(({ value, label }) => label !== "" && parsePeriod(value) !== undefined)
  const dated = facts.filter(({ value, label }) => label !== "" && parseDate(value) !== undefined)
  const fact = periods[0] ?? dated.find(({ roles }) => roles.has("date")) ?? dated[0]
  const date = fact && (parsePeriod(fact.value) ?? parseDate(fact.value))
  if (!fact || !date) return found
  const lists = fields.filter(
    ({ control }) => control.kind === "text" || (control.kind === "select" && control.options.length > 0)
  )
  const of = (part: Part) => lists.find((field) => partOf(field) === part)
  const [day, month, year] = [of("day"), of("month"), of("year")]
  // A period has no day, and a day and a month may go without their year.
  if (!month || (!year && !day)) return found
  // A box takes two digits, a list any.
  const part = (value: number, names: ReadonlyArray<string> = []): Fact => ({
    ...fact,
    value: String(value).padStart(2, "0"),
    names
  })
  if (day) found.set(day, part(date.day))
  found.set(month, part(date.month, [months[date.month - 1] ?? "", (months[date.month - 1] ?? "").slice(0, 3)]))
  if (year) found.set(year, part(date.year))
  return found
}

/** "14:33" over a list of hours and one of minutes. */
export const timeParts = (fields: ReadonlyArray<Field>, facts: ReadonlyArray<Fact>) => {
  const found = new Map<Field, Fact>()
  const times = facts.filter(({ label, roles }) => label !== "" && best(roles)?.role === "time")
  const [fact] = times
  const [hour = "", minute = ""] = (timeIn(fact?.value ?? "") ?? "").split(":")
  const nth = fields.findIndex(({ control }) => /^min(uto)?s?\W*$/.test(plain(control.label)))
  const [hours, minutes] = fields.slice(Math.max(0, nth - 1), nth + 1)
  if (!fact || times.some(({ value }) => timeIn(value) !== timeIn(fact.value)) || minute === "") return found
  if (!hours || !minutes || !/^(hora|hh|hr)s?\W*$/.test(plain(hours.control.label))) return found
  found.set(hours, { ...fact, value: hour })
  return found.set(minutes, { ...fact, value: minute })
}
