/*
 * 24 h in small: 2,000 tasks, and of each fault one for a hundred tasks. Real processes, a real PostgreSQL and Redis, and an
 * agent that asks a portal for its form and its stamp, without a browser. Some five minutes long, so not among the tests
 * that always run:
 *   bun test --timeout 900000 ./test/e2e/Day.ts
 * What it saw is left in test-output/day.json.
 */
import { expect } from "bun:test"
import { readdirSync } from "node:fs"
import { Reactivity } from "@effect/experimental"
import { BunContext } from "@effect/platform-bun"
import { PgClient } from "@effect/sql-pg"
import {
  Array as Arr,
  Data,
  DateTime,
  Duration,
  Effect,
  Exit,
  Fiber,
  Order,
  Redacted,
  Ref,
  Schedule,
  Scope
} from "effect"
import Redis from "ioredis"
import { crashingPostgres } from "../../scripts/lib/Postgres.ts"
import { privateRedis } from "../../scripts/lib/Redis.ts"
import { Server } from "../../src/Server.ts"
import * as it from "../lib/effect.ts"
import { taxpayer } from "../tasks/lib/House.ts"
import { post, type Running, startServer } from "../tasks/lib/Servers.ts"
import { faultyPortal, type Mishap } from "./lib/FaultyPortal.ts"

const tasks = 2000
const faults = tasks / 100
const users = 10
/** Between two tasks, and between two faults of the machine. */
const pace = Duration.millis(120)
const spacing = Duration.seconds(2)
const lease = Duration.seconds(6)

const settings = { WORKER_CONCURRENCY: "8", USER_CONCURRENCY: "4", RETRY_BASE: "1 second" }

const mishaps: Readonly<Record<number, Mishap>> = { 11: "500", 37: "browser-lost", 73: "500-after-the-stamp" }

const folioOf = (index: number) => `${mishaps[index % 100] ?? "none"}/${index}`

class NotTaken extends Data.TaggedError("NotTaken")<{ readonly status: number }> {}

/** As a client that keeps its key: what was not answered is asked for again. */
const ordered = (server: Running, token: string, portal: URL, folio: string) =>
  Effect.suspend(() => post(server, token, portal, folio, { "Idempotency-Key": folio })).pipe(
    Effect.sandbox,
    Effect.flatMap(({ status }) => (status === 201 ? Effect.void : new NotTaken({ status }))),
    Effect.retry({ schedule: Schedule.spaced("500 millis"), times: 60 })
  )

/** Megabytes that a process holds, and the files and sockets that it has open. */
const held = (pid: number) =>
  Effect.promise(async () => {
    const status = await Bun.file(`/proc/${pid}/status`).text()
    return {
      megabytes: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024),
      handles: readdirSync(`/proc/${pid}/fd`).length
    }
  })

/** A process that may be killed and has a successor at once. */
const mortal = (start: Effect.Effect<Running, unknown, Scope.Scope>) =>
  Effect.gen(function* () {
    const begin = Effect.gen(function* () {
      const scope = yield* Scope.make()
      return { scope, server: yield* Effect.orDie(Scope.extend(start, scope)) }
    })
    const current = yield* Ref.make(yield* begin)
    yield* Effect.addFinalizer(() => Effect.flatMap(Ref.get(current), ({ scope }) => Scope.close(scope, Exit.void)))
    // Closing its scope kills it with SIGKILL.
    return Effect.flatMap(Ref.get(current), ({ scope }) => Scope.close(scope, Exit.void)).pipe(
      Effect.zipRight(Effect.flatMap(begin, (next) => Ref.set(current, next)))
    )
  })

const median = (numbers: ReadonlyArray<number>) =>
  Arr.sort(numbers, Order.number)[Math.floor(numbers.length / 2)] ?? Number.NaN

