import { Duration, Effect, Schedule } from "effect"
import * as InPage from "./InPage.ts"
import { PageMoved } from "./PageError.ts"
import type { Tab } from "./Tab.ts"

const quietMs = 60
const unrestMs = 1_500

class StillBusy extends PageMoved {}

const again = Schedule.spaced("60 millis")

/**
 * Waits for the page to come to rest: nothing under way on the network, no change in the document, no sign of work.
 * A page that never rests (a clock, a carousel, a poll) is taken as it is after `limit`.
 */
export const settle = (tab: Tab, limit: Duration.DurationInput = "10 seconds") =>
  Effect.gen(function* () {
    yield* tab.traffic.idle
    const frame = tab.page().mainFrame()
    yield* InPage.quiet(frame, quietMs, unrestMs)
    if (yield* InPage.isBusy(frame)) return yield* new StillBusy({ during: "work", cause: "the page says so" })
  }).pipe(
    // A new document in the midst of it: begin again with that one.
    Effect.retry({ schedule: again, while: (error) => error._tag === "PageMoved" }),
    Effect.catchTag("PageStuck", () => Effect.void),
    Effect.timeoutOption(limit),
    Effect.asVoid
  )

/** Runs an act and waits until the page has answered it somehow, then until it rests again. */
export const settleAfter = <A, E, R>(
  tab: Tab,
  act: Effect.Effect<A, E, R>,
  options: { readonly answer: Duration.DurationInput; readonly limit?: Duration.DurationInput }
) =>
  Effect.gen(function* () {
    const frame = tab.page().mainFrame()
    const before = yield* InPage.changes(frame).pipe(Effect.catchTag("PageMoved", () => Effect.succeed(0)))
    yield* tab.forgetPulses
    const result = yield* act
    yield* Effect.raceFirst(
      InPage.changed(frame, before, Duration.toMillis(options.answer)).pipe(
        Effect.catchTags({ PageMoved: () => Effect.void, PageStuck: () => Effect.void })
      ),
      tab.pulse
    ).pipe(Effect.timeoutOption(options.answer))
    yield* settle(tab, options.limit)
    return result
  })
