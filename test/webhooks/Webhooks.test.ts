import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Array as Arr, Duration, Effect, Option, Schedule } from "effect"
import { Webhook } from "standardwebhooks"
import { TicketRefused } from "../../src/agent/AgentError.ts"
import { delayAfter } from "../../src/tasks/Retry.ts"
import { attempts } from "../../src/webhooks/Courier.ts"
import { api } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { ask, ended, HouseTest, taxpayer, ticket } from "../tasks/lib/House.ts"
import { type Letter, receiver } from "./Receiver.ts"

interface Created {
  readonly id: string
  readonly secret: string
}

const register = (token: string, url: string, events?: ReadonlyArray<string>) =>
  Effect.map(api("POST", "/webhooks", { token, json: { url, events } }), ({ body }) => body as Created)

const verified = (secret: string, { body, headers }: Letter) =>
  new Webhook(secret).verify(body, { ...headers }) as {
    readonly type: string
    readonly timestamp: string
    readonly data: object
  }

const deliveriesOf = (token: string, id: string) =>
  Effect.map(
    api("GET", `/webhooks/${id}/deliveries`, { token }),
    ({ body }) => body as ReadonlyArray<Record<string, unknown>>
  )

/** The deliveries once the latest is as it should be: what the receiver has seen is recorded a moment later. */
const settled = (token: string, id: string, status: string, attempt = 1) =>
  deliveriesOf(token, id).pipe(
    Effect.filterOrFail(
      ([latest]) =>
        latest?.status === status &&
        latest.attempt === attempt &&
        (latest.response_status !== null || latest.error !== null),
      () => "not yet"
    ),
    Effect.retry(Schedule.spaced("20 millis")),
    Effect.timeout("10 seconds")
  )

const hurry = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql`UPDATE webhook_deliveries SET run_at = now() WHERE status = 'PENDING'`
)

