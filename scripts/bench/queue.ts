import { availableParallelism } from "node:os"
import { Command, Options } from "@effect/cli"
import { Reactivity } from "@effect/experimental"
import { FileSystem } from "@effect/platform"
import { PgClient } from "@effect/sql-pg"
import { Console, DateTime, Effect, Redacted, Schema, type Scope } from "effect"
import { privatePostgres } from "../lib/Postgres.ts"
import { privateRedis } from "../lib/Redis.ts"
import { bullMq } from "./queue/BullMq.ts"
import type { Contestant } from "./queue/Contestant.ts"
import { deadRows } from "./queue/DeadRows.ts"
import { fifo } from "./queue/Fifo.ts"
import { graphile } from "./queue/Graphile.ts"
import { drain, idle, steady } from "./queue/Measure.ts"
import { ours } from "./queue/Ours.ts"
import { pgBoss } from "./queue/PgBoss.ts"
import { rescued } from "./queue/Rescue.ts"
import * as Table from "./queue/Table.ts"

const tasks = Options.integer("tasks").pipe(
  Options.withSchema(Schema.Int.pipe(Schema.between(1000, 1_000_000))),
  Options.withDefault(20_000),
  Options.withDescription("Jobs that each queue finds waiting.")
)

const quick = Options.boolean("quick").pipe(
  Options.withDescription("A tenth of everything, and no kill -9: to see that it runs, not how fast.")
)

const folder = new URL("../../test-output/", import.meta.url).pathname

/** A database of its own on the run's server, so that no contestant meets another's rows. */
const database = Effect.fnUntraced(
  function* (server: string) {
    const name = `bench_${crypto.randomUUID().replaceAll("-", "")}`
    const admin = yield* PgClient.make({ url: Redacted.make(server), maxConnections: 1 })
    yield* admin`CREATE DATABASE ${admin(name)}`
    return Object.assign(new URL(server), { pathname: name }).href
  },
  Effect.provide(Reactivity.layer),
  Effect.scoped
)

interface Size {
  readonly jobs: number
  readonly lone: number
  readonly seconds: number
}

const measure = <E>(make: Effect.Effect<Contestant, E, Scope.Scope>, { jobs, lone, seconds }: Size) =>
  Effect.gen(function* () {
    const contestant = yield* make
    // What a compiler has not seen often is slow.
    yield* drain(contestant, jobs / 4, 1)
    const result = {
      name: contestant.name,
      settings: contestant.settings,
      idle: yield* idle(contestant, lone),
      steady: yield* steady(contestant, 1000, seconds),
      drain: yield* drain(contestant, jobs, 1)
    }
    yield* Console.log(Table.row(result))
    return result
  }).pipe(Effect.scoped)

const main = Effect.fn("bench.queue")(function* (tasks: number, quick: boolean) {
  const [postgres, redis] = yield* Effect.all([privatePostgres, privateRedis], { concurrency: 2 })
  const size = quick ? { jobs: tasks / 10, lone: 30, seconds: 1 } : { jobs: tasks, lone: 300, seconds: 5 }
  const fresh = Effect.suspend(() => database(postgres))
  yield* Console.log(Table.head)
  const results = [
    yield* measure(
      Effect.flatMap(fresh, (url) => ours(url, { users: 1 })),
      size
    ),
    yield* measure(
      Effect.flatMap(fresh, (url) => graphile(url, true)),
      size
    ),
    yield* measure(
      Effect.flatMap(fresh, (url) => graphile(url, false)),
      { ...size, jobs: size.jobs / 4 }
    ),
    yield* measure(Effect.flatMap(fresh, pgBoss), size),
    yield* measure(bullMq(redis), size)
  ]

  const crowd = (prepare: (url: string) => Effect.Effect<void>) =>
    Effect.gen(function* () {
      const url = yield* fresh
      const contestant = yield* ours(url, { users: 1000 })
      yield* prepare(url)
      yield* drain(contestant, size.jobs / 5, 1000)
      return yield* drain(contestant, size.jobs, 1000)
    }).pipe(Effect.scoped)
  const fair = yield* crowd(() => Effect.void)
  const first = yield* crowd(fifo)
  yield* Console.log(Table.fairness({ fair, fifo: first }))
  const dead = yield* deadRows(yield* fresh, quick ? 20_000 : 200_000)
  yield* Console.log(Table.dead(dead))
  const rescue = quick ? null : yield* rescued(yield* fresh)
  yield* Console.log(Table.rescue(rescue))

  const fs = yield* FileSystem.FileSystem
  const report = {
    at: DateTime.formatIso(yield* DateTime.now),
    machine: { cpus: availableParallelism(), bun: Bun.version },
    tasks: size.jobs,
    results,
    thousandUsers: { fair, fifo: first },
    claimMillis: dead,
    rescueSeconds: rescue
  }
  yield* fs.makeDirectory(folder, { recursive: true })
  yield* fs.writeFileString(`${folder}bench-queue.json`, `${JSON.stringify(report, null, 2)}\n`)
  yield* Console.log(`${folder}bench-queue.json`)
}, Effect.scoped)

/** Our queue beside graphile-worker, pg-boss and BullMQ on one PostgreSQL and one Redis. */
export const queueBench = Command.make("queue", { tasks, quick }, ({ tasks, quick }) => main(tasks, quick)).pipe(
  Command.withDescription("Jobs a second and milliseconds to the start of a job, ours and three others.")
)
