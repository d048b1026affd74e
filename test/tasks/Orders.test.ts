import { expect } from "bun:test"
import { Array as Arr, Effect, Ref } from "effect"
import { TicketRefused } from "../../src/agent/AgentError.ts"
import type { TaskId } from "../../src/tasks/Status.ts"
import { type Answer, api, newUser } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { ask, ended, HouseTest, taxpayer, ticket } from "./lib/House.ts"
import { sent } from "./lib/Process.ts"

const codeOf = ({ status, body }: Answer) => [status, (body as { code?: string }).code]

it.layer(HouseTest)("POST /tasks", (it) => {
  it.live("answers 201 with the id, the status and where the task is", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const { status, body, headers } = yield* api("POST", "/tasks", { token, json: ticket("A-1") })
      expect(status).toBe(201)
      const { taskId } = body as { taskId: TaskId }
      expect(body).toEqual({ taskId, status: "PENDING" })
      expect(headers.get("location")).toBe(`/api/v1/tasks/${taskId}`)
      const task = yield* ended(token, taskId)
      expect(task).toMatchObject({
        id: taskId,
        vendor_url: "https://portal.example.mx/",
        status: "COMPLETED",
        ticket_details: { Folio: "A-1", Total: "116" },
        failure_code: null,
        retry_count: 0,
        next_attempt_at: null,
        current_live_url: null,
        result: { delivery: "email", cfdi: null, warnings: [], artifacts: [] },
        steps: [],
        artifacts: [],
        intervention: null
      })
    })
  )

  it.live(
    "I5: 20 posts at once with one Idempotency-Key make one task and give one answer; another body is refused",
    () =>
      Effect.gen(function* () {
        const { token } = yield* taxpayer
        const headers = { "Idempotency-Key": crypto.randomUUID() }
        const answers = yield* Effect.forEach(
          Arr.range(1, 20),
          () => api("POST", "/tasks", { token, json: ticket("B-1"), headers }),
          { concurrency: "unbounded" }
        )
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
        expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
        const reordered = { ...ticket("B-1"), ticket_details: { Total: 116, Folio: "B-1" } }
        expect((yield* api("POST", "/tasks", { token, json: reordered, headers })).status).toBe(201)
        const other = yield* api("POST", "/tasks", { token, json: ticket("B-2"), headers })
        expect(codeOf(other)).toEqual([422, "IDEMPOTENCY_MISMATCH"])
        expect((yield* api("GET", "/tasks", { token })).headers.get("x-total-count")).toBe("1")
        const stranger = yield* taxpayer
        expect((yield* api("POST", "/tasks", { token: stranger.token, json: ticket("B-2"), headers })).status).toBe(201)
      })
  )

  it.live("D5: 20 posts at once of one ticket, however it is written, make one task, and the others name it", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const forms = [
        { Folio: "C-1", Total: 116 },
        { " folio ": "C-1", TOTAL: "$116.00" },
        { Total: "116.0", Folio: "C-1" }
      ]
      const answers = yield* Effect.forEach(
        Arr.range(1, 20),
        (n) => api("POST", "/tasks", { token, json: { ...ticket("C-1"), ticket_details: forms[n % 3] } }),
        { concurrency: "unbounded" }
      )
      const taken = answers.filter(({ status }) => status === 201)
      const refused = answers.filter(({ status }) => status !== 201)
      expect(taken).toHaveLength(1)
      const { taskId } = Object(taken[0]?.body)
      expect(refused.map(({ status, body }) => [status, body])).toEqual(
        refused.map(() => [409, expect.objectContaining({ code: "DUPLICATE_TICKET", task_id: taskId })])
      )
      const elsewhere = { ...ticket("C-1"), vendor_url: "https://otra.example.mx/" }
      expect((yield* api("POST", "/tasks", { token, json: elsewhere })).status).toBe(201)
      const lower = { ...ticket("C-1"), ticket_details: { Folio: "c-1", Total: 116 } }
      expect((yield* api("POST", "/tasks", { token, json: lower })).status).toBe(201)
    })
  )

  it.live("a ticket whose task failed may be asked for again, and then the failed one may not be retried", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const runs = yield* Ref.make(0)
      const first = yield* ask(token, () =>
        Effect.flatMap(
          Ref.updateAndGet(runs, (n) => n + 1),
          (run) =>
            run > 1
              ? Effect.succeed(sent)
              : new TicketRefused({ code: "TICKET_EXPIRED", reason: "Ticket fuera de plazo." })
        )
      )
      const { ticket_details, failure_reason } = yield* ended(token, first)
      expect(failure_reason).toBe("Ticket fuera de plazo.")
      const again = yield* api("POST", "/tasks", { token, json: { ...ticket(""), ticket_details } })
      expect(again.status).toBe(201)
      const { taskId } = again.body as { taskId: TaskId }
      expect(yield* ended(token, taskId)).toMatchObject({ status: "COMPLETED" })
      const retried = yield* api("POST", `/tasks/${first}/retry`, { token })
      expect(codeOf(retried)).toEqual([409, "DUPLICATE_TICKET"])
      expect(retried.body).toMatchObject({ task_id: taskId })
    })
  )

  const wrong: ReadonlyArray<readonly [string, object, string]> = [
    ["no address", { ticket_details: { Folio: "1" } }, "/vendor_url"],
    ["no ticket", { vendor_url: "https://a.mx" }, "/ticket_details"],
    ["an empty ticket", { vendor_url: "https://a.mx", ticket_details: {} }, "/ticket_details"],
    ["a nested ticket", { vendor_url: "https://a.mx", ticket_details: { Folio: { a: 1 } } }, "/ticket_details/Folio"],
    ["an unknown use", { ...ticket("1"), cfdi_use: "Z99" }, "/cfdi_use"],
    ["a fractional priority", { ...ticket("1"), priority: 1.5 }, "/priority"],
    ["a word for a boolean", { ...ticket("1"), retry_not_found: "yes" }, "/retry_not_found"]
  ]
  for (const [what, json, pointer] of wrong) {
    it.live(`refuses ${what} with 400 and says where`, () =>
      Effect.gen(function* () {
        const { token } = yield* taxpayer
        const answer = yield* api("POST", "/tasks", { token, json })
        expect(codeOf(answer)).toEqual([400, "VALIDATION"])
        expect((answer.body as { errors: Array<{ pointer: string }> }).errors.map((error) => error.pointer)).toContain(
          pointer
        )
      })
    )
  }

  it.live("refuses what may not be visited, and lets through what is allowed although private", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const to = (vendor_url: string) => api("POST", "/tasks", { token, json: { ...ticket("D-1"), vendor_url } })
      const refused = yield* to("http://10.0.0.1/")
      expect(codeOf(refused)).toEqual([400, "URL_REFUSED"])
      expect(refused.body).toMatchObject({ errors: [{ pointer: "/vendor_url", code: "URL_NOT_PUBLIC" }] })
      expect(codeOf(yield* to("ftp://shop.mx/"))).toEqual([400, "URL_REFUSED"])
      expect((yield* to("http://127.0.0.1:8091/")).status).toBe(201)
      const callback = { ...ticket("D-2"), callback_url: "http://localhost/hook" }
      expect((yield* api("POST", "/tasks", { token, json: callback })).body).toMatchObject({
        errors: [{ pointer: "/callback_url" }]
      })
    })
  )

  it.live("wants a complete profile and consent; a CFDI use in the order stands in for the profile's", () =>
    Effect.gen(function* () {
      const bare = yield* newUser({ accept_privacy: true })
      const incomplete = yield* api("POST", "/tasks", { token: bare.token, json: ticket("E-1") })
      expect(codeOf(incomplete)).toEqual([422, "PROFILE_INCOMPLETE"])
      const unasked = yield* newUser({ rfc: "EKU9003173C9", full_name: "ESCUELA KEMPER URGATE" })
      const json = { ...ticket("E-1"), cfdi_use: "G03" }
      expect(codeOf(yield* api("POST", "/tasks", { token: unasked.token, json }))).toEqual([422, "CONSENT_REQUIRED"])
      yield* api("PUT", "/profile", { token: unasked.token, json: { accept_privacy: true } })
      expect((yield* api("POST", "/tasks", { token: unasked.token, json })).status).toBe(201)
    })
  )

  it.live("a batch answers each order in its place, and one that is wrong stops no other", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const tasks = [
        ticket("F-1"),
        { vendor_url: "https://a.mx" },
        ticket("F-1"),
        { ...ticket("F-2"), vendor_url: "http://10.0.0.1" },
        ticket("F-3")
      ]
      const { status, body } = yield* api("POST", "/tasks/batch", { token, json: { tasks } })
      expect(status).toBe(207)
      const [first, missing, twice, refused, last] = body as ReadonlyArray<Record<string, unknown>>
      expect(first).toMatchObject({ index: 0, status: "PENDING" })
      expect(missing).toMatchObject({
        index: 1,
        error: { code: "VALIDATION", errors: [{ pointer: "/tasks/1/ticket_details" }] }
      })
      expect(twice).toMatchObject({ index: 2, error: { code: "DUPLICATE_TICKET", task_id: first?.taskId } })
      expect(refused).toMatchObject({ index: 3, error: { code: "URL_REFUSED" } })
      expect(last).toMatchObject({ index: 4, status: "PENDING" })
      const tooMany = { tasks: Arr.makeBy(101, (n) => ticket(`F-${n}`)) }
      expect(codeOf(yield* api("POST", "/tasks/batch", { token, json: tooMany }))).toEqual([400, "VALIDATION"])
      const allWrong = yield* api("POST", "/tasks/batch", { token, json: { tasks: [{}, null] } })
      expect([allWrong.status, allWrong.body]).toMatchObject([
        207,
        [
          { index: 0, error: {} },
          { index: 1, error: {} }
        ]
      ])
    })
  )
})
