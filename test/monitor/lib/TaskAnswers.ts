import type { NewTask, TaskDetail, TaskStatus } from "../../../src/monitor/Wire.ts"
import { problem } from "./Answers.ts"
import { newTask } from "./Samples.ts"
import type { Received, Timbra } from "./Timbra.ts"

const statuses: ReadonlyArray<TaskStatus> = [
  "PENDING",
  "RUNNING",
  "PAUSED",
  "INTERVENTION_NEEDED",
  "COMPLETED",
  "FAILED"
]

const listed = ({ artifacts: _, intervention: __, sessions: ___, steps: ____, ...task }: TaskDetail) => task

export const list = (timbra: Timbra, query: URLSearchParams) => {
  const status = query.get("status") ?? "all"
  const limit = Number(query.get("limit") ?? 10)
  const from = (Number(query.get("page") ?? 1) - 1) * limit
  const found = timbra.tasks.filter((task) => status === "all" || task.status === status)
  return Response.json(found.slice(from, from + limit).map(listed), {
    headers: { "X-Total-Count": String(found.length) }
  })
}

export const stats = (timbra: Timbra) =>
  Response.json({
    total: timbra.tasks.length,
    by_status: Object.fromEntries(
      statuses.map((status) => [status, timbra.tasks.filter((task) => task.status === status).length])
    )
  })

export const create = (timbra: Timbra, { body }: Received) => {
  const order = body as unknown as NewTask
  if (!URL.canParse(order.vendor_url)) {
    const errors = [{ pointer: "/vendor_url", code: "URL_MALFORMED", detail: "No es una dirección web completa." }]
    return problem(400, "URL_REFUSED", "Esa dirección no se puede visitar.", { errors })
  }
  const [account] = timbra.accounts.values()
  if (account?.profile.privacy_version === null)
    return problem(422, "CONSENT_REQUIRED", "Acepte el aviso de privacidad antes de pedir una factura.")
  const same = JSON.stringify(order.ticket_details)
  const rival = timbra.tasks.find((task) => JSON.stringify(task.ticket_details) === same)
  if (rival) return problem(409, "DUPLICATE_TICKET", "Este ticket ya está en proceso.", { task_id: rival.id })
  const ticket_details = Object.fromEntries(
    Object.entries(order.ticket_details).map(([label, value]) => [label, String(value)])
  )
  const task = timbra.add(newTask({ vendor_url: order.vendor_url, ticket_details, status: "PENDING" }))
  return Response.json({ taskId: task.id, status: "PENDING" }, { status: 201 })
}

const next: Readonly<Record<string, TaskStatus>> = {
  pause: "PAUSED",
  resume: "PENDING",
  retry: "PENDING",
  cancel: "FAILED"
}

export const act = (timbra: Timbra, task: TaskDetail, action: string, { body }: Received) => {
  const status = next[action]
  if (status === undefined) return problem(404, "NOT_FOUND", "No hay nada en esta dirección.")
  const refused =
    (action === "pause" && task.status === "COMPLETED") ||
    (action === "retry" && task.failure_code === "SUBMIT_UNCERTAIN" && body.confirm !== true)
  if (refused)
    return problem(409, "INVALID_STATE", "El estado actual no permite este cambio.", { task_status: task.status })
  timbra.move(task.id, status, action === "cancel" ? { code: "CANCELLED", reason: "Cancelada." } : undefined)
  return Response.json({ message: "done" })
}

export const answer = (timbra: Timbra, task: TaskDetail, { body }: Received) => {
  const given = (body.answers ?? {}) as Record<string, string>
  const missing = (task.intervention?.fields ?? []).filter(({ name }) => !given[name])
  if (body.action !== "abort" && missing.length > 0) {
    const errors = missing.map(({ name }) => ({
      pointer: `/answers/${name}`,
      code: "REQUIRED",
      detail: "Falta esta respuesta."
    }))
    return problem(400, "VALIDATION", "Las respuestas no corresponden a lo que se pidió: vea errors.", { errors })
  }
  timbra.move(task.id, "PENDING")
  return Response.json({ message: "Intervention received" })
}
