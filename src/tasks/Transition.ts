import type { SqlClient, Statement } from "@effect/sql"
import { Duration } from "effect"
import { events } from "./EventRow.ts"
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

const status = (sql: SqlClient.SqlClient) => sql`
  jsonb_build_object('status', status, 'previous', previous,
                     'failure_code', failure_code, 'failure_reason', failure_reason)`

/** The event of each row of `moved`, a change of status that also returned the `previous` one. */
export const statusEvents = (sql: SqlClient.SqlClient) => sql`
  INSERT INTO task_events (user_id, task_id, seq, type, data)
  SELECT user_id, id, last_seq, 'status', ${status(sql)} FROM moved
  RETURNING task_id, seq, type, created_at, data`

// Past the intent to submit only the portal's own word tells how it ended.
const failed = (sql: SqlClient.SqlClient, { code, reason, decisive }: Failure) => sql`
  failure_code = CASE WHEN t.submit_intent_at IS NULL OR ${decisive} THEN ${code}::text ELSE 'SUBMIT_UNCERTAIN' END,
  failure_reason = CASE WHEN t.submit_intent_at IS NULL OR ${decisive} THEN ${reason}::text
    ELSE 'Ya se había enviado la solicitud al portal y no se sabe si la factura se emitió. ' || ${reason}::text END`

const notFailed = (sql: SqlClient.SqlClient) => sql`failure_code = NULL, failure_reason = NULL`

/**
 * One statement for every change of status but the claim: the tasks that it finds in the state it leaves are changed,
 * what belongs to that state is closed, and the event that tells of it is written. The row is locked before its status is
 * read, so of two changes at once the second one sees what the first one left.
 */
export const transition = (sql: SqlClient.SqlClient, { to, from, hold = false, failure, set }: Transition) =>
  events(sql`
    WITH old AS (
      SELECT id, status AS previous FROM automation_tasks t WHERE ${from} FOR UPDATE
    ), moved AS (
      UPDATE automation_tasks t SET
        status = ${to}, last_seq = t.last_seq + 1, updated_at = now(),
        running_ms = ${runningMs(sql)}, running_since = NULL, token = NULL,
        ${hold ? sql`` : sql`worker_id = NULL,`}
        ${set === undefined ? sql`` : sql`${set},`}
        ${failure === undefined ? notFailed(sql) : failed(sql, failure)},
        completed_at = ${isTerminal(to) ? sql`now()` : sql`NULL`}
      FROM old WHERE t.id = old.id RETURNING t.*, old.previous
    ), withdrawn AS (
      UPDATE interventions i SET closed_at = now() FROM moved
      WHERE i.task_id = moved.id AND i.closed_at IS NULL AND moved.status IN ('PAUSED', 'FAILED')
    ), ended AS (
      UPDATE browser_sessions s SET ended_at = now() FROM moved
      WHERE s.task_id = moved.id AND s.ended_at IS NULL AND moved.worker_id IS NULL
    )
    ${statusEvents(sql)}`)
