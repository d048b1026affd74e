import { Duration, Effect, Schedule } from "effect"
import type { Frame } from "playwright-core"
import * as InPage from "./InPage.ts"
import { PageMoved } from "./PageError.ts"
import type { Tab } from "./Tab.ts"

const quietMs = 40
const unrestMs = 1_500
/** A reply that takes longer is looked for again; the page may be usable before it comes. */
const answerLimit: Duration.DurationInput = "4 seconds"

const again = Schedule.spaced("25 millis")

/** A frame other than the main one may go away at any time, and then is at rest. */
const inFrames = <A, E, R>(tab: Tab, ask: (frame: Frame) => Effect.Effect<A, E, R>) =>
  Effect.forEach(
    tab.watchedFrames().filter((frame) => !frame.isDetached()),
    ask,
    { concurrency: "unbounded" }
  )

/**
 * Waits for the page to come to rest: nothing under way on the network, no change in its documents, no sign of work.
 * A page that never rests is taken as it is after `limit`.
 */
export const settle = (tab: Tab, limit: Duration.DurationInput = "10 seconds", mayFade = false) =>
  Effect.gen(function* () {
    yield* Effect.timeoutOption(tab.traffic.idle, answerLimit)
    const rested = yield* inFrames(tab, (frame) => InPage.rest(frame, quietMs, unrestMs, mayFade))
    if (rested.includes(false)) return yield* new PageMoved({ during: "work", cause: "the page says that it works" })
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
  options: {
    readonly answer: Duration.DurationInput
    readonly limit?: Duration.DurationInput
    /** Not to wait for what is still fading in or out. */
    readonly mayFade?: boolean
    /** What makes waiting needless once the act is done. */
    readonly until?: Effect.Effect<void>
  }
) =>
  Effect.gen(function* () {
    const counted = yield* inFrames(tab, (frame) =>
      InPage.changes(frame).pipe(
        Effect.map((count) => [{ frame, count }]),
        Effect.catchTag("PageMoved", () => Effect.succeed([]))
      )
    )
    yield* tab.forgetPulses
    tab.traffic.acted()
    const result = yield* act
    const changes = counted
      .flat()
      .map(({ frame, count }) =>
        InPage.changed(frame, count, Duration.toMillis(options.answer)).pipe(
          Effect.catchTags({ PageMoved: () => Effect.void, PageStuck: () => Effect.void })
        )
      )
    yield* Effect.raceAll([tab.pulse, ...changes]).pipe(
      Effect.timeoutOption(options.answer),
      Effect.zipRight(settle(tab, options.limit, options.mayFade)),
      Effect.raceFirst(options.until ?? Effect.never)
    )
    return result
  })
