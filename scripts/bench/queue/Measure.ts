import { Array as Arr, Deferred, Effect, Exit, Order, Scope } from "effect"
import type { Contestant } from "./Contestant.ts"

export interface Latency {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

const latency = (millis: ReadonlyArray<number>): Latency => {
  const sorted = Arr.sort(millis, Order.number)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** Counts runs, and tells when the one that was waited for has come. */
const counter = () => {
  let runs = 0
  let awaited = Number.POSITIVE_INFINITY
  let reached = Deferred.unsafeMake<void>(Effect.runSync(Effect.fiberId))
  const waits: Array<number> = []
  const ran = (sentAt: number) => {
    runs++
    if (sentAt > 0) waits.push(performance.now() - sentAt)
    if (runs >= awaited) Deferred.unsafeDone(reached, Effect.void)
  }
  const reach = (target: number) =>
    Effect.suspend(() => {
      if (runs >= target) return Effect.void
      reached = Deferred.unsafeMake<void>(Effect.runSync(Effect.fiberId))
      awaited = target
      return Deferred.await(reached)
    })
  return { ran, reach, waits, runs: () => runs }
}

/** Jobs a second of a worker that finds them all waiting. */
export const drain = Effect.fn("bench.drain")(function* (contestant: Contestant, jobs: number, users: number) {
  yield* contestant.fill(jobs, users)
  const { ran, reach } = counter()
  const scope = yield* Scope.make()
  const start = performance.now()
  yield* Scope.extend(contestant.work(ran), scope)
  yield* reach(jobs)
  const seconds = (performance.now() - start) / 1000
  yield* Scope.close(scope, Exit.void)
  return jobs / seconds
})

/** From before a job is put in until its run begins, each after the one before has run. */
export const idle = Effect.fn("bench.idle")(function* (contestant: Contestant, jobs: number) {
  const { ran, reach, waits } = counter()
  yield* contestant.work(ran)
  for (let job = 1; job <= jobs; job++) {
    yield* contestant.put(performance.now())
    yield* reach(job)
    yield* Effect.sleep("5 millis")
  }
  return latency(waits.slice(Math.floor(jobs / 10)))
}, Effect.scoped)

const tick = 10

/** The same while jobs come at a steady rate. */
export const steady = Effect.fn("bench.steady")(function* (contestant: Contestant, rate: number, seconds: number) {
  const { ran, reach, waits } = counter()
  yield* contestant.work(ran)
  const start = performance.now()
  const each = Math.round((rate * tick) / 1000)
  const ticks = Math.round((seconds * 1000) / tick)
  for (let at = 0; at < ticks; at++) {
    yield* Effect.sleep(Math.max(0, start + at * tick - performance.now()))
    const puts = Arr.makeBy(each, () => Effect.suspend(() => contestant.put(performance.now())))
    yield* Effect.forkScoped(Effect.all(puts, { concurrency: "unbounded", discard: true }))
  }
  yield* reach(each * ticks)
  return latency(waits.slice(Math.floor(waits.length / 10)))
}, Effect.scoped)
