import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Array as Arr, ConfigProvider, Context, Deferred, Effect, Layer, Ref } from "effect"
import { crashingPostgres } from "../../scripts/lib/Postgres.ts"
import { DataDir } from "../../src/db/DataDir.ts"
import { SqlLive } from "../../src/db/Sql.ts"
import * as it from "../lib/effect.ts"
import { order, type Process, reaches, sent, sharedOn, startProcess } from "./lib/Process.ts"
import { historyOf } from "./lib/Steps.ts"

class Crash extends Context.Tag("test/Crash")<Crash, Effect.Effect<void>>() {}

/** A PostgreSQL of its own that may crash. */
const ClusterTest = Layer.unwrapScoped(
  Effect.map(crashingPostgres, ({ crash, url }) => {
    const environment = Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["DATABASE_URL", url]])))
    const database = SqlLive.pipe(
      Layer.provide(DataDir.Default),
      Layer.provide(BunContext.layer),
      Layer.provide(environment)
    )
    const ready = crash.pipe(Effect.provide(BunContext.layer), Effect.orDie, Effect.asVoid)
    return Layer.merge(sharedOn(database), Layer.succeed(Crash, ready))
  })
).pipe(Layer.provide(BunContext.layer))

/** A run that has recorded its intent, or has not, and waits for the test. */
const waiting = Effect.fnUntraced(function* (process: Process, clicks: Ref.Ref<number>, intending: boolean) {
  const begun = yield* Deferred.make<void>()
  const go = yield* Deferred.make<void>()
  const click = Ref.update(clicks, (count) => count + 1)
  const task = yield* order(process, (_, desk) =>
    Effect.gen(function* () {
      if (intending) yield* Effect.zipRight(desk.intend, click)
      yield* Deferred.succeed(begun, undefined)
      yield* Deferred.await(go)
      yield* desk.step({ type: "click", message: "Facturar" })
      if (!intending) yield* Effect.zipRight(desk.intend, click)
      return sent
    })
  )
  yield* Deferred.await(begun)
  return { task, go: Deferred.succeed(go, undefined) } as const
})

it.layer(ClusterTest)("PostgreSQL crashes", (it) => {
  it.live(
    "F1: among waiting tasks, runs and submits: every task is done, clicked once, its log without a gap",
    () =>
      Effect.gen(function* () {
        const processes = yield* Effect.all([startProcess(), startProcess()])
        const [process] = processes
        const clicks = yield* Ref.make(0)
        const runs = yield* Effect.forEach([true, false, true, false], (intending) =>
          waiting(process, clicks, intending)
        )
        const crashing = yield* Effect.fork(yield* Crash)
        yield* Effect.forEach(runs, ({ go }) => go)
        yield* crashing
        const later = yield* Effect.forEach(Arr.range(1, 4), () => order(process))
        for (const { userId, id } of [...runs.map(({ task }) => task), ...later]) {
          yield* reaches(process, userId, id, "COMPLETED")
        }
        for (const { task } of runs) expect((yield* historyOf(process, task)).at(-1)).toBe("COMPLETED")
        expect(yield* Ref.get(clicks)).toBe(4)
      }),
    60_000
  )
})
