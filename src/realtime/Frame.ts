import { DateTime, Effect, Schema } from "effect"
import { TaskEvent } from "../tasks/Event.ts"
import { isTerminal, TaskId } from "../tasks/Status.ts"
import { TaskDetail } from "../tasks/Task.ts"

const Told = { task_id: TaskId, timestamp: Schema.DateTimeUtc }

/** What the server says that is no event of the log. */
export const Notice = Schema.Union(
  Schema.Struct({ type: Schema.Literal("snapshot"), ...Told, task: TaskDetail, last_seq: Schema.Int }),
  Schema.Struct({ type: Schema.Literal("live"), ...Told, live_url: Schema.NullOr(Schema.String) }),
  Schema.Struct({ type: Schema.Literal("pong"), ...Told }),
  Schema.Struct({ type: Schema.Literal("error"), ...Told, code: Schema.String, detail: Schema.String })
)
type Notice = typeof Notice.Type
type Untimed<A> = A extends unknown ? Omit<A, "timestamp"> : never

const encodeNotice = Schema.encode(Schema.parseJson(Notice))

/** The text of a notice, said now. */
export const notice = (said: Untimed<Notice>) =>
  Effect.flatMap(DateTime.now, (timestamp) => Effect.orDie(encodeNotice({ ...said, timestamp })))

/** An event as it goes to every socket of its task: encoded once. */
export interface Frame {
  readonly seq: number
  readonly text: string
  /** When it was committed, in milliseconds. */
  readonly at: number
  /** The status that it tells, if it tells one, is one that only a retry leaves. */
  readonly ends: boolean | undefined
}

const encodeEvent = Schema.encodeSync(Schema.parseJson(TaskEvent))

export const ofEvent = (event: TaskEvent): Frame => ({
  seq: event.seq,
  text: encodeEvent(event),
  at: event.timestamp.epochMillis,
  ends: event.type === "status" ? isTerminal(event.status) : undefined
})
