import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Array as Arr, Effect, FastCheck, Runtime } from "effect"
import type { TaskStatus } from "../../src/tasks/Status.ts"
import type { TaskViews } from "../../src/tasks/TaskViews.ts"
import * as it from "../lib/effect.ts"
import { addUser, addWorker, logOf } from "./lib/Fixtures.ts"
import * as Model from "./lib/Model.ts"
import { ReposTest } from "./lib/Repos.ts"

const legal: Readonly<Record<TaskStatus, ReadonlyArray<TaskStatus>>> = {
  PENDING: ["RUNNING", "PAUSED", "FAILED"],
  RUNNING: ["PAUSED", "INTERVENTION_NEEDED", "COMPLETED", "FAILED", "PENDING"],
  PAUSED: ["PENDING", "FAILED"],
  INTERVENTION_NEEDED: ["PENDING", "PAUSED", "FAILED"],
  COMPLETED: [],
  FAILED: ["PENDING"]
}

const agree = (world: Model.World) =>
  Effect.forEach(world.tasks, (task) =>
    Effect.gen(function* () {
      const log = yield* logOf(task.user, task.id)
      const changes = log.flatMap((event) => (event.type === "status" ? [event] : []))
      for (const change of changes) expect(legal[change.previous]).toContain(change.status)
      for (const [one, next] of Arr.zip(changes, changes.slice(1))) expect(next.previous).toBe(one.status)
      expect(changes.at(-1)?.status ?? "PENDING").toBe(task.status)
    })
  )

type Named = readonly [string, Model.Action]

const index = FastCheck.nat({ max: 50 })
const { enqueue, claim, rescue, wait, complete, failing, again, handBack, step, intend } = Model
const { pause, resume, cancel, retry, kill } = Model
const often = (weight: number, name: string, arbitrary: FastCheck.Arbitrary<Model.Action>) => ({
  weight,
  arbitrary: arbitrary.map((action): Named => [name, action])
})
const indexed = { complete, failing, again, handBack, step, intend, pause, resume, cancel, retry, kill }

const action = FastCheck.oneof(
  often(4, "enqueue", index.map(enqueue)),
  often(
    6,
    "claim",
    FastCheck.tuple(index, FastCheck.integer({ min: 1, max: 4 })).map((given) => claim(...given))
  ),
  ...Object.entries(indexed).map(([name, make]) => often(2, name, index.map(make))),
  often(3, "rescue", FastCheck.constant(rescue)),
  often(1, "wait", FastCheck.constant(wait))
)

const play = Effect.fnUntraced(function* (actions: ReadonlyArray<Named>) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DELETE FROM automation_tasks`
  const workers = yield* Effect.all([addWorker, addWorker])
  const world: Model.World = {
    users: yield* Effect.all([addUser, addUser, addUser]),
    workers: workers.map((id) => ({ id, alive: true })),
    tasks: [],
    claims: []
  }
  for (const [, act] of actions) yield* act(world)
  yield* agree(world)
})

it.layer(ReposTest)("any sequence of what users, runs, workers and time may do", (it) => {
  it.live(
    "leaves every task as the model of the contract says, its log without a gap or an unlawful change",
    () =>
      Effect.gen(function* () {
        const run = Runtime.runPromise(yield* Effect.runtime<Model.Repos | TaskViews>())
        const plays = FastCheck.asyncProperty(
          FastCheck.array(action, { minLength: 20, maxLength: 60, size: "max" }),
          (actions) => run(play(actions))
        )
        yield* Effect.promise(() => FastCheck.assert(plays, { numRuns: 40, endOnFailure: true }))
      }),
    120_000
  )
})
