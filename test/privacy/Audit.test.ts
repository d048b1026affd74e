import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect, Exit } from "effect"
import { decodeJwt } from "jose"
import { UserId } from "../../src/auth/User.ts"
import { Rls } from "../../src/db/Rls.ts"
import { api, newUser } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { ask, ended, HouseTest, taxpayer } from "../tasks/lib/House.ts"
import { invoicing } from "./Invoiced.ts"

const idOf = (token: string) => UserId.make(decodeJwt(token).sub ?? "")

const entries = (userId: UserId) =>
  Effect.flatMap(
    SqlClient.SqlClient,
    (sql) => sql<{ action: string; actor: string; address: string }>`
      SELECT action, actor, address FROM audit_log WHERE user_id = ${userId} ORDER BY at, action`
  )

const actions = (userId: UserId) => Effect.map(entries(userId), (rows) => rows.map(({ action }) => action))

it.layer(HouseTest)("the audit log", (it) => {
  it.live("says who did what, when and from where", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token, refresh_token } = yield* newUser({ accept_privacy: true })
      yield* api("PUT", "/profile", { token, json: { full_name: "CANARY-7f3a" } })
      yield* api("POST", "/auth/refresh", { json: { refresh_token } })
      yield* api("POST", "/auth/refresh", { json: { refresh_token } })
      const again = yield* newUser()
      yield* api("POST", "/auth/logout", { token: again.token })
      expect((yield* actions(idOf(token))).sort()).toEqual([
        "account.registered",
        "consent.given",
        "login.succeeded",
        "profile.changed",
        "session.reused"
      ])
      expect(yield* actions(idOf(again.token))).toEqual(["account.registered", "login.succeeded", "session.closed"])
      const all = yield* sql<{ row: string }>`SELECT row_to_json(a)::text AS row FROM audit_log a`
      expect(JSON.stringify(all)).not.toContain("CANARY")
      expect(new Set((yield* entries(idOf(token))).map(({ address }) => address))).toEqual(new Set(["127.0.0.1"]))
    })
  )

  it.live("has a wrong password too, and not whose it was", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { email } = yield* newUser()
      const failed = sql`SELECT user_id, actor FROM audit_log WHERE action = 'login.failed'`
      const before = (yield* failed).length
      yield* api("POST", "/auth/login", { json: { email, password: "wrong horse" } })
      yield* api("POST", "/auth/login", { json: { email: `nobody.${email}`, password: "wrong horse" } })
      const rows = yield* failed
      expect(rows.length - before).toBe(2)
      expect(rows.every(({ userId }) => userId === null)).toBe(true)
    })
  )

  it.live("can be changed, shortened or emptied by nobody, the tables' owner included", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rls = yield* Rls
      const { token } = yield* newUser({ accept_privacy: true })
      const rewrite = sql`UPDATE audit_log SET action = 'nothing'`
      const shorten = sql`DELETE FROM audit_log`
      for (const statement of [rewrite, shorten, sql`TRUNCATE audit_log`, sql`DELETE FROM consents`]) {
        expect(Exit.isFailure(yield* Effect.exit(statement))).toBe(true)
        expect(Exit.isFailure(yield* Effect.exit(rls.asUser(idOf(token))(statement)))).toBe(true)
        expect(Exit.isFailure(yield* Effect.exit(rls.asWorker(statement)))).toBe(true)
        expect(Exit.isFailure(yield* Effect.exit(rls.asKeeper(statement)))).toBe(true)
      }
      expect(yield* actions(idOf(token))).toContain("login.succeeded")
    })
  )

  it.live("takes nothing in another user's name or under another time", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rls = yield* Rls
      const ana = idOf((yield* newUser()).token)
      const eva = idOf((yield* newUser()).token)
      const forged = (columns: object) =>
        Effect.exit(
          rls.asUser(eva)(
            sql`INSERT INTO audit_log ${sql.insert({ actor: "user", action: "x", address: "x", ...columns })}`
          )
        )
      expect(Exit.isSuccess(yield* forged({ userId: eva }))).toBe(true)
      expect(Exit.isFailure(yield* forged({ userId: ana }))).toBe(true)
      expect(Exit.isFailure(yield* forged({ userId: eva, actor: "worker" }))).toBe(true)
      expect(Exit.isFailure(yield* forged({ userId: eva, at: new Date(0) }))).toBe(true)
      const seen = yield* rls.asUser(eva)(sql<{ userId: string }>`SELECT DISTINCT user_id FROM audit_log`)
      expect(seen).toEqual([{ userId: eva }])
    })
  )

  it.live("forgets after two years, and not before", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rls = yield* Rls
      const { token } = yield* newUser()
      const old = (age: string) => sql`
        INSERT INTO audit_log (user_id, actor, action, address, at)
        VALUES (${idOf(token)}, 'keeper', ${age}, 'x', now() - ${age}::interval)`
      yield* old("1 year 11 months")
      yield* old("2 years 1 day")
      yield* rls.asKeeper(sql`DELETE FROM audit_log WHERE at < now() - interval '2 years'`)
      const left = yield* actions(idOf(token))
      expect(left).toContain("1 year 11 months")
      expect(left).not.toContain("2 years 1 day")
    })
  )

  it.live("F10: a task is not submitted where the intent to submit cannot be logged", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token } = yield* taxpayer
      const fine = yield* ask(token, invoicing(crypto.randomUUID()))
      expect(yield* ended(token, fine)).toMatchObject({ status: "COMPLETED" })
      expect((yield* actions(idOf(token))).filter((action) => action === "task.submit")).toHaveLength(1)
      let clicked = false
      const click = Effect.sync(() => {
        clicked = true
      })
      yield* sql`ALTER TABLE audit_log ADD CONSTRAINT full_disk CHECK (action <> 'task.submit') NOT VALID`
      const refused = yield* ask(token, (assignment, desk) =>
        invoicing(crypto.randomUUID())(assignment, { ...desk, intend: Effect.zipLeft(desk.intend, click) })
      )
      expect(yield* ended(token, refused)).toMatchObject({ status: "FAILED", failure_code: "INTERNAL" })
      expect(clicked).toBe(false)
      expect((yield* api("GET", "/tasks", { token })).status).toBe(200)
      yield* sql`ALTER TABLE audit_log DROP CONSTRAINT full_disk`
    })
  )

  it.live("D11: who lets a task be submitted again after an uncertain submit is logged with the request", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token } = yield* taxpayer
      const id = yield* ask(token, (_, desk) => Effect.zipRight(desk.intend, Effect.dieMessage("cut off")))
      expect(yield* ended(token, id)).toMatchObject({ failure_code: "SUBMIT_UNCERTAIN" })
      const retry = (json: object) =>
        api("POST", `/tasks/${id}/retry`, { token, json, headers: { "X-Request-Id": "retry-request" } })
      expect((yield* retry({})).status).toBe(409)
      expect((yield* retry({ confirm: true })).status).toBe(200)
      const rows = yield* sql`
        SELECT actor, subject, address, request_id FROM audit_log WHERE action = 'task.submit_confirmed'`
      expect(rows).toEqual([{ actor: "user", subject: id, address: "127.0.0.1", requestId: "retry-request" }])
    })
  )

  it.live("an act that cannot be logged does not happen", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token } = yield* newUser({ full_name: "ANTES" })
      yield* sql`ALTER TABLE audit_log ADD CONSTRAINT full_disk CHECK (action <> 'profile.changed') NOT VALID`
      const { status } = yield* api("PUT", "/profile", { token, json: { full_name: "DESPUES" } })
      yield* sql`ALTER TABLE audit_log DROP CONSTRAINT full_disk`
      expect(status).toBe(500)
      expect((yield* api("GET", "/profile", { token })).body).toMatchObject({ full_name: "ANTES" })
    })
  )
})
