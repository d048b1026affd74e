import { saysSame } from "../act/Type.ts"
import type { SeenControl } from "../page/Tab.ts"
import { best, readControl } from "../portal/Classify.ts"
import { isConsent } from "../portal/Consent.ts"
import { type CalendarDate, dateFormat, parseDate, writeDate } from "../portal/Dates.ts"
import type { Fact } from "../portal/Facts.ts"
import { type FieldRole, isFiscalRole, isTicketRole } from "../portal/FieldRole.ts"
import { type Field, fieldsOf } from "../portal/Fields.ts"
import { matchTicket } from "../portal/Match.ts"
import { findOption, isPlaceholder } from "../portal/Options.ts"
import type { Front } from "./Front.ts"
import { splitOver } from "./Split.ts"

/** One thing to do to a form, or to know of it. */
export type Entry =
  | { readonly _tag: "Type"; readonly field: Field; readonly fact: Fact; readonly text: string }
  | { readonly _tag: "Choose"; readonly field: Field; readonly fact: Fact }
  | { readonly _tag: "PickDate"; readonly field: Field; readonly fact: Fact; readonly date: CalendarDate }
  | { readonly _tag: "Tick"; readonly control: SeenControl; readonly label: string }

export interface Form {
  readonly fields: ReadonlyArray<Field>
  /** Still to be done, in document order. */
  readonly entries: ReadonlyArray<Entry>
  /** Lists that do not offer what is wanted yet, and known fields that are not enabled yet. */
  readonly awaited: ReadonlyArray<Field>
  /** Asked for, and the task does not know it. */
  readonly missing: ReadonlyArray<Field>
  readonly captcha: Field | undefined
  /** A consent that cannot be given yet, as where its text has to be opened first. */
  readonly lockedConsent: SeenControl | undefined
  readonly login: { readonly username: Field; readonly password: Field } | undefined
  /** What the form holds of ours, by role. */
  readonly roles: ReadonlySet<FieldRole>
}

const isList = (field: Field) =>
  field.control.kind === "select" || field.control.kind === "chooser" || field.radios.length > 0

const holds = (field: Field, fact: Fact, text: string) => {
  if (field.radios.length > 0) {
    const ticked = field.radios.find(({ checked }) => checked)
    return ticked !== undefined && findOption([{ text: ticked.label, value: "", disabled: false }], fact) !== undefined
  }
  if (isList(field) || field.control.kind === "combobox") {
    const { value } = field.control
    if (isPlaceholder(value)) return false
    return findOption([{ text: value, value: "", disabled: false }], fact) !== undefined || saysSame(value, text)
  }
  return saysSame(field.control.value, text)
}

const offers = (field: Field, fact: Fact) => {
  if (field.control.kind === "select") return findOption(field.control.options, fact) !== undefined
  if (field.radios.length === 0) return true
  return (
    findOption(
      field.radios.map(({ label, ref }) => ({ text: label, value: String(ref), disabled: false })),
      fact
    ) !== undefined
  )
}

/** How a fact is written for one field. */
const writing = (field: Field, fact: Fact) => {
  const date = field.role === "date" || field.control.type === "date" ? parseDate(fact.value) : undefined
  if (date) return writeDate(date, dateFormat(field.control))
  if (field.control.type === "time") return /\d{1,2}:\d{2}/.exec(fact.value)?.[0].padStart(5, "0") ?? fact.value
  if (field.control.type === "number") return fact.value.replace(/[^\d.-]/g, "")
  return field.role === "total" || field.role === "subtotal"
    ? fact.value.replace(/^[^\d]+/, "").replace(/,(?=\d{3})/g, "")
    : fact.value
}

