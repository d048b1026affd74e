import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { api, newUser, TestServer } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"

interface Grant {
  readonly token: string
  readonly refresh_token: string
}

const refresh = (refresh_token: string) => api("POST", "/auth/refresh", { json: { refresh_token } })
const opens = (token: string) => Effect.map(api("GET", "/profile", { token }), ({ status }) => status === 200)

it.layer(TestServer)("sessions", (it) => {
  it.live("a refresh token gives new tokens, once", () =>
    Effect.gen(function* () {
      const first = yield* newUser()
      const { status, body } = yield* refresh(first.refresh_token)
      const second = body as Grant
      expect(status).toBe(200)
      expect(second.refresh_token).not.toBe(first.refresh_token)
      expect(yield* opens(second.token)).toBe(true)
      expect((yield* refresh(second.refresh_token)).status).toBe(200)
    })
  )

  it.live("a used one that comes back ends its whole session, but no other session of the user", () =>
    Effect.gen(function* () {
      const { email, password, ...first } = yield* newUser()
      const other = (yield* api("POST", "/auth/login", { json: { email, password } })).body as Grant
      const second = (yield* refresh(first.refresh_token)).body as Grant
      const reused = yield* refresh(first.refresh_token)
      expect(reused.status).toBe(401)
      expect(reused.body).toMatchObject({ code: "INVALID_REFRESH_TOKEN" })
      expect((yield* refresh(second.refresh_token)).status).toBe(401)
      expect(yield* opens(second.token)).toBe(false)
      expect(yield* opens(other.token)).toBe(true)
    })
  )

  it.live("of 10 refreshes at once one wins, and the others end the session", () =>
    Effect.gen(function* () {
      const first = yield* newUser()
      const answers = yield* Effect.all(
        Array.from({ length: 10 }, () => refresh(first.refresh_token)),
        {
          concurrency: "unbounded"
        }
      )
      const winners = answers.filter(({ status }) => status === 200)
      expect(winners).toHaveLength(1)
      const [{ token, refresh_token }] = winners.map(({ body }) => body) as [Grant]
      expect(yield* opens(token)).toBe(false)
      expect((yield* refresh(refresh_token)).status).toBe(401)
    })
  )

  it.live("logout ends the session at once", () =>
    Effect.gen(function* () {
      const { token, refresh_token } = yield* newUser()
      const { status, text } = yield* api("POST", "/auth/logout", { token })
      expect([status, text]).toEqual([204, ""])
      expect(yield* opens(token)).toBe(false)
      expect((yield* refresh(refresh_token)).status).toBe(401)
      expect((yield* api("POST", "/auth/logout", { token })).status).toBe(401)
    })
  )

  it.live("what is no refresh token, another user's secret, and an expired one are refused alike", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const ana = yield* newUser()
      const eva = yield* newUser()
      const [anaId] = ana.refresh_token.split(".")
      const [, evasSecret] = eva.refresh_token.split(".")
      for (const token of ["", "x", "a.b", "a.b.c", `${anaId}.${evasSecret}`, ana.token, `${anaId}.' OR 1=1 --`]) {
        const { status, body } = yield* refresh(token)
        expect(status).toBe(401)
        expect(body).toMatchObject({ code: "INVALID_REFRESH_TOKEN" })
      }
      yield* sql`UPDATE refresh_tokens SET expires_at = now() - interval '1 second' WHERE user_id = ${anaId ?? ""}`
      expect((yield* refresh(ana.refresh_token)).status).toBe(401)
    })
  )

  it.live("T6: the token of a user who is gone opens nothing", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { email, token } = yield* newUser()
      expect(yield* opens(token)).toBe(true)
      yield* sql`DELETE FROM users WHERE email = ${email}`
      expect(yield* opens(token)).toBe(false)
    })
  )

  it.live("the database holds no token as it was given out", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { refresh_token } = yield* newUser()
      const [, secret = ""] = refresh_token.split(".")
      const rows = yield* sql`SELECT row_to_json(r)::text AS row FROM refresh_tokens r`
      expect(JSON.stringify(rows)).not.toContain(Buffer.from(secret).toString("hex"))
      expect(JSON.stringify(rows)).not.toContain(secret)
    })
  )
})
