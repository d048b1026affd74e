import { Effect, Schedule } from "effect"
import * as InPage from "../page/InPage.ts"
import { settleAfter } from "../page/Settle.ts"
import type { SeenControl, Tab } from "../page/Tab.ts"
import { type CalendarDate, parseDate } from "../portal/Dates.ts"
import { act } from "./Hands.ts"
import { press, pressBeside } from "./Press.ts"

// Two years back, leaf by leaf.
const maxLeaves = 24

const monthsOf = ({ year, month }: Pick<CalendarDate, "year" | "month">) => year * 12 + month

const shortly = { answer: "500 millis", limit: "2 seconds" } as const

const key = ({ frame }: SeenControl, name: string) => act("leave", () => frame.page().keyboard.press(name))

/** A calendar that stays open lies over what comes next; one in a dialog is let be, for the key might close them both. */
const close = Effect.fn("act.closeCalendar")(function* (tab: Tab, control: SeenControl) {
  if (control.dialog !== 0 || !(yield* InPage.calendarIsOpen(control.frame, control.ref))) return
  yield* settleAfter(tab, key(control, "Escape"), shortly)
  if (!(yield* InPage.calendarIsOpen(control.frame, control.ref))) return
  // Some hear no key, and go when something else is pressed.
  yield* settleAfter(tab, pressBeside(control), shortly)
})

const shown = { answer: "1500 millis", limit: "3 seconds" } as const

/** Turns the leaves of the calendar that is open to a day and presses it; false where it does not let it be chosen. */
const turnTo = Effect.fn("act.turnTo")(function* (tab: Tab, control: SeenControl, date: CalendarDate) {
  for (let leaf = 0; leaf <= maxLeaves; leaf++) {
    const open = yield* InPage.calendar(control.frame)
    if (!open) return false
    const behind = monthsOf(date) - monthsOf(open)
    const ref =
      behind === 0 ? open.days.find(({ day }) => day === date.day)?.ref : behind < 0 ? open.previous : open.next
    if (ref === undefined) return false
    yield* settleAfter(tab, press({ frame: control.frame, ref }), shown)
    if (behind === 0) {
      const still = (yield* InPage.calendar(control.frame))?.confirm
      if (still !== undefined) yield* settleAfter(tab, press({ frame: control.frame, ref: still }), shown)
      if (control.type === "calendar") return true
      yield* close(tab, control)
      const held = parseDate(yield* InPage.valueAt(control.frame, control.ref))
      return held === undefined || held.day === date.day
    }
  }
  return false
})

/** After a date was typed: where its calendar has opened and led the keyboard to the day, it waits for that to be pressed. */
export const leaveCalendar = Effect.fn("act.leaveCalendar")(function* (
  tab: Tab,
  control: SeenControl,
  date: CalendarDate
) {
  const { frame, ref } = control
  if (!(yield* InPage.calendarIsOpen(frame, ref))) return
  // One that opened while its field was left has not taken the keyboard.
  const lags = (yield* InPage.focused(frame))?.ref === ref
  if (lags) yield* settleAfter(tab, key(control, "Tab"), shortly)
  yield* InPage.dayInFocus(frame).pipe(
    Effect.repeat({
      schedule: Schedule.spaced("50 millis").pipe(Schedule.upTo("800 millis")),
      until: (day) => day !== undefined || !lags
    })
  )
  const focused = yield* InPage.dayInFocus(frame)
  if (focused?.day === date.day) yield* settleAfter(tab, press({ frame, ref: focused.ref }), shortly)
  else yield* close(tab, control)
  // One that no key closes lies over all that comes next until it is given its day.
  const stays = yield* InPage.calendarIsOpen(frame, ref).pipe(
    Effect.repeat({
      schedule: Schedule.spaced("50 millis").pipe(Schedule.upTo("400 millis")),
      until: (open) => !open
    })
  )
  if (stays) yield* turnTo(tab, control, date)
})

/**
 * Chooses a day in the calendar that a field opens, for a field that cannot be typed into. False where no calendar
 * opens, or it does not let that day be chosen.
 */
export const pickDate = Effect.fn("act.pickDate")(function* (tab: Tab, control: SeenControl, date: CalendarDate) {
  // One that stands in the page is open.
  if (control.type !== "calendar") yield* settleAfter(tab, press(control), shown)
  if (!(yield* InPage.calendar(control.frame))) {
    const byIcon = Effect.flatMap(InPage.opener(control.frame, control.ref), (icon) =>
      act("open", () => icon.click({ timeout: 3_000 }))
    )
    yield* settleAfter(
      tab,
      Effect.catchTags(byIcon, { PageMoved: () => Effect.void, PageStuck: () => Effect.void }),
      shown
    )
  }
  return yield* turnTo(tab, control, date)
})
