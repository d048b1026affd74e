import { type Context, Effect, type Fiber, FiberId, FiberSet, Layer, Mailbox, Runtime } from "effect"
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
import { endWithLogins } from "./Logins.ts"
import { Outbox } from "./Outbox.ts"
import * as Rate from "./Rate.ts"
import * as Upgrade from "./Upgrade.ts"
import { closing, type Guest, listening, showing, telling } from "./Visit.ts"

/**
 * What one client may say, how much of it waits for its turn, and what may be unread of it before its sender waits: commands
 * and events, or what its pointer and keys do and pictures, where waiting means to skip some.
 */
const kinds = {
  events: { rate: { burst: 60, perSecond: 20 }, inbox: 64, high: 256 * 1024 },
  live: { rate: { burst: 400, perSecond: 150 }, inbox: 512, high: 16 * 1024 }
} as const

const limits = {
  maxPayloadLength: 64 * 1024,
  idleTimeout: 120,
  // Bun drops what is beyond without a word, unless it closes.
  backpressureLimit: 4 * kinds.events.high,
  closeOnBackpressureLimit: true
} as const

type Socket = Bun.ServerWebSocket<Connection>
type Services = Tasks | Interventions | Hub | Sessions | Stages | HandRepo

/** `/ws/:taskId` on Bun's own server: a fiber for each socket, which mostly sleeps, and one more for who says something. */
export const SocketsLive = Layer.scoped(
  Sockets,
  Effect.gen(function* () {
    const { patience, perUser } = yield* Limits
    const sessions = yield* Sessions
    const tasks = yield* Tasks
    const stages = yield* Stages
    const { origins } = yield* settings
    const fork = yield* FiberSet.makeRuntime<Services>()
    const runtime = yield* Effect.runtime()
    const runPromise = Runtime.runPromise(runtime)
    const runSync = Runtime.runSync(runtime)
    const sockets = new Map<Socket, Guest>()
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

    // What a socket may never need is made when it is needed: most clients only listen, and keep up.
    const connect = (guest: Guest): Connection => {
      const { userId } = guest.claims
      const { rate, inbox: capacity, high } = kinds[guest.live ? "live" : "events"]
      const isWithin = Rate.within(rate)
      const fibers: Array<Fiber.RuntimeFiber<void>> = []
      let outbox: Outbox | undefined
      let inbox: Mailbox.Mailbox<string> | undefined

      const run = (socket: Socket, side: (outbox: Outbox) => Effect.Effect<number, never, Services>) => {
        outbox ??= new Outbox(socket, high, patience)
        fibers.push(fork(Effect.map(side(outbox), (code) => socket.close(code))))
      }

      const hear = (socket: Socket, side: typeof listening | typeof showing) => {
        const heard = runSync(Mailbox.make<string>({ capacity, strategy: "dropping" }))
        run(socket, (outbox) => side(guest, heard, outbox))
        return heard
      }

      const open = (socket: Socket) => {
        sockets.set(socket, guest)
        if (!enter(userId)) return socket.close(closing.tooMany)
        if (guest.live) inbox = hear(socket, showing)
        else run(socket, (outbox) => telling(guest, outbox))
      }

      const message = (socket: Socket, text: string | Buffer) => {
        inbox ??= hear(socket, listening)
        const taken = isWithin() && inbox.unsafeOffer(typeof text === "string" ? text : "")
        if (!taken) socket.close(closing.misuse, "too many messages")
      }

      const close = (socket: Socket) => {
        sockets.delete(socket)
        leave(userId)
        for (const fiber of fibers) fiber.unsafeInterruptAsFork(FiberId.none)
      }

      return { open, message, drain: () => outbox?.drain(), close }
    }

    const admit = Effect.fn("Sockets.upgrade")(function* (
      request: Request,
      server: Bun.Server<Connection>,
      info: Context.Tag.Service<RequestInfo>
    ) {
      const { headers, ...asked } = yield* Upgrade.read(request, origins)
      const claims = yield* sessions.authenticate(asked.token)
      const taskId = yield* asked.taskId
      yield* tasks.status(claims.userId, taskId)
      const data = connect({ ...asked, claims, taskId, info })
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
      for (const socket of sockets.keys()) socket.close(closing.goingAway)
    })

    yield* endWithLogins(sockets, (socket) => socket.close(closing.expired))

    return { upgrade, limits, listening: stages.reachedAt, closeAll }
  })
)
