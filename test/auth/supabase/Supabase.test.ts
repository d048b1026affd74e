import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { ConfigProvider, Context, Duration, Effect, Layer, Redacted } from "effect"
import { exportSPKI, importJWK, type JWTPayload, SignJWT } from "jose"
import { make as makeTokens } from "../../../src/auth/supabase/SupabaseTokens.ts"
import { api, seed, serverOn } from "../../http/TestServer.ts"
import * as it from "../../lib/effect.ts"
import { anonKey, legacySecret, newKey, type Supabase, supabase } from "./StandIn.ts"

class StandIn extends Context.Tag("test/StandIn")<StandIn, Supabase>() {}

const environment = (url: string) => ({
  AUTH_PROVIDER: "supabase",
  SUPABASE_URL: url,
  SUPABASE_ANON_KEY: anonKey,
  SUPABASE_JWT_SECRET: legacySecret
})

const World = Layer.unwrapScoped(
  Effect.map(supabase, (standIn) => Layer.merge(serverOn(environment(standIn.url)), Layer.succeed(StandIn, standIn)))
)

const password = "correct horse battery"
const register = (email: string, more: object = {}) =>
  api("POST", "/auth/register", { json: { email, password, ...seed, ...more } })
const login = (email: string) => api("POST", "/auth/login", { json: { email, password } })
const profile = (token: string) => api("GET", "/profile", { token })

interface Grant {
  readonly token: string
  readonly refresh_token: string
}

/** Someone with an account at Supabase who has never been seen here. */
const stranger = Effect.gen(function* () {
  const { claimsOf } = yield* StandIn
  const account = { id: crypto.randomUUID(), email: `${crypto.randomUUID()}@x.mx`, password, confirmed: true }
  return { ...account, claims: claimsOf(account, crypto.randomUUID()) }
})

/** What a process that believes fetched keys this long says to a token. */
const judge = (maxAge: Duration.DurationInput) =>
  Effect.gen(function* () {
    const { url } = yield* StandIn
    const config = ConfigProvider.fromMap(new Map(Object.entries(environment(url))))
    const timing = { maxAge: Duration.decode(maxAge), cooldown: Duration.zero }
    const { verify } = yield* Effect.withConfigProvider(makeTokens(timing), config)
    return (token: string) =>
      verify(Redacted.make(token)).pipe(
        Effect.as("taken" as const),
        Effect.catchAll(({ _tag }) => Effect.succeed(_tag))
      )
  })

const takes = (maxAge: Duration.DurationInput) =>
  Effect.map(judge(maxAge), (judge) => (token: string) => Effect.map(judge(token), (said) => said === "taken"))

const signed = (claims: JWTPayload) => Effect.flatMap(StandIn, ({ sign }) => Effect.promise(() => sign(claims)))

const isKeySet = (path: string) => path.endsWith("/jwks.json")
const away = (path: string) => (isKeySet(path) ? new Response("<html>CANARY</html>", { status: 502 }) : undefined)

it.live("T8: while its keys cannot be fetched nobody is refused for it: 503, and the keys known before go on", () =>
  Effect.gen(function* () {
    const { state, sign } = yield* StandIn
    const { claims } = yield* stranger
    const token = yield* signed(claims)
    state.fault = away
    const unknown = yield* profile(token)
    expect([unknown.status, unknown.headers.get("retry-after"), unknown.body]).toMatchObject([
      503,
      "5",
      { code: "AUTH_UNAVAILABLE" }
    ])
    expect(unknown.text).not.toContain("CANARY")
    state.fault = undefined
    expect((yield* profile(token)).status).toBe(200)

    const strict = yield* judge(0)
    expect(yield* strict(token)).toBe("taken")
    state.fault = away
    expect(yield* strict(token)).toBe("taken")
    const second = yield* newKey("ES256")
    expect(yield* strict(yield* Effect.promise(() => sign(claims, second)))).toBe("AuthUnavailable")
    expect(yield* strict(yield* Effect.promise(() => sign({ ...claims, exp: 1 })))).toBe("Unauthorized")
    const forged = yield* Effect.promise(() => sign(claims, { ...second, kid: state.current.kid }))
    expect(yield* strict(forged)).toBe("Unauthorized")
  }).pipe(Effect.provide(World))
)

