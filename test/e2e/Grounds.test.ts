import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Effect, Schedule, Schema } from "effect"
import { NoSuchElementException } from "effect/Cause"
import { transactionPooler } from "../../scripts/lib/Pgbouncer.ts"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"
import { request, serve } from "../lib/serve.ts"

const person = {
  password: "una clave muy larga",
  rfc: "CACX7605101P8",
  full_name: "XOCHILT CASAS CHAVEZ",
  fiscal_regime: "612",
  postal_code: "36257",
  cfdi_use: "G03",
  accept_privacy: true
}

const Login = Schema.parseJson(Schema.Struct({ token: Schema.String }))
const Placed = Schema.parseJson(Schema.Struct({ taskId: Schema.UUID }))

/** An account and a task for a portal that nobody serves: the run needs the queue, a browser and the record. */
const served = Effect.fnUntraced(function* (url: URL) {
  const api = (method: string, path: string, options = {}) => request(url, method, `/api/v1${path}`, options)
  const account = { ...person, email: `${crypto.randomUUID()}@example.mx` }
  expect((yield* api("POST", "/auth/register", { json: account })).status).toBe(201)
  const login = yield* api("POST", "/auth/login", { json: account })
  const { token } = yield* Schema.decode(Login)(login.text)
  const order = { vendor_url: "http://127.0.0.1:1/", ticket_details: { Folio: crypto.randomUUID(), Total: 116 } }
  const { taskId } = yield* Schema.decode(Placed)((yield* api("POST", "/tasks", { token, json: order })).text)
  const task = yield* api("GET", `/tasks/${taskId}`, { token }).pipe(
    Effect.filterOrFail(
      ({ text }) => text.includes('"status":"FAILED"'),
      () => new NoSuchElementException()
    ),
    Effect.retry(Schedule.spaced("50 millis"))
  )
  expect(task.text).toContain('"failure_code":"PORTAL_DOWN"')
  const ready = yield* request(url, "GET", "/ready")
  expect(JSON.parse(ready.text)).toMatchObject({ checks: { database: "ok", queue: "ok", browser: "ok" } })
  expect(ready.status).toBe(200)
})

const settings = {
  CHROMIUM_PATH: Bun.env.CHROMIUM_PATH ?? "chromium-headless-shell",
  VENDOR_HOSTS_ALLOWED: "127.0.0.1",
  RETRY_BASE: "10 millis"
}

const grounds = [
  ["the embedded database", Effect.succeed({})],
  ["a PostgreSQL", Effect.map(database, (url) => ({ DATABASE_URL: url }))],
  [
    "a transaction pooler",
    database.pipe(
      Effect.flatMap((url) => transactionPooler(new URL(url))),
      Effect.map((url) => ({ DATABASE_URL: url.href }))
    )
  ],
  ["a Redis that is gone", Effect.map(database, (url) => ({ DATABASE_URL: url, REDIS_URL: "redis://127.0.0.1:1" }))]
] as const

for (const [name, ground] of grounds) {
  it.live(
    `serve does its work on ${name}`,
    () =>
      Effect.gen(function* () {
        const { url, stop } = yield* serve({ ...settings, ...(yield* ground) })
        yield* served(url)
        expect(yield* stop).toBe(0)
      }).pipe(Effect.provide(BunContext.layer)),
    120_000
  )
}
