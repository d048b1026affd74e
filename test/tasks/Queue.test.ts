import { expect } from "bun:test"
import { SqlClient, SqlError } from "@effect/sql"
import { Array as Arr, Deferred, Duration, Effect, Exit, Ref, Schedule, Scope } from "effect"
import { BrowserGone, PortalDown, TicketRefused } from "../../src/agent/AgentError.ts"
import { TaskId, type TaskStatus } from "../../src/tasks/Status.ts"
import * as it from "../lib/effect.ts"
import { logOf } from "./lib/Fixtures.ts"
import { order, type Process, reaches, SharedTest, sent, startProcess } from "./lib/Process.ts"
import { type Ordered, viewOf } from "./lib/Steps.ts"

const reason = "El portal no respondió."

const history = (process: Process, { userId, id }: Ordered) =>
  Effect.map(Effect.provide(logOf(userId, id), process), (log) =>
    log.map((event) => (event.type === "status" ? event.status : event.type))
  )

const ends = (process: Process, task: Ordered, status: TaskStatus) =>
  Effect.zipRight(reaches(process, task.userId, task.id, status), viewOf(process, task))

it.layer(SharedTest)("the queue", (it) => {
  it.live("runs a task at once and records what the agent tells, in order", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const task = yield* order(process, (assignment, desk) =>
        Effect.gen(function* () {
          yield* desk.step({ type: "navigate", message: `Abriendo ${assignment.vendorUrl.host}` })
          yield* desk.checkpoint
          yield* desk.intend
          const artifact = yield* desk.keep({
            kind: "xml",
            filename: "../factura.xml",
            contentType: "application/xml",
            bytes: new TextEncoder().encode("<xml/>")
          })
          yield* desk.step({ type: "completed", message: "Listo" })
          return { ...sent, artifacts: [artifact] }
        })
      )
      const { result, sessions } = yield* ends(process, task, "COMPLETED")
      expect(yield* history(process, task)).toEqual(["RUNNING", "step", "artifact", "step", "COMPLETED"])
      expect(result).toMatchObject({
        delivery: "email",
        artifacts: [{ kind: "xml", filename: "factura.xml", size: 6 }]
      })
      expect(sessions).toHaveLength(1)
      expect(sessions[0]?.ended_at).not.toBeNull()
    })
  )

  it.live("F4: tries again what passes by itself, three times in all, and tells the portal's words at the end", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const task = yield* order(process, () => new PortalDown({ reason }))
      const view = yield* ends(process, task, "FAILED")
      expect(view).toMatchObject({ failure_code: "PORTAL_DOWN", failure_reason: reason, retry_count: 2 })
      expect(yield* history(process, task)).toEqual(["RUNNING", "PENDING", "RUNNING", "PENDING", "RUNNING", "FAILED"])
    })
  )

  it.live("does not try again what only the user can mend, nor anything past the intent", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const refused = yield* order(process, () => new TicketRefused({ code: "TICKET_EXPIRED", reason }))
      const lost = yield* order(process, (_, desk) =>
        Effect.zipRight(desk.intend, Effect.fail(new BrowserGone({ reason })))
      )
      const broken = yield* order(process, () => Effect.die("a defect"))
      expect(yield* ends(process, refused, "FAILED")).toMatchObject({ failure_code: "TICKET_EXPIRED", retry_count: 0 })
      expect(yield* ends(process, lost, "FAILED")).toMatchObject({ failure_code: "SUBMIT_UNCERTAIN", retry_count: 0 })
      expect(yield* ends(process, broken, "FAILED")).toMatchObject({ failure_code: "INTERNAL", retry_count: 0 })
    })
  )

  it.live("gives back the task of a run whose database went away, and a later run does it", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const runs = yield* Ref.make(0)
      const away = new SqlError.SqlError({ cause: { code: "57P01" } })
      const task = yield* order(process, () =>
        Effect.flatMap(
          Ref.updateAndGet(runs, (n) => n + 1),
          (run) => (run === 1 ? Effect.die(away) : Effect.succeed(sent))
        )
      )
      expect(yield* ends(process, task, "COMPLETED")).toMatchObject({ retry_count: 0 })
      expect(yield* history(process, task)).toEqual(["RUNNING", "PENDING", "RUNNING", "COMPLETED"])
    })
  )

  it.live("D7: a run may submit once: a second intent ends it as uncertain", () =>
    Effect.gen(function* () {
      const process = yield* startProcess()
      const clicks = yield* Ref.make(0)
      const click = (desk: { readonly intend: Effect.Effect<void> }) =>
        Effect.zipRight(
          desk.intend,
          Ref.update(clicks, (n) => n + 1)
        )
      const task = yield* order(process, (_, desk) => Effect.as(Effect.zipRight(click(desk), click(desk)), sent))
      expect(yield* ends(process, task, "FAILED")).toMatchObject({ failure_code: "SUBMIT_UNCERTAIN" })
      expect(yield* Ref.get(clicks)).toBe(1)
    })
  )

  it.live("runs as many at a time as it may, and each user's as many as the user may have", () =>
    Effect.gen(function* () {
      const process = yield* startProcess({ WORKER_CONCURRENCY: "3", USER_CONCURRENCY: "2" })
      const running = yield* Ref.make(0)
      const most = yield* Ref.make(0)
      const open = yield* Effect.makeLatch(false)
      const three = yield* Deferred.make<void>()
      const script = () =>
        Effect.gen(function* () {
          const now = yield* Ref.updateAndGet(running, (n) => n + 1)
          yield* Ref.update(most, (n) => Math.max(n, now))
          if (now === 3) yield* Deferred.succeed(three, undefined)
          yield* open.await
          yield* Ref.update(running, (n) => n - 1)
          return sent
        })
      const tasks = yield* Effect.forEach(Arr.range(1, 8), () => order(process, script))
      yield* Deferred.await(three)
      yield* open.open
      yield* Effect.forEach(tasks, (task) => ends(process, task, "COMPLETED"), { concurrency: "unbounded" })
      expect(yield* Ref.get(most)).toBe(3)
    })
  )

  it.live("is told of what another process queues, and need not look for it", () =>
    Effect.gen(function* () {
      const process = yield* startProcess({ WORKER_CONCURRENCY: "0" })
      const other = yield* startProcess({}, { poll: Duration.hours(1) })
      yield* Effect.repeatN(
        Effect.flatMap(order(process), (task) => ends(other, task, "COMPLETED")),
        2
      )
    })
  )

  it.live("finds in time what waits below its floor, as after a transaction that took an hour", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const process = yield* startProcess()
      const before = yield* order(process)
      yield* ends(process, before, "COMPLETED")
      const id = TaskId.make(crypto.randomUUID())
      yield* sql`
        INSERT INTO automation_tasks (id, user_id, vendor_url, vendor_host, ticket_details, cfdi_use, ticket_key, run_at)
        SELECT ${id}, user_id, vendor_url, vendor_host, ticket_details, cfdi_use, 'another', now() - interval '1 hour'
        FROM automation_tasks WHERE id = ${before.id}`
      yield* ends(process, { ...before, id }, "COMPLETED")
    })
  )

  it.live("does nothing with no workers, and is as ready as it can be", () =>
    Effect.gen(function* () {
      const idle = yield* startProcess({ WORKER_CONCURRENCY: "0" })
      const task = yield* order(idle)
      expect(yield* history(idle, task)).toEqual([])
      const process = yield* startProcess()
      yield* ends(process, task, "COMPLETED")
    })
  )
})

