import type { SqlClient, Statement } from "@effect/sql"
import { Duration } from "effect"
import { changes } from "./EventRow.ts"
import type { Failure } from "./Failure.ts"
import { isTerminal, type TaskStatus } from "./Status.ts"

interface Transition {
  readonly to: TaskStatus
  /** Which tasks, and what they must be in: a condition on `automation_tasks`. */
  readonly from: Statement.Fragment
  /** The process keeps the task's browser, and is the first that may claim it again. */
  readonly hold?: boolean
  readonly failure?: Failure
  /** Further columns to set; the row before is `t`. */
  readonly set?: Statement.Fragment
}

export const interval = (sql: SqlClient.SqlClient, duration: Duration.Duration) =>
  sql`make_interval(secs => ${Duration.toSeconds(duration)})`

/** RUNNING time so far, in milliseconds, of a row of `automation_tasks` named `t`. */
export const runningMs = (sql: SqlClient.SqlClient) => sql`
  (t.running_ms + coalesce(greatest(extract(epoch FROM now() - t.running_since) * 1000, 0), 0)::int)`

const statusEvents = (sql: SqlClient.SqlClient) => sql`
  INSERT INTO task_events (user_id, task_id, seq, type, data)
  SELECT user_id, id, last_seq, 'status', jsonb_build_object(
    'status', status, 'previous', previous, 'failure_code', failure_code, 'failure_reason', failure_reason) FROM moved`

// In one order for all, so that two that count the same vendors wait for each other and never for one another.
const totals = (sql: SqlClient.SqlClient) => sql`
  INSERT INTO task_totals (user_id, vendor_host, completed, failed)
  SELECT user_id, vendor_host, count(*) FILTER (WHERE status = 'COMPLETED'),
         count(*) FILTER (WHERE status = 'FAILED') - count(*) FILTER (WHERE previous = 'FAILED')
  FROM moved WHERE status IN ('COMPLETED', 'FAILED') OR previous = 'FAILED'
  GROUP BY user_id, vendor_host ORDER BY user_id, vendor_host
  ON CONFLICT (user_id, vendor_host) DO UPDATE SET
    completed = task_totals.completed + excluded.completed, failed = task_totals.failed + excluded.failed`

interface Change {
  /** Statements before it, as the parts of a WITH. */
  readonly first?: Statement.Fragment
  /** Rows named `old` of the tasks to change, with their `previous` status. */
  readonly old: Statement.Fragment
  /** What else must hold of the task `t`. */
  readonly where: Statement.Fragment
  /** What is set, beside what every change sets. */
  readonly set: Statement.Fragment
}

/**
 * One statement for every change of status but the claim: the tasks that it finds in the state it leaves are changed,
 * what belongs to that state is closed, and the event that tells of it is written. What is closed is looked up task by
 * task, lest a planner with stale statistics walks all that is open.
 */
export const change = (sql: SqlClient.SqlClient, { first, old, where, set }: Change) =>
  changes(sql`
    WITH ${first === undefined ? sql`` : sql`${first},`} moved AS (
      UPDATE automation_tasks t SET
        last_seq = t.last_seq + 1, updated_at = now(), running_ms = ${runningMs(sql)}, running_since = NULL, token = NULL,
        ${set}
      FROM ${old} WHERE t.id = old.id AND ${where}
      RETURNING t.id, t.user_id, t.vendor_host, t.last_seq, t.status, t.failure_code, t.failure_reason, t.worker_id, old.previous
    ), withdrawn AS (
      UPDATE interventions SET closed_at = now() WHERE id = ANY(ARRAY(
        SELECT i.id FROM moved CROSS JOIN LATERAL (
          SELECT id FROM interventions WHERE task_id = moved.id AND closed_at IS NULL OFFSET 0
        ) i WHERE moved.status IN ('PAUSED', 'FAILED')))
    ), ended AS (
      UPDATE browser_sessions SET ended_at = now() WHERE id = ANY(ARRAY(
        SELECT s.id FROM moved CROSS JOIN LATERAL (
          SELECT id FROM browser_sessions WHERE task_id = moved.id AND ended_at IS NULL OFFSET 0
        ) s WHERE moved.worker_id IS NULL))
    )
    , counted AS (${totals(sql)}), told AS (${statusEvents(sql)})
    SELECT id, last_seq AS seq, now() AS at, status, previous, failure_code AS "failureCode",
           failure_reason AS "failureReason" FROM moved`)

type Words = Readonly<Record<keyof Failure, Statement.Fragment>>

/** Why it failed. Past the intent to submit only the portal's own word tells how it ended. */
export const failed = (sql: SqlClient.SqlClient, { code, reason, decisive }: Words) => sql`
  failure_code = CASE WHEN t.submit_intent_at IS NULL OR ${decisive} THEN ${code} ELSE 'SUBMIT_UNCERTAIN' END,
  failure_reason = CASE WHEN t.submit_intent_at IS NULL OR ${decisive} THEN ${reason}
    ELSE 'Ya se había enviado la solicitud al portal y no se sabe si la factura se emitió. ' || ${reason} END`

const words = (sql: SqlClient.SqlClient, failure: Failure | undefined) =>
  failure === undefined
    ? sql`failure_code = NULL, failure_reason = NULL`
    : failed(sql, {
        code: sql`${failure.code}::text`,
        reason: sql`${failure.reason}::text`,
        decisive: sql`${failure.decisive}::boolean`
      })

/**
 * The change of all tasks that a condition finds. A row is locked before its status is read, so of two changes at once the
 * second one sees what the first one left.
 */
export const transition = (sql: SqlClient.SqlClient, { to, from, hold = false, failure, set }: Transition) =>
  change(sql, {
    first: sql`
      old AS (SELECT id, status AS previous FROM automation_tasks t WHERE ${from} ORDER BY id FOR UPDATE)`,
    old: sql`old`,
    where: sql`true`,
    set: sql`
      status = ${to}, ${hold ? sql`` : sql`worker_id = NULL,`} ${set === undefined ? sql`` : sql`${set},`}
      ${words(sql, failure)}, completed_at = ${isTerminal(to) ? sql`now()` : sql`NULL`}`
  })
