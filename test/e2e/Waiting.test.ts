import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Array as Arr, Duration, Effect, Schedule } from "effect"
import type { InterventionView } from "../../src/tasks/Event.ts"
import type { TaskId } from "../../src/tasks/Status.ts"
import * as it from "../lib/effect.ts"
import * as gremio from "../portals/asking/Gremio.ts"
import * as tianguis from "../portals/asking/Tianguis.ts"
import type { RunningPortal } from "../portals/lib/Portal.ts"
import { connect } from "../realtime/lib/Client.ts"
import { answer, attend, order, person, type Reply, replyTo, viewOf } from "./lib/Person.ts"
import { productTest } from "./lib/Product.ts"

const open = (start: () => Promise<RunningPortal>) =>
  Effect.acquireRelease(Effect.promise(start), (portal) => Effect.promise(() => portal.stop()))

const { phone, reason, vale } = tianguis.wanted

const told = (ask: InterventionView): Reply => ({
  answers: replyTo(ask, { vale, Teléfono: phone, Motivo: reason })
})

/** Until the task's browser is given up. */
const parked = (token: string, id: TaskId) =>
  Effect.repeat(viewOf(token, id), {
    until: ({ sessions }) => sessions.every(({ ended_at }) => ended_at !== null),
    schedule: Schedule.spaced("20 millis")
  })

/** What the server says to an answer over the socket where it does not take it. */
const refusalOf = Effect.fnUntraced(function* (token: string, taskId: TaskId, message: object) {
  const { send, until } = yield* connect(taskId, { token })
  yield* until("snapshot")
  yield* send({ type: "intervention", ...message })
  return (yield* until("error")).at(-1)
}, Effect.scoped)

// A browser is kept for nobody: every question outlives its page.
it.layer(productTest({ hold: Duration.zero, rescue: Duration.millis(200) }))("a question that waits", (it) => {
  it.concurrent("longer than its browser is kept leads to a fresh page that knows what was told before", () =>
    Effect.gen(function* () {
      const portal = yield* open(tianguis.start)
      const { token } = yield* person
      const id = yield* order(token, portal.url, tianguis.ticketOf(tianguis.open))
      const { asked, task } = yield* attend(token, id, (ask) => Effect.as(parked(token, id), told(ask)))
      expect(asked.map(({ kind }) => kind)).toEqual(["missing_data", "choice"])
      expect(task).toMatchObject({ status: "COMPLETED", failure_reason: null })
      expect(task.sessions).toHaveLength(3)
      expect(portal.stamps()).toHaveLength(1)
    }))

  it.concurrent("is not put again where it was a log-in: that is known to the task's other runs", () =>
    Effect.gen(function* () {
      const portal = yield* open(gremio.start)
      const { token } = yield* person
      const id = yield* order(token, portal.url, gremio.ticketOf(gremio.open))
      const { password, user } = gremio.member
      const { asked, task } = yield* attend(token, id, (ask) =>
        Effect.as(
          parked(token, id),
          ask.kind === "otp" ? { action: "abort" } : { answers: replyTo(ask, { Usuario: user, Contraseña: password }) }
        )
      )
      expect(asked.map(({ kind }) => kind)).toEqual(["login", "otp"])
      expect(task).toMatchObject({ status: "FAILED", failure_code: "CANCELLED" })
      const sql = yield* SqlClient.SqlClient
      expect(
        yield* sql`SELECT id FROM user_vendor_credentials WHERE user_id = (SELECT user_id FROM automation_tasks WHERE id = ${id})`
      ).toEqual([])
    }))

  it.concurrent("is answered once, over whichever way, and the others are told that it was", () =>
    Effect.gen(function* () {
      const portal = yield* open(tianguis.start)
      const { token } = yield* person
      const id = yield* order(token, portal.url, tianguis.ticketOf(tianguis.open))
      yield* attend(token, id, (ask, nth) =>
        Effect.gen(function* () {
          if (nth > 1) return { action: "abort" }
          const wrong = yield* answer(token, id, ask, { answers: {} })
          expect(wrong.status).toBe(400)
          const replies = yield* Effect.forEach(Arr.range(1, 8), () => answer(token, id, ask, told(ask)), {
            concurrency: "unbounded"
          })
          expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Arr.replicate(409, 7)])
          const late = replies.find(({ status }) => status === 409)
          expect(late?.body).toMatchObject({ code: "INVALID_STATE" })
          expect(yield* refusalOf(token, id, { intervention_id: ask.id, ...told(ask) })).toMatchObject({
            task_id: id,
            code: "INVALID_STATE"
          })
          return undefined
        })
      )
    }))

  it.concurrent("that nobody answers in time fails its task", () =>
    Effect.gen(function* () {
      const portal = yield* open(tianguis.start)
      const { token } = yield* person
      const id = yield* order(token, portal.url, tianguis.ticketOf(tianguis.open))
      const sql = yield* SqlClient.SqlClient
      const { asked, task } = yield* attend(token, id, (ask) =>
        Effect.as(sql`UPDATE interventions SET expires_at = now() WHERE id = ${ask.id}`, undefined)
      )
      const left = (asked[0]?.expires_at.epochMillis ?? 0) - Date.now()
      expect(Math.abs(left - Duration.toMillis("24 hours"))).toBeLessThan(120_000)
      expect(task).toMatchObject({ status: "FAILED", failure_code: "INTERVENTION_EXPIRED", intervention: null })
    }))
})
