import { signal } from "@preact/signals"
import { task as fetchTask } from "../Api.ts"
import type { Problem } from "../Problem.ts"
import { type Connection, watch } from "../Socket.ts"
import type { Step, TaskDetail, TaskEvent, TaskMessage } from "../Wire.ts"

const isTerminal = ({ status }: Pick<TaskDetail, "status">) => status === "COMPLETED" || status === "FAILED"

const withSteps = (steps: ReadonlyArray<Step>, more: ReadonlyArray<Step>) => {
  const bySeq = new Map([...steps, ...more].map((step) => [step.seq, step]))
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq)
}

const withArtifact = (task: TaskDetail, artifact: TaskDetail["artifacts"][number]) =>
  task.artifacts.some(({ id }) => id === artifact.id) ? task : { ...task, artifacts: [...task.artifacts, artifact] }

/** What an event changes in the task itself. */
const changed = (task: TaskDetail, event: TaskEvent): TaskDetail => {
  switch (event.type) {
    case "status": {
      const { failure_code, failure_reason, status, timestamp } = event
      // Whoever uses the page that their hands are asked for pauses the task by that, and goes on until it is read who drives.
      const handed = status === "PAUSED" && task.intervention?.kind === "takeover"
      const intervention = status === "INTERVENTION_NEEDED" || handed ? task.intervention : null
      return {
        ...task,
        status,
        failure_code,
        failure_reason,
        intervention,
        updated_at: timestamp,
        next_attempt_at: null
      }
    }
    case "intervention":
      return { ...task, intervention: event.intervention }
    case "artifact":
      return withArtifact(task, event.artifact)
    case "step":
      return task
  }
}

/** One task as it happens: read once, then told by its socket. */
export const followTask = (id: string) => {
  const task = signal<TaskDetail | undefined>(undefined)
  const steps = signal<ReadonlyArray<Step>>([])
  const problem = signal<Problem | undefined>(undefined)
  const connection = signal<Connection | "ended">("connecting")
  const abort = new AbortController()
  let lastSeq = 0
  let unwatch: (() => void) | undefined

  const stop = () => {
    unwatch?.()
    unwatch = undefined
  }

  // While the socket lives it alone says how far the log was heard and which status came last.
  const merge = (found: TaskDetail) => {
    steps.value = withSteps(steps.value, found.steps)
    const live = connection.value === "live"
    if (!live) lastSeq = Math.max(lastSeq, ...found.steps.map(({ seq }) => seq))
    if (!live || task.value?.status === found.status) task.value = found
  }

  const load = async () => {
    const found = await fetchTask(id, abort.signal)
    if (abort.signal.aborted) return
    problem.value = found.ok ? undefined : found.problem
    if (!found.ok) return
    merge(found.value)
    if (!isTerminal(found.value)) unwatch ??= watch({ taskId: id, after: () => lastSeq, onMessage, onState })
    else if (connection.value !== "live") {
      stop()
      connection.value = "ended"
    }
  }

  // Where no socket comes through, the page asks as often as it tries again. After the end there is nothing to hear.
  const onState = (state: Connection) => {
    const ended = state === "lost" && task.value !== undefined && isTerminal(task.value)
    connection.value = ended ? "ended" : state
    if (state === "lost") load()
  }

  const onEvent = (event: TaskEvent) => {
    if (event.type === "step")
      steps.value = withSteps(steps.value, [{ ...event.step, seq: event.seq, created_at: event.timestamp }])
    // What the snapshot knows already is sent again for its steps alone.
    if (event.seq <= lastSeq || task.value === undefined) return
    lastSeq = event.seq
    task.value = changed(task.value, event)
    // A result, the time of the next attempt and who drives are told by no event.
    const turns = event.type === "step" && event.step.step_type === "user_intervention"
    if (turns || (event.type === "status" && event.status !== "INTERVENTION_NEEDED")) load()
  }

  const onMessage = (message: TaskMessage) => {
    switch (message.type) {
      case "snapshot":
        lastSeq = message.last_seq
        steps.value = withSteps(steps.value, message.task.steps ?? [])
        if (task.value !== undefined) task.value = { ...task.value, ...message.task }
        return
      case "live":
        if (task.value !== undefined) task.value = { ...task.value, current_live_url: message.live_url }
        return
      case "pong":
      case "error":
        return
      default:
        onEvent(message)
    }
  }

  const close = () => {
    abort.abort()
    stop()
  }

  load()
  return { task, steps, problem, connection, load, close }
}

export type TaskStore = ReturnType<typeof followTask>
