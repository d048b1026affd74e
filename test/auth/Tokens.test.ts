import { expect } from "bun:test"
import { generateKeyPairSync } from "node:crypto"
import { Clock, Effect, Either, Layer, Option, Redacted } from "effect"
import { decodeJwt, decodeProtectedHeader, exportSPKI, SignJWT } from "jose"
import { Secrets } from "../../src/auth/Secrets.ts"
import { Tokens } from "../../src/auth/Tokens.ts"
import { SessionId, UserId } from "../../src/auth/User.ts"
import { api, call, jwtSecret, newUser, TestServer } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"

const key = new TextEncoder().encode(jwtSecret)
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")

/** Signs what our own server signed again, changed: only the change can be what is refused. */
const forge = (token: string, payload: object, header: object = {}, secret: Uint8Array = key) =>
  new SignJWT({ ...decodeJwt(token), ...payload })
    .setProtectedHeader({ ...decodeProtectedHeader(token), alg: "HS256", ...header })
    .sign(secret)

const answer = (token: string) => Effect.map(api("GET", "/profile", { token }), ({ status }) => status)

/** A process whose secret is the first of these, and which had the second before. */
const processWith = (jwt: string, before?: string) =>
  Tokens.pipe(
    Effect.provide(Layer.fresh(Tokens.Default)),
    Effect.provideService(
      Secrets,
      Secrets.make({
        jwt: Redacted.make(jwt),
        jwtPrevious: Option.map(Option.fromNullable(before), Redacted.make),
        encryption: Redacted.make("")
      })
    )
  )

it.live("T8: what the secret before signed counts until it is retired, and signs nothing any more", () =>
  Effect.gen(function* () {
    const [one, two] = ["1", "2"].map((digit) => digit.repeat(32)) as [string, string]
    const [before, during, after] = yield* Effect.all([processWith(one), processWith(two, one), processWith(two)])
    const sign = ({ sign }: Tokens) =>
      Effect.map(sign(UserId.make(crypto.randomUUID()), SessionId.make(crypto.randomUUID())), ({ token }) => token)
    const takes = ({ verify }: Tokens, token: Redacted.Redacted) =>
      Effect.map(Effect.either(verify(token)), Either.isRight)
    const [old, fresh] = [yield* sign(before), yield* sign(during)]
    expect(yield* Effect.all([takes(before, old), takes(during, old), takes(after, old)])).toEqual([true, true, false])
    expect(yield* Effect.all([takes(before, fresh), takes(during, fresh), takes(after, fresh)])).toEqual([
      false,
      true,
      true
    ])
  })
)

