import { DateTime, Effect, Layer, ManagedRuntime } from "effect"
import { Sessions } from "../../../src/auth/Sessions.ts"
import { SessionId, UserId } from "../../../src/auth/User.ts"
import { type Connection, Sockets } from "../../../src/http/Sockets.ts"
import { Hub } from "../../../src/realtime/Hub.ts"
import { Limits } from "../../../src/realtime/Limits.ts"
import { Relay } from "../../../src/realtime/Relay.ts"
import { SocketsLive } from "../../../src/realtime/Sockets.ts"
import { Committed } from "../../../src/tasks/Committed.ts"
import { HandRepo } from "../../../src/tasks/HandRepo.ts"
import { Interventions } from "../../../src/tasks/Interventions.ts"
import { Stages } from "../../../src/tasks/Stages.ts"
import type { TaskId } from "../../../src/tasks/Status.ts"
import type { TaskDetail } from "../../../src/tasks/Task.ts"
import { Tasks } from "../../../src/tasks/Tasks.ts"
import { event } from "./Event.ts"

const start = DateTime.unsafeNow()

const view = (id: TaskId): TaskDetail => ({
  id,
  vendor_url: "https://portal.example.mx/",
  status: "RUNNING",
  created_at: start,
  updated_at: start,
  completed_at: null,
  failure_code: null,
  failure_reason: null,
  retry_count: 0,
  next_attempt_at: null,
  current_live_url: null,
  result: null,
  ticket_details: { Folio: "1" },
  cfdi_use: "G03",
  priority: 0,
  taken_over: false,
  steps: [],
  artifacts: [],
  intervention: null,
  sessions: []
})

const claims = {
  userId: UserId.make(crypto.randomUUID()),
  sessionId: SessionId.make(crypto.randomUUID()),
  expiresAt: Date.now() + 3_600_000
}

/** The product's own sockets from the commit to the wire; who asks and what the log holds is answered from memory. */
export const ours = async () => {
  const heads = new Map<TaskId, number>()
  const World = Layer.mergeAll(
    Layer.mock(Sessions, { authenticate: () => Effect.succeed(claims) }),
    Layer.mock(Interventions, { _tag: "tasks/Interventions" }),
    Layer.mock(HandRepo, { _tag: "tasks/HandRepo" }),
    Layer.mock(Tasks, {
      _tag: "tasks/Tasks",
      status: () => Effect.succeed("RUNNING" as const),
      snapshot: (_, id) => Effect.sync(() => ({ view: view(id), lastSeq: heads.get(id) ?? 0 })),
      events: () => Effect.succeed([])
    }),
    Layer.succeed(
      Relay,
      Relay.of({
        tell: () => undefined,
        following: (_, during) => during,
        listen: () => undefined,
        sound: () => true
      })
    ),
    Layer.succeed(Limits, { ...Limits.defaultValue(), perUser: 1_000_000 }),
    Committed.Default
  )
  const Live = SocketsLive.pipe(Layer.provide(Hub.Default), Layer.provide(Stages.Default), Layer.provideMerge(World))
  const runtime = ManagedRuntime.make(Live)
  const sockets = await runtime.runPromise(Sockets)
  const committed = await runtime.runPromise(Committed)
  const info = { id: "bench", language: "es", address: "127.0.0.1" } as const
  const server = Bun.serve<Connection>({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request, server) => sockets.upgrade(request, server, info),
    websocket: {
      ...sockets.limits,
      open: (socket) => socket.data.open(socket),
      message: (socket, message) => socket.data.message(socket, message),
      drain: (socket) => socket.data.drain(socket),
      close: (socket, code) => socket.data.close(socket, code)
    }
  })
  const publish = (id: TaskId, seq: number) => {
    heads.set(id, seq)
    runtime.runSync(committed.publish([event(id, seq)]))
  }
  return { port: server.port ?? 0, publish }
}
