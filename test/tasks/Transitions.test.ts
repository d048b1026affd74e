import { expect } from "bun:test"
import { Duration, Effect, Option } from "effect"
import type { UserId } from "../../src/auth/User.ts"
import type { Claim } from "../../src/tasks/Claim.ts"
import * as Failure from "../../src/tasks/Failure.ts"
import { InterventionsRepo } from "../../src/tasks/InterventionsRepo.ts"
import { QueueRepo } from "../../src/tasks/QueueRepo.ts"
import { RunRepo } from "../../src/tasks/RunRepo.ts"
import type { TaskId, TaskStatus } from "../../src/tasks/Status.ts"
import { TasksRepo } from "../../src/tasks/TasksRepo.ts"
import { TaskViews } from "../../src/tasks/TaskViews.ts"
import * as it from "../lib/effect.ts"
import { addTask, addUser, addWorker, claimOne, logOf, statusesOf } from "./lib/Fixtures.ts"
import { ReposTest } from "./lib/Repos.ts"

const day = Duration.hours(24)
const email = { delivery: "email", warnings: [], artifacts: [] } as const
const question = { kind: "missing_data", message: "¿Cuál es la caja?", fields: [] } as const

/** A task brought into a status by the ways that lead there. */
const taskIn = Effect.fnUntraced(function* (status: TaskStatus) {
  const userId = yield* addUser
  const id = yield* addTask(userId)
  const run = yield* RunRepo
  const tasks = yield* TasksRepo
  const claim = yield* claimOne(yield* addWorker)
  switch (status) {
    case "PENDING":
      yield* run.handBack(claim)
      break
    case "PAUSED":
      yield* tasks.pause(userId, id)
      break
    case "INTERVENTION_NEEDED":
      yield* run.ask(claim, question, day)
      break
    case "COMPLETED":
      yield* run.complete(claim, email)
      break
    case "FAILED":
      yield* run.fail(claim, Failure.internal)
      break
  }
  return { userId, id, claim }
})

const all: ReadonlyArray<TaskStatus> = ["PENDING", "RUNNING", "PAUSED", "INTERVENTION_NEEDED", "COMPLETED", "FAILED"]

type Act = (task: {
  readonly userId: UserId
  readonly id: TaskId
  readonly claim: Claim
}) => Effect.Effect<number, unknown, TasksRepo | RunRepo | InterventionsRepo>

const counted = Effect.map((told: ReadonlyArray<unknown>) => told.length)

/** Each act with the statuses that allow it and the one that it leads to; in all others it must change nothing. */
const acts: ReadonlyArray<readonly [string, ReadonlyArray<TaskStatus>, TaskStatus, Act]> = [
  [
    "pause",
    ["PENDING", "RUNNING", "INTERVENTION_NEEDED"],
    "PAUSED",
    ({ userId, id }) => Effect.flatMap(TasksRepo, (repo) => counted(repo.pause(userId, id)))
  ],
  [
    "resume",
    ["PAUSED"],
    "PENDING",
    ({ userId, id }) => Effect.flatMap(TasksRepo, (repo) => counted(repo.resume(userId, id)))
  ],
  [
    "cancel",
    ["PENDING", "RUNNING", "PAUSED", "INTERVENTION_NEEDED"],
    "FAILED",
    ({ userId, id }) => Effect.flatMap(TasksRepo, (repo) => counted(repo.cancel(userId, id)))
  ],
  [
    "retry by the user",
    ["FAILED"],
    "PENDING",
    ({ userId, id }) =>
      Effect.flatMap(TasksRepo, (repo) =>
        counted(
          Effect.map(
            repo.retry(userId, id, false),
            Option.getOrElse(() => [])
          )
        )
      )
  ],
  [
    "complete",
    ["RUNNING"],
    "COMPLETED",
    ({ claim }) => Effect.flatMap(RunRepo, (repo) => counted(repo.complete(claim, email)))
  ],
  [
    "fail",
    ["RUNNING"],
    "FAILED",
    ({ claim }) => Effect.flatMap(RunRepo, (repo) => counted(repo.fail(claim, Failure.internal)))
  ],
  [
    "automatic retry",
    ["RUNNING"],
    "PENDING",
    ({ claim }) => Effect.flatMap(RunRepo, (repo) => counted(repo.again(claim, Duration.zero)))
  ],
  [
    "hand back",
    ["RUNNING"],
    "PENDING",
    ({ claim }) => Effect.flatMap(RunRepo, (repo) => counted(repo.handBack(claim)))
  ],
  [
    "ask",
    ["RUNNING"],
    "INTERVENTION_NEEDED",
    ({ claim }) =>
      Effect.flatMap(RunRepo, (repo) =>
        Effect.map(repo.ask(claim, question, day), (asked) => (Option.isSome(asked) ? 1 : 0))
      )
  ]
]

