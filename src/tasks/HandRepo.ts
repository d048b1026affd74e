import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Option, Schema } from "effect"
import type { Step } from "../agent/Desk.ts"
import type { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import type { TaskEvent } from "./Event.ts"
import { events, stepColumns } from "./EventRow.ts"
import { TaskId } from "./Status.ts"
import { transition } from "./Transition.ts"

interface Held {
  readonly id: TaskId
  readonly workerId: string
}

const none: ReadonlyArray<TaskEvent> = []

/**
 * The user's own hands on the page of a run. They drive while the task is PAUSED and its open session says since when;
 * a resume, a cancellation and the end of the session end that as well.
 */
export class HandRepo extends Effect.Service<HandRepo>()("tasks/HandRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const shown = (driven: boolean) => sql`EXISTS (
      SELECT 1 FROM browser_sessions s WHERE s.task_id = t.id AND s.ended_at IS NULL AND s.address IS NOT NULL
        AND s.driven_since IS ${driven ? sql`NOT NULL` : sql`NULL`})`

    const drive = (id: TaskId, since: "now" | "never") => sql`
      UPDATE browser_sessions SET driven_since = ${since === "now" ? sql`now()` : sql`NULL`}
      WHERE task_id = ${id} AND ended_at IS NULL`

    const byUser = (id: TaskId, message: string) =>
      events(sql`
        WITH moved AS (
          UPDATE automation_tasks t SET last_seq = t.last_seq + 1, updated_at = now() WHERE t.id = ${id} RETURNING t.*
        )
        INSERT INTO task_steps (id, user_id, task_id, seq, step_type, message)
        SELECT ${crypto.randomUUID()}::uuid, user_id, id, last_seq, 'user_intervention', ${message}
        FROM moved RETURNING ${stepColumns(sql)}`)

    /** Of a run that has its browser and has not submitted. */
    const takeover = Effect.fn("HandRepo.takeover")((userId: UserId, id: TaskId) =>
      Effect.gen(function* () {
        const paused = yield* transition(sql, {
          to: "PAUSED",
          from: sql`t.id = ${id} AND t.status IN ('RUNNING', 'INTERVENTION_NEEDED') AND ${shown(false)}
                    AND NOT (t.status = 'RUNNING' AND t.submit_intent_at IS NOT NULL)`,
          hold: true
        })
        const already = yield* sql`
          SELECT id FROM automation_tasks t WHERE t.id = ${id} AND t.status = 'PAUSED' AND ${shown(false)} FOR UPDATE`
        if (already.length === 0) return none
        yield* drive(id, "now")
        return [...paused, ...(yield* byUser(id, "El usuario toma el control del navegador"))]
      }).pipe(rls.asUser(userId))
    )

    const release = Effect.fn("HandRepo.release")((userId: UserId, id: TaskId) =>
      Effect.gen(function* () {
        const driven = yield* sql`
          SELECT id FROM automation_tasks t WHERE t.id = ${id} AND t.status = 'PAUSED' AND ${shown(true)} FOR UPDATE`
        if (driven.length === 0) return none
        yield* drive(id, "never")
        const told = yield* byUser(id, "El usuario devuelve el control del navegador")
        const queued = yield* transition(sql, {
          to: "PENDING",
          from: sql`t.id = ${id} AND t.status = 'PAUSED'`,
          hold: true,
          set: sql`run_at = now()`
        })
        return [...told, ...queued]
      }).pipe(rls.asUser(userId))
    )

    /** The run's browser can be seen, and driven, by way of this address. */
    const show = Effect.fn("HandRepo.show")(({ id, workerId }: Held, address: string) =>
      rls.asWorker(sql`
        UPDATE browser_sessions SET address = ${address}
        WHERE task_id = ${id} AND worker_id = ${workerId} AND ended_at IS NULL`)
    )

    /** Where the browser of a task can be seen, if it has one. */
    const address = Effect.fn("HandRepo.address")((userId: UserId, id: TaskId) =>
      SqlSchema.findOne({
        Request: Schema.Void,
        Result: Schema.Struct({ address: Schema.String }),
        execute: () => sql`
          SELECT address FROM browser_sessions WHERE task_id = ${id} AND ended_at IS NULL AND address IS NOT NULL`
      })(undefined).pipe(
        Effect.map(Option.map((row) => row.address)),
        Effect.catchTag("ParseError", Effect.die),
        rls.asUser(userId)
      )
    )

    /** Which of these tasks their users drive. */
    const driven = Effect.fn("HandRepo.driven")((ids: ReadonlyArray<TaskId>) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Schema.Struct({ id: TaskId }),
        execute: () => sql`
          SELECT t.id FROM automation_tasks t
          WHERE t.id = ANY(${ids}::uuid[]) AND t.status = 'PAUSED' AND ${shown(true)}`
      })(undefined).pipe(
        Effect.map((rows) => rows.map((row) => row.id)),
        Effect.catchTag("ParseError", Effect.die),
        rls.asWorker
      )
    )

    const held = ({ id, workerId }: Held) => sql`
      t.id = ${id} AND t.worker_id = ${workerId} AND t.status = 'PAUSED' AND ${shown(true)}`

    const step = Effect.fn("HandRepo.step")((run: Held, { type, message }: Step) =>
      events(sql`
        WITH moved AS (
          UPDATE automation_tasks t SET last_seq = t.last_seq + 1, updated_at = now() WHERE ${held(run)} RETURNING t.*
        )
        INSERT INTO task_steps (id, user_id, task_id, seq, step_type, message)
        SELECT ${crypto.randomUUID()}::uuid, user_id, id, last_seq, ${type}, ${message.replaceAll("\0", "").slice(0, 2000)}
        FROM moved RETURNING ${stepColumns(sql)}`).pipe(rls.asWorker)
    )

    /** As a run's own intent: the first time stands. */
    const intend = Effect.fn("HandRepo.intend")((run: Held) =>
      rls
        .asWorker(sql`
          UPDATE automation_tasks t SET submit_intent_at = coalesce(t.submit_intent_at, now()), updated_at = now()
          WHERE ${held(run)} RETURNING id`)
        .pipe(Effect.map((rows) => (rows.length === 0 ? Option.none() : Option.some(true))))
    )

    return { takeover, release, show, address, driven, step, intend } as const
  })
}) {}
