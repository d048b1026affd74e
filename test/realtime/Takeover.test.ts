import { expect } from "bun:test"
import { Reactivity } from "@effect/experimental"
import { PgClient } from "@effect/sql-pg"
import { Deferred, Effect, Layer, Redacted, Schema } from "effect"
import { Created } from "../../src/tasks/NewTask.ts"
import { api } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"
import { connect, view } from "./lib/Client.ts"
import { folio, openHandPortal, places } from "./lib/HandPortal.ts"
import { person, productOn, taskOf } from "./lib/LiveHouse.ts"

const secret = "el dato que nadie debe leer"

const ask = Effect.fnUntraced(function* (token: string, url: URL, more: object) {
  const json = { vendor_url: url.href, ticket_details: { Folio: folio, Total: "348.50" }, ...more }
  const { body } = yield* api("POST", "/tasks", { token, json })
  return (yield* Schema.decodeUnknown(Created)(body)).taskId
})

const stepsIn = (task: Readonly<Record<string, unknown>>) =>
  (task.steps as ReadonlyArray<{ readonly step_type: string; readonly message: string }>)
    .filter(({ step_type }) => step_type === "user_intervention")
    .map(({ message }) => message)

const portal = (doing: Parameters<typeof openHandPortal>[0] = {}) =>
  Effect.acquireRelease(
    Effect.promise(() => openHandPortal(doing)),
    ({ stop }) => Effect.promise(stop)
  )

