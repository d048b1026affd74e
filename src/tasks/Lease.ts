import { Clock, Duration, Effect, Option } from "effect"
import type { Intervals } from "./Timing.ts"

/**
 * Renews a lease until it is lost: refused, or not renewed in time. The time is measured from before each request was
 * sent, so the lease may be believed gone too early, never too late.
 */
export const keep = (renew: Effect.Effect<boolean>, { lease, heartbeat }: Intervals): Effect.Effect<void> => {
  const now = Effect.map(Clock.currentTimeNanos, (nanos) => Duration.nanos(nanos))

  const beat = (deadline: Duration.Duration): Effect.Effect<void> =>
    Effect.gen(function* () {
      const asked = yield* now
      if (Duration.greaterThanOrEqualTo(asked, deadline)) return
      const left = Duration.subtract(deadline, asked)
      const answer = yield* renew.pipe(Effect.sandbox, Effect.timeoutOption(left), Effect.either)
      if (answer._tag === "Left") {
        yield* Effect.logWarning("The worker's lease could not be renewed", answer.left)
        yield* Effect.sleep(Duration.min(Duration.seconds(1), left))
        return yield* beat(deadline)
      }
      if (!Option.contains(answer.right, true)) return
      yield* Effect.sleep(heartbeat)
      return yield* beat(Duration.sum(asked, lease))
    })

  return Effect.flatMap(now, (start) => beat(Duration.sum(start, lease)))
}
