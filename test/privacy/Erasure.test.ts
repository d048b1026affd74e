import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Deferred, Effect, Redacted } from "effect"
import { decodeJwt } from "jose"
import { Erasure } from "../../src/privacy/Erasure.ts"
import { ArtifactStore } from "../../src/tasks/ArtifactStore.ts"
import { Artifacts } from "../../src/tasks/Artifacts.ts"
import { Vault } from "../../src/vault/Vault.ts"
import { api, seed } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { ask, ended, HouseTest, taxpayer } from "../tasks/lib/House.ts"
import { invoicing } from "./Invoiced.ts"

const idOf = (token: string) => decodeJwt(token).sub ?? ""

/** Every table with rows of this user, and how many. */
const held = (userId: string) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const tables = yield* sql<{ name: string }>`
      SELECT DISTINCT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'user_id' ORDER BY 1`
    const counts = yield* Effect.forEach(tables, ({ name }) =>
      Effect.map(
        sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql(name)} WHERE user_id = ${userId}`,
        ([row]) => [name, row?.n ?? 0] as const
      )
    )
    return Object.fromEntries(counts.filter(([, n]) => n > 0))
  })

it.layer(HouseTest)("erasure", (it) => {
  it.live("K6: ends every way in and removes every row, but proof of consent, the log and the invoices' facts", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token, email, password, refresh_token } = yield* taxpayer
      const uuid = crypto.randomUUID()
      yield* ended(token, yield* ask(token, invoicing(uuid)))
      const { status } = yield* api("DELETE", "/profile", { token })
      expect(status).toBe(204)

      expect((yield* api("GET", "/profile", { token })).status).toBe(401)
      expect((yield* api("POST", "/auth/refresh", { json: { refresh_token } })).status).toBe(401)
      expect((yield* api("POST", "/auth/login", { json: { email, password } })).status).toBe(401)
      expect(Object.keys(yield* held(idOf(token)))).toEqual(["audit_log", "consents"])
      expect(yield* sql`SELECT id FROM users WHERE id = ${idOf(token)} OR email = ${email}`).toEqual([])

      const [retained] = yield* sql<{ id: string; facts: Uint8Array; until: string }>`
        SELECT id, facts, keep_until::date::text AS until FROM retained_invoices WHERE cfdi_uuid = ${uuid}`
      expect(retained?.until).toBe("2032-05-01")
      expect(Buffer.from(retained?.facts ?? []).toString("latin1")).not.toContain("EKU9003173C9")
      const at = { user: "", table: "retained_invoices", row: retained?.id ?? "", column: "facts" }
      const facts = yield* (yield* Vault).decrypt(at, retained?.facts ?? new Uint8Array())
      expect(JSON.parse(Redacted.value(facts))).toEqual({
        uuid,
        total: "116.00",
        issuer_rfc: "AAA010101AAA",
        receiver_rfc: "EKU9003173C9",
        issued_at: "2026-11-20T10:00:00"
      })
    })
  )

  it.live("is not held up by a value that somebody has tampered with", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token } = yield* taxpayer
      const uuid = crypto.randomUUID()
      const id = yield* ask(token, invoicing(uuid))
      yield* ended(token, id)
      yield* sql`UPDATE automation_tasks SET receiver_rfc = set_byte(receiver_rfc, 20, get_byte(receiver_rfc, 20) # 1) WHERE id = ${id}`
      expect((yield* api("DELETE", "/profile", { token })).status).toBe(204)
      expect(Object.keys(yield* held(idOf(token)))).toEqual(["audit_log", "consents"])
      expect(yield* sql`SELECT 1 AS one FROM retained_invoices WHERE cfdi_uuid = ${uuid}`).toEqual([{ one: 1 }])
    })
  )

  it.live("frees the e-mail: whoever registers it again starts with nothing", () =>
    Effect.gen(function* () {
      const { token, email, password } = yield* taxpayer
      yield* api("DELETE", "/profile", { token })
      expect((yield* api("POST", "/auth/register", { json: { email, password, ...seed } })).status).toBe(201)
      const login = (yield* api("POST", "/auth/login", { json: { email, password } })).body as { token: string }
      expect((yield* api("GET", "/tasks", { token: login.token })).body).toEqual([])
      expect(idOf(login.token)).not.toBe(idOf(token))
    })
  )

  it.live("removes the files", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const id = yield* ask(token, invoicing(crypto.randomUUID()))
      yield* ended(token, id)
      const artifacts = yield* Artifacts
      yield* artifacts.moveSome()
      const sql = yield* SqlClient.SqlClient
      const [file] = yield* sql<{ id: string }>`SELECT id FROM artifacts WHERE task_id = ${id} AND stored`
      expect(file).toBeDefined()
      yield* api("DELETE", "/profile", { token })
      const left = yield* (yield* ArtifactStore).open({ userId: idOf(token), taskId: id, id: file?.id ?? "" })
      expect(left._tag).toBe("None")
    })
  )

  it.live(
    "lets a run that has submitted finish: its account is blocked at once and gone when the invoice is safe",
    () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        const { token, email, password } = yield* taxpayer
        const submitted = yield* Deferred.make<void>()
        const answer = yield* Deferred.make<void>()
        const uuid = crypto.randomUUID()
        const id = yield* ask(token, (assignment, desk) =>
          invoicing(uuid)(assignment, {
            ...desk,
            keep: (document) =>
              Deferred.succeed(submitted, undefined).pipe(
                Effect.zipRight(Deferred.await(answer)),
                Effect.zipRight(desk.keep(document))
              )
          })
        )
        const waiting = yield* ask(token, () => Effect.never)
        yield* Deferred.await(submitted)
        yield* api("DELETE", "/profile", { token })
        expect((yield* api("POST", "/auth/login", { json: { email, password } })).status).toBe(401)
        const states = sql`SELECT status, failure_code FROM automation_tasks WHERE user_id = ${idOf(token)} ORDER BY status`
        expect(yield* states).toEqual([
          { status: "FAILED", failureCode: "CANCELLED" },
          { status: "RUNNING", failureCode: null }
        ])
        expect(waiting).not.toBe(id)

        yield* Deferred.succeed(answer, undefined)
        const done = sql`SELECT 1 FROM automation_tasks WHERE id = ${id} AND status = 'COMPLETED'`
        yield* Effect.repeat(Effect.delay(done, "20 millis"), { until: (rows) => rows.length > 0 })
        yield* (yield* Erasure).sweep()
        expect(Object.keys(yield* held(idOf(token)))).toEqual(["audit_log", "consents"])
        expect(yield* sql`SELECT 1 AS one FROM retained_invoices WHERE cfdi_uuid = ${uuid}`).toEqual([{ one: 1 }])
      })
  )
})
