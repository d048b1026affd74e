import { Data, Effect, Redacted, Schema, Stream } from "effect"
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

/** The events of a task from its first, as they come over the WebSocket, until the task has ended. */
export const watch = (baseUrl: URL, taskId: TaskId, token: Redacted.Redacted) =>
  Stream.asyncPush<string, StreamBroken>((emit) =>
    Effect.acquireRelease(
      Effect.sync(() => {
        const url = new URL(`/ws/${taskId}?after=0`, baseUrl)
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
