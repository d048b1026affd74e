import { connect } from "node:net"
import { Deferred, Effect } from "effect"
import { Server } from "../../../src/Server.ts"

interface Frame {
  readonly opcode: number
  readonly payload: Buffer
}

export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const

const read = (bytes: Buffer): { readonly frame: Frame; readonly rest: Buffer } | undefined => {
  if (bytes.length < 2) return undefined
  const short = bytes[1] ?? 0
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0
  if (bytes.length < 2 + extra) return undefined
  const length = extra === 0 ? short : extra === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  const start = 2 + extra
  if (bytes.length < start + length) return undefined
  const payload = bytes.subarray(start, start + length)
  return { frame: { opcode: (bytes[0] ?? 0) & 15, payload }, rest: bytes.subarray(start + length) }
}

/** As a client has to send it, masked; with zeros, which change nothing. */
const frame = (opcode: number, payload: Buffer) => {
  const length = payload.length
  const head = length < 126 ? Buffer.alloc(2) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10)
  head[0] = 128 | opcode
  head[1] = 128 | (length < 126 ? length : length < 65_536 ? 126 : 127)
  if (head.length === 4) head.writeUInt16BE(length, 2)
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([head, Buffer.alloc(4), payload])
}

/** A WebSocket over a bare TCP connection, which reads only as long as it wants to. */
export const rawSocket = Effect.fnUntraced(function* (path: string, token: string) {
  const { url } = yield* Server
  const opened = yield* Deferred.make<void>()
  const closed = yield* Deferred.make<number | undefined>()
  const texts: Array<string> = []
  const pongs: Array<string> = []
  let bytes: Buffer = Buffer.alloc(0)
  let code: number | undefined
  const socket = yield* Effect.acquireRelease(
    Effect.sync(() => connect({ host: url.hostname, port: Number(url.port) })),
    (socket) => Effect.sync(() => socket.destroy())
  )
  const take = ({ opcode, payload }: Frame) => {
    if (opcode === opcodes.text) texts.push(payload.toString())
    if (opcode === opcodes.pong) pongs.push(payload.toString())
    if (opcode === opcodes.close) code = payload.length < 2 ? 1005 : payload.readUInt16BE(0)
  }
  let upgraded = false
  socket.on("data", (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    if (!upgraded) {
      const end = bytes.indexOf("\r\n\r\n")
      if (end < 0) return
      upgraded = true
      bytes = bytes.subarray(end + 4)
      Deferred.unsafeDone(opened, Effect.void)
    }
    for (let next = read(bytes); next !== undefined; next = read(bytes)) {
      take(next.frame)
      bytes = next.rest
    }
  })
  socket.on("error", () => undefined)
  socket.on("close", () => Deferred.unsafeDone(closed, Effect.succeed(code)))
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer ${token}\r\n\r\n`
  )
  yield* Deferred.await(opened)
  return {
    texts,
    pongs,
    send: (opcode: number, payload: string | Buffer) => socket.write(frame(opcode, Buffer.from(payload))),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    /** The code of the close frame, if there was one. */
    closed: Deferred.await(closed)
  } as const
})
