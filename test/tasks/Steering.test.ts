import { expect } from "bun:test"
import { Array as Arr, Deferred, Duration, Effect, Exit, Queue, Ref } from "effect"
import * as it from "../lib/effect.ts"
import { logOf } from "./lib/Fixtures.ts"
import { order, reaches, SharedTest, sent, startProcess } from "./lib/Process.ts"
import { act, viewOf } from "./lib/Steps.ts"

/** An agent that does one act for each that it is given, with a checkpoint before each. */
const stepwise = Effect.gen(function* () {
  const acts = yield* Queue.unbounded<string>()
  const done = yield* Queue.unbounded<string>()
  const runs = yield* Ref.make(0)
  const stopped = yield* Deferred.make<void>()
  const script: Parameters<typeof order>[1] = (_, desk) =>
    Effect.gen(function* () {
      yield* Ref.update(runs, (n) => n + 1)
      while (true) {
        const act = yield* Queue.take(acts)
        yield* desk.checkpoint
        if (act === "finish") return sent
        yield* desk.step({ type: "click", message: act })
        yield* Queue.offer(done, act)
      }
    }).pipe(Effect.onInterrupt(() => Deferred.succeed(stopped, undefined)))
  return { acts, done, runs, stopped, script } as const
})

it.layer(SharedTest)("steering", (it) => {
  it.live("a paused run does nothing more until it is resumed, and then goes on where it was", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const { acts, done, runs, script } = yield* stepwise
      const task = yield* order(process, script)
      yield* Queue.offer(acts, "one")
      yield* Queue.take(done)
      yield* act("pause", process, task)
      yield* Queue.offer(acts, "two")
      yield* act("resume", process, task)
      expect(yield* Queue.take(done)).toBe("two")
      yield* Queue.offer(acts, "finish")
      yield* reaches(process, task.userId, task.id, "COMPLETED")
      const log = yield* Effect.provide(logOf(task.userId, task.id), process)
      expect(log.map((event) => (event.type === "status" ? event.status : event.type))).toEqual([
        "RUNNING",
        "step",
        "PAUSED",
        "PENDING",
        "RUNNING",
        "step",
        "COMPLETED"
      ])
      expect(yield* Ref.get(runs)).toBe(1)
      expect((yield* viewOf(process, task)).sessions).toHaveLength(1)
    })
  )

  it.live("a run is paused, resumed and cancelled from another process as well", () =>
    Effect.gen(function* () {
      const worker = yield* startProcess()
      const other = yield* startProcess({ WORKER_CONCURRENCY: "0" })
      const { acts, done, runs, stopped, script } = yield* stepwise
      const task = yield* order(worker, script)
      yield* Queue.offer(acts, "one")
      yield* Queue.take(done)
      yield* act("pause", other, task)
      yield* act("resume", other, task)
      yield* Queue.offer(acts, "two")
      yield* Queue.take(done)
      yield* act("cancel", other, task)
      yield* Deferred.await(stopped)
      expect(yield* viewOf(other, task)).toMatchObject({ status: "FAILED", failure_code: "CANCELLED" })
      expect(yield* Ref.get(runs)).toBe(1)
    })
  )

  it.live("a run that waits longer than its browser is kept ends, and a resumed task begins anew", () =>
    Effect.gen(function* () {
      const process = yield* startProcess({}, { hold: Duration.millis(50) })
      const { acts, done, runs, stopped, script } = yield* stepwise
      const task = yield* order(process, script)
      yield* Queue.offer(acts, "one")
      yield* Queue.take(done)
      yield* act("pause", process, task)
      yield* Queue.offer(acts, "two")
      yield* Deferred.await(stopped)
      yield* act("resume", process, task)
      yield* Queue.offer(acts, "finish")
      yield* reaches(process, task.userId, task.id, "COMPLETED")
      expect(yield* Ref.get(runs)).toBe(2)
      expect((yield* viewOf(process, task)).sessions).toHaveLength(2)
    })
  )

  it.live("a waiting run takes no worker's place", () =>
    Effect.gen(function* () {
      const process = yield* startProcess({ WORKER_CONCURRENCY: "1" })
      const { acts, done, script } = yield* stepwise
      const paused = yield* order(process, script)
      yield* Queue.offer(acts, "one")
      yield* Queue.take(done)
      yield* act("pause", process, paused)
      const other = yield* order(process)
      yield* reaches(process, other.userId, other.id, "COMPLETED")
      yield* act("cancel", process, paused)
    })
  )

  it.live("D6: past the intent both are refused with the status, and the result is recorded", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const submitted = yield* Deferred.make<void>()
      const answered = yield* Effect.makeLatch(false)
      const task = yield* order(process, (_, desk) =>
        desk.intend.pipe(
          Effect.zipRight(Deferred.succeed(submitted, undefined)),
          Effect.zipRight(answered.await),
          Effect.as(sent)
        )
      )
      yield* Deferred.await(submitted)
      const refused = { _tag: "InvalidState", task_status: "RUNNING" }
      expect(yield* Effect.flip(act("pause", process, task))).toMatchObject(refused)
      expect(yield* Effect.flip(act("cancel", process, task))).toMatchObject(refused)
      yield* answered.open
      yield* reaches(process, task.userId, task.id, "COMPLETED")
    })
  )

  it.live("of an intent and a pause at the same moment, exactly one happens", () =>
    Effect.gen(function* () {
      const process = yield* startProcess({ WORKER_CONCURRENCY: "12", USER_CONCURRENCY: "12" })
      const outcomes = yield* Effect.forEach(
        Arr.range(1, 12),
        () =>
          Effect.gen(function* () {
            const go = yield* Deferred.make<void>()
            const ready = yield* Deferred.make<void>()
            const task = yield* order(process, (_, desk) =>
              Deferred.succeed(ready, undefined).pipe(
                Effect.zipRight(Deferred.await(go)),
                Effect.zipRight(desk.intend),
                Effect.as(sent)
              )
            )
            yield* Deferred.await(ready)
            const [pause] = yield* Effect.all(
              [Effect.exit(act("pause", process, task)), Deferred.succeed(go, undefined)],
              {
                concurrency: "unbounded"
              }
            )
            if (Exit.isFailure(pause)) return yield* reaches(process, task.userId, task.id, "COMPLETED")
            expect((yield* viewOf(process, task)).status).toBe("PAUSED")
            yield* act("cancel", process, task)
          }),
        { concurrency: 4 }
      )
      expect(outcomes).toHaveLength(12)
    })
  )

  it.live(
    "no more browsers are kept for those who wait than may run: beyond that a run ends and begins anew later",
    () =>
      Effect.gen(function* () {
        const process = yield* startProcess({ WORKER_CONCURRENCY: "1" })
        const [first, second] = [yield* stepwise, yield* stepwise]
        const kept = yield* order(process, first.script)
        yield* Queue.offer(first.acts, "one")
        yield* Queue.take(first.done)
        yield* act("pause", process, kept)
        const ended = yield* order(process, second.script)
        yield* Queue.offer(second.acts, "one")
        yield* Queue.take(second.done)
        yield* Queue.offer(first.acts, "two")
        yield* act("pause", process, ended)
        yield* Queue.offer(second.acts, "two")
        yield* Deferred.await(second.stopped)
        yield* act("resume", process, kept)
        expect(yield* Queue.take(first.done)).toBe("two")
        expect(yield* Ref.get(first.runs)).toBe(1)
        yield* act("cancel", process, kept)
      })
  )
})
