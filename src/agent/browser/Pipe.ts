import { Effect, Stream } from "effect"
import type { ConnectOverCDPTransport } from "playwright-core"

const split = (rest: string, text: string): readonly [string, ReadonlyArray<string>] => {
  if (!text.includes("\0")) return [rest + text, []]
  const messages = (rest + text).split("\0")
  return [messages.pop() ?? "", messages]
}

/**
 * CDP with a Chromium over a pair of pipes of its own, each message JSON with a NUL behind it. Unlike its port they are
 * nobody else's to connect to, and nothing is compressed on the way from one process to the next.
 */
export const openPipe = Effect.fn("openPipe")(function* (toChromium: number, fromChromium: number) {
  const sink = yield* Effect.acquireRelease(
    Effect.sync(() => Bun.file(toChromium).writer()),
    (sink) => Effect.ignoreLogged(Effect.tryPromise(async () => sink.end()))
  )
  let open = true
  const closed = () => {
    if (open) transport.onclose?.()
    open = false
  }
  const transport: ConnectOverCDPTransport = {
    send: (message) => {
      if (!open) return
      sink.write(`${JSON.stringify(message)}\0`)
      void Promise.resolve(sink.flush()).catch(closed)
    },
    close: closed
  }
  // Each in a task of its own, so that who waits for one goes on before the next is heard.
  const hear = (message: string) => Effect.sync(() => setImmediate(() => transport.onmessage?.(JSON.parse(message))))
  yield* Stream.fromReadableStream({ evaluate: () => Bun.file(fromChromium).stream(), onError: (cause) => cause }).pipe(
    Stream.decodeText(),
    Stream.mapAccum("", split),
    Stream.flattenIterables,
    Stream.runForEach(hear),
    Effect.catchAll((cause) => Effect.logDebug("Chromium's pipe broke", cause)),
    Effect.ensuring(Effect.sync(closed)),
    Effect.forkScoped
  )
  return transport
})
