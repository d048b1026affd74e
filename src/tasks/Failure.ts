import type { AgentError } from "../agent/AgentError.ts"
import type { FailureCode } from "./Status.ts"

/** How a task ends FAILED. */
export interface Failure {
  readonly code: FailureCode
  /** For the user, Spanish. */
  readonly reason: string
  /** The portal itself said so, which holds after the intent to submit as well. */
  readonly decisive: boolean
}

const ours = (code: FailureCode, reason: string): Failure => ({ code, reason, decisive: false })

export const cancelled = ours("CANCELLED", "La tarea fue cancelada por el usuario.")
export const overdue = ours("TIMEOUT", "La tarea pasó de los tres minutos de ejecución.")
export const unanswered = ours("INTERVENTION_EXPIRED", "Nadie respondió a tiempo a la solicitud de intervención.")
export const crashed = ours("INTERNAL", "El proceso que ejecutaba la tarea se interrumpió tres veces.")
export const internal = ours("INTERNAL", "Ocurrió un error interno al ejecutar la tarea.")
export const profileIncomplete = ours("DATA_REJECTED", "El perfil fiscal está incompleto: corríjalo y reintente.")
export const foreignInvoice = (uuid: string): Failure => ({
  code: "INVOICE_MISMATCH",
  reason: `El portal entregó el CFDI ${uuid}, que ya pertenece a otra de sus tareas.`,
  decisive: true
})

const portalSaid: ReadonlySet<AgentError["_tag"]> = new Set([
  "TicketRefused",
  "CaptchaUnsolved",
  "PortalClosed",
  "WrongInvoice",
  "SubmitUncertain"
])
const ofTheTicket: ReadonlySet<AgentError["_tag"]> = new Set(["TicketRefused", "CaptchaUnsolved"])

/**
 * An agent's error as the task tells it. A run that only looks for what an earlier one may have submitted learns nothing
 * of that submit when the portal refuses the ticket or a captcha, unless it says that the ticket is invoiced.
 */
export const fromAgent = (error: AgentError, looking: boolean): Failure => ({
  code: error.code,
  reason: error.reason,
  decisive: portalSaid.has(error._tag) && !(looking && ofTheTicket.has(error._tag) && error.code !== "ALREADY_INVOICED")
})
