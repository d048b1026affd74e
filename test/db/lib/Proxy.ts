import { connect, createServer, type Socket } from "node:net"
import { Effect } from "effect"

const notification = "A".charCodeAt(0)

/** The messages of a chunk but for notices: what a pooler that shares sessions lets through. The chunks of a test are whole messages. */
const withoutNotices = (chunk: Buffer) => {
  const kept: Array<Buffer> = []
  for (let at = 0; at < chunk.length; ) {
    const end = at + 1 + chunk.readUInt32BE(at + 1)
    if (chunk[at] !== notification) kept.push(chunk.subarray(at, end))
    at = end
  }
  return Buffer.concat(kept)
}

const end = (pair: readonly [Socket, Socket]) => {
  for (const socket of pair) socket.destroy()
}

/** A way to PostgreSQL that a test can cut, stop answering, or keep from passing notices on. */
export const proxy = (host: string, port: number, { notices = true } = {}) =>
  Effect.gen(function* () {
    const pairs = new Set<readonly [Socket, Socket]>()
    const server = yield* Effect.acquireRelease(
      Effect.async<ReturnType<typeof createServer>>((resume) => {
        const server = createServer((near) => {
          const far = connect(port, host)
          const pair = [near, far] as const
          pairs.add(pair)
          near.on("data", (chunk) => far.write(chunk))
          far.on("data", (chunk) => near.write(notices ? chunk : withoutNotices(Buffer.from(chunk))))
          for (const socket of pair) {
            socket.on("error", () => undefined)
            socket.on("close", () => end(pair))
          }
        })
        server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
      }),
      (server) =>
        Effect.sync(() => {
          server.close()
          pairs.forEach(end)
        })
    )
    const address = server.address()
    const cut = Effect.sync(() => {
      pairs.forEach(end)
      pairs.clear()
    })
    /** What is connected stays so and hears nothing more; what connects anew is answered. */
    const falterOnce = Effect.sync(() => {
      for (const [near, far] of pairs) {
        near.removeAllListeners("data").resume()
        far.removeAllListeners("data").resume()
      }
    })
    return { port: typeof address === "object" ? address?.port : undefined, cut, falterOnce } as const
  })
