import { Effect } from "effect"
import type { UserId } from "../auth/User.ts"
import { isTerminal, type TaskId } from "../tasks/Status.ts"
import { Tasks } from "../tasks/Tasks.ts"
import * as Frame from "./Frame.ts"
import { Hub } from "./Hub.ts"
import type { Outbox } from "./Outbox.ts"
import { Reader } from "./Reader.ts"

interface Watch {
  readonly userId: UserId
  readonly taskId: TaskId
  /** Events up to this one are known to the reader; without it, those that the snapshot holds. */
  readonly after: number | undefined
}

const page = 500

const begin = Effect.fnUntraced(function* ({ userId, taskId, after }: Watch, reader: Reader) {
  const { view, lastSeq } = yield* Effect.flatMap(Tasks, (tasks) => tasks.snapshot(userId, taskId))
  const snapshot = yield* Frame.notice({ type: "snapshot", task_id: taskId, task: view, last_seq: lastSeq })
  yield* reader.outbox.send(snapshot)
  reader.known = lastSeq
  reader.cursor = Math.min(after ?? lastSeq, lastSeq)
  reader.told = Math.max(reader.told, lastSeq)
  reader.ended = isTerminal(view.status)
  return view.current_live_url
})

const catchUp = Effect.fnUntraced(function* ({ userId, taskId }: Watch, reader: Reader) {
  const tasks = yield* Tasks
  while (true) {
    const events = yield* tasks.events(userId, taskId, reader.cursor, page)
    for (const frame of events.map(Frame.ofEvent)) {
      yield* reader.outbox.send(frame.text)
      reader.sent(frame)
    }
    if (events.length < page) return
  }
})

const see = Effect.fnUntraced(function* ({ userId, taskId }: Watch, { outbox }: Reader, before: string | null) {
  const { view } = yield* Effect.flatMap(Tasks, (tasks) => tasks.snapshot(userId, taskId))
  const live_url = view.current_live_url
  if (live_url !== before) yield* outbox.send(yield* Frame.notice({ type: "live", task_id: taskId, live_url }))
  return live_url
})

const read = Effect.fnUntraced(function* (watch: Watch, reader: Reader) {
  let liveUrl = yield* begin(watch, reader)
  do {
    yield* reader.called.close
    if (reader.seenAnew) {
      reader.seenAnew = false
      liveUrl = yield* see(watch, reader, liveUrl)
    }
    const goal = reader.told
    if (reader.cursor < goal) yield* catchUp(watch, reader)
    // Where more was told meanwhile, it goes on at once.
    reader.level = !reader.ended && reader.told <= Math.max(reader.cursor, goal)
    if (reader.level) yield* reader.called.await
  } while (!reader.ended)
})

/**
 * Tells one reader of one task: how it is now, what it missed, what happens. It listens before it reads, and sends an
 * event only as the next one after the last, so nothing is left out and nothing sent twice. Sleeps while the reader is level
 * with the log, and is done after a terminal status.
 */
export const feed = Effect.fnUntraced(function* (watch: Watch, outbox: Outbox) {
  const hub = yield* Hub
  const reader = new Reader(outbox, yield* Effect.clock)
  yield* hub.following(watch.taskId, reader, read(watch, reader))
})