it.live(
  "a user who takes over sees the page and stamps by hand: the intent is there first, and the agent brings the invoice",
  () =>
    Effect.gen(function* () {
      const address = yield* database
      const product = yield* Layer.build(productOn(address))
      const sql = yield* PgClient.make({ url: Redacted.make(address), maxConnections: 1 })
      const intents: Array<boolean> = []
      const stamping = yield* Deferred.make<void>()
      const { url, stamps } = yield* portal({
        beforeStamp: async () => {
          const rows = await Effect.runPromise(
            sql<{ readonly known: boolean }>`SELECT submit_intent_at IS NOT NULL AS known FROM automation_tasks`
          )
          intents.push(...rows.map(({ known }) => known))
          Deferred.unsafeDone(stamping, Effect.void)
        }
      })
      yield* Effect.gen(function* () {
        const { token } = yield* person
        const id = yield* ask(token, url, { confirm_before_submit: true })
        expect((yield* api("POST", `/tasks/${id}/release`, { token })).status).toBe(409)
        const events = yield* connect(id, { token, after: 0 })
        yield* events.until("intervention")
        expect(yield* taskOf(token, id)).toMatchObject({
          status: "INTERVENTION_NEEDED",
          current_live_url: expect.stringContaining(`/#/tasks/${id}/live`),
          taken_over: false
        })
        const viewer = yield* view(id, token)
        const picture = yield* viewer.picture
        expect([...picture.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
        yield* viewer.send("nonsense")
        expect(yield* viewer.error).toBe("INVALID_MESSAGE")

        // Without the wheel the pointer moves nothing.
        yield* viewer.click(places.stamp)
        expect((yield* api("POST", `/tasks/${id}/takeover`, { token })).body).toEqual({ message: "Task taken over" })
        expect(yield* taskOf(token, id)).toMatchObject({ status: "PAUSED", taken_over: true, intervention: null })
        expect((yield* api("POST", `/tasks/${id}/takeover`, { token })).body).toMatchObject({ code: "INVALID_STATE" })
        yield* events.until("step")
        expect(stamps()).toHaveLength(0)

        yield* Effect.repeat(
          Effect.zipRight(
            viewer.click(places.comments),
            Effect.zipRight(viewer.send({ type: "text", text: secret }), taskOf(token, id))
          ).pipe(Effect.delay("100 millis")),
          { until: (task) => stepsIn(task).some((message) => message.includes("Comentarios")) }
        )
        yield* viewer.click(places.stamp)
        yield* Deferred.await(stamping)
        expect(intents).toEqual([true])

        expect((yield* api("POST", `/tasks/${id}/release`, { token })).body).toEqual({ message: "Task released" })
        yield* events.all
        const task = yield* taskOf(token, id)
        expect(task).toMatchObject({
          status: "COMPLETED",
          current_live_url: null,
          result: { delivery: "download", cfdi: { total: "348.50", receiver_rfc: "CACX7605101P8" } }
        })
        expect(stamps()).toHaveLength(1)
        expect(stepsIn(task)).toEqual([
          "El usuario toma el control del navegador",
          "El usuario escribe en «Comentarios (opcional)»",
          "El usuario pulsa «Generar factura»",
          "El usuario devuelve el control del navegador"
        ])
        expect(JSON.stringify(task)).not.toContain(secret)
        expect(yield* viewer.closed).toBe(1000)
      }).pipe(Effect.provide(product))
    }).pipe(Effect.provide(Reactivity.layer)),
  60_000
)

it.live(
  "the agent's hands are off while the user drives, and it goes on from what is there when they let go",
  () =>
    Effect.gen(function* () {
      const address = yield* database
      const product = yield* Layer.build(productOn(address))
      const { url, stamps } = yield* portal()
      yield* Effect.gen(function* () {
        const { token } = yield* person
        const id = yield* ask(token, url, {})
        const events = yield* connect(id, { token, after: 0 })
        // In the middle of the form.
        yield* Effect.repeat(events.next, { until: ({ step }) => Object(step).message === "Escribo el RFC" })
        yield* api("POST", `/tasks/${id}/takeover`, { token })
        const viewer = yield* view(id, token)
        const written = Effect.repeat(
          Effect.zipRight(
            Effect.zipRight(viewer.click(places.comments), viewer.send({ type: "key", action: "down", key: "ñ" })),
            taskOf(token, id)
          ).pipe(Effect.delay("100 millis")),
          { until: (task) => stepsIn(task).some((message) => message.includes("Comentarios")) }
        )
        const task = yield* written
        const last = (task.steps as ReadonlyArray<{ readonly step_type: string }>).at(-1)
        expect([task.status, last?.step_type]).toEqual(["PAUSED", "user_intervention"])
        yield* api("POST", `/tasks/${id}/resume`, { token })
        yield* events.all
        expect(yield* taskOf(token, id)).toMatchObject({ status: "COMPLETED", result: { delivery: "download" } })
        expect(stamps()).toHaveLength(1)
        expect((yield* api("POST", `/tasks/${id}/takeover`, { token })).body).toMatchObject({
          code: "INVALID_STATE",
          task_status: "COMPLETED"
        })
      }).pipe(Effect.provide(product))
    }),
  60_000
)

it.live(
  "a browser is shown and driven from another process as well",
  () =>
    Effect.gen(function* () {
      const address = yield* database
      yield* Layer.build(productOn(address))
      const other = yield* Layer.build(Layer.fresh(productOn(address, { WORKER_CONCURRENCY: "0" })))
      const { url, stamps } = yield* portal()
      yield* Effect.gen(function* () {
        const { token } = yield* person
        const id = yield* ask(token, url, { confirm_before_submit: true })
        const viewer = yield* view(id, token)
        const events = yield* connect(id, { token, after: 0 })
        yield* events.until("intervention")
        expect((yield* viewer.picture).length).toBeGreaterThan(1000)
        yield* api("POST", `/tasks/${id}/takeover`, { token })
        yield* Effect.repeat(
          viewer.click(places.stamp).pipe(
            Effect.delay("200 millis"),
            Effect.map(() => stamps().length)
          ),
          { until: (count) => count > 0 }
        )
        yield* api("POST", `/tasks/${id}/release`, { token })
        yield* events.all
        expect(yield* taskOf(token, id)).toMatchObject({ status: "COMPLETED", result: { delivery: "download" } })
        expect(stamps()).toHaveLength(1)
      }).pipe(Effect.provide(other))
    }),
  60_000
)

it.live(
  "where the agent asks for their hands the user takes over by using the page, and is done by saying so",
  () =>
    Effect.gen(function* () {
      const address = yield* database
      const product = yield* Layer.build(productOn(address))
      const { log, url, stamps } = yield* portal({ walled: true })
      yield* Effect.gen(function* () {
        const { token } = yield* person
        const id = yield* ask(token, url, {})
        const events = yield* connect(id, { token, after: 0 })
        const { intervention } = Object((yield* events.until("intervention")).at(-1))
        expect(intervention).toMatchObject({ kind: "takeover", live_url: expect.any(String) })
        const viewer = yield* view(id, token)
        yield* viewer.picture
        yield* viewer.click(places.box)
        yield* Effect.repeat(events.next, {
          until: ({ step }) => String(Object(step).message).startsWith("El usuario toma el control")
        })
        yield* Effect.repeat(Effect.delay(Effect.sync(log), "50 millis"), {
          until: (log) => log.some(({ path }) => path === "/humano")
        })
        const done = { intervention_id: intervention.id, action: "continue" }
        const answer = api("POST", `/tasks/${id}/intervention`, { token, json: done })
        expect((yield* answer).body).toEqual({ message: "Intervention received" })
        expect((yield* answer).body).toMatchObject({ code: "INVALID_STATE" })
        yield* events.all
        expect(yield* taskOf(token, id)).toMatchObject({ status: "COMPLETED", result: { delivery: "download" } })
        expect(stamps()).toHaveLength(1)
      }).pipe(Effect.provide(product))
    }),
  60_000
)
