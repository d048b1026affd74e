import { DateTime, Effect, Layer, Redacted } from "effect"
import type { Claims } from "../../../src/auth/Tokens.ts"
import { SessionId, UserId } from "../../../src/auth/User.ts"
import type { Hint } from "../../../src/realtime/Hint.ts"
import { Hub } from "../../../src/realtime/Hub.ts"
import type { Guest } from "../../../src/realtime/Visit.ts"
import type { TaskEvent } from "../../../src/tasks/Event.ts"
import { TaskId } from "../../../src/tasks/Status.ts"
import type { TaskDetail } from "../../../src/tasks/Task.ts"
import { Tasks } from "../../../src/tasks/Tasks.ts"

const epoch = DateTime.unsafeMake(0)
export const taskId = TaskId.make(crypto.randomUUID())

export const claims: Claims = {
  userId: UserId.make(crypto.randomUUID()),
  sessionId: SessionId.make(crypto.randomUUID()),
  expiresAt: 10 * 60_000
}

export const guest: Guest = {
  token: Redacted.make("token"),
  claims,
  taskId,
  after: undefined,
  live: false,
  relayed: false,
  info: { id: "request", language: "es", address: "here" }
}

const view: TaskDetail = {
  id: taskId,
  vendor_url: "https://portal.example.mx/",
  status: "RUNNING",
  created_at: epoch,
  updated_at: epoch,
  completed_at: null,
  failure_code: null,
  failure_reason: null,
  retry_count: 0,
  next_attempt_at: null,
  current_live_url: null,
  result: null,
  ticket_details: { Folio: "1" },
  cfdi_use: "G03",
  priority: 0,
  taken_over: false,
  steps: [],
  artifacts: [],
  intervention: null,
  sessions: []
}

const step = (seq: number): TaskEvent => ({
  type: "step",
  task_id: taskId,
  timestamp: epoch,
  seq,
  step: {
    id: taskId,
    step_type: "input",
    message: "Escribo",
    content: null,
    screenshot_url: null,
    duration_ms: null
  }
})

const end = (seq: number): TaskEvent => ({
  type: "status",
  task_id: taskId,
  timestamp: epoch,
  seq,
  status: "COMPLETED",
  previous: "RUNNING",
  failure_code: null,
  failure_reason: null
})

/** A task whose log is written by hand, and whose readers are told only what the test tells them. */
export const world = () => {
  const log: Array<TaskEvent> = []
  const listeners = new Set<{ readonly hear: (hint: Hint) => void }>()
  let live_url: string | null = null

  const read = <A>(look: () => A) =>
    Effect.yieldNow().pipe(Effect.zipRight(Effect.sync(look)), Effect.zipLeft(Effect.yieldNow()))

  const layer = Layer.mergeAll(
    Layer.mock(Tasks, {
      _tag: "tasks/Tasks",
      snapshot: () =>
        read(() => {
          const last = log.at(-1)
          const status = last?.type === "status" ? last.status : view.status
          return { view: { ...view, status, current_live_url: live_url }, lastSeq: log.length }
        }),
      events: (_user, _id, after, limit) => read(() => log.slice(after, after + limit))
    }),
    Layer.mock(Hub, {
      _tag: "realtime/Hub",
      hint: () => undefined,
      following: (_, listener, during) =>
        Effect.suspend(() => {
          listeners.add(listener)
          return during
        }).pipe(Effect.ensuring(Effect.sync(() => listeners.delete(listener))))
    })
  )
  return {
    log,
    layer,
    step: () => log.push(step(log.length + 1)),
    end: () => log.push(end(log.length + 1)),
    move: () => {
      live_url = `http://localhost/${crypto.randomUUID()}`
    },
    tell: (hint: Hint) => {
      for (const listener of listeners) listener.hear(hint)
    }
  } as const
}
