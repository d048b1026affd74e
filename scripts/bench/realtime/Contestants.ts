import { createServer } from "node:http"
import { Server as SocketIo } from "socket.io"
import { type WebSocket as Peer, WebSocketServer } from "ws"
import type { TaskId } from "../../../src/tasks/Status.ts"
import { textOf } from "./Event.ts"
import { ours } from "./Ours.ts"

export interface Contestant {
  readonly port: number
  /** Sends the next event of a task to all who watch it. */
  readonly publish: (id: TaskId, seq: number) => void
}

/** The limit: what Bun does when nothing stands between it and the text. */
const bun = async (): Promise<Contestant> => {
  const server = Bun.serve<string>({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request, server) =>
      server.upgrade(request, { data: new URL(request.url).pathname.slice(4) }) ? undefined : new Response(),
    websocket: {
      message: () => undefined,
      open: (socket) => void socket.subscribe(socket.data)
    }
  })
  return { port: server.port ?? 0, publish: (id, seq) => void server.publish(id, textOf(id, seq)) }
}

const listening = (server: ReturnType<typeof createServer>) =>
  new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resolve(typeof address === "object" && address !== null ? address.port : 0)
    })
  })

const ws = async (): Promise<Contestant> => {
  const http = createServer()
  const topics = new Map<string, Set<Peer>>()
  new WebSocketServer({ server: http }).on("connection", (socket, request) => {
    const topic = (request.url ?? "").slice(4)
    topics.set(topic, (topics.get(topic) ?? new Set()).add(socket))
  })
  const publish = (id: TaskId, seq: number) => {
    const text = textOf(id, seq)
    for (const socket of topics.get(id) ?? []) socket.send(text)
  }
  return { port: await listening(http), publish }
}

const socketIo = async (): Promise<Contestant> => {
  const http = createServer()
  const io = new SocketIo(http, { transports: ["websocket"] })
  io.on("connection", (socket) => void socket.join(String(socket.handshake.query.task)))
  return { port: await listening(http), publish: (id, seq) => void io.to(id).emit("event", textOf(id, seq)) }
}

export const contestants = { timbra: ours, bun, ws, "socket.io": socketIo } as const
export type Name = keyof typeof contestants
