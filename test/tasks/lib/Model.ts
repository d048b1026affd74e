import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Array as Arr, Duration, Effect } from "effect"
import type { UserId } from "../../../src/auth/User.ts"
import type { Rls } from "../../../src/db/Rls.ts"
import type { Claim } from "../../../src/tasks/Claim.ts"
import * as Failure from "../../../src/tasks/Failure.ts"
import type { OrdersRepo } from "../../../src/tasks/OrdersRepo.ts"
import { QueueRepo } from "../../../src/tasks/QueueRepo.ts"
import { RunRepo } from "../../../src/tasks/RunRepo.ts"
import type { TaskId, TaskStatus } from "../../../src/tasks/Status.ts"
import { TasksRepo } from "../../../src/tasks/TasksRepo.ts"
import { addTask, addWorker, claimFor } from "./Fixtures.ts"

const perUser = 2

/** What the contract says of a task, as far as it decides what may happen to it next. */
interface Known {
  readonly id: TaskId
  readonly user: UserId
  status: TaskStatus
  due: boolean
  worker: string | null
  token: string | null
  crashes: number
  intended: boolean
  uncertain: boolean
}

export interface World {
  readonly users: ReadonlyArray<UserId>
  readonly workers: Array<{ id: string; alive: boolean }>
  readonly tasks: Array<Known>
  /** Every claim there ever was: most of them are stale. */
  readonly claims: Array<Claim>
}

export type Repos = SqlClient.SqlClient | Rls | OrdersRepo | QueueRepo | RunRepo | TasksRepo

/** Does one thing to the database and to the model, and expects the same of both. */
export type Action = (world: World) => Effect.Effect<void, unknown, Repos>

const leave = (task: Known, status: TaskStatus) => {
  task.status = status
  task.token = null
  task.worker = null
}

const fail = (task: Known) => {
  leave(task, "FAILED")
  task.uncertain = task.intended
}

const at = <A>(all: ReadonlyArray<A>, index: number) => all[index % Math.max(1, all.length)]

export const enqueue =
  (user: number): Action =>
  (world) =>
    Effect.gen(function* () {
      const owner = at(world.users, user)
      if (owner === undefined) return
      const id = yield* addTask(owner)
      world.tasks.push({
        id,
        user: owner,
        status: "PENDING",
        due: true,
        worker: null,
        token: null,
        crashes: 0,
        intended: false,
        uncertain: false
      })
    })

export const claim =
  (worker: number, free: number): Action =>
  (world) =>
    Effect.gen(function* () {
      const claimer = at(world.workers, worker)
      if (claimer === undefined) return
      const room = world.users.map((user) => {
        const own = world.tasks.filter((task) => task.user === user)
        const running = own.filter((task) => task.status === "RUNNING").length
        const waiting = own.filter((task) => task.status === "PENDING" && task.due).length
        return Math.max(0, Math.min(perUser - running, waiting))
      })
      const expected = claimer.alive
        ? Math.min(
            free,
            Arr.reduce(room, 0, (sum, one) => sum + one)
          )
        : 0
      const claims = yield* claimFor(claimer.id, { free, perUser, affinity: Duration.zero })
      expect(claims).toHaveLength(expected)
      for (const claim of claims) {
        const task = world.tasks.find((task) => task.id === claim.id)
        expect(task).toMatchObject({ status: "PENDING", due: true, intended: claim.submitted })
        if (task !== undefined) Object.assign(task, { status: "RUNNING", worker: claimer.id, token: claim.token })
      }
      world.claims.push(...claims)
    })

type Write = (runs: RunRepo, claim: Claim) => Effect.Effect<ReadonlyArray<unknown>, unknown>

/** What a run writes with a claim of any age, and what it does to the task if the claim still holds. */
const written = (write: Write, apply: (task: Known) => void, allowed: (task: Known) => boolean = () => true) => {
  return (index: number): Action =>
    (world) =>
      Effect.gen(function* () {
        const claim = at(world.claims, index)
        const task = world.tasks.find((task) => task.id === claim?.id)
        if (claim === undefined || task === undefined) return
        const holds = task.status === "RUNNING" && task.token === claim.token && allowed(task)
        const told = yield* write(yield* RunRepo, claim)
        expect(told.length > 0).toBe(holds)
        if (holds) apply(task)
      })
}

