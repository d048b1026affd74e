import { Schema } from "effect"
import * as Problem from "../Problem.ts"
import { TaskId, TaskStatus } from "./Status.ts"

export class TaskNotFound extends Problem.make<TaskNotFound>()("TaskNotFound", {
  status: 404,
  code: "TASK_NOT_FOUND",
  es: "No existe esa tarea.",
  en: "There is no such task."
}) {}

export class ArtifactNotFound extends Problem.make<ArtifactNotFound>()("ArtifactNotFound", {
  status: 404,
  code: "ARTIFACT_NOT_FOUND",
  es: "La tarea no tiene ese archivo.",
  en: "The task has no such file."
}) {}

export class InterventionNotFound extends Problem.make<InterventionNotFound>()("InterventionNotFound", {
  status: 404,
  code: "INTERVENTION_NOT_FOUND",
  es: "La tarea no tiene esa solicitud de intervención.",
  en: "The task has no such intervention."
}) {}

export class InvalidState extends Problem.make<InvalidState>()("InvalidState", {
  status: 409,
  code: "INVALID_STATE",
  fields: { task_status: TaskStatus },
  es: ({ task_status }) => `El estado actual de la tarea (${task_status}) no permite este cambio.`,
  en: ({ task_status }) => `The present state of the task (${task_status}) does not allow this change.`
}) {}

export class DuplicateTicket extends Problem.make<DuplicateTicket>()("DuplicateTicket", {
  status: 409,
  code: "DUPLICATE_TICKET",
  fields: { task_id: TaskId },
  es: "Este ticket ya está en proceso o facturado en ese portal.",
  en: "This ticket is already under way or invoiced on that portal."
}) {}

export class IdempotencyMismatch extends Problem.make<IdempotencyMismatch>()("IdempotencyMismatch", {
  status: 422,
  code: "IDEMPOTENCY_MISMATCH",
  es: "Esa Idempotency-Key ya se usó con otro contenido.",
  en: "That Idempotency-Key was used with another body."
}) {}

export class ShuttingDown extends Problem.make<ShuttingDown>()("ShuttingDown", {
  status: 503,
  code: "SHUTTING_DOWN",
  es: "El servidor se está deteniendo: intente de nuevo en unos segundos.",
  en: "The server is stopping: try again in a few seconds."
}) {}

const FieldError = Schema.Struct({ pointer: Schema.String, code: Schema.String, detail: Schema.String })

export class AnswersRefused extends Problem.make<AnswersRefused>()("AnswersRefused", {
  status: 400,
  code: "VALIDATION",
  fields: { errors: Schema.Array(FieldError) },
  es: "Las respuestas no corresponden a lo que se pidió: vea errors.",
  en: "The answers do not fit what was asked: see errors."
}) {}
