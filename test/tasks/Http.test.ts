import { expect } from "bun:test"
import { Array as Arr, Deferred, Effect } from "effect"
import { TicketRefused } from "../../src/agent/AgentError.ts"
import { Intake } from "../../src/tasks/Intake.ts"
import { type Answer, api } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { ask, ended, HouseTest, taxpayer, ticket } from "./lib/House.ts"
import { sent } from "./lib/Process.ts"

const codeOf = ({ status, body }: Answer) => [status, (body as { code?: string }).code]

it.layer(HouseTest)("the tasks of a user", (it) => {
  it.live("are listed newest first, by page and status, with their number and links", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const ids = yield* Effect.forEach(Arr.range(1, 5), () => ask(token))
      yield* Effect.forEach(ids, (id) => ended(token, id))
      const { body, headers } = yield* api("GET", "/tasks?page=2&limit=2", { token })
      expect((body as ReadonlyArray<{ id: string }>).map(({ id }) => id)).toEqual([ids[2], ids[1]].map(String))
      expect(headers.get("x-total-count")).toBe("5")
      expect(headers.get("link")).toBe(
        [
          '</api/v1/tasks?page=1&limit=2&status=all>; rel="first"',
          '</api/v1/tasks?page=1&limit=2&status=all>; rel="prev"',
          '</api/v1/tasks?page=3&limit=2&status=all>; rel="next"',
          '</api/v1/tasks?page=3&limit=2&status=all>; rel="last"'
        ].join(", ")
      )
      expect((yield* api("GET", "/tasks?status=FAILED", { token })).body).toEqual([])
      for (const query of ["page=0", "limit=101", "limit=x", "status=DONE"]) {
        expect(codeOf(yield* api("GET", `/tasks?${query}`, { token }))).toEqual([400, "VALIDATION"])
      }
    })
  )

  it.live("are nobody else's: every path with a task's id is 404 to a stranger, and changes nothing", () =>
    Effect.gen(function* () {
      const owner = yield* taxpayer
      const stranger = yield* taxpayer
      const open = yield* Deferred.make<void>()
      const id = yield* ask(owner.token, () => Effect.as(Deferred.await(open), sent))
      const answers = yield* Effect.forEach(
        [
          ["GET", ""],
          ["GET", "/steps"],
          ["GET", `/artifacts/${crypto.randomUUID()}`],
          ["POST", "/pause"],
          ["POST", "/resume"],
          ["POST", "/cancel"],
          ["POST", "/retry"]
        ] as const,
        ([method, path]) => api(method, `/tasks/${id}${path}`, { token: stranger.token })
      )
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
      const json = { intervention_id: crypto.randomUUID(), answers: {} }
      expect((yield* api("POST", `/tasks/${id}/intervention`, { token: stranger.token, json })).status).toBe(404)
      expect((yield* api("GET", "/tasks/no-uuid", { token: stranger.token })).status).toBe(404)
      expect((yield* api("GET", `/tasks/${id}`)).status).toBe(401)
      yield* Deferred.succeed(open, undefined)
      expect(yield* ended(owner.token, id)).toMatchObject({ status: "COMPLETED" })
    })
  )

  it.live("are paused, resumed, cancelled and retried with the contract's words, and refused with their status", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const open = yield* Deferred.make<void>()
      const id = yield* ask(token, (_, desk) =>
        Deferred.await(open).pipe(Effect.zipRight(desk.checkpoint), Effect.as(sent))
      )
      const act = (name: string, json?: unknown) =>
        Effect.map(api("POST", `/tasks/${id}/${name}`, { token, json }), ({ status, body }) => [status, body])
      expect(yield* act("pause")).toEqual([200, { message: "Task paused" }])
      expect(yield* act("pause")).toEqual([
        409,
        expect.objectContaining({ code: "INVALID_STATE", task_status: "PAUSED" })
      ])
      expect(yield* act("resume")).toEqual([200, { message: "Task resumed" }])
      expect(yield* act("cancel")).toEqual([200, { message: "Task cancelled" }])
      expect(yield* act("cancel")).toEqual([
        409,
        expect.objectContaining({ code: "INVALID_STATE", task_status: "FAILED" })
      ])
      yield* Deferred.succeed(open, undefined)
      expect(yield* act("retry")).toEqual([200, { message: "Task queued" }])
      expect(yield* ended(token, id)).toMatchObject({ status: "COMPLETED", retry_count: 1 })
      expect(yield* act("retry", { confirm: "yes" })).toEqual([400, expect.objectContaining({ code: "VALIDATION" })])
    })
  )

  it.live("tell their steps after a number", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const id = yield* ask(token, (_, desk) =>
        Effect.forEach(["uno", "dos", "tres"], (message) =>
          desk.step({ type: "input", message, durationMs: 12.4 })
        ).pipe(Effect.as(sent))
      )
      yield* ended(token, id)
      const { body } = yield* api("GET", `/tasks/${id}/steps?after=2&limit=1`, { token })
      expect(body).toMatchObject([
        { seq: 3, step_type: "input", message: "dos", content: null, screenshot_url: null, duration_ms: 12 }
      ])
    })
  )

  it.live("give their files with type, name, length and ETag, and 304 to who has them", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const bytes = new TextEncoder().encode("<?xml version='1.0'?><a/>")
      const id = yield* ask(token, (_, desk) =>
        Effect.map(
          desk.keep({ kind: "xml", filename: "../Factura Ñandú.xml", contentType: "text/html", bytes }),
          (artifact) => ({ ...sent, artifacts: [artifact] })
        )
      )
      const { artifacts } = yield* ended(token, id)
      const [artifact] = artifacts as ReadonlyArray<{ id: string; sha256: string }>
      const path = `/tasks/${id}/artifacts/${artifact?.id}`
      const file = yield* api("GET", path, { token })
      expect(file.text).toBe("<?xml version='1.0'?><a/>")
      expect(file.headers.get("content-type")).toBe("application/xml")
      expect(file.headers.get("content-length")).toBe(String(bytes.length))
      expect(file.headers.get("content-disposition")).toBe(
        "attachment; filename=\"Factura Nandu.xml\"; filename*=UTF-8''Factura%20%C3%91and%C3%BA.xml"
      )
      const etag = file.headers.get("etag") ?? ""
      expect(etag).toBe(`"${artifact?.sha256}"`)
      const known = yield* api("GET", path, { token, headers: { "If-None-Match": `W/${etag}` } })
      expect([known.status, known.text]).toEqual([304, ""])
    })
  )

  it.live("are counted by status and vendor, with the success rate and how long it takes", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      expect((yield* api("GET", "/stats", { token })).body).toMatchObject({
        total: 0,
        success_rate: null,
        duration_ms: { p50: null }
      })
      const good = yield* ask(token)
      const bad = yield* ask(token, () => new TicketRefused({ code: "TICKET_EXPIRED", reason: "x" }))
      yield* ended(token, good)
      yield* ended(token, bad)
      expect((yield* api("GET", "/stats", { token })).body).toEqual({
        total: 2,
        by_status: { PENDING: 0, RUNNING: 0, PAUSED: 0, INTERVENTION_NEEDED: 0, COMPLETED: 1, FAILED: 1 },
        by_vendor: [{ vendor: "portal.example.mx", total: 2, completed: 1, failed: 1 }],
        success_rate: 0.5,
        duration_ms: { p50: expect.any(Number), p95: expect.any(Number) }
      })
    })
  )

  it.live("are no more taken once the process begins to stop", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      yield* (yield* Intake).close
      expect(codeOf(yield* api("POST", "/tasks", { token, json: ticket("G-1") }))).toEqual([503, "SHUTTING_DOWN"])
      expect((yield* api("GET", "/tasks", { token })).status).toBe(200)
    })
  )
})
