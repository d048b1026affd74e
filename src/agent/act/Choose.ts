import { Data, Effect, Schedule } from "effect"
import * as InPage from "../page/InPage.ts"
import { settle, settleAfter } from "../page/Settle.ts"
import type { SeenControl, Tab } from "../page/Tab.ts"
import type { Fact } from "../portal/Facts.ts"
import { findOption, isPlaceholder } from "../portal/Options.ts"
import { plain } from "../portal/Plain.ts"
import { act } from "./Hands.ts"
import { press } from "./Press.ts"
import { type } from "./Type.ts"

type Wanted = Pick<Fact, "value" | "names">

export type Choice =
  | { readonly _tag: "Chosen"; readonly text: string }
  /** Nothing in the list says it; the list is what a person would be asked about. */
  | { readonly _tag: "NotOffered"; readonly offered: ReadonlyArray<string> }

const chosen = (text: string): Choice => ({ _tag: "Chosen", text })
const notOffered = (offered: ReadonlyArray<string>): Choice => ({
  _tag: "NotOffered",
  offered: offered.filter((text) => !isPlaceholder(text))
})

const native = Effect.fn("act.select")(function* (control: SeenControl, wanted: Wanted) {
  const option = findOption(control.options, wanted)
  if (!option) return notOffered(control.options.map(({ text }) => text))
  const handle = yield* InPage.element(control.frame, control.ref)
  yield* act("select", () => handle.selectOption({ index: control.options.indexOf(option) }, { timeout: 5_000 }))
  return chosen(option.text)
})

interface Item {
  readonly ref: number
  readonly text: string
  readonly value: string
  readonly disabled: boolean
}

/** A list in a dialog of its own is left by a button. */
const confirms = /^(ok|aceptar|listo|hecho|confirmar|aplicar|elegir|seleccionar|done)$/

/** What a list says instead of its items. */
const findsNothing =
  /^(no (se |hay |existe|tenemos|results|matches|options|data)|sin (resultados|coincidencias|datos|opciones)|buscando|cargando|searching|loading)/

/** What has become visible since, as the items of a list that was opened. */
const appeared = (control: SeenControl, before: ReadonlySet<string>) =>
  Effect.map(InPage.bearing(control.frame), (now) =>
    now
      .filter(({ ref, text }) => !before.has(`${ref} ${text}`) && !findsNothing.test(plain(text)))
      // What has a name of its own and one item in it is the box of the list.
      .filter(({ around }, _, all) => !all.some(({ ref }) => around.includes(ref)))
      .map(({ ref, text }): Item => ({ ref, text, value: "", disabled: false }))
  )

class NothingYet extends Data.TaggedError("NothingYet") {}

/** What a search brings up; lists wait a moment for the next key before they look. */
const suggestions = (tab: Tab, control: SeenControl, before: ReadonlySet<string>) =>
  appeared(control, before).pipe(
    Effect.filterOrFail(
      (found) => found.length > 0,
      () => new NothingYet()
    ),
    Effect.retry({
      schedule: Schedule.spaced("100 millis").pipe(Schedule.upTo("1500 millis")),
      while: ({ _tag }) => _tag === "NothingYet"
    }),
    Effect.zipRight(settle(tab, "1 second")),
    Effect.zipRight(appeared(control, before)),
    Effect.catchTag("NothingYet", () => Effect.succeed<ReadonlyArray<Item>>([]))
  )

const visibleNow = (control: SeenControl) =>
  Effect.map(InPage.bearing(control.frame, control.ref), (now) => new Set(now.map(({ ref, text }) => `${ref} ${text}`)))

// Elements nested in each other may bear one text, and a list bears those of all its items: neither is another item.
const distinct = (items: ReadonlyArray<Item>) => {
  const single = items.filter(
    (item, index) => items.findLastIndex(({ text }) => plain(text) === plain(item.text)) === index
  )
  return single.filter(
    ({ text }) =>
      single.filter((other) => other.text !== text && other.text.length > 2 && text.includes(other.text)).length < 2
  )
}

/** What a list may know a place by where it does not know its whole name: its number, else its longest words. */
const keysIn = (value: string) => {
  const words = value.split(/[\s,;:/()|.-]+/)
  const numbers = words.filter((word) => /^\d{3,}$/.test(word))
  const names = words.filter((word) => /^\p{L}{4,}$/u.test(word)).toSorted((a, b) => b.length - a.length)
  return words.length > 1 ? [...numbers, ...names].slice(0, 3) : []
}

/**
 * A list that is not a native select: opened with the pointer as a person opens it, wherever in the document it then
 * appears; typed into where it can be searched; its item pressed.
 */
const replaced = Effect.fn("act.chooseItem")(function* (tab: Tab, control: SeenControl, wanted: Wanted) {
  const { keyboard } = control.frame.page()
  const before = yield* visibleNow(control)
  // A list can be read while it still opens, as soon as any of it is seen.
  yield* settleAfter(tab, press(control), { answer: "1500 millis", limit: "5 seconds", mayFade: true })
  const pick = (items: ReadonlyArray<Item>) => findOption(distinct(items), wanted)
  let offered: ReadonlyArray<Item> = yield* appeared(control, before)
  let item = pick(offered)
  if (!item) {
    yield* settle(tab, "1 second")
    offered = yield* appeared(control, before)
    item = pick(offered)
  }
  for (const text of [...wanted.names, wanted.value, ...keysIn(wanted.value)]) {
    if (item) break
    // The focus is in the list's own search box, or in the control itself; elsewhere the keys do no harm.
    const search = act("search", () => keyboard.type(text.slice(0, 40)))
    yield* settleAfter(tab, search, { answer: "1500 millis", limit: "5 seconds" })
    const found = yield* suggestions(tab, control, before)
    item = pick(found)
    if (found.length > 0) offered = found
    if (!item) yield* act("search", () => keyboard.press("ControlOrMeta+A").then(() => keyboard.press("Backspace")))
  }
  if (!item && offered.length === 0 && control.kind === "combobox" && (yield* type(control, wanted.value)))
    return chosen(wanted.value)
  if (!item) {
    yield* act("close", () => keyboard.press("Escape"))
    return notOffered(distinct(offered).map(({ text }) => text))
  }
  yield* settleAfter(tab, press({ frame: control.frame, ref: item.ref }), { answer: "1500 millis" })
  const confirm = offered.find(({ text }) => confirms.test(plain(text)))
  if (confirm && (yield* appeared(control, before)).some(({ ref }) => ref === confirm.ref))
    yield* settleAfter(tab, press({ frame: control.frame, ref: confirm.ref }), { answer: "1500 millis" })
  return chosen(item.text)
})

/** A text field that suggests by a native list of its own: what it suggests is what it takes. */
const suggested = Effect.fn("act.suggested")(function* (control: SeenControl, wanted: Wanted) {
  const option = findOption(
    control.options.map(({ text, value, disabled }) => ({ text: text || value, value, disabled })),
    wanted
  )
  if (!option) return notOffered(control.options.map(({ text, value }) => text || value))
  yield* type(control, option.value)
  return chosen(option.text)
})

/** Chooses what a fact says from any kind of list: by SAT code or description, never by index. */
export const choose = (tab: Tab, control: SeenControl, wanted: Wanted) => {
  if (control.kind === "select") return native(control, wanted)
  return control.options.length > 0 ? suggested(control, wanted) : replaced(tab, control, wanted)
}
