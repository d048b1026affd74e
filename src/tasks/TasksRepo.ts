import { SqlClient, SqlSchema, type Statement } from "@effect/sql"
import { Effect, Option, Schema } from "effect"
import type { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import type { TaskEvent } from "./Event.ts"
import * as Failure from "./Failure.ts"
import { violates } from "./Fault.ts"
import { TaskId, TaskStatus } from "./Status.ts"
import { transition } from "./Transition.ts"

/** The user's hand on their tasks: each change one statement that finds the task in the state it may leave, or nothing. */
export class TasksRepo extends Effect.Service<TasksRepo>()("tasks/TasksRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    // Between the intent and the result there is nothing left to stop.
    const notSubmitting = sql`NOT (t.status = 'RUNNING' AND t.submit_intent_at IS NOT NULL)`
    const among = (id: TaskId, statuses: ReadonlyArray<TaskStatus>): Statement.Fragment =>
      sql`t.id = ${id} AND ${sql.in("t.status", statuses)}`

    const pause = Effect.fn("TasksRepo.pause")((userId: UserId, id: TaskId) =>
      transition(sql, {
        to: "PAUSED",
        from: sql`${among(id, ["PENDING", "RUNNING", "INTERVENTION_NEEDED"])} AND ${notSubmitting}`,
        hold: true
      }).pipe(rls.asUser(userId))
    )

    const resume = Effect.fn("TasksRepo.resume")((userId: UserId, id: TaskId) =>
      transition(sql, { to: "PENDING", from: among(id, ["PAUSED"]), hold: true, set: sql`run_at = now()` }).pipe(
        Effect.tap(sql`
          UPDATE browser_sessions SET driven_since = NULL
          WHERE task_id = ${id} AND ended_at IS NULL AND driven_since IS NOT NULL`),
        rls.asUser(userId)
      )
    )

    const cancel = Effect.fn("TasksRepo.cancel")((userId: UserId, id: TaskId) =>
      transition(sql, {
        to: "FAILED",
        from: sql`${among(id, ["PENDING", "RUNNING", "PAUSED", "INTERVENTION_NEEDED"])} AND ${notSubmitting}`,
        failure: Failure.cancelled
      }).pipe(rls.asUser(userId))
    )

    /** All of the user's tasks that can still be stopped. */
    const cancelAll = Effect.fn("TasksRepo.cancelAll")((userId: UserId) =>
      transition(sql, {
        to: "FAILED",
        from: sql`t.user_id = ${userId} AND t.status NOT IN ('COMPLETED', 'FAILED') AND ${notSubmitting}`,
        failure: Failure.cancelled
      }).pipe(rls.asUser(userId))
    )

    /** A new series of attempts; with `confirm` also where an earlier one may have submitted. None: the ticket is taken by another task. */
    const retry = Effect.fn("TasksRepo.retry")((userId: UserId, id: TaskId, confirm: boolean) =>
      transition(sql, {
        to: "PENDING",
        from: sql`${among(id, ["FAILED"])} AND (${confirm} OR t.failure_code <> 'SUBMIT_UNCERTAIN')`,
        set: sql`run_at = now(), attempt = 0, crashes = 0, retry_count = t.retry_count + 1, submit_intent_at = NULL`
      }).pipe(
        Effect.asSome,
        Effect.catchIf(violates("automation_tasks_ticket"), () =>
          Effect.succeed(Option.none<ReadonlyArray<TaskEvent>>())
        ),
        rls.asUser(userId)
      )
    )

    const status = Effect.fn("TasksRepo.status")((userId: UserId, id: TaskId) =>
      SqlSchema.findOne({
        Request: Schema.Void,
        Result: Schema.Struct({ status: TaskStatus }),
        execute: () => sql`SELECT status FROM automation_tasks WHERE id = ${id}`
      })(undefined).pipe(
        Effect.map(Option.map((row) => row.status)),
        Effect.catchTag("ParseError", Effect.die),
        rls.onceAsUser(userId)
      )
    )

    /** The user's other task that has the same ticket. */
    const rival = Effect.fn("TasksRepo.rival")((userId: UserId, id: TaskId) =>
      SqlSchema.findOne({
        Request: Schema.Void,
        Result: Schema.Struct({ id: TaskId }),
        execute: () => sql`
          SELECT other.id FROM automation_tasks mine JOIN automation_tasks other USING (user_id, ticket_key)
          WHERE mine.id = ${id} AND other.id <> mine.id
            AND (other.status <> 'FAILED' OR other.failure_code = 'SUBMIT_UNCERTAIN')`
      })(undefined).pipe(
        Effect.map(Option.map((row) => row.id)),
        Effect.catchTag("ParseError", Effect.die),
        rls.onceAsUser(userId)
      )
    )

    return { pause, resume, cancel, cancelAll, retry, status, rival } as const
  })
}) {}