it.layer(HouseTest)("webhooks", (it) => {
  it.live("are made with a secret that is told once, listed, and deleted by their user alone", () =>
    Effect.gen(function* () {
      const [{ token }, stranger] = [yield* taxpayer, yield* taxpayer]
      const url = "https://hooks.example.mx/timbra?x=1"
      const made = yield* api("POST", "/webhooks", { token, json: { url, events: ["task.completed"] } })
      expect(made.status).toBe(201)
      const { id, secret } = made.body as Created
      expect(made.body).toEqual({ id, url, events: ["task.completed"], secret })
      expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
      const list = yield* api("GET", "/webhooks", { token })
      expect(list.body).toEqual([
        { id, url, events: ["task.completed"], created_at: expect.any(String), disabled_at: null }
      ])
      const sql = yield* SqlClient.SqlClient
      const [row] = yield* sql<{ secret: Uint8Array }>`SELECT secret FROM webhooks WHERE id = ${id}`
      expect(Buffer.from(row?.secret ?? []).toString("latin1")).not.toContain(secret.slice(6))

      expect((yield* api("GET", "/webhooks", { token: stranger.token })).body).toEqual([])
      for (const [method, path] of [
        ["DELETE", `/webhooks/${id}`],
        ["GET", `/webhooks/${id}/deliveries`],
        ["POST", `/webhooks/${id}/ping`],
        ["DELETE", "/webhooks/x"]
      ] as const) {
        expect((yield* api(method, path, { token: stranger.token })).status).toBe(404)
        expect((yield* api(method, path)).status).toBe(401)
      }
      expect((yield* api("DELETE", `/webhooks/${id}`, { token })).status).toBe(204)
      expect((yield* api("GET", "/webhooks", { token })).body).toEqual([])
    })
  )

  it.live("are refused with a private address, an unknown event, or beyond the twentieth", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const post = (json: object) =>
        Effect.map(api("POST", "/webhooks", { token, json }), ({ body, status }) => [
          status,
          (body as { code?: string }).code
        ])
      const url = "https://hooks.example.mx/"
      expect(yield* post({ url: "http://169.254.169.254/latest" })).toEqual([400, "URL_REFUSED"])
      expect(yield* post({ url: "ftp://hooks.example.mx/" })).toEqual([400, "URL_REFUSED"])
      expect(yield* post({ url, events: ["task.exploded"] })).toEqual([400, "VALIDATION"])
      expect(yield* post({ url, events: [] })).toEqual([400, "VALIDATION"])
      yield* Effect.forEach(Arr.range(1, 20), () => post({ url }))
      expect(yield* post({ url })).toEqual([409, "TOO_MANY_WEBHOOKS"])
    })
  )

  it.live("get what they asked for, signed as Standard Webhooks, without a taxpayer's data", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const [all, completed] = [yield* receiver(204), yield* receiver(200)]
      const hook = yield* register(token, completed.url, ["task.completed"])
      const every = yield* register(token, all.url, ["task.running", "task.completed", "task.failed"])
      const id = yield* ask(token)
      yield* ended(token, id)
      const letter = yield* completed.next
      expect(verified(hook.secret, letter)).toEqual({
        type: "task.completed",
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
        data: { task_id: id, status: "COMPLETED", previous: "RUNNING", failure_code: null, failure_reason: null }
      })
      expect(() => verified(every.secret, letter)).toThrow()
      const both = [yield* all.next, yield* all.next].map((letter) => verified(every.secret, letter).type)
      expect(both.toSorted()).toEqual(["task.completed", "task.running"])

      const refused = yield* ask(token, () => new TicketRefused({ code: "TICKET_EXPIRED", reason: "vencido" }))
      yield* ended(token, refused)
      const next = [yield* all.next, yield* all.next].map((letter) => verified(every.secret, letter))
      expect(next.find(({ type }) => type === "task.failed")?.data).toMatchObject({ failure_code: "TICKET_EXPIRED" })
      expect(completed.got()).toBe(1)
    })
  )

  it.live("a task's callback_url is told its end, signed with every secret that the user has", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const callback = yield* receiver(204)
      const order = () => ({ ...ticket(crypto.randomUUID()), callback_url: callback.url })
      yield* api("POST", "/tasks", { token, json: order() })
      const unsigned = yield* callback.next
      expect(JSON.parse(unsigned.body)).toMatchObject({ type: "task.completed" })
      expect(unsigned.headers["webhook-signature"]).toBeUndefined()

      const hooks = [
        yield* register(token, "https://a.example.mx/", ["task.paused"]),
        yield* register(token, "https://b.example.mx/", ["task.paused"])
      ]
      yield* api("POST", "/tasks", { token, json: order() })
      const signed = yield* callback.next
      for (const { secret } of hooks) expect(verified(secret, signed)).toMatchObject({ type: "task.completed" })
      const refused = { ...ticket("C-1"), callback_url: "http://10.0.0.1/" }
      expect((yield* api("POST", "/tasks", { token, json: refused })).status).toBe(400)
    })
  )

  it.live("are tried again under the same id, by a schedule that spans a day", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const flaky = yield* receiver(500, 503, 204)
      const hook = yield* register(token, flaky.url)
      yield* api("POST", `/webhooks/${hook.id}/ping`, { token })
      const first = yield* flaky.next
      const [waiting] = yield* settled(token, hook.id, "PENDING")
      expect(waiting).toMatchObject({ type: "ping", response_status: 500, id: first.headers["webhook-id"] })
      yield* hurry
      yield* flaky.next
      yield* settled(token, hook.id, "PENDING", 2)
      yield* hurry
      const third = yield* flaky.next
      expect(third.headers["webhook-id"]).toBe(first.headers["webhook-id"])
      expect(third.body).toBe(first.body)
      verified(hook.secret, third)
      const [done] = yield* settled(token, hook.id, "DELIVERED", 3)
      expect(done).toMatchObject({ response_status: 204, next_attempt_at: null })

      const delays = yield* Effect.forEach(Arr.range(0, 7), (failures) => delayAfter(attempts, failures))
      expect(delays.map(Option.isSome)).toEqual([true, true, true, true, true, true, true, false])
      const hours = Duration.toHours(Arr.reduce(Arr.getSomes(delays), Duration.zero, Duration.sum))
      expect(hours).toBeWithin(24 * 0.75, 24 * 1.25)
    })
  )

  it.live("follow no redirect, and go to no name that stands for a private address", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const trap = yield* receiver(204)
      const leading = yield* receiver(() => new Response(null, { status: 302, headers: { location: trap.url } }))
      const redirected = yield* register(token, leading.url)
      const named = yield* register(token, "http://localtest.example.mx/")
      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE webhooks SET url = ${"http://10.0.0.1/"} WHERE id = ${named.id}`
      yield* api("POST", `/webhooks/${redirected.id}/ping`, { token })
      yield* api("POST", `/webhooks/${named.id}/ping`, { token })
      expect((yield* settled(token, redirected.id, "PENDING"))[0]).toMatchObject({ response_status: 302 })
      expect((yield* settled(token, named.id, "PENDING"))[0]).toMatchObject({
        response_status: null,
        error: "NOT_PUBLIC"
      })
      expect(trap.got()).toBe(0)
    })
  )

  it.live("that fail for days, or answer 410, are disabled until a ping reaches them", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const gone = yield* receiver(410, 410, 204)
      const hook = yield* register(token, gone.url, ["task.completed"])
      const disabled = Effect.map(
        api("GET", "/webhooks", { token }),
        ({ body }) => (body as ReadonlyArray<{ disabled_at: string | null }>)[0]?.disabled_at
      )
      yield* ended(token, yield* ask(token))
      yield* gone.next
      yield* settled(token, hook.id, "FAILED")
      expect(yield* disabled).toBeString()
      yield* ended(token, yield* ask(token))
      expect(yield* deliveriesOf(token, hook.id)).toHaveLength(1)

      yield* api("POST", `/webhooks/${hook.id}/ping`, { token })
      yield* gone.next
      yield* settled(token, hook.id, "PENDING")
      yield* hurry
      yield* gone.next
      yield* settled(token, hook.id, "DELIVERED", 2)
      expect(yield* disabled).toBeNull()

      const failing = yield* receiver(500)
      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE webhooks SET url = ${failing.url}, failing_since = now() - interval '4 days' WHERE id = ${hook.id}`
      yield* ended(token, yield* ask(token))
      yield* failing.next
      yield* settled(token, hook.id, "FAILED")
      expect(yield* disabled).toBeString()
    })
  )
})
