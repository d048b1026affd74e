import { expect } from "bun:test"
import { Array as Arr, Duration, Effect, Queue, Schema } from "effect"
import { Server } from "../../src/Server.ts"
import { Created } from "../../src/tasks/NewTask.ts"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"
import { heldFolio, heldPortal } from "./lib/HeldPortal.ts"
import { taxpayer } from "./lib/House.ts"
import { becomes, historyIn, ordered, post, type Running, request, startServer } from "./lib/Servers.ts"

/*
 * What queues are tested for (the groups of shared/queue.md, section 3), and where it is done here.
 *  1 kill -9 with runs in flight, 3 stale performers, 10 clocks apart: this file; RunRepo, QueueRepo and Model at the record
 *  2 runs that kill their process: QueueRepo ("has killed three workers"); the crash tests of e2e
 *  4 heartbeats: Lease, Queue ("a run that outlives the lease")
 *  5 a blocked loop: not here, for no run computes for long; one that stood still longer than its lease is fenced (this file)
 *  6 PostgreSQL crashes: Restart; 9 commits whose answer is lost: Restart, Model (an intent that is recorded again)
 *  7 LISTEN cut, half open, ended or pooled: db/Listening
 *  8 notices that are heard: Queue ("is told of what another process queues"); that are lost: Queue ("finds in time what waits
 *    below its floor", which nobody tells of); the herd is kept apart by jitter
 * 11 the edges of a lease: Lease; at the record QueueRepo ("a lease that ran out", "whose lease is over"); Queue ("cannot be renewed")
 * 12, 13, 14 limits, hogs, no loss and no double delivery with many claimers: QueueRepo ("waits for the one before it"), Fairness, Model
 * 15 the batch writer: GroupCommit; that what is refused takes nothing else along: RunRepo ("keeps none of them"), OrdersRepo
 * 16 shutdown: Shutdown, Queue ("the end of a process")
 * 17 rescue by pages: not here, for a dead worker leaves no more than its slots; back-off: Retry
 * 18 pause, resume and cancel before, during and from elsewhere: Steering, Transitions, this file
 * 19 uniqueness under races: this file, Orders
 * 20 enqueueing in the caller's transaction: not here, for tasks are ordered over HTTP alone; many orders in one: OrdersRepo
 * 21 first starts at once on one database: db/Migrations, this file
 * 22 plans with stale statistics, those of an idle hour, and a snapshot held for long: Plans; how long that takes: bench
 * 23 any order of events: Model; cron: there is none
 * 24 realtime: test/realtime
 * 1, 6 and 14 together and for long, with Redis gone and portals that fail: test/e2e/Day.ts, outside the suite
 */
const one = { WORKER_CONCURRENCY: "1" }

const account = (server: Running) => Effect.provideService(taxpayer, Server, server)

it.live(
  "D4, F8: of two processes one is killed and one stands still: a third, its clock an hour ahead, does both tasks once",
  () =>
    Effect.gen(function* () {
      const databaseUrl = yield* database
      const portal = yield* heldPortal
      // Both begin on an empty database, which only one of them migrates.
      const [killed, still] = yield* Effect.all(
        [startServer({ databaseUrl, settings: one }), startServer({ databaseUrl, settings: one })],
        { concurrency: 2 }
      )
      const [{ token }, neighbour] = [yield* account(killed), yield* account(killed)]
      const folios = [heldFolio(), heldFolio()]
      const ids = yield* Effect.forEach(folios, (folio) => ordered(killed, token, portal.url, folio))
      const first = [...(yield* Queue.takeN(portal.visits, 2))]
      expect(new Set(first.map(({ pid }) => pid))).toEqual(new Set([killed.pid, still.pid]))

      const heir = yield* startServer({ databaseUrl, ahead: Duration.hours(1) })
      const own = yield* ordered(killed, neighbour.token, portal.url, crypto.randomUUID())
      yield* becomes(databaseUrl, own, ["RUNNING", "COMPLETED"])
      // Leases are measured by the database's clock: the hour takes nothing from the living.
      expect(yield* Queue.size(portal.visits)).toBe(0)

      yield* killed.signal("SIGKILL")
      yield* still.signal("SIGSTOP")
      for (let visit = 0; visit < 4; visit++) {
        const { pid, answer } = yield* Queue.take(portal.visits)
        expect(pid).toBe(heir.pid)
        yield* answer
      }
      const rescued = ["RUNNING", "PENDING", "RUNNING", "COMPLETED"]
      yield* Effect.forEach(ids, (id) => becomes(databaseUrl, id, rescued))

      yield* still.signal("SIGCONT")
      const stale = yield* Effect.fromNullable(first.find(({ pid }) => pid === still.pid))
      yield* stale.answer
      const anew = heldFolio()
      yield* heir.signal("SIGKILL")
      const last = yield* ordered(still, token, portal.url, anew)
      for (let visit = 0; visit < 2; visit++) yield* Effect.flatMap(Queue.take(portal.visits), ({ answer }) => answer)
      yield* becomes(databaseUrl, last, ["RUNNING", "COMPLETED"])

      expect([...folios, anew].map(portal.stampsOf)).toEqual([1, 1, 1])
      for (const id of ids) expect(yield* historyIn(databaseUrl, id)).toEqual(rescued)
    }),
  90_000
)

it.live(
  "50 posts at once to two processes with one key, or with one ticket, make one task; a cancel at one ends the other's run",
  () =>
    Effect.gen(function* () {
      const databaseUrl = yield* database
      const portal = yield* heldPortal
      const [one, other] = yield* Effect.all(
        [startServer({ databaseUrl }), startServer({ databaseUrl, settings: { WORKER_CONCURRENCY: "0" } })],
        { concurrency: 2 }
      )
      const { token } = yield* account(one)
      const fifty = (headers: Record<string, string>, folio: string) =>
        Effect.forEach(
          Arr.range(1, 50),
          (index) => post(index % 2 === 0 ? one : other, token, portal.url, folio, headers),
          { concurrency: "unbounded" }
        )

      const same = yield* fifty({ "Idempotency-Key": crypto.randomUUID() }, heldFolio())
      expect(new Set(same.map(({ status }) => status))).toEqual(new Set([201]))
      expect(new Set(same.map(({ text }) => text)).size).toBe(1)
      const { answer } = yield* Queue.take(portal.visits)
      yield* answer
      yield* Effect.flatMap(Queue.take(portal.visits), ({ answer }) => answer)

      const rivals = yield* fifty({}, heldFolio())
      const made = rivals.filter(({ status }) => status === 201)
      expect(made).toHaveLength(1)
      const { taskId } = yield* Schema.decode(Schema.parseJson(Created))(made[0]?.text ?? "")
      for (const { status, body } of rivals.filter((rival) => rival !== made[0])) {
        expect({ status, ...(body as object) }).toMatchObject({
          status: 409,
          code: "DUPLICATE_TICKET",
          task_id: taskId
        })
      }

      const visit = yield* Queue.take(portal.visits)
      expect((yield* request(other, "POST", `/tasks/${taskId}/cancel`, { token })).status).toBe(200)
      const [took] = yield* Effect.timed(visit.left)
      expect(Duration.toMillis(took)).toBeLessThan(1000)
    }),
  90_000
)
