import { type Context, Deferred, Effect, FiberSet, Layer, Mailbox, Runtime } from "effect"
import { Sessions } from "../auth/Sessions.ts"
import type { UserId } from "../auth/User.ts"
import { RequestInfo } from "../http/RequestInfo.ts"
import { settings } from "../http/Settings.ts"
import { type Connection, Sockets } from "../http/Sockets.ts"
import type { HandRepo } from "../tasks/HandRepo.ts"
import type { Interventions } from "../tasks/Interventions.ts"
import { Stages } from "../tasks/Stages.ts"
import { Tasks } from "../tasks/Tasks.ts"
import type { Hub } from "./Hub.ts"
import { Limits } from "./Limits.ts"
import * as Outbox from "./Outbox.ts"
import * as Rate from "./Rate.ts"
import * as Upgrade from "./Upgrade.ts"
import { closing, type Guest, visit } from "./Visit.ts"

/** Messages of one client that wait for their turn: commands, or what its pointer and keys do. */
const inboxSize = { events: 64, live: 512 } as const
const rates = { events: { burst: 60, perSecond: 20 }, live: { burst: 400, perSecond: 150 } } as const

const limits = {
  maxPayloadLength: 64 * 1024,
  idleTimeout: 120,
  // Bun drops what is beyond without a word, unless it closes.
  backpressureLimit: 4 * Outbox.highWater.events,
  closeOnBackpressureLimit: true
} as const

type Socket = Bun.ServerWebSocket<Connection>
type Services = Tasks | Interventions | Hub | Sessions | Stages | HandRepo

/** `/ws/:taskId` on Bun's own server: a fiber for each socket, and callbacks that only hand over. */
export const SocketsLive = Layer.scoped(
  Sockets,
  Effect.gen(function* () {
    const { patience, perUser } = yield* Limits
    const sessions = yield* Sessions
    const tasks = yield* Tasks
    const stages = yield* Stages
    const { origins } = yield* settings
    const fork = yield* FiberSet.makeRuntime<Services>()
    const runPromise = Runtime.runPromise(yield* Effect.runtime())
    const sockets = new Set<Socket>()
    const visitors = new Map<UserId, number>()

    const enter = (userId: UserId) => {
      const now = (visitors.get(userId) ?? 0) + 1
      visitors.set(userId, now)
      return now <= perUser
    }

    const leave = (userId: UserId) => {
      const now = (visitors.get(userId) ?? 1) - 1
      if (now > 0) visitors.set(userId, now)
      else visitors.delete(userId)
    }

    const connect = Effect.fnUntraced(function* (guest: Guest) {
      const { userId } = guest.claims
      const kind = guest.live ? "live" : "events"
      const high = guest.live ? Outbox.highWater.pictures : Outbox.highWater.events
      const isWithin = Rate.within(rates[kind])
      const inbox = yield* Mailbox.make<string>({ capacity: inboxSize[kind], strategy: "dropping" })
      const drained = yield* Effect.makeLatch(true)
      const gone = yield* Deferred.make<void>()

      const open = (socket: Socket) => {
        sockets.add(socket)
        if (!enter(userId)) return socket.close(closing.tooMany)
        fork(
          visit(guest, inbox, Outbox.make(socket, drained, high, patience)).pipe(
            Effect.tap((code) => Effect.sync(() => socket.close(code))),
            Effect.raceFirst(Deferred.await(gone))
          )
        )
      }

      const message = (socket: Socket, text: string | Buffer) => {
        const taken = isWithin() && inbox.unsafeOffer(typeof text === "string" ? text : "")
        if (!taken) socket.close(closing.misuse, "too many messages")
      }

      const close = (socket: Socket) => {
        sockets.delete(socket)
        leave(userId)
        Deferred.unsafeDone(gone, Effect.void)
      }

      const connection: Connection = { open, message, drain: (socket) => Outbox.drain(socket, drained, high), close }
      return connection
    })

    const admit = Effect.fn("Sockets.upgrade")(function* (
      request: Request,
      server: Bun.Server<Connection>,
      info: Context.Tag.Service<RequestInfo>
    ) {
      const { headers, ...asked } = yield* Upgrade.read(request, origins)
      const claims = yield* sessions.authenticate(asked.token)
      const taskId = yield* asked.taskId
      yield* tasks.status(claims.userId, taskId)
      const data = yield* connect({ ...asked, claims, taskId, info })
      if (!server.upgrade(request, { data, headers })) return yield* new Upgrade.UpgradeRequired()
      return undefined
    })

    const upgrade = (request: Request, server: Bun.Server<Connection>, info: Context.Tag.Service<RequestInfo>) =>
      admit(request, server, info).pipe(
        Effect.catchAll(Upgrade.refusal),
        Effect.catchAllCause(Upgrade.failure),
        Effect.provideService(RequestInfo, info),
        runPromise
      )

    const closeAll = Effect.sync(() => {
      for (const socket of sockets) socket.close(closing.goingAway)
    })

    return { upgrade, limits, listening: stages.reachedAt, closeAll }
  })
)
