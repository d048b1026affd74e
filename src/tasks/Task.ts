import { Schema } from "effect"
import { TicketDetails } from "../cfdi/Ticket.ts"
import { ArtifactInfo, InterventionView, TaskStep } from "./Event.ts"
import { described as retryNumbers } from "./Retry.ts"
import { FailureCode, TaskId, TaskStatus } from "./Status.ts"

const Timestamp = Schema.DateTimeUtc

/** What a completed task brought. */
export const Result = Schema.Struct({
  delivery: Schema.Literal("download", "email"),
  cfdi: Schema.NullOr(
    Schema.Struct({
      uuid: Schema.String,
      total: Schema.String,
      issuer_rfc: Schema.String,
      receiver_rfc: Schema.String,
      issued_at: Schema.String
    })
  ),
  warnings: Schema.Array(Schema.String),
  artifacts: Schema.Array(ArtifactInfo)
})
export type Result = typeof Result.Type

/** A task as the list shows it. */
export const Task = Schema.Struct({
  id: TaskId,
  vendor_url: Schema.String,
  status: TaskStatus,
  created_at: Timestamp,
  updated_at: Timestamp,
  completed_at: Schema.NullOr(Timestamp),
  failure_code: Schema.NullOr(FailureCode),
  failure_reason: Schema.NullOr(Schema.String),
  retry_count: Schema.Int.annotations({ description: retryNumbers }),
  next_attempt_at: Schema.NullOr(Timestamp),
  current_live_url: Schema.NullOr(Schema.String),
  result: Schema.NullOr(Result)
}).annotations({ identifier: "Task" })
export type Task = typeof Task.Type

/** One browser that a run of the task had. */
export const BrowserSession = Schema.Struct({
  id: Schema.UUID,
  /** Null until the run asked for a browser, as are the others. */
  provider: Schema.NullOr(Schema.Literal("local", "browserbase", "cdp")),
  status: Schema.NullOr(Schema.Literal("PENDING", "RUNNING", "COMPLETED", "ERROR", "TIMED_OUT")),
  browser_ms: Schema.NullOr(Schema.Int),
  proxy_bytes: Schema.NullOr(Schema.Int),
  started_at: Timestamp,
  ended_at: Schema.NullOr(Timestamp)
})

/** A task with all that belongs to it. */
export const TaskDetail = Schema.Struct({
  ...Task.fields,
  ticket_details: Schema.typeSchema(TicketDetails),
  cfdi_use: Schema.String,
  priority: Schema.Int,
  /** The user drives the browser. */
  taken_over: Schema.Boolean,
  steps: Schema.Array(TaskStep),
  artifacts: Schema.Array(ArtifactInfo),
  intervention: Schema.NullOr(InterventionView),
  sessions: Schema.Array(BrowserSession)
}).annotations({ identifier: "TaskDetail" })
export type TaskDetail = typeof TaskDetail.Type

/** A user's tasks counted. */
export const Stats = Schema.Struct({
  total: Schema.Int,
  by_status: Schema.Record({ key: TaskStatus, value: Schema.Int }),
  by_vendor: Schema.Array(
    Schema.Struct({ vendor: Schema.String, total: Schema.Int, completed: Schema.Int, failed: Schema.Int })
  ),
  /** Completed of all that ended; null before the first end. */
  success_rate: Schema.NullOr(Schema.Number),
  /** From the order to its completion. */
  duration_ms: Schema.Struct({ p50: Schema.NullOr(Schema.Number), p95: Schema.NullOr(Schema.Number) })
}).annotations({ identifier: "Stats" })
export type Stats = typeof Stats.Type
