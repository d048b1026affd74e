import type { Socket } from "node:net"
import { Data, Effect } from "effect"
import { parse, RequestRefused } from "./ProxyRequest.ts"

/** The browser has closed its side. */
export class Hung extends Data.TaggedError("Hung") {}

const maxHead = 64 * 1024
const headEnd = Buffer.from("\r\n\r\n")

/** Reads requests from a connection to the proxy. What comes behind a head or a body is left in the socket. */
export const make = (socket: Socket) => {
  const chunk = Effect.async<Buffer, Hung>((resume) => {
    const read = () => {
      const data: unknown = socket.read()
      if (data instanceof Buffer) finish(Effect.succeed(data))
    }
    const ended = () => finish(new Hung())
    const finish = (result: Effect.Effect<Buffer, Hung>) => {
      socket.off("readable", read).off("end", ended).off("close", ended)
      resume(result)
    }
    if (socket.destroyed || socket.readableEnded) return finish(new Hung())
    socket.on("readable", read).on("end", ended).on("close", ended)
    read()
    return Effect.sync(() => socket.off("readable", read).off("end", ended).off("close", ended))
  })

  const request = Effect.gen(function* () {
    let held = Buffer.alloc(0)
    while (true) {
      held = Buffer.concat([held, yield* chunk])
      const end = held.indexOf(headEnd)
      if (end === -1 && held.length <= maxHead) continue
      if (end === -1 || end > maxHead) return yield* new RequestRefused({ status: 431 })
      const rest = held.subarray(end + headEnd.length)
      if (rest.length > 0) socket.unshift(rest)
      return yield* parse(held.toString("latin1", 0, end))
    }
  })

  /** Hands on the next `length` bytes, no faster than they are taken. */
  const body = Effect.fnUntraced(function* (length: number, write: (bytes: Buffer) => Effect.Effect<void, Hung>) {
    let left = length
    while (left > 0) {
      const bytes = yield* chunk
      if (bytes.length > left) socket.unshift(bytes.subarray(left))
      yield* write(bytes.subarray(0, left))
      left -= Math.min(left, bytes.length)
    }
  })

  return { request, body } as const
}

/** Writes and waits while the other side is slow to take it. */
export const write = (socket: Socket, data: Buffer | string): Effect.Effect<void, Hung> =>
  Effect.async<void, Hung>((resume) => {
    if (socket.destroyed) return resume(new Hung())
    if (socket.write(data, "latin1")) return resume(Effect.void)
    const done = (result: Effect.Effect<void, Hung>) => {
      socket.off("drain", drained).off("close", closed)
      resume(result)
    }
    const drained = () => done(Effect.void)
    const closed = () => done(new Hung())
    socket.once("drain", drained).once("close", closed)
    return Effect.sync(() => socket.off("drain", drained).off("close", closed))
  })
