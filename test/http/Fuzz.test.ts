import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect, FastCheck } from "effect"
import * as it from "../lib/effect.ts"
import { HouseTest, taxpayer } from "../tasks/lib/House.ts"
import { bodyOf, places, withValue } from "./Fields.ts"
import { addressed, operations } from "./Operations.ts"
import { call } from "./TestServer.ts"

const injections = [
  "' OR '1'='1",
  "1; DROP TABLE users--",
  "x'); SELECT pg_sleep(5)--",
  "1 UNION SELECT password_hash FROM users",
  "$1",
  "\\'; --",
  "created_at DESC, (SELECT 1/0)",
  "..%2f..%2fetc%2fpasswd",
  "\0",
  "%00",
  "\ud800",
  "NaN",
  "1e400",
  "-1",
  "99999999999999999999",
  "__proto__",
  "<script>alert(1)</script>",
  "{{7*7}}",
  "\r\nX-Injected: 1",
  "x".repeat(10_000)
]

const hostile = FastCheck.oneof(
  FastCheck.constantFrom(...injections),
  FastCheck.string({ unit: "binary", maxLength: 60 }),
  FastCheck.constant(crypto.randomUUID())
)

const json = FastCheck.oneof(
  FastCheck.jsonValue(),
  FastCheck.dictionary(
    FastCheck.constantFrom(
      "vendor_url",
      "ticket_details",
      "email",
      "password",
      "rfc",
      "intervention_id",
      "answers",
      "tasks",
      "vendor_domain",
      "username",
      "company_details",
      "full_name",
      "postal_code",
      "refresh_token",
      "__proto__"
    ),
    FastCheck.oneof(hostile, FastCheck.jsonValue())
  )
)

// What a hash is computed for would make most of this test's time; those are tried on their own.
const slow = new Set(["/api/v1/auth/register", "/api/v1/auth/login"])

// An address of half a surrogate pair cannot be written.
const encoded = (text: string) => encodeURIComponent(text.toWellFormed())

it.layer(HouseTest)("I1, I3: whatever stands in a path, a query, a header or a body", (it) => {
  it.live(
    "no operation fails, sleeps or loses a table",
    () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        const { token } = yield* taxpayer
        const erases = ({ method, path }: (typeof operations)[number]) =>
          method === "DELETE" && path.endsWith("/profile")
        const tried = operations.filter(
          (operation) => !erases(operation) && !slow.has(operation.path) && !operation.path.endsWith("/logout")
        )
        for (const operation of tried) {
          const cases = FastCheck.sample(FastCheck.tuple(FastCheck.infiniteStream(hostile), json), {
            numRuns: 12,
            seed: 7
          })
          for (const [values, body] of cases) {
            const next = () => values.next().value
            const query = operation.query.map((name) => `${name}=${encoded(next())}`).join("&")
            const path = `${addressed(operation, () => encoded(next()))}?${query}`
            const isGet = operation.method === "GET" || operation.method === "DELETE"
            const start = performance.now()
            const { status } = yield* call(operation.method, path.slice(0, 15_000), {
              token,
              headers: { "Idempotency-Key": encoded(next()).slice(0, 300) },
              ...(isGet ? {} : { json: body })
            })
            const said = [operation.method, path, JSON.stringify(body)]
            expect([...said, status < 500]).toEqual([...said, true])
            expect(performance.now() - start).toBeLessThan(4_000)
          }
        }
        const [left] = yield* sql<{ users: number }>`SELECT count(*)::int AS users FROM users`
        expect(left?.users).toBe(1)
      }),
    60_000
  )

  it.live(
    "I4: no field of any body takes a NUL, a torn character or another shape to fall over, and a refusal writes nothing",
    () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        const { token } = yield* taxpayer
        const rows = sql`
          SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM automation_tasks) AS tasks,
                 (SELECT count(*) FROM user_vendor_credentials) AS logins, (SELECT count(*) FROM webhooks) AS hooks`
        const bodies = operations.flatMap((operation) => {
          const body = bodyOf(operation.path, operation.method)
          return body === undefined ? [] : places(body).map((at) => ({ ...operation, body, at }))
        })
        expect(bodies.length).toBeGreaterThan(40)
        let before = yield* rows
        for (const { body, at, ...operation } of bodies) {
          const path = addressed(operation, () => crypto.randomUUID())
          for (const value of ["a\0b", "\ud800", 1e308, { "\0": "\0" }]) {
            const { status } = yield* call(operation.method, path, { token, json: withValue(body, at, value) })
            const said = [operation.method, path, at.join("/"), JSON.stringify(value)]
            expect([...said, status < 500]).toEqual([...said, true])
            const after = yield* rows
            if (status >= 400) expect([...said, after]).toEqual([...said, before])
            before = after
          }
        }
      }),
    60_000
  )

  it.live("login and register take every text, or refuse it", () =>
    Effect.gen(function* () {
      for (const text of injections) {
        for (const path of ["/api/v1/auth/login", "/api/v1/auth/refresh"]) {
          const { status } = yield* call("POST", path, { json: { email: text, password: text, refresh_token: text } })
          expect([path, text, [400, 401].includes(status)]).toEqual([path, text, true])
        }
      }
    })
  )
})