export const complete = written(
  (runs, claim) => runs.complete(claim, { delivery: "email", warnings: [], artifacts: [] }),
  (task) => leave(task, "COMPLETED")
)
export const failing = written((runs, claim) => runs.fail(claim, Failure.internal), fail)
export const again = written(
  (runs, claim) => runs.again(claim, Duration.hours(1)),
  (task) => {
    leave(task, "PENDING")
    task.due = false
  },
  (task) => !task.intended
)
export const handBack = written(
  (runs, claim) => runs.handBack(claim),
  (task) => leave(task, "PENDING")
)
export const step = written(
  (runs, claim) => Effect.map(runs.step(claim, { type: "click", message: "clic" }), Arr.fromOption),
  () => undefined
)
export const intend = written(
  (runs, claim) => Effect.map(runs.intend(claim), Arr.fromOption),
  (task) => {
    task.intended = true
  }
)

type Order = (repo: TasksRepo, task: Known) => Effect.Effect<number>

const ordered = (order: Order, from: (task: Known) => boolean, apply: (task: Known) => void) => {
  return (index: number): Action =>
    (world) =>
      Effect.gen(function* () {
        const task = at(world.tasks, index)
        if (task === undefined) return
        const allowed = from(task)
        expect((yield* order(yield* TasksRepo, task)) > 0).toBe(allowed)
        if (allowed) apply(task)
      })
}

const sending = (task: Known) => task.status === "RUNNING" && task.intended
const told = Effect.map((events: ReadonlyArray<unknown>) => events.length)

export const pause = ordered(
  (repo, task) => told(repo.pause(task.user, task.id)),
  (task) => ["PENDING", "RUNNING", "INTERVENTION_NEEDED"].includes(task.status) && !sending(task),
  (task) => {
    task.status = "PAUSED"
    task.token = null
  }
)
export const resume = ordered(
  (repo, task) => told(repo.resume(task.user, task.id)),
  (task) => task.status === "PAUSED",
  (task) => {
    task.status = "PENDING"
    task.due = true
  }
)
export const cancel = ordered(
  (repo, task) => told(repo.cancel(task.user, task.id)),
  (task) => ["PENDING", "RUNNING", "PAUSED", "INTERVENTION_NEEDED"].includes(task.status) && !sending(task),
  fail
)
export const retry = ordered(
  (repo, task) =>
    Effect.map(repo.retry(task.user, task.id, false), (moved) => (moved._tag === "Some" ? moved.value.length : 0)),
  (task) => task.status === "FAILED" && !task.uncertain,
  (task) => {
    leave(task, "PENDING")
    Object.assign(task, { due: true, crashes: 0, intended: false, uncertain: false })
  }
)

/** A worker process is gone: its lease runs out and another takes its place. */
export const kill =
  (index: number): Action =>
  (world) =>
    Effect.gen(function* () {
      const victim = at(world.workers, index)
      if (victim === undefined) return
      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE workers SET lease_until = now() - interval '1 minute' WHERE id = ${victim.id}`
      victim.alive = false
      world.workers.push({ id: yield* addWorker, alive: true })
    })

export const rescue: Action = (world) =>
  Effect.gen(function* () {
    yield* (yield* QueueRepo).rescue(Duration.seconds(5))
    const dead = new Set(world.workers.filter((worker) => !worker.alive).map((worker) => worker.id))
    for (const task of world.tasks) {
      if (task.worker === null || !dead.has(task.worker)) continue
      if (task.status !== "RUNNING") task.worker = null
      else if (task.crashes >= 2) fail(task)
      else {
        leave(task, "PENDING")
        Object.assign(task, { crashes: task.crashes + 1, due: true })
      }
    }
  })

/** An hour passes, in which no lease was renewed that the test keeps alive. */
export const wait: Action = (world) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql`UPDATE automation_tasks SET run_at = run_at - interval '61 minutes' WHERE status = 'PENDING'`
    for (const task of world.tasks) if (task.status === "PENDING") task.due = true
  })