it.layer(TestServer)("access tokens", (it) => {
  const eachRefused = (forgeries: (token: string, now: number) => ReadonlyArray<string | Promise<string>>) =>
    Effect.gen(function* () {
      const { token } = yield* newUser()
      const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
      expect(yield* answer(yield* Effect.promise(() => forge(token, {})))).toBe(200)
      for (const [index, forged] of forgeries(token, now).entries()) {
        const status = yield* answer(yield* Effect.promise(() => Promise.resolve(forged)))
        expect({ index, status }).toEqual({ index, status: 401 })
      }
    })

  it.live("T1: alg none in every spelling, an empty and a missing signature are refused", () =>
    eachRefused((token) => {
      const [header, payload] = token.split(".")
      const none = ["none", "None", "nOnE", "NONE"].map((alg) => `${base64({ alg, typ: "at+jwt" })}.${payload}.`)
      return [...none, `${header}.${payload}.`, `${header}.${payload}`, `${header}`, "..", "x"]
    })
  )

  it.live("T2: another algorithm, and a public key used as the secret, are refused", () =>
    eachRefused((token) => {
      const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
      const asSecret = exportSPKI(publicKey).then((pem) => forge(token, {}, {}, new TextEncoder().encode(pem)))
      const rs256 = new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: "RS256", typ: "at+jwt" }).sign(privateKey)
      return [asSecret, rs256, forge(token, {}, { alg: "HS512" }), forge(token, {}, { alg: "HS384" })]
    })
  )

  it.live("T3: a key id that is not ours is refused, whatever it holds", () =>
    eachRefused((token) =>
      ["../../dev/null", "' or 1=1--", "unknown", "x".repeat(8_000), ""].map((kid) => forge(token, {}, { kid }))
    )
  )

  it.live("T4: a key that the token brings along is refused, and never fetched", () =>
    Effect.gen(function* () {
      const asked: Array<string> = []
      const trap = yield* Effect.acquireRelease(
        Effect.sync(() =>
          Bun.serve({
            port: 0,
            hostname: "127.0.0.1",
            fetch: (request) => {
              asked.push(request.url)
              return new Response()
            }
          })
        ),
        (server) => Effect.promise(() => server.stop(true))
      )
      const url = trap.url.href
      yield* eachRefused((token) => [
        forge(token, {}, { jku: url }),
        forge(token, {}, { x5u: url }),
        forge(token, {}, { jwk: { kty: "oct", k: base64("x") } }),
        `${base64({ alg: "HS256", typ: "at+jwt", crit: ["exp"] })}.${token.split(".")[1]}.${token.split(".")[2]}`
      ])
      expect(asked).toEqual([])
    })
  )

  it.live("T5: what is expired, not yet valid, endless or without an end is refused, with no leeway of a minute", () =>
    eachRefused((token, now) => [
      forge(token, { exp: now - 1 }),
      forge(token, { exp: now - 61 }),
      forge(token, { nbf: now + 61 }),
      forge(token, { iat: now + 61, exp: now + 600 }),
      forge(token, { exp: undefined }),
      forge(token, { exp: String(now + 600) }),
      forge(token, { exp: 1e308 }),
      forge(token, { exp: now + 86_400 }),
      forge(token, { iat: undefined })
    ])
  )

  it.live("T6: another issuer, audience, subject, session or kind of token is refused", () =>
    Effect.gen(function* () {
      const other = yield* newUser()
      yield* eachRefused((token) => [
        forge(token, { iss: "someone" }),
        forge(token, { aud: "someone" }),
        forge(token, { aud: undefined }),
        forge(token, { sub: undefined }),
        forge(token, { sub: "' OR 1=1 --" }),
        forge(token, { sub: crypto.randomUUID() }),
        forge(token, { sub: decodeJwt(other.token).sub }),
        forge(token, { sid: crypto.randomUUID() }),
        forge(token, { sid: undefined }),
        forge(token, {}, { typ: "JWT" }),
        forge(token, {}, {}, new TextEncoder().encode("another secret, longer than 32 bytes too")),
        other.refresh_token
      ])
    })
  )

  it.live("every refusal has the one body and names the scheme", () =>
    Effect.gen(function* () {
      const { token } = yield* newUser()
      const expired = yield* Effect.promise(() => forge(token, { exp: 1 }))
      const answers = yield* Effect.forEach([{}, { token: "x" }, { token: expired }], (options) =>
        api("GET", "/profile", options)
      )
      for (const { status, headers, body } of answers) {
        expect(status).toBe(401)
        expect(headers.get("www-authenticate")).toBe("Bearer")
        expect<object>({ ...(body as object), request_id: "" }).toEqual({
          type: "urn:timbra:problem:unauthorized",
          title: "Unauthorized",
          status: 401,
          detail: "Inicie sesión: el token falta o ya no es válido.",
          code: "UNAUTHORIZED",
          request_id: ""
        })
      }
    })
  )

  it.live("T9: a token in the query is not looked at", () =>
    Effect.gen(function* () {
      const { token } = yield* newUser()
      expect((yield* call("GET", `/api/v1/profile?token=${token}&access_token=${token}`)).status).toBe(401)
    })
  )
})
