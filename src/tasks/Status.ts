import { Schema } from "effect"

export const TaskId = Schema.UUID.pipe(Schema.brand("TaskId"))
export type TaskId = typeof TaskId.Type

export const TaskStatus = Schema.Literal("PENDING", "RUNNING", "PAUSED", "INTERVENTION_NEEDED", "COMPLETED", "FAILED")
export type TaskStatus = typeof TaskStatus.Type

export const FailureCode = Schema.Literal(
  "TICKET_EXPIRED",
  "TICKET_NOT_FOUND",
  "ALREADY_INVOICED",
  "DATA_REJECTED",
  "PORTAL_DOWN",
  "PORTAL_BLOCKED",
  "CAPTCHA",
  "LOGIN_FAILED",
  "TIMEOUT",
  "BROWSER_LOST",
  "INVOICE_MISMATCH",
  "SUBMIT_UNCERTAIN",
  "INTERVENTION_EXPIRED",
  "CANCELLED",
  "UNSUPPORTED_PORTAL",
  "URL_REFUSED",
  "INTERNAL"
)
export type FailureCode = typeof FailureCode.Type

/** Statuses that only the user's retry leaves. */
export const isTerminal = (status: TaskStatus) => status === "COMPLETED" || status === "FAILED"