it.layer(World)("accounts at Supabase", (it) => {
  it.live("register, login, refresh and logout go through its REST API, under its user's id", () =>
    Effect.gen(function* () {
      const { accounts } = yield* StandIn
      const email = `${crypto.randomUUID()}@x.mx`
      const registered = yield* register(email)
      expect([registered.status, registered.body]).toMatchObject([201, { message: "User registered" }])
      expect(yield* Effect.map(register(email), ({ status, body }) => [status, body])).toMatchObject([
        409,
        { code: "EMAIL_TAKEN" }
      ])

      const { status, body } = yield* login(email)
      expect([status, body]).toEqual([
        200,
        { token: expect.any(String), expires_in: 3600, refresh_token: expect.any(String) }
      ])
      const first = body as Grant
      expect((yield* profile(first.token)).body).toMatchObject({ ...seed, email })
      const sql = yield* SqlClient.SqlClient
      expect(yield* sql`SELECT id, password_hash FROM users WHERE email = ${email}`).toEqual([
        { id: accounts.get(email)?.id, passwordHash: null }
      ])

      const renewed = yield* api("POST", "/auth/refresh", { json: { refresh_token: first.refresh_token } })
      const second = renewed.body as Grant
      expect((yield* profile(second.token)).status).toBe(200)
      const used = yield* api("POST", "/auth/refresh", { json: { refresh_token: first.refresh_token } })
      expect([used.status, used.body]).toMatchObject([401, { code: "INVALID_REFRESH_TOKEN" }])

      expect((yield* api("POST", "/auth/logout", { token: second.token })).status).toBe(204)
      expect((yield* profile(second.token)).status).toBe(401)
      expect((yield* profile(first.token)).status).toBe(401)
      expect((yield* profile(((yield* login(email)).body as Grant).token)).status).toBe(200)
    })
  )

  it.live("who comes with one of its tokens is made an account and an empty profile at first sight", () =>
    Effect.gen(function* () {
      const { claims, email } = yield* stranger
      const token = yield* signed(claims)
      const seen = yield* Effect.all([profile(token), profile(token), profile(token)], { concurrency: "unbounded" })
      expect(seen.map(({ status }) => status)).toEqual([200, 200, 200])
      const empty = { rfc: null, fiscal_regime: null, postal_code: null, warnings: [] }
      expect((yield* profile(token)).body).toMatchObject({ email, ...empty })
      const changed = yield* api("PUT", "/profile", { token, json: seed })
      expect(changed.body).toMatchObject(seed)
    })
  )

  it.live("a wrong password, an unconfirmed e-mail and a weak password are told apart as the contract does", () =>
    Effect.gen(function* () {
      const { state } = yield* StandIn
      const email = `${crypto.randomUUID()}@x.mx`
      const wrong = yield* login(email)
      expect([wrong.status, wrong.body]).toMatchObject([401, { code: "INVALID_CREDENTIALS" }])
      const weak = yield* register(email, { password: "weak but long" })
      expect([weak.status, weak.body]).toMatchObject([400, { code: "PASSWORD_REFUSED" }])
      state.autoConfirm = false
      expect((yield* register(email)).status).toBe(201)
      expect((yield* register(email)).status).toBe(409)
      expect((yield* login(email)).body).toMatchObject({ code: "EMAIL_NOT_CONFIRMED", status: 401 })
      state.autoConfirm = true
    })
  )

  it.live("an outage there is 503 with Retry-After here, tells nothing of its inside and lets valid tokens in", () =>
    Effect.gen(function* () {
      const { state } = yield* StandIn
      const { claims, email } = yield* stranger
      const token = yield* signed(claims)
      expect((yield* profile(token)).status).toBe(200)
      const faults = [
        () => new Response("<html>CANARY</html>", { status: 502 }),
        () => Response.json({ access_token: "CANARY" }),
        () => Response.json({ error_code: "over_request_rate_limit" }, { status: 429 })
      ]
      for (const fault of faults) {
        state.fault = fault
        const { status, headers, text } = yield* login(email)
        expect([status, headers.get("retry-after")]).toEqual([503, "5"])
        expect(text).not.toContain("CANARY")
        expect((yield* profile(token)).status).toBe(200)
      }
      state.fault = undefined
    })
  )

  it.live("T1–T6: forged, expired, foreign and wrongly purposed tokens are refused alike", () =>
    Effect.gen(function* () {
      const { claims } = yield* stranger
      const { state, sign, signLegacy } = yield* StandIn
      const foreign = yield* newKey("ES256")
      const now = Math.floor(Date.now() / 1000)
      const [, payload] = (yield* signed(claims)).split(".")
      const none = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT", kid: state.current.kid })).toString(
        "base64url"
      )
      const publicPem = yield* Effect.promise(async () =>
        exportSPKI((await importJWK(state.current.jwk)) as Parameters<typeof exportSPKI>[0])
      )
      const withHeader = (header: object) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: "ES256", kid: state.current.kid, typ: "JWT", ...header })
          .sign(state.current.privateKey)
      const forged = {
        none: `${none}.${payload}.`,
        publicKeyAsSecret: signLegacy(claims, publicPem),
        otherSecret: signLegacy(claims, "another secret that is long enough, too"),
        foreignKey: sign(claims, foreign),
        foreignKeyUnderOurId: sign(claims, { ...foreign, kid: state.current.kid }),
        embeddedKey: withHeader({ jwk: foreign.jwk }),
        keyElsewhere: withHeader({ jku: "http://127.0.0.1:1/jwks.json" }),
        otherType: withHeader({ typ: "at+jwt" }),
        expired: sign({ ...claims, exp: now - 1 }),
        future: sign({ ...claims, nbf: now + 600 }),
        endless: sign({ ...claims, exp: undefined }),
        otherIssuer: sign({ ...claims, iss: "https://other.supabase.co/auth/v1" }),
        otherAudience: sign({ ...claims, aud: "anon" }),
        nobody: sign({ ...claims, sub: undefined }),
        noUuid: sign({ ...claims, sub: "' OR 1=1 --" }),
        serviceRole: signLegacy({ ...claims, role: "service_role" }),
        anonymous: sign({ ...claims, is_anonymous: true }),
        noSession: sign({ ...claims, session_id: undefined })
      }
      for (const [name, forgery] of Object.entries(forged)) {
        const token = yield* Effect.promise(() => Promise.resolve(forgery))
        expect({ name, status: (yield* profile(token)).status }).toEqual({ name, status: 401 })
      }
      expect((yield* profile(yield* signed(claims))).status).toBe(200)
    })
  )

  it.live("the legacy secret is accepted where the project still has it", () =>
    Effect.gen(function* () {
      const { signLegacy } = yield* StandIn
      const { claims } = yield* stranger
      expect((yield* profile(yield* Effect.promise(() => signLegacy(claims)))).status).toBe(200)
    })
  )

  it.live("K6: a token from before the erasure of its account does not bring it back, a later one starts anew", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { claims } = yield* stranger
      const token = yield* signed(claims)
      expect((yield* profile(token)).status).toBe(200)
      const id = claims.sub ?? ""
      yield* sql`
        INSERT INTO audit_log (user_id, actor, action, address)
        VALUES (${id}, 'user', 'account.erasure_requested', 'x')`
      yield* sql`DELETE FROM users WHERE id = ${id}`
      expect((yield* profile(token)).status).toBe(401)
      expect((yield* profile(yield* signed({ ...claims, iat: (claims.iat ?? 0) + 60 }))).status).toBe(200)
    })
  )

  it.live("T8: a new key counts as soon as it is published, an old one until it is retired", () =>
    Effect.gen(function* () {
      const { state, sign } = yield* StandIn
      const { claims } = yield* stranger
      const first = state.current
      const second = yield* newKey("RS256")
      const [old, fresh] = yield* Effect.promise(() => Promise.all([sign(claims, first), sign(claims, second)]))
      const [patient, strict] = [yield* takes("10 minutes"), yield* takes(0)]
      expect([yield* patient(old), yield* patient(fresh)]).toEqual([true, false])
      state.published = [first, second]
      expect([yield* patient(old), yield* patient(fresh)]).toEqual([true, true])
      state.published = [second]
      expect([yield* strict(old), yield* strict(fresh)]).toEqual([false, true])
      state.published = [first]
    })
  )

  it.live("T3: tokens under unknown key ids do not make it fetch the keys each time", () =>
    Effect.gen(function* () {
      const { state, sign } = yield* StandIn
      const { claims } = yield* stranger
      yield* profile(yield* signed(claims))
      state.asked = []
      for (const kid of ["../../dev/null", "' or 1=1--", "x".repeat(4_000), ...Array.from({ length: 10 }, String)]) {
        const token = yield* Effect.promise(() => sign(claims, { ...state.current, kid }))
        expect((yield* profile(token)).status).toBe(401)
      }
      expect(state.asked.length).toBeLessThanOrEqual(1)
    })
  )
})