const assigned = (
  fields: ReadonlyArray<Field>,
  facts: ReadonlyArray<Fact>,
  answers: Readonly<Record<string, string>>
) => {
  const found = new Map<Field, Fact>()
  const open: Array<Field> = []
  for (const field of fields) {
    const answer = answers[field.key]
    const fiscal = facts.find((fact) => fact.label === "" && field.role !== undefined && fact.roles.has(field.role))
    if (answer !== undefined) found.set(field, { roles: new Map(), label: field.key, value: answer, names: [] })
    else if (fiscal) found.set(field, fiscal)
    else if (field.role === undefined || isTicketRole(field.role)) open.push(field)
  }
  const matched = matchTicket(
    open.map(({ control }) => control),
    facts.filter(({ label }) => label !== "")
  )
  for (const field of open) {
    const fact = matched.get(field.control)
    if (fact) found.set(field, fact)
  }
  return found
}

// A field for a date that cannot be typed into opens a calendar; any other that cannot only shows something.
const mayOpenCalendar = (control: SeenControl) => control.readOnly && best(readControl(control))?.role === "date"

const isUsable = ({ control }: Field) =>
  control.kind !== "file" &&
  control.kind !== "checkbox" &&
  (!control.readOnly || control.kind === "chooser" || mayOpenCalendar(control))

const isFilled = (field: Field) =>
  isList(field)
    ? field.radios.length > 0
      ? field.radios.some(({ checked }) => checked)
      : !isPlaceholder(field.control.value)
    : field.control.value.trim() !== ""

/** Reads the form in front: what goes where, what has to be waited for, what only a person can tell. */
export const readForm = (front: Front, facts: ReadonlyArray<Fact>, answers: Readonly<Record<string, string>>): Form => {
  const fields = fieldsOf(front.controls, front.buttons)
  const usable = fields.filter(isUsable)
  const password = usable.find(({ control }) => control.kind === "password")
  const username =
    password && usable.findLast(({ control }) => control.order < password.control.order && control.kind === "text")
  const login =
    password &&
    username &&
    usable.every(({ role }) => !role || !isFiscalRole(role) || role === "rfc" || role === "email")
      ? { username, password }
      : undefined
  const loginFields = new Set<Field>(login ? [login.username, login.password] : [])
  const open = usable.filter((field) => !loginFields.has(field) || answers[field.key] !== undefined)
  const parts = splitOver(open, facts)
  const facing = assigned(
    open.filter((field) => !parts.has(field)),
    facts,
    answers
  )
  const entries: Array<Entry> = []
  const awaited: Array<Field> = []
  const missing: Array<Field> = []
  for (const field of open) {
    const part = parts.get(field)
    const fact = part?.fact ?? facing.get(field)
    if (!fact || fact.value === "") {
      if (
        field.role !== "captcha" &&
        field.role !== "search" &&
        field.control.required &&
        field.control.enabled &&
        !isFilled(field)
      )
        missing.push(field)
      continue
    }
    const text = part?.text ?? writing(field, fact)
    if (holds(field, fact, text)) continue
    const date = field.control.readOnly ? parseDate(fact.value) : undefined
    if (!field.control.enabled || !offers(field, fact)) awaited.push(field)
    else if (date) entries.push({ _tag: "PickDate", field, fact, date })
    else if (isList(field) || field.control.kind === "combobox") entries.push({ _tag: "Choose", field, fact })
    else entries.push({ _tag: "Type", field, fact, text })
  }
  for (const control of front.controls) {
    if (isConsent(control) && !control.checked && control.enabled)
      entries.push({ _tag: "Tick", control, label: control.label })
  }
  return {
    fields,
    entries: entries.sort((a, b) => orderOf(a) - orderOf(b)),
    awaited,
    missing,
    lockedConsent: front.controls.find((control) => isConsent(control) && !control.checked && !control.enabled),
    captcha: usable.find(({ role }) => role === "captcha"),
    login,
    roles: new Set(fields.flatMap(({ role }) => role ?? []))
  }
}

const orderOf = (entry: Entry) => (entry._tag === "Tick" ? entry.control.order : entry.field.control.order)
