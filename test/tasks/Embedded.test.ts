import { expect } from "bun:test"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Array as Arr, ConfigProvider, Effect, Layer } from "effect"
import { DataDir } from "../../src/db/DataDir.ts"
import { SqlLive } from "../../src/db/Sql.ts"
import { Interventions } from "../../src/tasks/Interventions.ts"
import * as it from "../lib/effect.ts"
import { order, reaches, sent, sharedOn, startProcess } from "./lib/Process.ts"
import { viewOf } from "./lib/Steps.ts"

const EmbeddedTest = Layer.unwrapScoped(
  Effect.gen(function* () {
    const folder = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped({ prefix: "timbra-test-" })
    return SqlLive.pipe(
      Layer.provide(DataDir.Default),
      Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["DATA_DIR", folder]]))))
    )
  })
).pipe(Layer.provide(BunContext.layer))

it.live(
  "on the embedded database many runs at once write, ask and end over its one connection",
  () =>
    Effect.gen(function* () {
      const process = yield* startProcess({ WORKER_CONCURRENCY: "8" })
      const tasks = yield* Effect.forEach(Arr.range(1, 12), (n) =>
        order(process, (_, desk) =>
          Effect.gen(function* () {
            yield* Effect.forEach(Arr.range(1, 5), (step) => desk.step({ type: "input", message: `${n}.${step}` }))
            if (n === 1) yield* desk.ask({ kind: "confirm_submit", message: "¿Son correctos?", fields: [] })
            yield* desk.intend
            return sent
          })
        )
      )
      const [asking, ...others] = tasks
      if (asking === undefined) return
      yield* reaches(process, asking.userId, asking.id, "INTERVENTION_NEEDED")
      const { intervention } = yield* viewOf(process, asking)
      yield* Effect.provide(
        Effect.flatMap(Interventions, (interventions) =>
          interventions.answer(asking.userId, asking.id, {
            intervention_id: intervention?.id ?? "",
            action: "continue"
          })
        ),
        process
      )
      for (const task of [asking, ...others]) yield* reaches(process, task.userId, task.id, "COMPLETED")
      const views = yield* Effect.forEach(tasks, (task) => viewOf(process, task))
      expect(views.map((view) => view.steps.length)).toEqual(tasks.map(() => 5))
    }).pipe(Effect.scoped, Effect.provide(sharedOn(EmbeddedTest))),
  60_000
)
