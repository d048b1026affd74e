import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { Rls } from "../../src/db/Rls.ts"
import { api } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { houseWith, taxpayer } from "../tasks/lib/House.ts"

const canary = "CANARY-7f3a"
const login = { vendor_domain: "facturacion.tienda.com.mx", username: "ana", password: canary }
const add = (token: string, more: object = {}) => api("POST", "/credentials", { token, json: { ...login, ...more } })

it.layer(houseWith({ VENDOR_HOSTS_ALLOWED: "127.0.0.1,localhost" }))("portal log-ins", (it) => {
  it.live("K5: are written, listed by name, newest first, and never shown again", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { token } = yield* taxpayer
      const first = yield* add(token, { additional_fields: { NIP: canary } })
      expect(first.status).toBe(201)
      expect(first.body).toEqual({
        id: expect.any(String),
        vendor_domain: login.vendor_domain,
        username: "ana",
        created_at: expect.any(String),
        last_used_at: null
      })
      const second = yield* add(token, { username: "eva" })
      const listed = yield* api("GET", "/credentials", { token })
      expect(listed.body).toEqual([second.body, first.body])
      for (const { text } of [first, second, listed]) expect(text).not.toContain(canary)
      const rows = yield* sql<{ row: string }>`SELECT row_to_json(c)::text AS row FROM user_vendor_credentials c`
      expect(JSON.stringify(rows)).not.toContain(Buffer.from(canary).toString("hex"))
    })
  )

  it.live("are removed for good, and only by who wrote them", () =>
    Effect.gen(function* () {
      const ana = yield* taxpayer
      const eva = yield* taxpayer
      const { id } = (yield* add(ana.token)).body as { id: string }
      const foreign = yield* api("DELETE", `/credentials/${id}`, { token: eva.token })
      const unknown = yield* api("DELETE", `/credentials/${crypto.randomUUID()}`, { token: eva.token })
      expect([foreign.status, unknown.status]).toEqual([404, 404])
      expect((yield* api("GET", "/credentials", { token: eva.token })).body).toEqual([])
      expect((yield* api("DELETE", `/credentials/${id}`, { token: ana.token })).status).toBe(204)
      expect((yield* api("DELETE", `/credentials/${id}`, { token: ana.token })).status).toBe(404)
      expect((yield* api("GET", "/credentials", { token: ana.token })).body).toEqual([])
    })
  )

  it.live("each use of one is in its owner's log", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rls = yield* Rls
      const { token } = yield* taxpayer
      const { id } = (yield* add(token)).body as { id: string }
      yield* rls.asWorker(sql`UPDATE user_vendor_credentials SET last_used_at = now() WHERE id = ${id}`)
      const used = yield* sql`SELECT actor, action, details FROM audit_log WHERE subject = ${id} AND actor = 'worker'`
      expect(used).toEqual([{ actor: "worker", action: "credential.used", details: { domain: "tienda.com.mx" } }])
    })
  )

  it.live("K1: one that was moved to another user's row opens for nobody", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const ana = yield* taxpayer
      const eva = yield* taxpayer
      const { id } = (yield* add(ana.token)).body as { id: string }
      const { id: other } = (yield* add(eva.token)).body as { id: string }
      yield* sql`
        UPDATE user_vendor_credentials SET secret = (SELECT secret FROM user_vendor_credentials WHERE id = ${id})
        WHERE id = ${other}`
      const { status, text } = yield* api("GET", "/credentials", { token: eva.token })
      expect(status).toBe(500)
      expect(text).not.toContain("ana")
    })
  )

  it.live("belong to a host name: no address, suffix, path or the SAT, unless this server may visit it", () =>
    Effect.gen(function* () {
      const { token } = yield* taxpayer
      const codeOf = (vendor_domain: string) =>
        Effect.map(add(token, { vendor_domain }), ({ status, body }) => {
          const { errors } = body as { errors?: ReadonlyArray<{ pointer: string; code: string }> }
          return errors === undefined ? status : [status, errors[0]?.pointer, errors[0]?.code]
        })
      for (const host of ["Tienda.COM.MX", "niño.mx", "127.0.0.1", "localhost", "127.0.0.1:8099"]) {
        expect([host, yield* codeOf(host)]).toEqual([host, 201])
      }
      for (const host of [
        "com.mx",
        "https://tienda.com.mx",
        "tienda.com.mx/login",
        "u@tienda.com.mx",
        "10.0.0.1",
        "[::1]",
        "metadata.internal",
        "a b.mx",
        "tienda"
      ]) {
        expect([host, yield* codeOf(host)]).toEqual([host, [400, "/vendor_domain", "VENDOR_DOMAIN"]])
      }
      expect(yield* codeOf("portal.facturaelectronica.sat.gob.mx")).toEqual([400, "/vendor_domain", "SAT_CREDENTIALS"])
      expect((yield* add(token, { password: "" })).status).toBe(400)
    })
  )
})
