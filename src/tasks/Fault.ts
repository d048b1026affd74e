import { SqlError } from "@effect/sql"
import { type Duration, Effect, Predicate, Schedule } from "effect"
import { isOutage } from "../http/Outage.ts"

/** Waits for a database that went away, up to `patience`: a restart of PostgreSQL takes seconds. Only for what may be repeated. */
export const outlasting =
  (patience: Duration.Duration) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> => {
    const once = Effect.sandbox(effect)
    // The schedule is made when it is needed: it costs more than most of what it is for.
    const again = Effect.suspend(() =>
      Effect.retry(once, {
        while: isOutage,
        schedule: Schedule.exponential("50 millis").pipe(
          Schedule.union(Schedule.spaced("1 second")),
          Schedule.upTo(patience)
        )
      })
    )
    return once.pipe(
      Effect.catchIf(isOutage, () => again),
      Effect.unsandbox
    )
  }

/** Whether a statement failed because it would have broken this unique index. */
export const violates =
  (index: string) =>
  (error: unknown): error is SqlError.SqlError =>
    error instanceof SqlError.SqlError &&
    Predicate.hasProperty(error.cause, "constraint") &&
    error.cause.constraint === index
