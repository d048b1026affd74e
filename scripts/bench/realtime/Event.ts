import { DateTime, Schema } from "effect"
import { TaskEvent } from "../../../src/tasks/Event.ts"
import { TaskId } from "../../../src/tasks/Status.ts"

/** Milliseconds, comparable between the processes of one machine. */
export const now = () => performance.timeOrigin + performance.now()

const hex = (n: number) => n.toString(16).padStart(12, "0")
export const taskIds = (count: number) =>
  Array.from({ length: count }, (_, n) => TaskId.make(`00000000-0000-4000-8000-${hex(n)}`))

const id = crypto.randomUUID()
const encode = Schema.encodeSync(Schema.parseJson(TaskEvent))

/** A step as it goes over the wire; its message says when it was sent. */
export const event = (task_id: TaskId, seq: number): TaskEvent => ({
  type: "step",
  task_id,
  seq,
  timestamp: DateTime.unsafeNow(),
  step: {
    id,
    step_type: "input",
    message: `@${now()}@`,
    content: "Escribo el código postal 3•••",
    screenshot_url: `/api/v1/tasks/${task_id}/artifacts/${id}`,
    duration_ms: 120
  }
})

export const textOf = (task_id: TaskId, seq: number) => encode(event(task_id, seq))

/** When a message was sent, if it is one of ours. */
export const sentAt = (text: string) => {
  const [, at] = /@(\d+\.?\d*)@/.exec(text) ?? []
  return at === undefined ? undefined : Number(at)
}