it.layer(SharedTest)("the end of a process", (it) => {
  it.live("F5: hands back a run before its intent, which another process then does", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const first = yield* Scope.extend(startProcess(), scope)
      const started = yield* Deferred.make<void>()
      const runs = yield* Ref.make(0)
      const task = yield* order(first, () =>
        Effect.gen(function* () {
          const run = yield* Ref.updateAndGet(runs, (n) => n + 1)
          if (run > 1) return sent
          yield* Deferred.succeed(started, undefined)
          return yield* Effect.onInterrupt(Effect.never, () => Effect.void)
        })
      )
      yield* Deferred.await(started)
      yield* Scope.close(scope, Exit.void)
      const second = yield* startProcess()
      expect(yield* ends(second, task, "COMPLETED")).toMatchObject({ retry_count: 0 })
      expect(yield* history(second, task)).toEqual(["RUNNING", "PENDING", "RUNNING", "COMPLETED"])
    })
  )

  it.live("F5: waits for a run past its intent", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const process = yield* Scope.extend(startProcess(), scope)
      const submitted = yield* Deferred.make<void>()
      const answered = yield* Effect.makeLatch(false)
      const task = yield* order(process, (_, desk) =>
        Effect.gen(function* () {
          yield* desk.intend
          yield* Deferred.succeed(submitted, undefined)
          yield* answered.await
          return sent
        })
      )
      yield* Deferred.await(submitted)
      const closing = yield* Effect.fork(Scope.close(scope, Exit.void))
      yield* answered.open
      yield* closing.await
      expect(yield* history(process, task)).toEqual(["RUNNING", "COMPLETED"])
    })
  )

  it.live("F5: past the grace, the task goes to another process that only looks", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const first = yield* Scope.extend(startProcess({ SHUTDOWN_GRACE: "50 millis" }), scope)
      const submitted = yield* Deferred.make<void>()
      const looked = yield* Ref.make<ReadonlyArray<boolean>>([])
      const task = yield* order(first, (assignment, desk) =>
        Effect.gen(function* () {
          yield* Ref.update(looked, (runs) => [...runs, assignment.submitted])
          if (assignment.submitted) return yield* new TicketRefused({ code: "TICKET_NOT_FOUND", reason })
          yield* desk.intend
          yield* Deferred.succeed(submitted, undefined)
          return yield* Effect.never
        })
      )
      yield* Deferred.await(submitted)
      yield* Scope.close(scope, Exit.void)
      const second = yield* startProcess()
      expect(yield* ends(second, task, "FAILED")).toMatchObject({ failure_code: "SUBMIT_UNCERTAIN" })
      expect(yield* Ref.get(looked)).toEqual([false, true])
    })
  )

  it.live("D4: a run that outlives the lease is nobody else's, for its worker's heart beats", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const beating = { lease: Duration.seconds(3), heartbeat: Duration.millis(100), rescue: Duration.millis(100) }
      const process = yield* startProcess({}, beating)
      yield* startProcess({}, beating)
      const begun = yield* Deferred.make<void>()
      const outlived = yield* Deferred.make<void>()
      const task = yield* order(process, () =>
        Deferred.succeed(begun, undefined).pipe(Effect.zipRight(Deferred.await(outlived)), Effect.as(sent))
      )
      yield* Deferred.await(begun)
      const age = sql<{ outlived: boolean }>`
        SELECT bool_and(lease_until > started_at + interval '7 s') AS outlived FROM workers`
      const often = Schedule.spaced("50 millis")
      yield* Effect.repeat(age, { until: ([workers]) => workers?.outlived === true, schedule: often })
      yield* Deferred.succeed(outlived, undefined)
      yield* ends(process, task, "COMPLETED")
      expect(yield* history(process, task)).toEqual(["RUNNING", "COMPLETED"])
    })
  )

  it.live("D4: a worker whose lease cannot be renewed ends its runs, and another goes on in its place", () =>
    Effect.gen(function* () {
      const process = yield* startProcess({}, { lease: Duration.millis(300), heartbeat: Duration.seconds(2) })
      const runs = yield* Ref.make(0)
      const fenced = yield* Deferred.make<void>()
      const task = yield* order(process, () =>
        Effect.gen(function* () {
          const run = yield* Ref.updateAndGet(runs, (n) => n + 1)
          if (run > 1) return sent
          return yield* Effect.onInterrupt(Effect.never, () => Deferred.succeed(fenced, undefined))
        })
      )
      yield* Deferred.await(fenced)
      yield* ends(process, task, "COMPLETED")
      expect(yield* history(process, task)).toEqual(["RUNNING", "PENDING", "RUNNING", "COMPLETED"])
    })
  )
})
