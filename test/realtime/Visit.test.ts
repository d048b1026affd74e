import { expect } from "bun:test"
import { DateTime, Duration, Effect, Fiber, Layer, Mailbox, Redacted, Ref, TestClock } from "effect"
import { AuthUnavailable } from "../../src/auth/Account.ts"
import { Unauthorized } from "../../src/auth/Authentication.ts"
import { Sessions } from "../../src/auth/Sessions.ts"
import type { Claims } from "../../src/auth/Tokens.ts"
import { SessionId, UserId } from "../../src/auth/User.ts"
import { Hub } from "../../src/realtime/Hub.ts"
import * as Outbox from "../../src/realtime/Outbox.ts"
import { refusal } from "../../src/realtime/Upgrade.ts"
import { type Guest, visit } from "../../src/realtime/Visit.ts"
import { HandRepo } from "../../src/tasks/HandRepo.ts"
import { Interventions } from "../../src/tasks/Interventions.ts"
import { Stages } from "../../src/tasks/Stages.ts"
import { TaskId } from "../../src/tasks/Status.ts"
import type { TaskDetail } from "../../src/tasks/Task.ts"
import { Tasks } from "../../src/tasks/Tasks.ts"
import * as it from "../lib/effect.ts"

const epoch = DateTime.unsafeMake(0)
const taskId = TaskId.make(crypto.randomUUID())
const claims: Claims = {
  userId: UserId.make(crypto.randomUUID()),
  sessionId: SessionId.make(crypto.randomUUID()),
  expiresAt: 10 * 60_000
}
const guest: Guest = {
  token: Redacted.make("token"),
  claims,
  taskId,
  after: undefined,
  live: false,
  relayed: false,
  info: { id: "request", language: "es", address: "here" }
}

const view: TaskDetail = {
  id: taskId,
  vendor_url: "https://portal.example.mx/",
  status: "RUNNING",
  created_at: epoch,
  updated_at: epoch,
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
}

const World = (authenticate: Sessions["Type"]["authenticate"]) =>
  Layer.mergeAll(
    Layer.mock(Sessions, { authenticate }),
    Layer.mock(Stages, { _tag: "tasks/Stages", turnsOf: () => 0 }),
    Layer.mock(HandRepo, { _tag: "tasks/HandRepo" }),
    Layer.mock(Interventions, { _tag: "tasks/Interventions" }),
    Layer.mock(Tasks, {
      _tag: "tasks/Tasks",
      snapshot: () => Effect.succeed({ view, lastSeq: 0 }),
      events: () => Effect.succeed([])
    }),
    Layer.mock(Hub, { _tag: "realtime/Hub", hint: () => undefined, subscribe: () => Mailbox.make() })
  )

/** A network that takes nothing, or everything at once. */
const wire = (buffered: number) => ({ send: () => buffered, getBufferedAmount: () => buffered })

const visiting = (buffered: number, inbox: Mailbox.ReadonlyMailbox<string>) =>
  Effect.flatMap(Effect.makeLatch(true), (drained) =>
    visit(guest, inbox, Outbox.make(wire(buffered), drained, Outbox.highWater.events, Duration.seconds(10)))
  )

it.effect("a socket is closed with 4401 at the moment its token expires", () =>
  Effect.gen(function* () {
    const fiber = yield* Effect.fork(visiting(0, yield* Mailbox.make<string>()))
    yield* TestClock.adjust("599 seconds")
    expect((yield* Fiber.poll(fiber))._tag).toBe("None")
    yield* TestClock.adjust("1 second")
    expect(yield* fiber).toBe(4401)
  }).pipe(Effect.provide(World(() => Effect.succeed(claims))))
)

it.effect(
  "a login that was ended elsewhere ends its sockets within a minute; a database or a provider that is away ends none",
  () =>
    Effect.gen(function* () {
      const answer = yield* Ref.make<Effect.Effect<Claims, Unauthorized | AuthUnavailable>>(Effect.die("no database"))
      const world = World(() => Effect.flatten(Ref.get(answer)))
      const fiber = yield* Effect.fork(visiting(0, yield* Mailbox.make<string>()).pipe(Effect.provide(world)))
      yield* TestClock.adjust("3 minutes")
      expect((yield* Fiber.poll(fiber))._tag).toBe("None")
      yield* Ref.set(answer, new AuthUnavailable())
      yield* TestClock.adjust("3 minutes")
      expect((yield* Fiber.poll(fiber))._tag).toBe("None")
      expect((yield* refusal(new AuthUnavailable())).status).toBe(503)
      yield* Ref.set(answer, new Unauthorized())
      yield* TestClock.adjust("1 minute")
      expect(yield* fiber).toBe(4401)
    })
)

it.effect(
  "a reader that takes nothing for ten seconds is closed with 4408, and costs no more than what is unread",
  () =>
    Effect.gen(function* () {
      const inbox = yield* Mailbox.make<string>()
      const fiber = yield* Effect.fork(visiting(Outbox.highWater.events + 1, inbox))
      yield* TestClock.adjust("1 minute")
      expect((yield* Fiber.poll(fiber))._tag).toBe("None")
      yield* inbox.offer('{"type":"ping"}')
      yield* TestClock.adjust("9 seconds")
      expect((yield* Fiber.poll(fiber))._tag).toBe("None")
      yield* TestClock.adjust("1 second")
      expect(yield* fiber).toBe(4408)
    }).pipe(Effect.provide(World(() => Effect.succeed(claims))))
)
