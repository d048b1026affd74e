import { expect } from "bun:test"
import { Array as Arr, Deferred, Effect, Exit, Fiber, Queue, Ref } from "effect"
import * as GroupCommit from "../../src/tasks/GroupCommit.ts"
import * as it from "../lib/effect.ts"

const ok = (values: ReadonlyArray<number>) => values.map((value) => Exit.succeed(value * 2))

/** A writer whose batches wait until the test lets each of them go. */
const gated = Effect.gen(function* () {
  const begun = yield* Queue.unbounded<ReadonlyArray<number>>()
  const gates = yield* Queue.unbounded<Deferred.Deferred<ReadonlyArray<Exit.Exit<number, string>>>>()
  const write = yield* GroupCommit.make(
    (values: ReadonlyArray<number>) =>
      Effect.gen(function* () {
        const gate = yield* Deferred.make<ReadonlyArray<Exit.Exit<number, string>>>()
        yield* Queue.offer(gates, gate)
        yield* Queue.offer(begun, values)
        return yield* Deferred.await(gate)
      }),
    { max: 3 }
  )
  const finish = (exits: ReadonlyArray<Exit.Exit<number, string>>) =>
    Effect.flatMap(Queue.take(gates), (gate) => Deferred.succeed(gate, exits))
  return { write, begun, finish, gates } as const
})

it.live("a lone write waits for nobody, and what gathers meanwhile is one batch, no larger than it may be", () =>
  Effect.gen(function* () {
    const { write, begun, finish } = yield* gated
    const first = yield* Effect.fork(write(1))
    expect(yield* Queue.take(begun)).toEqual([1])
    const others = yield* Effect.forEach([2, 3, 4, 5], (value) => Effect.fork(write(value)))
    yield* Effect.yieldNow()
    yield* finish(ok([1]))
    expect(yield* Fiber.join(first)).toBe(2)
    expect(yield* Queue.take(begun)).toEqual([2, 3, 4])
    yield* finish(ok([2, 3, 4]))
    expect(yield* Queue.take(begun)).toEqual([5])
    yield* finish(ok([5]))
    expect(yield* Fiber.join(Fiber.all(others))).toEqual([4, 6, 8, 10])
  })
)

it.live("what comes at once is one batch from the first on", () =>
  Effect.gen(function* () {
    const { write, begun, finish } = yield* gated
    yield* Effect.yieldNow()
    const all = yield* Effect.fork(Effect.forEach([1, 2, 3], write, { concurrency: 3 }))
    expect(yield* Queue.take(begun)).toEqual([1, 2, 3])
    yield* finish(ok([1, 2, 3]))
    expect(yield* Fiber.join(all)).toEqual([2, 4, 6])
  })
)

it.live("each writer learns what became of its own part", () =>
  Effect.gen(function* () {
    const write = yield* GroupCommit.make(
      (values: ReadonlyArray<number>) =>
        Effect.succeed(values.map((value) => (value % 2 === 0 ? Exit.succeed(value) : Exit.fail("odd")))),
      { max: 100 }
    )
    const exits = yield* Effect.forEach(Arr.range(1, 20), (value) => Effect.exit(write(value)), { concurrency: 20 })
    expect(exits).toEqual(Arr.makeBy(20, (n) => ((n + 1) % 2 === 0 ? Exit.succeed(n + 1) : Exit.fail("odd"))))
  })
)

it.live("a batch that cannot be written fails for all in it, and the next one is written all the same", () =>
  Effect.gen(function* () {
    const broken = yield* Ref.make(true)
    const write = yield* GroupCommit.make(
      (values: ReadonlyArray<number>) =>
        Effect.flatMap(Ref.getAndSet(broken, false), (broken) =>
          broken ? Effect.die("the database is away") : Effect.succeed(ok(values))
        ),
      { max: 100 }
    )
    const exits = yield* Effect.forEach([1, 2, 3], (value) => Effect.exit(write(value)), { concurrency: 3 })
    expect(exits.filter(Exit.isFailure).length).toBeGreaterThan(0)
    expect(yield* write(4)).toBe(8)
  })
)
