import { Clock, Effect, Metric } from "effect"
import type { UserId } from "../auth/User.ts"
import { isTerminal, type TaskId } from "../tasks/Status.ts"
import { Tasks } from "../tasks/Tasks.ts"
import * as Measures from "../telemetry/Measures.ts"
import * as Frame from "./Frame.ts"
import { Hub } from "./Hub.ts"
import type { Outbox } from "./Outbox.ts"

interface Watch {
  readonly userId: UserId
  readonly taskId: TaskId
  /** Events up to this one are known to the reader; without it, those that the snapshot holds. */
  readonly after: number | undefined
}

const page = 500

/**
 * Tells one reader of one task: how it is now, what it missed, what happens. It listens before it reads, and sends an
 * event only as the next one after the last, so nothing is left out and nothing sent twice. Done after a terminal status.
 */
export const feed = Effect.fn("Feed")(function* ({ userId, taskId, after }: Watch, outbox: Outbox) {
  const tasks = yield* Tasks
  const hub = yield* Hub
  const hints = yield* hub.subscribe(taskId)
  const { view, lastSeq } = yield* tasks.snapshot(userId, taskId)
  yield* outbox.send(yield* Frame.notice({ type: "snapshot", task_id: taskId, task: view, last_seq: lastSeq }))

  let cursor = Math.min(after ?? lastSeq, lastSeq)
  let ended = isTerminal(view.status)

  const deliver = Effect.fnUntraced(function* ({ seq, text, at, ends }: Frame.Frame) {
    yield* outbox.send(text)
    cursor = seq
    if (seq > lastSeq) yield* Metric.update(Measures.eventLag, ((yield* Clock.currentTimeMillis) - at) / 1000)
    // What came before the snapshot does not change what the snapshot says.
    if (ends !== undefined && seq > lastSeq) ended = ends
  })

  const catchUp = Effect.fnUntraced(function* () {
    while (true) {
      const events = yield* tasks.events(userId, taskId, cursor, page)
      for (const event of events) yield* deliver(Frame.ofEvent(event))
      if (events.length < page) return
    }
  })

  let liveUrl = view.current_live_url
  const see = Effect.fnUntraced(function* () {
    const { current_live_url } = (yield* tasks.snapshot(userId, taskId)).view
    if (current_live_url === liveUrl) return
    liveUrl = current_live_url
    yield* outbox.send(yield* Frame.notice({ type: "live", task_id: taskId, live_url: liveUrl }))
  })

  yield* catchUp()
  while (!ended) {
    const { seq, frame } = yield* hints.take
    if (seq === 0) yield* see()
    if (seq <= cursor) continue
    yield* frame !== undefined && seq === cursor + 1 ? deliver(frame) : catchUp()
  }
}, Effect.scoped)
