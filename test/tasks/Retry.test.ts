import { expect } from "bun:test"
import { Array as Arr, Duration, Effect, Fiber, Option, Ref, TestClock } from "effect"
import { Aborted, BrowserGone, LoginFailed, PortalDown, RunTimeout, TicketRefused } from "../../src/agent/AgentError.ts"
import { delayAfter, notFound, scheduleFor, transient } from "../../src/tasks/Retry.ts"
import * as it from "../lib/effect.ts"

const reason = "x"
const options = { base: "5 seconds", retryNotFound: false } as const

it.effect("what passes by itself is tried three times in all, after 5 s and 20 s, a fifth more or less", () =>
  Effect.gen(function* () {
    const tries = yield* Ref.make(0)
    const fiber = yield* Ref.update(tries, (n) => n + 1).pipe(
      Effect.zipRight(Effect.fail("down")),
      Effect.retry(transient("5 seconds")),
      Effect.exit,
      Effect.fork
    )
    yield* TestClock.adjust("3999 millis")
    expect(yield* Ref.get(tries)).toBe(1)
    yield* TestClock.adjust("2001 millis")
    expect(yield* Ref.get(tries)).toBe(2)
    yield* TestClock.adjust("13 seconds")
    expect(yield* Ref.get(tries)).toBe(2)
    yield* TestClock.adjust("11 seconds")
    expect(yield* Ref.get(tries)).toBe(3)
    expect((yield* Fiber.join(fiber))._tag).toBe("Failure")
  })
)

it.effect("the wait after each failure is the schedule's own, and there is none after its end", () =>
  Effect.gen(function* () {
    const waits = yield* Effect.forEach([0, 1, 2, 3], (failures) => delayAfter(notFound, failures))
    expect(waits).toEqual([
      Option.some(Duration.hours(6)),
      Option.some(Duration.hours(24)),
      Option.none(),
      Option.none()
    ])
    const jittered = yield* Effect.forEach(Arr.range(1, 50), () => delayAfter(transient("5 seconds"), 1))
    const millis = jittered.map((wait) => Option.match(wait, { onNone: () => 0, onSome: Duration.toMillis }))
    expect(Math.min(...millis)).toBeGreaterThanOrEqual(16_000)
    expect(Math.max(...millis)).toBeLessThanOrEqual(24_000)
    expect(new Set(millis).size).toBeGreaterThan(10)
    expect(yield* delayAfter(transient("5 seconds"), 2)).toEqual(Option.none())
  })
)

it.effect("only an error that a later try can help has a schedule", () =>
  Effect.sync(() => {
    const notFoundError = new TicketRefused({ code: "TICKET_NOT_FOUND", reason })
    const retried = [new PortalDown({ reason }), new BrowserGone({ reason })]
    const final = [
      new RunTimeout({ reason }),
      new LoginFailed({ reason }),
      new Aborted({ reason }),
      new TicketRefused({ code: "TICKET_EXPIRED", reason }),
      notFoundError
    ]
    expect(retried.map((error) => Option.isSome(scheduleFor(error, options)))).toEqual([true, true])
    expect(final.map((error) => Option.isSome(scheduleFor(error, options)))).toEqual(final.map(() => false))
    expect(scheduleFor(notFoundError, { ...options, retryNotFound: true })).toEqual(Option.some(notFound))
  })
)
