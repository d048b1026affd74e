import { Duration, Effect, Queue, Random } from "effect"

/** Tells the queue of this process that there may be work. Signals that come close together are one. */
export class Wakeup extends Effect.Service<Wakeup>()("tasks/Wakeup", {
  effect: Effect.gen(function* () {
    const signals = yield* Queue.sliding<void>(1)
    const signal = Effect.asVoid(Queue.offer(signals, undefined))

    /** Returns at a signal, or after about `poll`: a signal only hurries. Jittered, lest processes poll in step. */
    const next = (poll: Duration.Duration) =>
      Effect.flatMap(Random.nextRange(0.8, 1.2), (factor) =>
        Effect.timeoutOption(Queue.take(signals), Duration.times(poll, factor))
      )

    return { signal, next } as const
  })
}) {}
