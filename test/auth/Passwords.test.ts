import { expect } from "bun:test"
import { Effect, Exit, Fiber } from "effect"
import { Passwords } from "../../src/auth/Passwords.ts"
import * as it from "../lib/effect.ts"

it.live("T14: two hash at a time, a hundred wait at most, and who leaves makes room", () =>
  Effect.gen(function* () {
    const { turn } = yield* Passwords
    const latch = yield* Effect.makeLatch()
    let [busy, most] = [0, 0]
    const work = turn(
      Effect.acquireUseRelease(
        Effect.sync(() => {
          most = Math.max(most, ++busy)
        }),
        () => latch.await,
        () => Effect.sync(() => busy--)
      )
    )
    const fibers = yield* Effect.forEach(Array.from({ length: 100 }), () => Effect.fork(work))
    yield* Effect.yieldNow()
    expect(yield* Effect.flip(work)).toMatchObject({ _tag: "AuthUnavailable" })
    for (const fiber of fibers.slice(50)) yield* Fiber.interrupt(fiber)
    const late = yield* Effect.fork(work)
    yield* latch.open
    expect(Exit.isSuccess(yield* Fiber.await(late))).toBe(true)
    for (const fiber of fibers.slice(0, 50)) expect(Exit.isSuccess(yield* Fiber.await(fiber))).toBe(true)
    expect([busy, most]).toEqual([0, 2])
  }).pipe(Effect.provide(Passwords.Default))
)
