import { Chunk, Deferred, Effect, Exit, Mailbox, Stream } from "effect"
import { Server } from "../../../src/Server.ts"

type Message = Readonly<Record<string, unknown>> & { readonly type: string; readonly seq?: number }

interface Options {
  readonly token?: string
  /** Subprotocols, as a browser sends the token. */
  readonly protocols?: ReadonlyArray<string>
  readonly after?: number
}

const openSocket = (address: URL, options: Bun.WebSocketOptions) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      // The types of the DOM, which a dependency brings along, know nothing of headers.
      const socket: WebSocket = Reflect.construct(WebSocket, [address, options])
      return socket
    }),
    (socket) => Effect.sync(() => socket.close())
  )

/** A viewer of a task's browser. */
export const view = Effect.fnUntraced(function* (id: string, token: string) {
  const { url } = yield* Server
  const pictures = yield* Mailbox.make<Uint8Array>({ capacity: 1, strategy: "sliding" })
  const errors = yield* Mailbox.make<string>()
  const closed = yield* Deferred.make<number>()
  const address = new URL(`/ws/${id}/live`, url)
  address.protocol = "ws:"
  const socket = yield* openSocket(address, { headers: { Authorization: `Bearer ${token}` } })
  const opened = yield* Deferred.make<void>()
  socket.onopen = () => Deferred.unsafeDone(opened, Effect.void)
  socket.binaryType = "arraybuffer"
  socket.onmessage = ({ data }) =>
    void (data instanceof ArrayBuffer
      ? pictures.unsafeOffer(new Uint8Array(data))
      : errors.unsafeOffer(JSON.parse(String(data)).code))
  socket.onclose = ({ code }) => Deferred.unsafeDone(closed, Effect.succeed(code))
  yield* Deferred.await(opened)
  const send = (...acts: ReadonlyArray<unknown>) =>
    Effect.sync(() => {
      for (const act of acts) socket.send(JSON.stringify(act))
    })
  const click = (at: { readonly x: number; readonly y: number }) =>
    send(
      { type: "pointer", action: "move", ...at },
      { type: "pointer", action: "down", ...at },
      { type: "pointer", action: "up", ...at }
    )
  return { picture: pictures.take, error: errors.take, closed: Deferred.await(closed), send, click } as const
})

/** A socket to the server, as any client would open it; closed with its scope. */
export const connect = Effect.fnUntraced(function* (id: string, { token, protocols, after }: Options) {
  const { url } = yield* Server
  const messages = yield* Mailbox.make<Message>()
  const closed = yield* Deferred.make<number>()
  const address = new URL(`/ws/${id}${after === undefined ? "" : `?after=${after}`}`, url)
  address.protocol = "ws:"
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  const socket = yield* openSocket(address, { headers, protocols: [...(protocols ?? [])] })
  socket.onmessage = ({ data }) => void messages.unsafeOffer(JSON.parse(String(data)))
  socket.onclose = ({ code }) => {
    Deferred.unsafeDone(closed, Effect.succeed(code))
    messages.unsafeDone(Exit.void)
  }
  return {
    socket,
    /** The next message. */
    next: messages.take,
    /** The next messages up to one of this kind. */
    until: (type: string) =>
      Effect.gen(function* () {
        const seen: Array<Message> = []
        while (seen.at(-1)?.type !== type) seen.push(yield* messages.take)
        return seen
      }),
    /** All messages until the server closes. */
    all: Effect.map(Stream.runCollect(Mailbox.toStream(messages)), Chunk.toReadonlyArray),
    closed: Deferred.await(closed),
    send: (message: unknown) =>
      Effect.sync(() => socket.send(typeof message === "string" ? message : JSON.stringify(message)))
  } as const
})

/** The answer to a request for a socket that is refused before the upgrade. */
export const refused = Effect.fnUntraced(function* (path: string, headers: Record<string, string> = {}) {
  const { url } = yield* Server
  const response = yield* Effect.promise(() =>
    fetch(new URL(path, url), {
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ...headers
      }
    })
  )
  const body = yield* Effect.promise(() => response.json())
  return { status: response.status, headers: response.headers, body }
})
