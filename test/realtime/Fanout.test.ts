import { expect } from "bun:test"
import { Reactivity } from "@effect/experimental"
import { PgClient } from "@effect/sql-pg"
import { Array as Arr, type Context, Duration, Effect, Fiber, Layer, Queue, Random, Redacted, Schema } from "effect"
import { Agent } from "../../src/agent/Agent.ts"
import type { Server } from "../../src/Server.ts"
import { Created } from "../../src/tasks/NewTask.ts"
import type { TaskId } from "../../src/tasks/Status.ts"
import { api } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"
import { ticket } from "../tasks/lib/House.ts"
import { sent } from "../tasks/lib/Process.ts"
import { connect } from "./lib/Client.ts"
import { person, productAround } from "./lib/LiveHouse.ts"
import { privateRedis } from "./lib/PrivateRedis.ts"
import { say } from "./lib/Talking.ts"

/** Says twenty-five things over some two seconds. */
const Talker = Layer.succeed(
  Agent,
  Agent.make({
    run: (_, desk) =>
      Effect.forEach(Arr.range(1, 25), (n) =>
        Effect.zipRight(
          Effect.flatMap(Random.nextIntBetween(20, 120), Effect.sleep),
          Effect.zipRight(desk.checkpoint, desk.step({ type: "input", message: `paso ${n}` }))
        )
      ).pipe(Effect.as(sent))
  })
)

const settings = { WORKER_CONCURRENCY: "10", USER_CONCURRENCY: "20", VENDOR_HOSTS_ALLOWED: "127.0.0.1" }

const order = Effect.fnUntraced(function* (token: string) {
  const { body } = yield* api("POST", "/tasks", { token, json: ticket(crypto.randomUUID()) })
  return (yield* Schema.decodeUnknown(Created)(body)).taskId
})

const ended = new Set<unknown>(["COMPLETED", "FAILED"])

type Process = Context.Context<Server>

/** A client that breaks off ten times, each time somewhere else, and comes back to whichever process. */
const restless = Effect.fnUntraced(function* (processes: ReadonlyArray<Process>, token: string, id: TaskId) {
  const seen: Array<number | undefined> = []
  let over = false
  for (let visit = 0; !over; visit++) {
    const process = yield* Effect.orDie(Random.choice(processes))
    const patience = visit < 10 ? yield* Random.nextIntBetween(0, 6) : Number.POSITIVE_INFINITY
    yield* Effect.gen(function* () {
      const socket = yield* connect(id, { token, after: seen.at(-1) ?? 0 })
      yield* socket.next
      for (let read = 0; read < patience && !over; read++) {
        const event = yield* socket.next
        if (event.seq === undefined) continue
        seen.push(event.seq)
        over = ended.has(event.status)
      }
    }).pipe(Effect.scoped, Effect.provide(process))
  }
  return seen
})

/** Twenty tasks over two processes, a restless client of each, and what goes wrong meanwhile. */
const fanOut = Effect.fnUntraced(function* (
  address: string,
  given: Readonly<Record<string, string>>,
  meanwhile: Effect.Effect<unknown, unknown>
) {
  const start = Layer.build(Layer.fresh(productAround(Talker, address, { ...settings, ...given })))
  const processes = yield* Effect.all([start, start])
  const [first] = processes
  const { token } = yield* Effect.provide(person, first)
  const ids = yield* Effect.forEach(Arr.range(1, 20), () => Effect.provide(order(token), first))
  const clients = yield* Effect.fork(
    Effect.forEach(ids, (id) => Effect.map(restless(processes, token, id), (seen) => ({ id, seen })), {
      concurrency: "unbounded"
    })
  )
  yield* meanwhile
  for (const { id, seen } of yield* Fiber.join(clients)) {
    const log = yield* connect(id, { token, after: 0 }).pipe(
      Effect.flatMap(({ all }) => all),
      Effect.scoped,
      Effect.provide(first)
    )
    expect(log.slice(1).map(({ seq }) => seq)).toEqual(Arr.range(1, 27))
    expect(seen).toEqual(Arr.range(1, 27))
  }
})

it.live(
  "W7: clients that come and go over two processes each hear exactly the log, also while Redis is killed and restarted",
  () =>
    Effect.gen(function* () {
      const redis = yield* privateRedis
      const breakage = Effect.zipRight(
        Effect.delay(redis.kill, "300 millis"),
        Effect.delay(redis.restart, "500 millis")
      )
      yield* fanOut(yield* database, { REDIS_URL: redis.url }, breakage)
    }),
  60_000
)

it.live(
  "without Redis they do as well, also while the connections are cut on which the processes hear of each other",
  () =>
    Effect.gen(function* () {
      const address = yield* database
      const sql = yield* PgClient.make({ url: Redacted.make(address), maxConnections: 1 })
      const cut = sql`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'timbra-listen' AND datname = current_database()`
      yield* fanOut(address, {}, Effect.repeatN(Effect.delay(cut, "500 millis"), 2))
    }).pipe(Effect.provide(Reactivity.layer)),
  60_000
)

it.live(
  "without Redis a socket hears at once what another process does",
  () =>
    Effect.gen(function* () {
      const address = yield* database
      const words = yield* Queue.unbounded<string>()
      const agent = Agent.make({
        run: (_, desk) =>
          Effect.as(
            Effect.repeatN(
              Effect.flatMap(Queue.take(words), (word) => say(desk, word)),
              19
            ),
            sent
          )
      })
      const start = (concurrency: string) =>
        Layer.build(
          Layer.fresh(
            productAround(Layer.succeed(Agent, agent), address, { ...settings, WORKER_CONCURRENCY: concurrency })
          )
        )
      const [worker, other] = yield* Effect.all([start("1"), start("0")])
      const { token } = yield* Effect.provide(person, worker)
      const id = yield* Effect.provide(order(token), worker)
      const socket = yield* Effect.provide(connect(id, { token, after: 0 }), other)
      yield* socket.until("status")
      const exchange = Effect.zipRight(Queue.offer(words, "palabra"), socket.until("step"))
      const [took] = yield* Effect.timed(Effect.repeatN(exchange, 19))
      // By the poll of the heads alone each takes half a second.
      expect(Duration.toMillis(took) / 20).toBeLessThan(250)
    }),
  60_000
)
