import { Duration, Effect, Queue, Random } from "effect"

/** Tells queues that there may be work. Signals that come close together are one. */
export class Wakeup extends Effect.Service<Wakeup>()("tasks/Wakeup", {
  effect: Effect.gen(function* () {
    const signals = yield* Queue.sliding<void>(1)
    const announcements = yield* Queue.sliding<void>(1)

    /** For the queue of this process: there is work or a free slot. */
    const signal = Effect.asVoid(Queue.offer(signals, undefined))

    /** For the queues of all processes: a task was queued, and committed. */
    const announce = Effect.zipRight(signal, Effect.asVoid(Queue.offer(announcements, undefined)))

    /** Returns at the next announcement of this process. */
    const announced = Queue.take(announcements)

    /** Returns at a signal, or after about `poll`: a signal only hurries. Jittered, lest processes poll in step. */
    const next = (poll: Duration.Duration) =>
      Effect.flatMap(Random.nextRange(0.8, 1.2), (factor) =>
        Effect.timeoutOption(Queue.take(signals), Duration.times(poll, factor))
      )

    return { signal, announce, announced, next } as const
  })
}) {}
