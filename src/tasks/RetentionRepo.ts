import { SqlSchema } from "@effect/sql"
import { type Duration, Effect, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { WorkerSql } from "../db/WorkerSql.ts"
import { TaskId } from "./Status.ts"
import { interval } from "./Transition.ts"

const Screenshot = Schema.Struct({ id: Schema.UUID, userId: UserId, taskId: TaskId })

/** Takes away what was kept long enough, the oldest first and never much at once: each statement is short for the others. */
export class RetentionRepo extends Effect.Service<RetentionRepo>()("tasks/RetentionRepo", {
  effect: Effect.gen(function* () {
    const { sql, statement } = yield* WorkerSql

    const ended = sql`task_id IN (SELECT id FROM automation_tasks WHERE status IN ('COMPLETED', 'FAILED'))`

    /** How many steps went. Those of a task that has not ended are part of its run. */
    const dropSteps = Effect.fn("RetentionRepo.dropSteps")((age: Duration.Duration, limit: number) =>
      statement(sql`
        DELETE FROM task_steps WHERE (task_id, seq) IN (
          SELECT task_id, seq FROM task_steps WHERE created_at < now() - ${interval(sql, age)} AND ${ended}
          ORDER BY created_at LIMIT ${limit}
        ) RETURNING 1`).pipe(Effect.map((rows) => rows.length))
    )

    const oldScreenshots = Effect.fn("RetentionRepo.oldScreenshots")((age: Duration.Duration, limit: number) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Screenshot,
        execute: () => sql`
          SELECT id, user_id, task_id FROM artifacts
          WHERE kind = 'screenshot' AND stored AND created_at < now() - ${interval(sql, age)} AND ${ended}
          ORDER BY created_at LIMIT ${limit}`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), statement)
    )

    const dropArtifacts = Effect.fn("RetentionRepo.dropArtifacts")((ids: ReadonlyArray<string>) =>
      statement(sql`DELETE FROM artifacts WHERE id = ANY(${ids}::uuid[])`)
    )

    return { dropSteps, oldScreenshots, dropArtifacts } as const
  })
}) {}
