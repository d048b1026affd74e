import { Deferred, type Duration, Effect, Queue as Inbox, Ref, Schedule } from "effect"
import type { UserId } from "../auth/User.ts"
import { noFloor } from "./Claim.ts"
import { Committed } from "./Committed.ts"
import type { TaskEvent } from "./Event.ts"
import * as Lease from "./Lease.ts"
import { QueueRepo } from "./QueueRepo.ts"
import * as Runs from "./Runs.ts"
import { Timing } from "./Timing.ts"
import { Wakeup } from "./Wakeup.ts"

export interface WorkerOptions {
  /** Runs at a time. */
  readonly concurrency: number
  /** Runs at a time for one user, over all processes. */
  readonly perUser: number
  /** How long a run that may have submitted is waited for at the end. */
  readonly grace: Duration.Duration
  /** Returns when it is not to be waited for any longer. */
  readonly hurried: Effect.Effect<void>
}

/** How many users are known to have had their turn. */
const remembered = 64

const isByUser = ({ step_type }: { readonly step_type: string }) => step_type === "user_intervention"

// A turn that fails is logged, and the next one finds what it missed.
const loop = (name: string, turn: Effect.Effect<unknown>) =>
  turn.pipe(
    Effect.sandbox,
    Effect.catchAll((cause) => Effect.zipRight(Effect.logError(`${name} failed`, cause), Effect.sleep("1 second"))),
    Effect.forever,
    Effect.annotateLogs({ module: "tasks/Worker" }),
    Effect.forkScoped
  )

/**
 * One worker, which has no more use once its lease is `lost`. When its scope closes, its parts stop in the reverse of the
 * order in which they start: no more claims, then the runs are drained while the heartbeat goes on, then its row goes.
 */
export const live = Effect.fnUntraced(function* ({ concurrency, perUser, grace, hurried }: WorkerOptions) {
  const repo = yield* QueueRepo
  const committed = yield* Committed
  const wakeup = yield* Wakeup
  const timing = yield* Timing
  const { budget, poll, control, lease, rescue, affinity } = timing
  const id = crypto.randomUUID()

  yield* Effect.acquireRelease(repo.register(id, lease), () => Effect.ignoreLogged(Effect.sandbox(repo.leave(id))))
  const runs = yield* Runs.make({ workerId: id, holds: concurrency * timing.kept })
  const news = yield* committed.subscribe
  // A look at what became of the runs must not fall between a claim and the start of its run.
  const exclusive = (yield* Effect.makeSemaphore(1)).withPermits(1)
  const check = exclusive(runs.check)

  const lost = yield* Deferred.make<void>()
  yield* Lease.keep(repo.renew(id, lease), timing).pipe(
    Effect.zipRight(Deferred.succeed(lost, undefined)),
    Effect.forkScoped
  )

  const concerns = (event: TaskEvent) =>
    runs.has(event.task_id) &&
    (event.type === "status" ? event.status !== "RUNNING" : event.type === "step" && isByUser(event.step))
  yield* loop(
    "Listening",
    Effect.gen(function* () {
      const events = yield* Inbox.takeBetween(news, 1, 1000)
      const queued = [...events].some((event) => event.type === "status" && event.status === "PENDING")
      if (queued) yield* wakeup.announce
      if ([...events].some(concerns)) yield* check
    })
  )

  yield* loop(
    "Control",
    Effect.gen(function* () {
      yield* Effect.sleep(control)
      if ((yield* runs.size) === 0) return
      yield* committed.publish(yield* repo.endOverdue(id, budget))
      yield* check
    })
  )

  yield* loop(
    "Rescue",
    Effect.flatMap(repo.rescue(rescue), committed.publish).pipe(
      Effect.repeat(Schedule.jittered(Schedule.spaced(rescue)))
    )
  )

  yield* Effect.addFinalizer(() =>
    Effect.unlessEffect(
      // A finalizer is uninterruptible, so without `interruptible` the others would never win.
      runs.drain.pipe(Effect.raceFirst(hurried), Effect.interruptible, Effect.timeoutOption(grace)),
      Deferred.isDone(lost)
    )
  )

  const floor = yield* Ref.make(noFloor)
  yield* loop(
    "Floor",
    Effect.flatMap(Ref.get(floor), repo.floor).pipe(
      Effect.flatMap((found) => Ref.set(floor, found)),
      Effect.repeat(Schedule.spaced(timing.floor))
    )
  )

  // Half of them, so that some end while others begin.
  const most = Math.ceil(concurrency / 2)
  const served = yield* Ref.make<ReadonlyArray<UserId>>([])

  const claim = Effect.gen(function* () {
    const held = yield* runs.waiting
    const free = Math.min(concurrency - ((yield* runs.size) - held.length), most)
    if (free <= 0 || !(yield* runs.vacant)) return false
    const claimed = yield* repo.claim({
      workerId: id,
      free,
      perUser,
      held,
      affinity,
      served: yield* Ref.get(served),
      floor: yield* Ref.get(floor)
    })
    const users = new Set(claimed.map(({ claim }) => claim.userId))
    yield* Ref.update(served, (before) => [...before.filter((user) => !users.has(user)), ...users].slice(-remembered))
    yield* Effect.forEach(claimed, ({ claim }) => runs.start(claim), { discard: true })
    yield* committed.publish(claimed.map(({ event }) => event))
    return claimed.length === free
  })
  // A claim that came back full is followed by the next at once: there may be more, and there may be room for it.
  const full = Effect.uninterruptible(exclusive(claim))
  yield* loop("Claiming", Effect.unlessEffect(wakeup.next(poll), full))

  return { lost: Deferred.await(lost) } as const
})
