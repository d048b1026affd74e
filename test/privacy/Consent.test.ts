import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { decodeJwt } from "jose"
import { notice } from "../../src/privacy/Notice.ts"
import { api, newUser } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { HouseTest, taxpayer, ticket } from "../tasks/lib/House.ts"

const complete = { rfc: "EKU9003173C9", full_name: "ESCUELA KEMPER URGATE", cfdi_use: "G03" }
const order = (token: string) => api("POST", "/tasks", { token, json: ticket(crypto.randomUUID()) })
const accept = (token: string, accept_privacy: boolean) =>
  api("PUT", "/profile", { token, json: { accept_privacy }, headers: { "X-Request-Id": "the-request" } })

it.layer(HouseTest)("consent", (it) => {
  it.live("no task without it, none after it is taken back, and each act is proven by a row", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token } = yield* newUser(complete)
      const refused = yield* order(token)
      expect([refused.status, refused.body]).toMatchObject([
        422,
        { code: "CONSENT_REQUIRED", privacy_version: notice.version }
      ])
      yield* accept(token, true)
      expect((yield* order(token)).status).toBe(201)
      yield* accept(token, false)
      expect((yield* order(token)).status).toBe(422)
      const proof = yield* sql`
        SELECT given, notice_version, notice_sha256, address, request_id FROM consents
        WHERE user_id = ${decodeJwt(token).sub ?? ""} ORDER BY at`
      const row = { noticeVersion: notice.version, noticeSha256: notice.sha256, address: "127.0.0.1" }
      expect(proof).toEqual([
        { given: true, ...row, requestId: "the-request" },
        { given: false, ...row, requestId: "the-request" }
      ])
    })
  )

  it.live("given at register it needs no other act", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token } = yield* taxpayer
      expect((yield* order(token)).status).toBe(201)
      const proof = yield* sql`SELECT given FROM consents WHERE user_id = ${decodeJwt(token).sub ?? ""}`
      expect(proof).toEqual([{ given: true }])
    })
  )

  it.live("to an older notice it does not count", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token } = yield* taxpayer
      yield* sql`UPDATE user_profiles SET privacy_version = '2020-01-01' WHERE user_id = ${decodeJwt(token).sub ?? ""}`
      expect((yield* order(token)).body).toMatchObject({ code: "CONSENT_REQUIRED" })
    })
  )
})