it.layer(ReposTest)("the table of transitions", (it) => {
  for (const [name, allowed, to, act] of acts) {
    it.live(`${name}: from ${allowed.join(", ")} to ${to}, from elsewhere nothing`, () =>
      Effect.forEach(all, (status) =>
        Effect.gen(function* () {
          const task = yield* taskIn(status)
          const before = yield* statusesOf(task.userId, task.id)
          const moved = yield* act(task)
          const after = yield* statusesOf(task.userId, task.id)
          const expected = allowed.includes(status) ? [...before, to] : before
          expect({ status, moved, after }).toEqual({ status, moved: allowed.includes(status) ? 1 : 0, after: expected })
          yield* (yield* TasksRepo).cancel(task.userId, task.id)
        })
      )
    )
  }

  it.live("past the intent a running task can be neither paused nor cancelled", () =>
    Effect.gen(function* () {
      const { userId, id, claim } = yield* taskIn("RUNNING")
      const tasks = yield* TasksRepo
      yield* (yield* RunRepo).intend(claim)
      expect(yield* tasks.pause(userId, id)).toEqual([])
      expect(yield* tasks.cancel(userId, id)).toEqual([])
      expect(yield* (yield* RunRepo).again(claim, Duration.zero)).toEqual([])
    })
  )

  it.live("past the intent only the portal's own word is told; all else is uncertain and keeps the ticket taken", () =>
    Effect.gen(function* () {
      const runs = yield* RunRepo
      const tasks = yield* TasksRepo
      const told = yield* Effect.forEach(
        [Failure.internal, { code: "DATA_REJECTED", reason: "CFDI40147", decisive: true } as const],
        (failure) =>
          Effect.gen(function* () {
            const { userId, id, claim } = yield* taskIn("RUNNING")
            yield* runs.intend(claim)
            yield* runs.fail(claim, failure)
            const view = Option.getOrThrow(yield* (yield* TaskViews).snapshot(userId, id)).view
            const refused = Option.getOrElse(yield* tasks.retry(userId, id, false), () => [])
            const confirmed = Option.getOrElse(yield* tasks.retry(userId, id, true), () => [])
            yield* tasks.cancel(userId, id)
            return [view.failure_code, refused.length, confirmed.length]
          })
      )
      expect(told).toEqual([
        ["SUBMIT_UNCERTAIN", 0, 1],
        ["DATA_REJECTED", 1, 0]
      ])
    })
  )

  it.live("a retry starts a new series: attempts and intent forgotten, the user's count kept", () =>
    Effect.gen(function* () {
      const runs = yield* RunRepo
      const userId = yield* addUser
      const id = yield* addTask(userId)
      const worker = yield* addWorker
      yield* runs.again(yield* claimOne(worker), Duration.zero)
      const second = yield* claimOne(worker)
      expect(second.attempt).toBe(1)
      yield* runs.intend(second)
      yield* runs.fail(second, Failure.internal)
      yield* (yield* TasksRepo).retry(userId, id, true)
      expect(yield* claimOne(worker)).toMatchObject({ attempt: 0, submitted: false })
      const { view } = Option.getOrThrow(yield* (yield* TaskViews).snapshot(userId, id))
      expect(view).toMatchObject({ status: "RUNNING", retry_count: 2, failure_code: null, completed_at: null })
    })
  )

  it.live("an intervention nobody answers in time fails its task", () =>
    Effect.gen(function* () {
      const runs = yield* RunRepo
      const { userId, id, claim } = yield* taskIn("RUNNING")
      const asked = Option.getOrThrow(yield* runs.ask(claim, question, Duration.zero))
      const answers = new Uint8Array([1])
      const reference = { userId, taskId: id, id: asked.id }
      expect(yield* (yield* InterventionsRepo).answer(reference, answers)).toEqual([])
      yield* (yield* QueueRepo).rescue(Duration.seconds(5))
      expect((yield* logOf(userId, id)).at(-1)).toMatchObject({
        status: "FAILED",
        failure_code: "INTERVENTION_EXPIRED"
      })
    })
  )
})
