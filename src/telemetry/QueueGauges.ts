import { SqlClient, SqlSchema } from "@effect/sql"
import { Duration, Effect, Layer, Metric, Schedule, Schema } from "effect"
import { Rls } from "../db/Rls.ts"
import * as Measures from "./Measures.ts"

const interval = Duration.seconds(5)

const Depth = Schema.Struct({
  pending: Schema.NumberFromString,
  running: Schema.NumberFromString,
  asked: Schema.NumberFromString,
  unstored: Schema.NumberFromString,
  oldest: Schema.Number
})

/** Looks at the queue now and then; each of the counts is read off a small partial index. */
export const QueueGaugesLive = Layer.scopedDiscard(
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const depth = SqlSchema.single({
      Request: Schema.Void,
      Result: Depth,
      execute: () => sql`
        SELECT (SELECT count(*) FROM automation_tasks WHERE status = 'PENDING') AS pending,
               (SELECT count(*) FROM automation_tasks WHERE status = 'RUNNING') AS running,
               (SELECT count(*) FROM interventions WHERE closed_at IS NULL) AS asked,
               (SELECT count(*) FROM artifacts WHERE NOT stored) AS unstored,
               (SELECT coalesce(extract(epoch FROM now() - min(run_at)), 0)::float8
                  FROM automation_tasks WHERE status = 'PENDING' AND run_at <= now()) AS oldest`
    })

    const status = (status: string) => Metric.tagged(Measures.queueTasks, "status", status)

    const look = Effect.gen(function* () {
      const { pending, running, asked, unstored, oldest } = yield* rls.onceAsWorker(depth(undefined))
      yield* Metric.set(status("PENDING"), pending)
      yield* Metric.set(status("RUNNING"), running)
      yield* Metric.set(status("INTERVENTION_NEEDED"), asked)
      yield* Metric.set(Measures.queueOldestAge, oldest)
      yield* Metric.set(Measures.filesUnstored, unstored)
      yield* Metric.set(Measures.databaseUp, 1)
    })

    yield* look.pipe(
      Effect.sandbox,
      Effect.catchAll((cause) =>
        Effect.zipRight(Metric.set(Measures.databaseUp, 0), Effect.logDebug("The queue could not be measured", cause))
      ),
      Effect.withTracerEnabled(false),
      Effect.repeat(Schedule.jittered(Schedule.spaced(interval))),
      Effect.annotateLogs({ module: "telemetry/QueueGauges" }),
      Effect.forkScoped
    )
  })
)
