import type { SeenControl } from "../page/Tab.ts"
import { best, readControl } from "../portal/Classify.ts"
import { isConsent, selectsTaxpayer, selectsTicket } from "../portal/Consent.ts"
import { type CalendarDate, parseDate } from "../portal/Dates.ts"
import type { Fact } from "../portal/Facts.ts"
import { type FieldRole, isTicketRole } from "../portal/FieldRole.ts"
import { type Field, fieldsOf } from "../portal/Fields.ts"
import { plain } from "../portal/Plain.ts"
import { asksForTaxSecret } from "../portal/TaxSecret.ts"
import { formOf, isForLookUp, sideForms } from "./Aside.ts"
import { assigned } from "./Assign.ts"
import { codeParts, type OneTimeCode, oneTimeCode } from "./Code.ts"
import { dateParts, timeParts } from "./DateParts.ts"
import type { Front } from "./Front.ts"
import { holds, isFilled, isList, offers } from "./Holding.ts"
import { type LoginWall, loginWall } from "./LoginWall.ts"
import { splitOver } from "./Split.ts"
import { isGrouped, wantsBare, wantsWholePesos, writing } from "./Writing.ts"

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
  /** Required, and the task does not know it. */
  readonly missing: ReadonlyArray<Field>
  /** Of the ticket or the taxpayer and empty: nothing may be stamped without it. */
  readonly unfilled: ReadonlyArray<Field>
  /** Empty for whatever reason, and not said to be optional. */
  readonly blank: ReadonlyArray<Field>
  readonly captcha: Field | undefined
  readonly code: OneTimeCode | undefined
  /** A consent that cannot be given yet, as where its text has to be opened first. */
  readonly lockedConsent: SeenControl | undefined
  readonly login: LoginWall | undefined
  /** The fields that the task has something for, whatever they are called. */
  readonly known: ReadonlySet<Field>
  /** The forms that are for something else: a newsletter, a search. */
  readonly aside: ReadonlySet<string>
  /** Our taxpayer is the one chosen in a list of those that the portal knows. */
  readonly receiverChosen: boolean
  /** What the form holds of ours, by role. */
  readonly roles: ReadonlySet<FieldRole>
}

// A field for a date that cannot be typed into opens a calendar; any other that cannot only shows something.
const mayOpenCalendar = (control: SeenControl) => control.readOnly && best(readControl(control))?.role === "date"

const isUsable = ({ control }: Field) =>
  control.kind !== "file" &&
  control.kind !== "checkbox" &&
  !asksForTaxSecret(control) &&
  (!control.readOnly || control.kind === "chooser" || mayOpenCalendar(control))

