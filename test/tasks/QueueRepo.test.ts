import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Array as Arr, Deferred, Duration, Effect, Fiber, Layer } from "effect"
import { WorkerSql } from "../../src/db/WorkerSql.ts"
import { noFloor } from "../../src/tasks/Claim.ts"
import { QueueRepo } from "../../src/tasks/QueueRepo.ts"
import { RunRepo } from "../../src/tasks/RunRepo.ts"
import { TasksRepo } from "../../src/tasks/TasksRepo.ts"
import * as it from "../lib/effect.ts"
import { addTask, addUser, addWorker, claimFor, claimOne, logOf, statusesOf } from "./lib/Fixtures.ts"
import { ReposTest } from "./lib/Repos.ts"

/** Until somebody in this database waits for their turn to claim. */
const someoneWaits = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const waiting = sql`
    SELECT FROM pg_locks JOIN pg_database d ON d.oid = database
    WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()`
  yield* Effect.repeat(waiting, { until: (rows) => rows.length > 0 })
})

it.layer(Layer.provideMerge(WorkerSql.Default, ReposTest))("a claim", (it) => {
  it.live("takes by priority, then from the user with the fewest running, then the oldest", () =>
    Effect.gen(function* () {
      const [hog, single] = [yield* addUser, yield* addUser]
      const first = yield* addTask(hog)
      const second = yield* addTask(hog)
      yield* addTask(hog)
      const lone = yield* addTask(single)
      const urgent = yield* addTask(hog, { priority: 1 })
      const claims = yield* claimFor(yield* addWorker, { free: 4 })
      expect(claims.map((claim) => claim.id)).toEqual([urgent, lone, first, second])
      yield* claimFor(yield* addWorker)
    })
  )

  it.live("never gives a user more than their share, counted over all workers that claim at once", () =>
    Effect.gen(function* () {
      const user = yield* addUser
      const other = yield* addUser
      yield* Effect.forEach(Arr.range(1, 10), () => addTask(user))
      yield* addTask(other)
      const workers = yield* Effect.all([addWorker, addWorker, addWorker, addWorker])
      const claims = yield* Effect.forEach(workers, (id) => claimFor(id, { perUser: 2 }), { concurrency: "unbounded" })
      const users = claims.flat().map((claim) => claim.userId)
      expect(users.filter((id) => id === user)).toHaveLength(2)
      expect(users.filter((id) => id === other)).toHaveLength(1)
      expect(new Set(claims.flat().map((claim) => claim.token)).size).toBe(3)
      yield* claimFor(yield* addWorker)
    })
  )

  it.live("waits for the one before it, lest both give away what they count as free", () =>
    Effect.gen(function* () {
      const { transaction } = yield* WorkerSql
      const user = yield* addUser
      yield* Effect.repeatN(addTask(user), 1)
      const [one, other] = [yield* addWorker, yield* addWorker]
      const counted = yield* Deferred.make<void>()
      const commit = yield* Deferred.make<void>()
      const first = yield* claimFor(one, { perUser: 2 }).pipe(
        Effect.zipLeft(Deferred.succeed(counted, undefined)),
        Effect.zipLeft(Deferred.await(commit)),
        Effect.provide(yield* Effect.context<QueueRepo>()),
        transaction,
        Effect.fork
      )
      yield* Deferred.await(counted)
      // Without them both would choose the same, and the lock on its row would be enough.
      yield* Effect.repeatN(addTask(user, { priority: 1 }), 1)
      const second = yield* Effect.fork(claimFor(other, { perUser: 2 }))
      yield* Effect.race(someoneWaits, Fiber.await(second))
      yield* Deferred.succeed(commit, undefined)
      expect([yield* first, yield* second].map((claims) => claims.length)).toEqual([2, 0])
      yield* claimFor(yield* addWorker)
    })
  )

  it.live("is refused to a worker whose lease is over", () =>
    Effect.gen(function* () {
      const user = yield* addUser
      const id = yield* addTask(user)
      const worker = crypto.randomUUID()
      yield* (yield* QueueRepo).register(worker, Duration.zero)
      expect(yield* claimFor(worker)).toEqual([])
      expect((yield* claimOne(yield* addWorker)).id).toBe(id)
    })
  )

  it.live("leaves a task whose retry is not due", () =>
    Effect.gen(function* () {
      const user = yield* addUser
      yield* addTask(user)
      const worker = yield* addWorker
      const claim = yield* claimOne(worker)
      yield* (yield* RunRepo).again(claim, Duration.hours(6))
      expect(yield* claimFor(worker)).toEqual([])
    })
  )

  it.live("leaves a resumed task to the worker that holds its run, but not for ever", () =>
    Effect.gen(function* () {
      const user = yield* addUser
      const repo = yield* TasksRepo
      const [holder, other] = [yield* addWorker, yield* addWorker]
      const id = yield* addTask(user)
      yield* claimOne(holder)
      yield* repo.pause(user, id)
      yield* repo.resume(user, id)
      expect(yield* claimFor(other)).toEqual([])
      const [held] = yield* claimFor(holder, { held: [id] })
      expect(held).toMatchObject({ id, held: true })
      yield* repo.pause(user, id)
      yield* repo.resume(user, id)
      const [taken] = yield* claimFor(other, { affinity: Duration.zero })
      expect(taken).toMatchObject({ id, held: false })
    })
  )
})

