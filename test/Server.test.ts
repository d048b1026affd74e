import { expect } from "bun:test"
import { SqlError } from "@effect/sql"
import { Deferred, Effect, Exit, Fiber, Layer, Scope } from "effect"
import { Readiness } from "../src/http/Readiness.ts"
import { Profiles } from "../src/profile/Profiles.ts"
import { Server } from "../src/Server.ts"
import { api, call, newUser, serverOn, serverWith, TestServer } from "./http/TestServer.ts"
import * as it from "./lib/effect.ts"

const json = { "Content-Type": "application/json" }
const login = (raw: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) =>
  api("POST", "/auth/login", { raw, headers })

it.layer(TestServer)("the server", (it) => {
  it.live("/health answers while the process lives, /ready while its parts work", () =>
    Effect.gen(function* () {
      expect((yield* call("GET", "/health")).body).toEqual({ status: "ok" })
      expect((yield* call("HEAD", "/health")).status).toBe(200)
      const ready = yield* call("GET", "/ready")
      expect([ready.status, ready.body]).toEqual([200, { status: "ready", checks: { database: "ok" } }])
      const readiness = yield* Readiness
      yield* readiness.add("queue", Effect.fail("stopped"))
      const failing = yield* call("GET", "/ready")
      expect([failing.status, failing.body]).toEqual([
        503,
        { status: "not ready", checks: { database: "ok", queue: "failing" } }
      ])
      expect(failing.headers.get("retry-after")).toBe("5")
      yield* readiness.add("queue", Effect.void)
      expect((yield* call("GET", "/ready")).status).toBe(200)
    })
  )

  it.live("every reply carries its request id, the client's where it is sane, and the same one in a problem", () =>
    Effect.gen(function* () {
      const given = yield* api("GET", "/profile", { headers: { "X-Request-Id": "client-id-1" } })
      expect(given.headers.get("x-request-id")).toBe("client-id-1")
      expect(given.body).toMatchObject({ request_id: "client-id-1" })
      const made = yield* call("GET", "/health")
      expect(made.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/)
    })
  )

  it.live("a detail is Spanish, and English where the client asks for it", () =>
    Effect.gen(function* () {
      const spanish = yield* call("GET", "/nowhere")
      const english = yield* call("GET", "/nowhere", { headers: { "Accept-Language": "en" } })
      expect(spanish.body).toMatchObject({ detail: "No hay nada en esta dirección." })
      expect(english.body).toMatchObject({ detail: "There is nothing at this address." })
      const fields = yield* login("{}", { ...json, "Accept-Language": "en" })
      expect(fields.body).toMatchObject({ errors: [{ detail: "This value is missing." }, {}] })
    })
  )

  it.live("an unknown path is 404, a known one with another method 405 that names the right ones", () =>
    Effect.gen(function* () {
      for (const path of [
        "/nowhere",
        "/api/v1/nowhere",
        "/ws/x",
        "/api/v1/%2e%2e/health",
        "/%00",
        "/api/v1/tasks/%zz"
      ]) {
        expect([path, (yield* call("GET", path)).status]).toEqual([path, 404])
      }
      const { status, headers, body } = yield* api("DELETE", "/auth/login")
      expect([status, headers.get("allow")]).toEqual([405, "POST"])
      expect(body).toMatchObject({ code: "METHOD_NOT_ALLOWED", status: 405 })
      expect((yield* api("PATCH", "/profile", { raw: "{}", headers: json })).headers.get("allow")).toBe(
        "DELETE, GET, PUT"
      )
    })
  )

  it.live("I2: bodies that are no JSON, of another type, too large or too deep are refused at once", () =>
    Effect.gen(function* () {
      const deep = (depth: number) => `{"email":${"[".repeat(depth)}${"]".repeat(depth)}}`
      const large = JSON.stringify({ email: "x".repeat(1_000_001) })
      const cases = [
        [yield* login("{"), 400, "MALFORMED_JSON"],
        [yield* login("NaN"), 400, "MALFORMED_JSON"],
        [yield* login(Buffer.from('{"email":"Ñ"}', "latin1")), 400, "MALFORMED_JSON"],
        [yield* login(Bun.gzipSync("{}"), { ...json, "Content-Encoding": "gzip" }), 415, "UNSUPPORTED_MEDIA_TYPE"],
        [yield* login(deep(10_000)), 400, "MALFORMED_JSON"],
        [yield* login(deep(20)), 400, "VALIDATION"],
        [yield* login("[]"), 400, "VALIDATION"],
        [yield* login("null"), 400, "VALIDATION"],
        [yield* login('{"__proto__":{"email":"a@x.mx","password":"x"}}'), 400, "VALIDATION"],
        [yield* login(""), 400, "VALIDATION"],
        [yield* login("{}", { "Content-Type": "text/plain" }), 415, "UNSUPPORTED_MEDIA_TYPE"],
        [yield* login("a=b", { "Content-Type": "application/x-www-form-urlencoded" }), 415, "UNSUPPORTED_MEDIA_TYPE"],
        [yield* login("{}", { "Content-Type": "application/jsonish" }), 415, "UNSUPPORTED_MEDIA_TYPE"],
        [yield* login(large), 413, "PAYLOAD_TOO_LARGE"]
      ] as const
      for (const [{ status, body, headers }, wanted, code] of cases) {
        expect(status).toBe(wanted)
        expect(headers.get("content-type")).toBe("application/problem+json")
        expect(body).toMatchObject({ code, status: wanted })
      }
      expect((yield* login(" ".repeat(17_000_000))).status).toBe(413)
      expect((yield* login("{}", { "Content-Type": "application/json; charset=utf-8" })).body).toMatchObject({
        code: "VALIDATION"
      })
    })
  )

  it.live("I2: a request that no address can be made of is refused, and shows nothing of the inside", () =>
    Effect.gen(function* () {
      const { url } = yield* Server
      const say = (text: string) =>
        Effect.async<string>((resume) => {
          let said = ""
          void Bun.connect({
            hostname: url.hostname,
            port: Number(url.port),
            socket: {
              open: (socket) => void socket.write(text),
              data: (_, bytes) => {
                said += bytes.toString()
              },
              close: () => resume(Effect.succeed(said))
            }
          })
        })
      const requests = [
        "GET /health HTTP/1.1\r\nHost: a b/..%00",
        "CONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: 127.0.0.1:5432"
      ]
      for (const request of requests) {
        const answer = yield* say(`${request}\r\nConnection: close\r\n\r\n`)
        expect(answer).toStartWith("HTTP/1.1 400 ")
        expect(answer).toContain('"code":"MALFORMED_REQUEST"')
        expect(answer).not.toContain("<html")
      }
    })
  )

  it.live("I7: only the origins of CORS_ORIGINS may read replies", () =>
    Effect.gen(function* () {
      const from = (origin: string, method = "GET") =>
        Effect.map(
          api(method, "/privacy-notice", {
            headers: { Origin: origin, "Access-Control-Request-Method": "POST" }
          }),
          ({ headers }) => headers.get("access-control-allow-origin")
        )
      expect(yield* from("https://app.example.mx")).toBe("https://app.example.mx")
      expect(yield* from("https://app.example.mx", "OPTIONS")).toBe("https://app.example.mx")
      for (const origin of ["https://evil.example", "null", "https://app.example.mx.evil.example", ""]) {
        expect(yield* from(origin)).toBeNull()
        expect(yield* from(origin, "OPTIONS")).toBeNull()
      }
    })
  )

  it.live("replies carry headers that keep browsers from guessing, framing and storing them", () =>
    Effect.gen(function* () {
      const { headers } = yield* call("GET", "/health")
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("x-frame-options")).toBe("DENY")
      expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'")
      expect(headers.get("cache-control")).toBe("no-store")
    })
  )

  it.live("/openapi.json is the document and /docs a page that loads nothing from elsewhere", () =>
    Effect.gen(function* () {
      expect((yield* call("GET", "/openapi.json")).body).toMatchObject({ openapi: "3.1.0", info: { title: "Timbra" } })
      const docs = yield* call("GET", "/docs")
      expect(docs.status).toBe(200)
      expect(docs.text).not.toMatch(/<(script|link|img)[^>]+(src|href)=["']?(https?:)?\/\//)
      expect(docs.headers.get("content-security-policy")).toContain("default-src 'self'")
    })
  )
})

const failing = (error: unknown) =>
  serverWith(
    Layer.mock(Profiles, { _tag: "profile/Profiles", create: () => Effect.void, get: () => Effect.die(error) })
  )

const secretly = new SqlError.SqlError({ message: "SELECT secret", cause: { message: "relation is missing" } })

it.layer(serverOn({ PUBLIC_URL: "https://timbra.example.mx" }))("behind TLS", (it) => {
  it.live("replies tell browsers to come back over TLS only", () =>
    Effect.gen(function* () {
      const { headers } = yield* call("GET", "/health")
      expect(headers.get("strict-transport-security")).toBe("max-age=31536000")
    })
  )
})

it.layer(failing(secretly))("a defect", (it) => {
  it.live("I6: is 500 with nothing of its inside, and the server lives on", () =>
    Effect.gen(function* () {
      const { token } = yield* newUser()
      const { status, body, text } = yield* api("GET", "/profile", { token })
      expect(status).toBe(500)
      expect(body).toMatchObject({ code: "INTERNAL", request_id: expect.any(String) })
      expect(text).not.toMatch(/SELECT|relation|Error|\.ts/)
      expect((yield* call("GET", "/health")).status).toBe(200)
    })
  )
})

const outage = new SqlError.SqlError({ cause: { code: "ECONNREFUSED", message: "connect ECONNREFUSED" } })

it.layer(failing(outage))("a database that is away", (it) => {
  it.live("F1: is 503 with Retry-After", () =>
    Effect.gen(function* () {
      const { token } = yield* newUser()
      const { status, headers, body } = yield* api("GET", "/profile", { token })
      expect([status, headers.get("retry-after")]).toEqual([503, "5"])
      expect(body).toMatchObject({ code: "UNAVAILABLE" })
    })
  )
})

const listens = ({ url }: { readonly url: URL }) =>
  Effect.promise(() =>
    Bun.connect({ hostname: url.hostname, port: Number(url.port), socket: { data: () => undefined } }).then(
      (socket) => {
        socket.end()
        return true
      },
      () => false
    )
  )

it.live("stopping finishes the request under way", () =>
  Effect.gen(function* () {
    const entered = yield* Deferred.make<void>()
    const release = yield* Deferred.make<void>()
    const slow = Layer.mock(Profiles, {
      _tag: "profile/Profiles",
      create: () => Effect.void,
      get: () =>
        Deferred.succeed(entered, undefined).pipe(
          Effect.zipRight(Deferred.await(release)),
          Effect.zipRight(Effect.die("done"))
        )
    })
    const scope = yield* Scope.make()
    const context = yield* Layer.buildWithScope(serverWith(slow), scope)
    const { token } = yield* Effect.provide(newUser(), context)
    const request = yield* Effect.fork(Effect.provide(api("GET", "/profile", { token }), context))
    yield* Deferred.await(entered)
    const stopped = yield* Effect.fork(Scope.close(scope, Exit.void))
    yield* Effect.repeat(listens(yield* Effect.provide(Server, context)), { while: (open) => open, times: 1_000 })
    yield* Deferred.succeed(release, undefined)
    expect((yield* Fiber.join(request)).status).toBe(500)
    yield* Fiber.join(stopped)
  })
)
