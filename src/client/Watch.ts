import { Data, Effect, Redacted, Schedule, Schema, Stream } from "effect"
import { TaskEvent } from "../tasks/Event.ts"
import type { TaskId } from "../tasks/Status.ts"

/** The stream of a task was refused, or ended before the task did. */
export class StreamBroken extends Data.TaggedError("StreamBroken")<{ readonly code: number }> {
  override get message() {
    return `The stream of events was closed with code ${this.code}.`
  }
}

const decode = Schema.decodeUnknown(Schema.parseJson(TaskEvent))
const kinds = Schema.decodeUnknown(Schema.parseJson(Schema.Struct({ type: Schema.String })))
const logged = new Set(["step", "status", "intervention", "artifact"])

const ended = 1000
/** The server stops, the network broke, or it was read too slowly: what comes next is asked for again. */
const passing = new Set([1001, 1006, 4408])

const patience = Schedule.exponential("200 millis").pipe(Schedule.intersect(Schedule.recurs(8)), Schedule.jittered)

/** The events after `seq`, as they come over one WebSocket. */
const connection = (baseUrl: URL, taskId: TaskId, token: Redacted.Redacted, seq: number) =>
  Stream.asyncPush<string, StreamBroken>((emit) =>
    Effect.acquireRelease(
      Effect.sync(() => {
        const url = new URL(`/ws/${taskId}?after=${seq}`, baseUrl)
        url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
        const socket = new WebSocket(url, ["timbra.v1", `bearer.${Redacted.value(token)}`])
        socket.onmessage = ({ data }) => void emit.single(String(data))
        socket.onclose = ({ code }) => (code === ended ? emit.end() : emit.fail(new StreamBroken({ code })))
        return socket
      }),
      (socket) => Effect.sync(() => socket.close())
    )
  ).pipe(
    Stream.filterEffect((text) => Effect.map(kinds(text), ({ type }) => logged.has(type))),
    Stream.mapEffect(decode)
  )

/** The events of a task from its first, over as many connections as that takes, until the task has ended. */
export const watch = (baseUrl: URL, taskId: TaskId, token: Redacted.Redacted) =>
  Stream.suspend(() => {
    let last = 0
    // A stream that was refused from the start will be refused again.
    const mayPass = (error: { readonly _tag: string; readonly code?: number }) =>
      last > 0 && error.code !== undefined && passing.has(error.code)
    return Stream.suspend(() => connection(baseUrl, taskId, token, last)).pipe(
      Stream.tap(({ seq }) =>
        Effect.sync(() => {
          last = seq
        })
      ),
      Stream.retry(Schedule.whileInput(patience, mayPass))
    )
  })
