import { type SqlClient, SqlSchema } from "@effect/sql"
import { type Duration, Effect, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { TicketDetails } from "../cfdi/Ticket.ts"
import { statusEvent } from "./EventRow.ts"
import { TaskId } from "./Status.ts"
import { interval } from "./Transition.ts"

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
  /** The user has answered a question of an earlier run. */
  answered: Schema.Boolean,
  /** This process still holds the run that it is the continuation of. */
  held: Schema.Boolean
})
export type Claim = typeof Claim.Type

/** What a claim need not look below. */
export interface Floor {
  /** Nothing that waits was due before. */
  readonly due: string
  /** Nothing runs, or will, with an older token. */
  readonly token: string
}

export const noFloor: Floor = { due: "-infinity", token: "0" }

export interface ClaimRequest {
  readonly workerId: string
  readonly free: number
  readonly perUser: number
  /** Tasks whose suspended runs this process holds. */
  readonly held: ReadonlyArray<TaskId>
  readonly affinity: Duration.Duration
  /** Users who had their turn of late, the latest last. */
  readonly served: ReadonlyArray<UserId>
  readonly floor: Floor
}

const Row = Schema.Struct({ ...Claim.fields, at: Schema.DateTimeUtcFromDate })

// Made here rather than read back from its row: with the join that this takes, claiming 200 takes a third longer.
const told = ({ id, seq, at }: typeof Row.Type) =>
  statusEvent({ id, seq, at, status: "RUNNING", previous: "PENDING", failureCode: null, failureReason: null })

const nobody = "00000000-0000-0000-0000-000000000000"

/**
 * Claims up to `free` tasks: by priority, then from the users with the fewest running, of those from who was not served of
 * late, then the oldest. A user's running rows are counted, so no counter can leak, and `due_tasks` sees to it that nobody
 * else claims between the count and the commit. Each is locked by its key before its status is read: with both in one
 * condition, a planner with stale statistics walks all that is PENDING for each.
 */
export const claim = (sql: SqlClient.SqlClient, request: ClaimRequest) => {
  const { workerId, free, perUser, held, affinity, served, floor } = request
  return SqlSchema.findAll({
    Request: Schema.Void,
    Result: Row,
    execute: () =>
      sql`
      WITH due AS (
        SELECT d.*, d.running + row_number() OVER (PARTITION BY d.user_id ORDER BY d.priority DESC, d.run_at, d.id) AS turn,
               coalesce(array_position(${served}::uuid[], d.user_id), 0) AS served
        FROM due_tasks(${workerId}, ${interval(sql, affinity)}, ${perUser}, ${free}, ${served.at(-1) ?? nobody},
                       ${floor.due}::timestamptz, ${floor.token}::bigint) d
      ), chosen AS (
        SELECT id, row_number() OVER (ORDER BY priority DESC, turn, served, run_at, id) AS place
        FROM due WHERE turn <= ${perUser} ORDER BY place LIMIT ${free}
      ), old AS (
        SELECT t.id, chosen.place,
               t.worker_id IS NOT DISTINCT FROM ${workerId}::uuid AND t.id = ANY(${held}::uuid[]) AS held
        FROM chosen CROSS JOIN LATERAL (
          SELECT id, status, worker_id FROM automation_tasks WHERE id = chosen.id OFFSET 0 FOR UPDATE SKIP LOCKED
        ) t WHERE t.status = 'PENDING'
      ), moved AS (
        UPDATE automation_tasks t SET
          status = 'RUNNING', worker_id = ${workerId}, token = nextval('task_token_seq'), running_since = now(),
          running_ms = CASE WHEN old.held THEN t.running_ms ELSE 0 END,
          last_seq = t.last_seq + 1, updated_at = now()
        FROM old
        WHERE t.id = old.id AND EXISTS (SELECT 1 FROM workers WHERE id = ${workerId} AND lease_until > now())
        RETURNING t.id, t.user_id, t.token, t.last_seq, t.vendor_url, t.ticket_details, t.cfdi_use,
                  t.confirm_before_submit, t.retry_not_found, t.attempt, t.submit_intent_at, old.held, old.place
      ), ended AS (
        UPDATE browser_sessions SET ended_at = now() WHERE id = ANY(ARRAY(
          SELECT s.id FROM moved CROSS JOIN LATERAL (
            SELECT id FROM browser_sessions WHERE task_id = moved.id AND ended_at IS NULL OFFSET 0
          ) s WHERE NOT moved.held))
      ), opened AS (
        INSERT INTO browser_sessions (user_id, task_id, worker_id)
        SELECT user_id, id, ${workerId} FROM moved WHERE NOT held
      ), told AS (
        INSERT INTO task_events (user_id, task_id, seq, type, data)
        SELECT user_id, id, last_seq, 'status', jsonb_build_object(
          'status', 'RUNNING', 'previous', 'PENDING', 'failure_code', NULL, 'failure_reason', NULL) FROM moved
      )
      SELECT m.id, m.user_id AS "userId", m.token, m.last_seq AS seq, m.vendor_url AS "vendorUrl",
             m.ticket_details AS "ticketDetails", m.cfdi_use AS "cfdiUse",
             m.confirm_before_submit AS "confirmBeforeSubmit", m.retry_not_found AS "retryNotFound", m.attempt,
             m.submit_intent_at IS NOT NULL AS submitted, m.held, now() AS at,
             EXISTS (SELECT 1 FROM interventions i WHERE i.task_id = m.id AND i.answers IS NOT NULL) AS answered
      FROM moved m ORDER BY m.place`.withoutTransform
  })(undefined).pipe(
    Effect.catchTag("ParseError", Effect.die),
    Effect.map((rows) => rows.map((row) => ({ claim: row satisfies Claim, event: told(row) })))
  )
}
