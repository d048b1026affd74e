import { type SqlClient, SqlSchema, type Statement } from "@effect/sql"
import { Effect, Schema } from "effect"
import { TaskEvent } from "./Event.ts"
import { FailureCode, TaskId, TaskStatus } from "./Status.ts"

export const EventRow = Schema.Struct({
  taskId: Schema.String,
  seq: Schema.Int,
  type: Schema.String,
  createdAt: Schema.ValidDateFromSelf,
  data: Schema.Record({ key: Schema.String, value: Schema.Unknown })
})

/** A corrupt row is a defect: every one was written by us. */
export const eventOf = ({ taskId, seq, type, createdAt, data }: typeof EventRow.Type) =>
  Schema.decodeUnknown(TaskEvent)({ ...data, type, task_id: taskId, seq, timestamp: createdAt.toISOString() }).pipe(
    Effect.orDie
  )

/** Runs a statement that returns `task_id, seq, type, created_at, data` and reads its rows as events. */
export const events = (statement: Statement.Statement<object>) =>
  SqlSchema.findAll({ Request: Schema.Void, Result: EventRow, execute: () => statement })(undefined).pipe(
    Effect.flatMap(Effect.forEach(eventOf)),
    Effect.catchTag("ParseError", Effect.die)
  )

/** A change of status as the statement that made it tells: of the moment at which its event was written. */
export const StatusChange = Schema.Struct({
  id: TaskId,
  seq: Schema.Int,
  at: Schema.DateTimeUtcFromDate,
  status: TaskStatus,
  previous: TaskStatus,
  failureCode: Schema.NullOr(FailureCode),
  failureReason: Schema.NullOr(Schema.String)
})

export const statusEvent = (change: typeof StatusChange.Type): TaskEvent => ({
  type: "status",
  task_id: change.id,
  seq: change.seq,
  timestamp: change.at,
  status: change.status,
  previous: change.previous,
  failure_code: change.failureCode,
  failure_reason: change.failureReason
})

/** Runs a statement that returns changes of status and reads its rows as their events. */
export const changes = (statement: Statement.Statement<object>) =>
  SqlSchema.findAll({ Request: Schema.Void, Result: StatusChange, execute: () => statement.withoutTransform })(
    undefined
  ).pipe(
    Effect.map((rows) => rows.map(statusEvent)),
    Effect.catchTag("ParseError", Effect.die)
  )

/** The page that shows the browser of a task, while it has one that can be seen. */
export const liveUrl = (sql: SqlClient.SqlClient, { origin }: URL, task: Statement.Fragment) => sql`
  CASE WHEN EXISTS (
    SELECT 1 FROM browser_sessions s WHERE s.task_id = ${task} AND s.ended_at IS NULL AND s.address IS NOT NULL
  ) THEN ${`${origin}/#/tasks/`} || ${task} || '/live' END`

/** Where an artifact is read; relative, since the server may be known under several names. */
export const artifactUrl = (sql: SqlClient.SqlClient, id: Statement.Fragment) =>
  sql`'/api/v1/tasks/' || task_id || '/artifacts/' || ${id}`

/** The columns that `events` reads, of rows of `task_steps`. */
export const stepColumns = (sql: SqlClient.SqlClient) => sql`
  task_id, seq, 'step' AS type, created_at,
  jsonb_build_object('step', jsonb_build_object(
    'id', id, 'step_type', step_type, 'message', message, 'content', content,
    'screenshot_url', ${artifactUrl(sql, sql`screenshot_id`)}, 'duration_ms', duration_ms)) AS data`

/** A task's events after `seq`, in order. */
export const eventsAfter = (sql: SqlClient.SqlClient, taskId: string, seq: number, limit: number) =>
  events(sql`
    (SELECT ${stepColumns(sql)} FROM task_steps WHERE task_id = ${taskId} AND seq > ${seq} ORDER BY seq LIMIT ${limit})
    UNION ALL
    (SELECT task_id, seq, type, created_at, data FROM task_events
     WHERE task_id = ${taskId} AND seq > ${seq} ORDER BY seq LIMIT ${limit})
    ORDER BY seq LIMIT ${limit}`)