/** Reads the form in front: what goes where, what has to be waited for, what only a person can tell. */
export const readForm = (
  front: Front,
  facts: ReadonlyArray<Fact>,
  answerTo: (field: Field) => string | undefined,
  /** What the portal was given so far. */
  given: ReadonlySet<FieldRole>,
  /** What the page says now, or said before it was put away. */
  said: ReadonlyArray<string>,
  /** Codes are written without what parts their groups on the ticket. */
  ungrouped = false
): Form => {
  const all = fieldsOf(front.controls, front.buttons)
  const aside = sideForms(all, given)
  const fields = all.filter((field) => !aside.has(formOf(field.control)) && !isForLookUp(field, all, front))
  const usable = fields.filter(isUsable)
  const login = loginWall(usable)
  const loginFields = new Set<Field>(login ? [login.username, login.password] : [])
  const code = login ? undefined : oneTimeCode(usable, front.texts)
  const told = code && answerTo(code.field)
  const boxes = new Set<Field>(code?.boxes)
  const open = usable.filter((field) => !boxes.has(field) && (!loginFields.has(field) || answerTo(field) !== undefined))
  const parts = splitOver(open, facts)
  for (const [field, fact] of [...dateParts(open, facts), ...timeParts(open, facts)])
    parts.set(field, { fact, text: fact.value })
  if (code && told !== undefined) {
    open.push(...code.boxes)
    for (const [field, part] of codeParts(code, told)) parts.set(field, part)
  }
  const facing = assigned(
    open.filter((field) => !parts.has(field)),
    facts,
    answerTo
  )
  const whole = wantsWholePesos(open)
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
    const bare = field.control.kind === "text" && (wantsBare(field, said) || (ungrouped && isGrouped(fact)))
    const written = part?.text ?? writing(field, fact, whole)
    const text = bare ? written.replace(/[\s-]/g, "") : written
    if (holds(field, fact, text) && !(bare && field.control.value !== text)) continue
    const date = field.control.readOnly ? parseDate(fact.value) : undefined
    // A list of something else, as the page's language, has its item already.
    const other = isList(field) && field.role === undefined && isFilled(field)
    if (!field.control.enabled || !offers(field, fact)) {
      if (!other) awaited.push(field)
    } else if (date) entries.push({ _tag: "PickDate", field, fact, date })
    else if (isList(field) || field.control.kind === "combobox") entries.push({ _tag: "Choose", field, fact })
    else entries.push({ _tag: "Type", field, fact, text })
  }
  const selecting = selectsTicket(front.controls, facts)
  for (const control of front.controls) {
    if (control.checked || !control.enabled) continue
    if (selectsTaxpayer(control, facts)) entries.push({ _tag: "Tick", control, label: "el receptor con tu RFC" })
    else if (isConsent(control) || selecting.includes(control))
      entries.push({ _tag: "Tick", control, label: `«${control.label || control.row}»` })
  }
  return {
    fields,
    entries: entries.sort((a, b) => orderOf(a) - orderOf(b)),
    awaited,
    missing,
    unfilled: unfilled(open.filter((field) => !facing.has(field) && !parts.has(field))),
    blank: open.filter(
      (field) => field.control.enabled && !isFilled(field) && !optional.test(labelsOf(field)) && field.role !== "search"
    ),
    lockedConsent: front.controls.find((control) => isConsent(control) && !control.checked && !control.enabled),
    captcha: usable.find(({ role }) => role === "captcha"),
    code,
    login,
    known: new Set([...facing.keys(), ...parts.keys()]),
    aside,
    receiverChosen: front.controls.some((control) => control.checked && selectsTaxpayer(control, facts)),
    roles: new Set(fields.flatMap(({ role }) => role ?? []))
  }
}

/**
 * A ticket that the page lists already is not typed again into the fields for the next one, nor is the captcha that it
 * was listed with `solved` again.
 */
export const withoutTicket = (form: Form, solved: boolean): Form => {
  const isTicket = ({ role, control }: Field) =>
    role !== undefined && role !== "card" && isTicketRole(role) && control.kind === "text" && control.value === ""
  const spent = solved && form.fields.some(isTicket) ? form.captcha : undefined
  const isDone = (field: Field) => isTicket(field) || field === spent
  const rest = (fields: ReadonlyArray<Field>) => fields.filter((field) => !isDone(field))
  return {
    ...form,
    entries: form.entries.filter((entry) => entry._tag === "Tick" || !isDone(entry.field)),
    missing: rest(form.missing),
    unfilled: rest(form.unfilled),
    blank: rest(form.blank),
    captcha: spent ? undefined : form.captcha
  }
}

/** Lists that are known to be empty as yet are waited for rather than opened again. */
export const withoutLists = (form: Form, empty: ReadonlySet<string>): Form => {
  const waits = (entry: Entry): entry is Extract<Entry, { _tag: "Choose" }> =>
    entry._tag === "Choose" && empty.has(entry.field.key)
  return empty.size === 0
    ? form
    : {
        ...form,
        entries: form.entries.filter((entry) => !waits(entry)),
        awaited: [...form.awaited, ...form.entries.filter(waits).map(({ field }) => field)]
      }
}

const optional = /opcional|optional|si aplica|en su caso|si (lo )?tiene|o bien/
const keys = new Set<FieldRole | undefined>(["ticket", "webId", "transaction", "barcode"])
const needed = new Set<FieldRole | undefined>([
  ...keys,
  "total",
  "date",
  "store",
  "register",
  "payment",
  "rfc",
  "name",
  "postalCode",
  "regime",
  "use",
  "email"
])

const labelsOf = ({ key, control }: Field) => plain(`${key} ${control.placeholder} ${control.hint}`)

const unfilled = (fields: ReadonlyArray<Field>) =>
  fields.filter(
    (field) => needed.has(field.role) && field.control.enabled && !optional.test(labelsOf(field)) && !isFilled(field)
  )

const orderOf = (entry: Entry) => (entry._tag === "Tick" ? entry.control.order : entry.field.control.order)
