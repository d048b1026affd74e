import { Effect, Option } from "effect"
import { parseMoney } from "../../cfdi/Money.ts"
import * as InPage from "../page/InPage.ts"
import type { SeenControl } from "../page/Tab.ts"
import { parseDate, writeDate } from "../portal/Dates.ts"
import { bare } from "../portal/Plain.ts"
import { act, Hands } from "./Hands.ts"

/** Do two texts say the same to a portal: masks, case, thousands and the order of a date aside? */
export const saysSame = (held: string, wanted: string) => {
  const [a, b] = [parseMoney(held), parseMoney(wanted)]
  // A field that drops the point makes 96.00 into 9600.
  if (/[.,]/.test(wanted) && Option.isSome(b)) return Option.isSome(a) && a.value === b.value
  if (bare(held) === bare(wanted)) return true
  if (Option.isSome(a) && Option.isSome(b) && a.value === b.value) return true
  const [one, other] = [parseDate(held), parseDate(wanted)]
  return one !== undefined && other !== undefined && writeDate(one, "yyyymmdd") === writeDate(other, "yyyymmdd")
}

/** As if pasted, up to the last character: that one is a real key, for pages that hear keys from further up. */
const inOneGo = (control: SeenControl, text: string) =>
  Effect.gen(function* () {
    const { keyboard } = control.frame.page()
    yield* act("insert", async () => {
      if (text.length > 1) await keyboard.insertText(text.slice(0, -1))
      await keyboard.type(text.slice(-1))
    })
  })

const byKeys = (control: SeenControl, text: string) =>
  Effect.gen(function* () {
    const handle = yield* InPage.element(control.frame, control.ref)
    const { keyboard } = control.frame.page()
    yield* act("type", async () => {
      await handle.click({ timeout: 5_000 })
      await keyboard.press("ControlOrMeta+A")
      await keyboard.press("Backspace")
      await keyboard.type(text)
    })
  })

/** Into boxes of a date one after the other: each takes its digits and passes on to the next. */
const bySections = (control: SeenControl, text: string) =>
  Effect.gen(function* () {
    const handle = yield* InPage.element(control.frame, control.ref)
    yield* act("type", async () => {
      const first = await handle.$("[role=spinbutton]")
      await (first ?? handle).click({ timeout: 5_000 })
      await control.frame.page().keyboard.type(text.replace(/\D/g, ""))
    })
  })

const atOnce = (control: SeenControl, text: string) =>
  Effect.gen(function* () {
    const handle = yield* InPage.element(control.frame, control.ref)
    yield* act("fill", () => handle.fill(text, { timeout: 5_000 }))
  })

const native = new Set(["date", "time", "datetime-local", "month", "range", "color"])

/** Leaves the control as a person does, so that the page checks it and loads what hangs on it. */
const leave = (control: SeenControl) => act("leave", () => control.frame.page().keyboard.press("Tab"))

const waysInto = Effect.fnUntraced(function* (control: SeenControl) {
  if (control.type === "sections") return [bySections]
  if (native.has(control.type)) return [atOnce]
  const entered = yield* Effect.flatMap(Hands, (hands) => hands.act(InPage.enter(control.frame, control.ref)))
  return entered ? [inOneGo, byKeys, atOnce] : [byKeys, atOnce]
})

/**
 * Types a text over whatever a control holds and reads it back: in one go where the page hears no single keys, key by
 * key as masks want it, else all at once. False where the control keeps something else.
 */
export const type = Effect.fn("act.type")(function* (control: SeenControl, text: string) {
  for (const way of yield* waysInto(control)) {
    yield* way(control, text)
    yield* leave(control)
    if (saysSame(yield* InPage.valueAt(control.frame, control.ref), text)) return true
  }
  return false
})