it.live(
  "24 h in small: every task ends as it may, stamped once at most, its log without a gap, and a process holds at the end what it held",
  () =>
    Effect.gen(function* () {
      const { crash, url: databaseUrl } = yield* crashingPostgres
      const sql = yield* PgClient.make({ url: Redacted.make(databaseUrl), maxConnections: 1 })
      const redisUrl = yield* privateRedis
      const portal = yield* faultyPortal(600)
      const start = startServer({ databaseUrl, lease, settings: { ...settings, REDIS_URL: redisUrl } })

      const steady = yield* start
      const [one, other] = [yield* mortal(start), yield* mortal(start)]
      const redis = yield* Effect.acquireRelease(
        Effect.sync(() => new Redis(redisUrl)),
        (redis) => Effect.sync(() => redis.disconnect())
      )

      const cut = sql`
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name LIKE 'timbra%' AND datname = current_database()`.pipe(
        // Our own connection ended with the server.
        Effect.retry({ times: 5 }),
        Effect.asVoid,
        Effect.orDie
      )
      const redisGone = Effect.promise(async () => {
        await redis.call("CLIENT", "KILL", "TYPE", "pubsub")
        await redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        await redis.call("CLIENT", "PAUSE", "1500", "ALL")
      })
      const kinds = [
        (turn: number) => (turn % 2 === 0 ? one : other),
        // Now and then it is the whole server that crashes.
        (turn: number) => (turn % 5 === 4 ? Effect.orDie(Effect.asVoid(crash)) : cut),
        () => redisGone
      ]
      const happening = Arr.range(0, faults - 1).flatMap((turn) => kinds.map((kind) => kind(turn)))

      const accounts = yield* Effect.replicateEffect(Effect.provideService(taxpayer, Server, steady), users)
      const samples: Array<{ readonly megabytes: number; readonly handles: number }> = []
      const measuring = yield* Effect.fork(
        held(steady.pid).pipe(
          Effect.map((sample) => samples.push(sample)),
          Effect.repeat(Schedule.spaced("2 seconds"))
        )
      )
      const began = yield* DateTime.now
      const trouble = yield* Effect.fork(Effect.forEach(happening, (fault) => Effect.delay(fault, spacing)))
      yield* Effect.forEach(
        Arr.range(0, tasks - 1),
        (index) => {
          const { token } = accounts[index % users] ?? { token: "" }
          const order = ordered(steady, token, portal.url, folioOf(index))
          return Effect.delay(order, Duration.times(pace, index))
        },
        { concurrency: "unbounded", discard: true }
      )
      yield* Fiber.join(trouble)

      const open = Effect.map(
        sql<{ count: number }>`
            SELECT count(*)::int AS count FROM automation_tasks WHERE status NOT IN ('COMPLETED', 'FAILED')`,
        ([row]) => row?.count ?? 0
      )
      yield* open.pipe(
        Effect.repeat({ until: (count) => count === 0, schedule: Schedule.spaced("500 millis") }),
        Effect.timeout("2 minutes")
      )
      const took = DateTime.distance(began, yield* DateTime.now)
      yield* Fiber.interrupt(measuring)

      const ends = yield* sql<{
        folio: string
        outcome: string
        reason: string | null
        crashes: number
        retries: number
      }>`
          SELECT ticket_details->>'folio' AS folio, coalesce(failure_code, status) AS outcome,
                 failure_reason AS reason, crashes, retry_count AS retries FROM automation_tasks`
      const gaps = yield* sql`
          SELECT t.id FROM automation_tasks t CROSS JOIN LATERAL (
            SELECT count(*) AS count, max(seq) AS last FROM (
              SELECT seq FROM task_events WHERE task_id = t.id UNION ALL SELECT seq FROM task_steps WHERE task_id = t.id
            ) log) log WHERE log.count <> log.last OR log.last <> t.last_seq`
      const unended = yield* sql`SELECT id FROM browser_sessions WHERE ended_at IS NULL`
      const quarter = Math.floor(samples.length / 4)
      const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)]
      const figures = {
        at: DateTime.formatIso(began),
        seconds: Math.round(took / 1000),
        outcomes: Object.fromEntries(
          Object.entries(Arr.groupBy(ends, ({ outcome }) => outcome)).map(([name, of]) => [name, of.length])
        ),
        kills: faults,
        tasksThatLostAWorker: ends.filter(({ crashes }) => crashes > 0).length,
        tasksTriedAgain: ends.filter(({ retries }) => retries > 0).length,
        megabytes: [median(early.map((sample) => sample.megabytes)), median(late.map((sample) => sample.megabytes))],
        handles: [median(early.map((sample) => sample.handles)), median(late.map((sample) => sample.handles))]
      } as const
      yield* Effect.promise(() => Bun.write("test-output/day.json", `${JSON.stringify(figures, null, 2)}\n`))

      expect(ends.map(({ folio }) => folio).toSorted()).toEqual(Arr.makeBy(tasks, folioOf).toSorted())
      const unlawful = ends.filter(({ folio, outcome }) => {
        const stamps = portal.stamps.get(folio) ?? 0
        return outcome === "COMPLETED" ? stamps !== 1 : outcome !== "SUBMIT_UNCERTAIN" || stamps > 1
      })
      expect(unlawful).toEqual([])
      expect(gaps).toEqual([])
      expect(unended).toEqual([])
      expect(portal.met.size).toBe(3 * faults)
      expect(figures.megabytes[1]).toBeLessThan(figures.megabytes[0] * 1.25 + 20)
      expect(figures.handles[1]).toBeLessThan(figures.handles[0] + 10)
    }).pipe(Effect.provide([BunContext.layer, Reactivity.layer])),
  900_000
)
