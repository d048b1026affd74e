import { Deferred, Effect, Mailbox, Redacted, Stream } from "effect"
import { WebSocketWithHeaders } from "../client/WebSocketWithHeaders.ts"
import type { Outbox } from "./Outbox.ts"
import type { Guest } from "./Visit.ts"

/** Says that the viewer is at another process, so that nobody passes the request on for ever. */
export const relayedHeader = "x-timbra-relayed"

/** Shows a viewer what another process shows, under the viewer's own token. Returns when that process has no more. */
export const peer = Effect.fn("Peer")(function* (
  { token, taskId }: Guest,
  address: string,
  inbox: Mailbox.ReadonlyMailbox<string>,
  outbox: Outbox
) {
  const closed = yield* Deferred.make<void>()
  const pictures = yield* Mailbox.make<Uint8Array>({ capacity: 1, strategy: "sliding" })
  const url = new URL(`/ws/${taskId}/live`, address.replace(/^http/, "ws"))
  const socket = yield* Effect.acquireRelease(
    Effect.sync(() => {
      const headers = { Authorization: `Bearer ${Redacted.value(token)}`, [relayedHeader]: "1" }
      const socket = WebSocketWithHeaders.make(url, headers)
      socket.binaryType = "arraybuffer"
      return socket
    }),
    (socket) => Effect.sync(() => socket.close())
  )
  socket.onmessage = ({ data }) => {
    if (data instanceof ArrayBuffer) pictures.unsafeOffer(new Uint8Array(data))
  }
  socket.onclose = () => Deferred.unsafeDone(closed, Effect.void)
  const showing = Stream.runForEach(Mailbox.toStream(pictures), (picture) => outbox.send(picture))
  const passing = Effect.forever(
    Effect.map(inbox.take, (message) => socket.readyState === WebSocket.OPEN && socket.send(message))
  )
  yield* Effect.raceAll([Deferred.await(closed), showing, passing])
}, Effect.scoped)
