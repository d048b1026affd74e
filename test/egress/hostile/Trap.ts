import { createSocket } from "node:dgram"
import { createServer } from "node:net"
import { Effect } from "effect"

const port = 4567
const localhost = ["127.0.0.1", "::1", "10.0.0.1"]

/** Listens on one port of every address that nobody may reach, and remembers what came by which channel. */
export const set = Effect.gen(function* () {
  const caught = new Set<string>()
  const hear = (data: Buffer, otherwise: string) => {
    const [, channel] = /^[A-Z]+ \/(\S*) HTTP/.exec(data.toString("latin1")) ?? []
    caught.add(channel || otherwise)
  }
  const streams = localhost.map((host) => ({
    host,
    server: createServer((socket) => {
      caught.add("connection")
      socket.on("error", () => {})
      socket.on("data", (data: Buffer) => {
        hear(data, data[0] === 0x16 ? "tls" : "bytes")
        socket.end("HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n")
      })
    })
  }))
  const datagrams = createSocket("udp4").on("message", () => caught.add("datagram"))
  const names = createSocket("udp4").on("message", () => caught.add("name"))
  yield* Effect.acquireRelease(
    Effect.promise(async () => {
      for (const { host, server } of streams) await new Promise<void>((done) => server.listen(port, host, done))
      await new Promise<void>((done) => datagrams.bind(port, "127.0.0.1", done))
      await new Promise<void>((done) => names.bind(53, "127.0.0.1", done))
    }),
    () =>
      Effect.sync(() => {
        for (const { server } of streams) server.close()
        datagrams.close()
        names.close()
      })
  )
  return { port, caught } as const
})
