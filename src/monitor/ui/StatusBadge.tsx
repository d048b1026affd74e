import { text } from "../Text.ts"
import type { Task } from "../Wire.ts"

export const statusText = ({ status, failure_code }: Pick<Task, "status" | "failure_code">) =>
  failure_code === "CANCELLED" ? text.value.failures.CANCELLED[0] : text.value.statuses[status]

export const StatusBadge = ({ task }: { readonly task: Pick<Task, "status" | "failure_code"> }) => (
  <span class={`badge ${task.failure_code === "CANCELLED" ? "cancelled" : task.status.toLowerCase()}`}>
    {statusText(task)}
  </span>
)
