import { Effect } from "effect"
import * as InPage from "../page/InPage.ts"
import { settleAfter } from "../page/Settle.ts"
import type { SeenControl, Tab } from "../page/Tab.ts"
import { type CalendarDate, parseDate } from "../portal/Dates.ts"
import { act } from "./Hands.ts"
import { press } from "./Press.ts"

// Two years back, leaf by leaf.
const maxLeaves = 24

const monthsOf = ({ year, month }: Pick<CalendarDate, "year" | "month">) => year * 12 + month

/**
 * Chooses a day in the calendar that a field opens, for a field that cannot be typed into. False where no calendar
 * opens, or it does not let that day be chosen.
 */
export const pickDate = Effect.fn("act.pickDate")(function* (tab: Tab, control: SeenControl, date: CalendarDate) {
  const answer = { answer: "1500 millis", limit: "3 seconds" } as const
  yield* settleAfter(tab, press(control), answer)
  if (!(yield* InPage.calendar(control.frame))) {
    const byIcon = Effect.flatMap(InPage.opener(control.frame, control.ref), (icon) =>
      act("open", () => icon.click({ timeout: 3_000 }))
    )
    yield* settleAfter(
      tab,
      Effect.catchTag(byIcon, "PageMoved", () => Effect.void),
      answer
    )
  }
  for (let leaf = 0; leaf <= maxLeaves; leaf++) {
    const open = yield* InPage.calendar(control.frame)
    if (!open) return false
    const behind = monthsOf(date) - monthsOf(open)
    const ref =
      behind === 0 ? open.days.find(({ day }) => day === date.day)?.ref : behind < 0 ? open.previous : open.next
    if (ref === undefined) return false
    yield* settleAfter(tab, press({ frame: control.frame, ref }), answer)
    if (behind === 0) {
      const held = parseDate(yield* InPage.valueAt(control.frame, control.ref))
      return held === undefined || held.day === date.day
    }
  }
  return false
})
