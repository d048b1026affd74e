import { SqlClient, SqlSchema } from "@effect/sql"
import { Array as Arr, Effect, Schema } from "effect"
import type { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { settings } from "../http/Settings.ts"
import { Vault } from "../vault/Vault.ts"
import { TaskStep } from "./Event.ts"
import { artifactUrl, eventsAfter, liveUrl } from "./EventRow.ts"
import { reveal } from "./Receiver.ts"
import { type TaskId, TaskStatus } from "./Status.ts"
import { Stats, Task, TaskDetail } from "./Task.ts"

const sealed = { receiverRfc: Schema.NullOr(Schema.Uint8ArrayFromSelf) }
const Listed = Schema.Struct({ total: Schema.Int, view: Schema.NullOr(Task), ...sealed })
const Snapshot = Schema.Struct({ view: TaskDetail, lastSeq: Schema.Int, ...sealed })

/** Of how many completed tasks, the latest, the durations are told. */
const sampled = 1000

/** What users see of their tasks. PostgreSQL writes the JSON, one statement to a view, so that it shows one moment. */
export class TaskViews extends Effect.Service<TaskViews>()("tasks/TaskViews", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls
    const vault = yield* Vault
    const { publicUrl } = yield* settings
    const live = liveUrl(sql, publicUrl, sql`t.id`)

    const columns = sql`
      t.id, t.vendor_url, t.status, t.created_at, t.updated_at, t.completed_at, t.failure_code, t.failure_reason,
      t.retry_count, CASE WHEN t.status = 'PENDING' AND t.run_at > now() THEN t.run_at END AS next_attempt_at,
      ${live} AS current_live_url, t.result, t.receiver_rfc`

    const stepsOf = sql`
      SELECT seq, id, step_type, message, content, ${artifactUrl(sql, sql`screenshot_id`)} AS screenshot_url,
             duration_ms, created_at
      FROM task_steps`

    const listed = (status: TaskStatus | "all") => (status === "all" ? sql`true` : sql`t.status = ${status}`)

    const list = Effect.fn("TaskViews.list")(function* (
      userId: UserId,
      { status, limit, page }: { readonly status: TaskStatus | "all"; readonly limit: number; readonly page: number }
    ) {
      // One row without a task where the page is empty.
      const rows = yield* SqlSchema.findAll({
        Request: Schema.Void,
        Result: Listed,
        execute: () => sql`
          SELECT all_of_them.total, to_jsonb(task) AS view, task.receiver_rfc
          FROM (SELECT count(*)::int AS total FROM automation_tasks t WHERE ${listed(status)}) all_of_them
          LEFT JOIN (
            SELECT ${columns} FROM automation_tasks t WHERE ${listed(status)}
            ORDER BY t.created_at DESC, t.id DESC LIMIT ${limit} OFFSET ${(page - 1) * limit}
          ) task ON true ORDER BY task.created_at DESC, task.id DESC`
      })(undefined).pipe(rls.onceAsUser(userId), Effect.orDie)
      const tasks = yield* Effect.forEach(rows, ({ view, receiverRfc }) =>
        view === null ? Effect.succeedNone : Effect.asSome(reveal(vault, userId, view, receiverRfc))
      )
      return { tasks: Arr.getSomes(tasks), total: rows[0]?.total ?? 0 }
    })

    /** The task as of `lastSeq`. */
    const snapshot = Effect.fn("TaskViews.snapshot")((userId: UserId, id: TaskId) =>
      SqlSchema.findOne({
        Request: Schema.Void,
        Result: Snapshot,
        execute: () => sql`
          SELECT to_jsonb(task) AS view, task.last_seq, task.receiver_rfc FROM (
            SELECT ${columns}, t.ticket_details, t.cfdi_use, t.priority, t.last_seq,
              t.status = 'PAUSED' AND EXISTS (
                SELECT 1 FROM browser_sessions s
                WHERE s.task_id = t.id AND s.ended_at IS NULL AND s.driven_since IS NOT NULL) AS taken_over,
              (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.seq), '[]') FROM (
                ${stepsOf} WHERE task_id = t.id) s) AS steps,
              (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.created_at), '[]') FROM (
                SELECT id, kind, filename, size, sha256, created_at FROM artifacts
                WHERE task_id = t.id AND kind <> 'screenshot') a) AS artifacts,
              (SELECT jsonb_strip_nulls(to_jsonb(i)) FROM (
                SELECT id, kind, message, fields, ${artifactUrl(sql, sql`image_id`)} AS image_url,
                       CASE WHEN kind = 'takeover' THEN ${live} END AS live_url, expires_at
                FROM interventions WHERE task_id = t.id AND closed_at IS NULL) i) AS intervention,
              (SELECT coalesce(jsonb_agg(to_jsonb(b) ORDER BY b.started_at), '[]') FROM (
                SELECT id, provider, status, browser_ms, proxy_bytes, started_at, ended_at FROM browser_sessions WHERE task_id = t.id) b) AS sessions
            FROM automation_tasks t WHERE t.id = ${id}
          ) task`
      })(undefined).pipe(
        Effect.catchTag("ParseError", Effect.die),
        rls.onceAsUser(userId),
        Effect.flatMap(
          Effect.transposeMapOption(({ view, lastSeq, receiverRfc }) =>
            Effect.map(reveal(vault, userId, view, receiverRfc), (view) => ({ view, lastSeq }))
          )
        )
      )
    )

    const steps = Effect.fn("TaskViews.steps")((userId: UserId, id: TaskId, after: number, limit: number) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Schema.Struct({ view: TaskStep }),
        execute: () => sql`
          SELECT to_jsonb(step) AS view FROM (
            ${stepsOf} WHERE task_id = ${id} AND seq > ${after} ORDER BY seq LIMIT ${limit}) step`
      })(undefined).pipe(
        Effect.map((rows) => rows.map((row) => row.view)),
        Effect.catchTag("ParseError", Effect.die),
        rls.onceAsUser(userId)
      )
    )

    const events = Effect.fn("TaskViews.events")((userId: UserId, id: TaskId, after: number, limit: number) =>
      eventsAfter(sql, id, after, limit).pipe(rls.onceAsUser(userId))
    )

    const stats = Effect.fn("TaskViews.stats")((userId: UserId) =>
      SqlSchema.single({
        Request: Schema.Void,
        Result: Schema.Struct({ view: Stats }),
        execute: () => sql`
          WITH live AS (
            SELECT status, vendor_host, count(*)::int AS n FROM automation_tasks
            WHERE status NOT IN ('COMPLETED', 'FAILED') GROUP BY status, vendor_host
          ), counts AS (
            SELECT status, vendor_host, n FROM live
            UNION ALL SELECT 'COMPLETED', vendor_host, completed FROM task_totals
            UNION ALL SELECT 'FAILED', vendor_host, failed FROM task_totals
          ), vendors AS (
            SELECT vendor_host AS vendor, sum(n)::int AS total,
                   coalesce(sum(n) FILTER (WHERE status = 'COMPLETED'), 0)::int AS completed,
                   coalesce(sum(n) FILTER (WHERE status = 'FAILED'), 0)::int AS failed
            FROM counts GROUP BY vendor_host HAVING sum(n) > 0
          ), latest AS (
            SELECT extract(epoch FROM completed_at - created_at)::float8 AS took FROM automation_tasks
            WHERE status = 'COMPLETED' ORDER BY user_id, completed_at DESC LIMIT ${sampled}
          )
          SELECT jsonb_build_object(
            'total', (SELECT coalesce(sum(total), 0)::int FROM vendors),
            'by_status', (
              SELECT jsonb_object_agg(s, (SELECT coalesce(sum(n), 0)::int FROM counts WHERE status = s))
              FROM unnest(${[...TaskStatus.literals]}::text[]) s),
            'by_vendor', (SELECT coalesce(jsonb_agg(to_jsonb(v) ORDER BY v.total DESC, v.vendor), '[]') FROM vendors v),
            'success_rate', (SELECT sum(completed)::float8 / nullif(sum(completed + failed), 0) FROM vendors),
            'duration_ms', (
              SELECT jsonb_build_object('p50', round(1000 * p[1]), 'p95', round(1000 * p[2])) FROM (
                SELECT percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY took) AS p FROM latest) percentiles)
          ) AS view`
      })(undefined).pipe(
        Effect.map((row) => row.view),
        rls.onceAsUser(userId),
        Effect.orDie
      )
    )

    return { list, snapshot, steps, events, stats } as const
  })
}) {}
