import { expect } from "bun:test"
import { Duration, Effect, Fiber, Logger, LogLevel, Option, Ref, TestClock } from "effect"
import * as Lease from "../../src/tasks/Lease.ts"
import * as it from "../lib/effect.ts"
import { quick } from "./lib/Process.ts"

const { lease, heartbeat } = quick

/** Keeps a lease of 30 s by a beat every 10 s; `renew` is told how many there were before it. */
const keeping = Effect.fnUntraced(function* (renew: (before: number) => Effect.Effect<boolean>) {
  const beats = yield* Ref.make(0)
  const fiber = yield* Effect.fork(
    Lease.keep(
      Effect.flatMap(
        Ref.getAndUpdate(beats, (n) => n + 1),
        renew
      ),
      quick
    ).pipe(Logger.withMinimumLogLevel(LogLevel.None))
  )
  const lost = Effect.map(Fiber.poll(fiber), Option.isSome)
  return { beats: Ref.get(beats), lost } as const
})

it.effect("a lease is renewed at every beat, for as long as it is granted", () =>
  Effect.gen(function* () {
    const { beats, lost } = yield* keeping(() => Effect.succeed(true))
    yield* TestClock.adjust(Duration.minutes(10))
    expect([yield* beats, yield* lost]).toEqual([61, false])
  })
)

it.effect("a lease is lost as soon as it is refused", () =>
  Effect.gen(function* () {
    const { lost } = yield* keeping((before) => Effect.succeed(before < 2))
    yield* TestClock.adjust(Duration.times(heartbeat, 2))
    expect(yield* lost).toBe(true)
  })
)

it.effect("a lease outlives a database that is away for less than it, and not one that is away for longer", () =>
  Effect.gen(function* () {
    const away = (beats: number) =>
      keeping((before) => (before > 0 && before <= beats ? Effect.die("away") : Effect.succeed(true)))
    const [short, long] = [yield* away(15), yield* away(1000)]
    yield* TestClock.adjust(Duration.sum(lease, heartbeat))
    expect([yield* short.lost, yield* long.lost]).toEqual([false, true])
  })
)

it.effect("an answer that was slow counts from when it was asked for: silence ends the lease in time", () =>
  Effect.gen(function* () {
    const slow = yield* keeping(() => Effect.delay(Effect.succeed(true), "25 seconds"))
    const silent = yield* keeping(() => Effect.never)
    yield* TestClock.adjust(Duration.subtract(lease, Duration.millis(1)))
    expect([yield* slow.lost, yield* silent.lost]).toEqual([false, false])
    yield* TestClock.adjust(Duration.seconds(6))
    expect([yield* slow.lost, yield* silent.lost]).toEqual([true, true])
  })
)
