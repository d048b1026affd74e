import { Schema } from "effect"
import { FailureCode, TaskId, TaskStatus } from "./Status.ts"

const step = {
  id: Schema.UUID,
  step_type: Schema.Literal("navigate", "input", "click", "thinking", "error", "user_intervention", "completed"),
  message: Schema.String,
  content: Schema.NullOr(Schema.String),
  screenshot_url: Schema.NullOr(Schema.String),
  duration_ms: Schema.NullOr(Schema.Int)
}

/** A step as the task's own list shows it. */
export const TaskStep = Schema.Struct({ seq: Schema.Int, ...step, created_at: Schema.DateTimeUtc }).annotations({
  identifier: "TaskStep"
})
export type TaskStep = typeof TaskStep.Type

export const ArtifactInfo = Schema.Struct({
  id: Schema.UUID,
  kind: Schema.Literal("xml", "pdf", "other"),
  filename: Schema.String,
  size: Schema.Int,
  sha256: Schema.String
}).annotations({ identifier: "Artifact" })
export type ArtifactInfo = typeof ArtifactInfo.Type

export const InterventionField = Schema.Struct({
  name: Schema.String,
  label: Schema.String,
  type: Schema.Literal("text", "password", "select", "number", "date"),
  options: Schema.optional(Schema.Array(Schema.String)),
  /** What the portal says of how to write it. */
  hint: Schema.optional(Schema.String),
  max_length: Schema.optional(Schema.Int),
  /** The answer may be kept for the user's next tasks, by `remember` beside the answers. */
  remember: Schema.optional(Schema.Boolean)
})
export type InterventionField = typeof InterventionField.Type

export const InterventionKind = Schema.Literal(
  "captcha",
  "login",
  "otp",
  "missing_data",
  "choice",
  "confirm_submit",
  "takeover"
)

export const InterventionView = Schema.Struct({
  id: Schema.UUID,
  kind: InterventionKind,
  message: Schema.String,
  fields: Schema.Array(InterventionField),
  image_url: Schema.optional(Schema.String),
  live_url: Schema.optional(Schema.String),
  expires_at: Schema.DateTimeUtc
}).annotations({ identifier: "Intervention" })
export type InterventionView = typeof InterventionView.Type

const event = <const Type extends string, Fields extends Schema.Struct.Fields>(type: Type, fields: Fields) =>
  Schema.Struct({
    type: Schema.Literal(type),
    task_id: TaskId,
    timestamp: Schema.DateTimeUtc,
    /** 1 for the task's first event, and one more for each that follows. */
    seq: Schema.Int,
    ...fields
  })

/** What is told of a task, once it is committed. Its encoded form is what goes over the socket. */
export const TaskEvent = Schema.Union(
  event("step", { step: Schema.Struct(step) }),
  event("status", {
    status: TaskStatus,
    previous: TaskStatus,
    failure_code: Schema.NullOr(FailureCode),
    failure_reason: Schema.NullOr(Schema.String)
  }),
  event("intervention", { intervention: InterventionView }),
  event("artifact", { artifact: ArtifactInfo })
)
export type TaskEvent = typeof TaskEvent.Type