it.layer(Layer.provideMerge(WorkerSql.Default, ReposTest))("the floor of what runs", (it) => {
  it.live("is not above a claim that is under way, which nobody sees yet", () =>
    Effect.gen(function* () {
      const { transaction } = yield* WorkerSql
      const repo = yield* QueueRepo
      yield* addTask(yield* addUser)
      const claimed = yield* Deferred.make<void>()
      const commit = yield* Deferred.make<void>()
      const claiming = yield* claimOne(yield* addWorker).pipe(
        Effect.zipLeft(Deferred.succeed(claimed, undefined)),
        Effect.zipLeft(Deferred.await(commit)),
        Effect.provide(yield* Effect.context<QueueRepo>()),
        transaction,
        Effect.fork
      )
      yield* Deferred.await(claimed)
      const floor = yield* Effect.fork(repo.floor(noFloor))
      yield* Effect.race(someoneWaits, Fiber.await(floor))
      yield* Deferred.succeed(commit, undefined)
      expect((yield* floor).token).toBe((yield* claiming).token)
    })
  )

  it.live("rises while nothing runs, and stays below whatever will", () =>
    Effect.gen(function* () {
      const repo = yield* QueueRepo
      yield* (yield* SqlClient.SqlClient)`UPDATE automation_tasks SET status = 'PAUSED', token = NULL`
      const [one, other] = [yield* repo.floor(noFloor), yield* repo.floor(noFloor)]
      expect(BigInt(other.token)).toBeGreaterThan(BigInt(one.token))
      yield* addTask(yield* addUser)
      expect(BigInt((yield* claimOne(yield* addWorker)).token)).toBeGreaterThan(BigInt(other.token))
    })
  )
})

const expireLease = (worker: string) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql`UPDATE workers SET lease_until = now() - interval '1 minute' WHERE id = ${worker}`
  })

const grace = Duration.seconds(5)

it.layer(ReposTest)("rescue", (it) => {
  it.live("queues what a dead worker had, and leaves what a living one has", () =>
    Effect.gen(function* () {
      const repo = yield* QueueRepo
      const user = yield* addUser
      const [dead, alive] = [yield* addWorker, yield* addWorker]
      const orphan = yield* addTask(user)
      yield* claimOne(dead)
      const safe = yield* addTask(user)
      yield* claimOne(alive)
      yield* expireLease(dead)
      yield* repo.rescue(grace)
      expect(yield* statusesOf(user, orphan)).toEqual(["RUNNING", "PENDING"])
      expect(yield* statusesOf(user, safe)).toEqual(["RUNNING"])
      const again = yield* claimOne(alive)
      expect(again).toMatchObject({ id: orphan, attempt: 0, submitted: false })
    })
  )

  it.live("fails a task that has killed three workers", () =>
    Effect.gen(function* () {
      const repo = yield* QueueRepo
      const user = yield* addUser
      const id = yield* addTask(user)
      for (const _ of Arr.range(1, 3)) {
        const worker = yield* addWorker
        yield* claimOne(worker)
        yield* expireLease(worker)
        yield* repo.rescue(grace)
      }
      const log = yield* logOf(user, id)
      expect(log.at(-1)).toMatchObject({ type: "status", status: "FAILED", failure_code: "INTERNAL" })
      expect(log).toHaveLength(6)
    })
  )

  it.live("claims a task past its intent again only to look, and past three crashes says that it is uncertain", () =>
    Effect.gen(function* () {
      const repo = yield* QueueRepo
      const user = yield* addUser
      const id = yield* addTask(user)
      for (const crash of Arr.range(1, 3)) {
        const worker = yield* addWorker
        const claim = yield* claimOne(worker)
        expect(claim.submitted).toBe(crash > 1)
        yield* (yield* RunRepo).intend(claim)
        yield* expireLease(worker)
        yield* repo.rescue(grace)
      }
      expect((yield* logOf(user, id)).at(-1)).toMatchObject({ status: "FAILED", failure_code: "SUBMIT_UNCERTAIN" })
    })
  )

  it.live("a lease that ran out cannot be renewed, one that did not can", () =>
    Effect.gen(function* () {
      const repo = yield* QueueRepo
      const worker = yield* addWorker
      expect(yield* repo.renew(worker, Duration.seconds(30))).toBe(true)
      yield* expireLease(worker)
      expect(yield* repo.renew(worker, Duration.seconds(30))).toBe(false)
    })
  )

  it.live("L5: ends a run whose RUNNING time is over: TIMEOUT before the intent, SUBMIT_UNCERTAIN after it", () =>
    Effect.gen(function* () {
      const repo = yield* QueueRepo
      const sql = yield* SqlClient.SqlClient
      const user = yield* addUser
      const worker = yield* addWorker
      const early = yield* addTask(user)
      yield* claimOne(worker)
      const late = yield* addTask(user)
      yield* (yield* RunRepo).intend(yield* claimOne(worker))
      const fresh = yield* addTask(user)
      yield* claimOne(worker)
      yield* sql`UPDATE automation_tasks SET running_ms = 170000 WHERE id IN (${early}, ${late})`
      yield* sql`UPDATE automation_tasks SET running_since = now() - interval '11 seconds' WHERE id IN (${early}, ${late}, ${fresh})`
      const told = yield* repo.endOverdue(worker, Duration.minutes(3))
      expect(told).toHaveLength(2)
      expect((yield* logOf(user, early)).at(-1)).toMatchObject({ status: "FAILED", failure_code: "TIMEOUT" })
      expect((yield* logOf(user, late)).at(-1)).toMatchObject({ status: "FAILED", failure_code: "SUBMIT_UNCERTAIN" })
      expect(yield* statusesOf(user, fresh)).toEqual(["RUNNING"])
    })
  )
})
