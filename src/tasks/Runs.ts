import { Effect, FiberRef, FiberSet, HashMap } from "effect"
import type { Claim } from "./Claim.ts"
import { Committed } from "./Committed.ts"
import * as Grip from "./Grip.ts"
import { QueueRepo, type Standing } from "./QueueRepo.ts"
import { Run } from "./Run.ts"
import { Stages } from "./Stages.ts"
import type { TaskId } from "./Status.ts"
import { Timing } from "./Timing.ts"
import { Wakeup } from "./Wakeup.ts"

export type Runs = Effect.Effect.Success<ReturnType<typeof make>>

interface Options {
  readonly workerId: string
  /** Browsers that may be kept for waiting users, beside those that run. */
  readonly holds: number
}

// For the whole of a fiber, so nothing need be put back at its end as `annotateLogs` does.
const named =
  (id: TaskId) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    FiberRef.update(FiberRef.currentLogAnnotations, HashMap.set<string, unknown>("task_id", id)).pipe(
      Effect.zipRight(effect)
    )

/** The runs of one worker, running or waiting for their users: a fiber and its grip for each task. */
export const make = Effect.fnUntraced(function* ({ workerId, holds }: Options) {
  const repo = yield* QueueRepo
  const run = yield* Run
  const committed = yield* Committed
  const wakeup = yield* Wakeup
  const stages = yield* Stages
  const { hold } = yield* Timing
  const fibers = yield* FiberSet.make<void>()
  const grips = new Map<TaskId, Grip.Grip>()
  const permits = yield* Effect.makeSemaphore(holds)

  const begin = Effect.fnUntraced(function* (claim: Claim) {
    const grip = yield* Grip.make(claim, {
      workerId,
      holds: permits,
      hold,
      letGo: repo.letGo(claim.id, workerId)
    })
    grips.set(claim.id, grip)
    // A run that was let go may still be closing its browser when its successor begins.
    const forget = Effect.sync(() => grips.get(claim.id) === grip && grips.delete(claim.id))
    yield* run.execute(claim, grip).pipe(
      Effect.ensuring(Effect.zipRight(forget, wakeup.signal)),
      Effect.flatMap(committed.publish),
      Effect.tapDefect((cause) => Effect.logError("How a run ended could not be recorded", cause)),
      named(claim.id),
      FiberSet.run(fibers)
    )
  })

  /** Goes on with the run that waits for this claim, or begins a new one. */
  const start = (claim: Claim) => {
    const grip = grips.get(claim.id)
    return claim.held && grip !== undefined ? grip.renew(claim) : begin(claim)
  }

  const obey = Effect.fnUntraced(function* (grip: Grip.Grip, standing: Standing | undefined) {
    const { token, seq } = grip.state()
    if (standing === undefined) return yield* grip.abandon
    // What was read before the latest claim says nothing of it.
    if (standing.token === token || standing.lastSeq < seq) return
    if (standing.workerId !== workerId) return yield* grip.abandon
    if (standing.token === null) return yield* grip.suspend(token)
    yield* grip.renew({ token: standing.token, seq: standing.lastSeq })
  })

  /** Tasks whose runs wait for their users. */
  const waiting = Effect.sync(() => [...grips.values()].filter((grip) => grip.state().suspended).map((grip) => grip.id))

  /** Reads what became of the tasks, and suspends or ends the runs that they were taken from. */
  const check = Effect.gen(function* () {
    const mine = [...grips.values()]
    if (mine.length === 0) return
    const standings = yield* repo.standings(mine.map((grip) => grip.id))
    const byId = new Map(standings.map((standing) => [standing.id, standing]))
    yield* Effect.forEach(mine, (grip) => obey(grip, byId.get(grip.id)), { discard: true })
    yield* stages.steer(yield* waiting)
  }).pipe(Effect.withSpan("Runs.check"))

  const size = Effect.sync(() => grips.size)
  const has = (id: TaskId) => grips.has(id)

  /** Ends the runs that have not submitted, which hand their tasks back, and waits for the others. */
  const drain = Effect.suspend(() => Effect.forEach([...grips.values()], (grip) => grip.stop, { concurrency: 8 })).pipe(
    Effect.zipRight(FiberSet.awaitEmpty(fibers))
  )

  return { start, check, waiting, size, has, drain, vacant: run.vacant } as const
})
