import { Effect } from "effect"
import type { Desk } from "../Desk.ts"
import * as InPage from "../page/InPage.ts"
import { settle } from "../page/Settle.ts"
import type { Tab } from "../page/Tab.ts"
import type { Entry } from "../plan/Form.ts"
import { parseDate } from "../portal/Dates.ts"
import type { Field } from "../portal/Fields.ts"
import { findOption } from "../portal/Options.ts"
import { mask, nameOfField } from "../portal/Speech.ts"
import { choose } from "./Choose.ts"
import { leaveCalendar, pickDate } from "./PickDate.ts"
import { press, tick } from "./Press.ts"
import { type } from "./Type.ts"

/** How an entry of a form went. */
export type Done =
  | { readonly _tag: "Held" }
  | { readonly _tag: "NotHeld"; readonly field: Field }
  | { readonly _tag: "NotOffered"; readonly field: Field; readonly offered: ReadonlyArray<string> }

const held: Done = { _tag: "Held" }

// What a page hides while it is typed is told to nobody, whatever it is called.
const secrecy = ({ control, role }: Field) => (control.kind === "password" ? "password" : role)

const perform = Effect.fn("act.perform")(function* (tab: Tab, desk: Desk, entry: Entry) {
  if (entry._tag === "Tick") {
    yield* tick(entry.control)
    yield* desk.step({ type: "click", message: `Marco ${entry.label}` })
    return held
  }
  const { field, fact } = entry
  const name = nameOfField(field)
  if (entry._tag === "Type") {
    const date = parseDate(fact.value)
    const typed = yield* type(field.control, entry.text)
    if (typed && date && field.role === "date") yield* leaveCalendar(tab, field.control, date)
    // Some calendars take nothing but what is chosen from them.
    const ok = typed || (date !== undefined && field.role === "date" && (yield* pickDate(tab, field.control, date)))
    yield* desk.step({ type: "input", message: `Escribo ${name}`, content: mask(secrecy(field), entry.text) })
    return ok ? held : ({ _tag: "NotHeld", field } satisfies Done)
  }
  if (entry._tag === "PickDate") {
    const ok = yield* pickDate(tab, field.control, entry.date)
    yield* desk.step({ type: "input", message: `Elijo ${name} en el calendario`, content: fact.value })
    return ok ? held : ({ _tag: "NotHeld", field } satisfies Done)
  }
  if (field.radios.length > 0) {
    const item = findOption(
      field.radios.map((radio) => ({ text: radio.label, value: "", disabled: !radio.enabled, radio })),
      fact
    )
    if (!item) return { _tag: "NotOffered", field, offered: field.radios.map(({ label }) => label) } satisfies Done
    yield* press(item.radio)
    yield* desk.step({ type: "click", message: `Elijo ${name}: «${item.text}»` })
    return held
  }
  const choice = yield* choose(tab, field.control, fact)
  if (choice._tag === "NotOffered") return { _tag: "NotOffered", field, offered: choice.offered } satisfies Done
  yield* desk.step({ type: "input", message: `Elijo ${name}: «${choice.text}»` })
  return held
})

/** A page that answers an entry at once has drawn its answer by then; it is heard again before anything is pressed. */
const answerMs = 10

/**
 * Does the entries of a form in their order. Stops early when the page begins to load or change its fields, for what
 * was planned may no longer fit.
 */
export const fillIn = Effect.fn("act.fillIn")(function* (tab: Tab, desk: Desk, entries: ReadonlyArray<Entry>) {
  const before = yield* InPage.changes(tab.page().mainFrame())
  let changes = before
  for (const entry of entries) {
    const { frame } = entry._tag === "Tick" ? entry.control : entry.field.control
    yield* desk.checkpoint
    const since = performance.now()
    const done = yield* perform(tab, desk, entry)
    if (done._tag !== "Held") return done
    changes = yield* InPage.calm(frame, changes, answerMs, 300)
    if (tab.traffic.since(since).length > 0) {
      yield* settle(tab)
      return held
    }
  }
  if (changes !== before) yield* settle(tab, "5 seconds")
  return held
})
