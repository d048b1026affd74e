import { type SqlClient, SqlSchema } from "@effect/sql"
import { type Duration, Effect, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { TicketDetails } from "../cfdi/Ticket.ts"
import { EventRow, eventOf } from "./EventRow.ts"
import { TaskId } from "./Status.ts"
import { interval, statusEvents } from "./Transition.ts"

/** A task that this process may run, as long as `token` is the one in its row. */
export const Claim = Schema.Struct({
  id: TaskId,
  userId: UserId,
  /** The fencing token: what a run with an older one writes matches no row. */
  token: Schema.String,
  /** Of the event that told of this claim. */
  seq: Schema.Int,
  vendorUrl: Schema.URL,
  ticketDetails: Schema.typeSchema(TicketDetails),
  cfdiUse: Schema.String,
  confirmBeforeSubmit: Schema.Boolean,
  retryNotFound: Schema.Boolean,
  /** Runs of this series that failed before. */
  attempt: Schema.Int,
  /** An earlier run has recorded its intent to submit. */
  submitted: Schema.Boolean,
  /** This process still holds the run that it is the continuation of. */
  held: Schema.Boolean
})
export type Claim = typeof Claim.Type

export interface ClaimRequest {
  readonly workerId: string
  readonly free: number
  readonly perUser: number
  /** Tasks whose suspended runs this process holds. */
  readonly held: ReadonlyArray<TaskId>
  readonly affinity: Duration.Duration
}

const Row = Schema.extend(Claim, EventRow)

/**
 * Claims up to `free` tasks: by priority, then from the users with the fewest running, then the oldest. A user's running
 * rows are counted, so no counter can leak; the caller holds the claim lock, so nobody else claims between count and
 * update. The recursive part walks the index from one waiting user to the next, whatever the length of their queues.
 */
export const claim = (sql: SqlClient.SqlClient, { workerId, free, perUser, held, affinity }: ClaimRequest) =>
  SqlSchema.findAll({
    Request: Schema.Void,
    Result: Row,
    execute: () => sql`
      WITH RECURSIVE waiting AS (
        (SELECT user_id FROM automation_tasks WHERE status = 'PENDING' ORDER BY user_id LIMIT 1)
        UNION ALL
        SELECT (SELECT t.user_id FROM automation_tasks t WHERE t.status = 'PENDING' AND t.user_id > w.user_id
                ORDER BY t.user_id LIMIT 1)
        FROM waiting w WHERE w.user_id IS NOT NULL
      ), chosen AS (
        SELECT mine.id, mine.priority, running.n + mine.place AS turn, mine.run_at
        FROM waiting w
        CROSS JOIN LATERAL (
          SELECT count(*) AS n FROM automation_tasks r WHERE r.user_id = w.user_id AND r.status = 'RUNNING'
        ) running
        CROSS JOIN LATERAL (
          SELECT t.id, t.priority, t.run_at, row_number() OVER (ORDER BY t.priority DESC, t.run_at, t.id) AS place
          FROM automation_tasks t
          WHERE t.user_id = w.user_id AND t.status = 'PENDING' AND t.run_at <= now()
            AND (t.worker_id IS NULL OR t.worker_id = ${workerId} OR t.run_at < now() - ${interval(sql, affinity)})
          ORDER BY t.priority DESC, t.run_at, t.id
          LIMIT greatest(${perUser}::bigint - running.n, 0)
        ) mine
        ORDER BY mine.priority DESC, turn, mine.run_at, mine.id LIMIT ${free}
      ), old AS (
        SELECT t.id, chosen.turn, t.worker_id IS NOT DISTINCT FROM ${workerId}::uuid AND t.id = ANY(${held}::uuid[]) AS held
        FROM automation_tasks t JOIN chosen USING (id) WHERE t.status = 'PENDING' FOR UPDATE OF t SKIP LOCKED
      ), moved AS (
        UPDATE automation_tasks t SET
          status = 'RUNNING', worker_id = ${workerId}, token = nextval('task_token_seq'), running_since = now(),
          running_ms = CASE WHEN old.held THEN t.running_ms ELSE 0 END,
          last_seq = t.last_seq + 1, updated_at = now()
        FROM old
        WHERE t.id = old.id AND EXISTS (SELECT 1 FROM workers WHERE id = ${workerId} AND lease_until > now())
        RETURNING t.*, old.held, old.turn, 'PENDING' AS previous
      ), ended AS (
        UPDATE browser_sessions s SET ended_at = now() FROM moved
        WHERE s.task_id = moved.id AND s.ended_at IS NULL AND NOT moved.held
      ), opened AS (
        INSERT INTO browser_sessions (user_id, task_id, worker_id)
        SELECT user_id, id, worker_id FROM moved WHERE NOT held
      ), told AS (${statusEvents(sql)})
      SELECT m.id, m.user_id, m.token, m.vendor_url, m.ticket_details, m.cfdi_use, m.confirm_before_submit,
             m.retry_not_found, m.attempt, m.submit_intent_at IS NOT NULL AS submitted, m.held, told.*
      FROM moved m JOIN told ON told.task_id = m.id
      ORDER BY m.priority DESC, m.turn, m.run_at, m.id`
  })(undefined).pipe(
    Effect.catchTag("ParseError", Effect.die),
    Effect.flatMap((rows) =>
      Effect.forEach(rows, (row) => Effect.map(eventOf(row), (event) => ({ claim: row satisfies Claim, event })))
    )
  )
