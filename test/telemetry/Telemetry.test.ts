import { expect } from "bun:test"
import { Effect, Schedule, Schema } from "effect"
import { NoSuchElementException } from "effect/Cause"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"
import { request, serve } from "../lib/serve.ts"

const Traced = Schema.Struct({
  resourceSpans: Schema.Array(
    Schema.Struct({
      scopeSpans: Schema.Array(
        Schema.Struct({
          spans: Schema.Array(
            Schema.Struct({
              name: Schema.String,
              traceId: Schema.String,
              links: Schema.Array(Schema.Struct({ traceId: Schema.String }))
            })
          )
        })
      )
    })
  )
})

/** What an OpenTelemetry collector is sent, by path. */
const collector = Effect.gen(function* () {
  const received: Array<readonly [path: string, body: string]> = []
  const server = yield* Effect.acquireRelease(
    Effect.sync(() =>
      Bun.serve({
        hostname: "127.0.0.1",
        port: 0,
        async fetch(request) {
          received.push([new URL(request.url).pathname, await request.text()])
          return Response.json({})
        }
      })
    ),
    (server) => Effect.promise(() => server.stop(true))
  )
  const at = (path: string) => received.filter(([to]) => to === path).map(([, body]) => body)
  return { url: server.url.origin, at, all: () => received.map(([, body]) => body).join("\n") }
})

const person = {
  email: "xochitl.casas@example.mx",
  password: "una clave muy larga",
  rfc: "CACX7605101P8",
  full_name: "XOCHILT CASAS CHAVEZ",
  fiscal_regime: "612",
  postal_code: "36257",
  cfdi_use: "G03",
  accept_privacy: true
}

it.live(
  "one trace leads from the request over the queue to the steps, the numbers are there, and nothing tells who it was",
  () =>
    Effect.gen(function* () {
      const { url: endpoint, at, all } = yield* collector
      const { url, stop, output } = yield* serve({
        DATABASE_URL: yield* database,
        CHROMIUM_PATH: Bun.env.CHROMIUM_PATH ?? "chromium-headless-shell",
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        VENDOR_HOSTS_ALLOWED: "127.0.0.1",
        RETRY_BASE: "10 millis"
      })
      const api = (method: string, path: string, options = {}) => request(url, method, `/api/v1${path}`, options)
      yield* api("POST", "/auth/register", { json: person })
      yield* api("POST", "/auth/register", { json: { ...person, rfc: 7, postal_code: person } })
      yield* api("POST", "/auth/login", { json: { email: person.email, password: "otra clave muy larga" } })
      const login = yield* api("POST", "/auth/login", { json: person })
      const { token } = yield* Schema.decode(Schema.parseJson(Schema.Struct({ token: Schema.String })))(login.text)
      const order = { vendor_url: "http://127.0.0.1:1/", ticket_details: { Folio: "F-55-SECRETO", Total: 116 } }
      const created = yield* api("POST", "/tasks", { token, json: order })
      const { taskId } = yield* Schema.decode(Schema.parseJson(Schema.Struct({ taskId: Schema.UUID })))(created.text)
      yield* api("GET", `/tasks/${taskId}`, { token }).pipe(
        Effect.filterOrFail(
          ({ text }) => text.includes('"FAILED"'),
          () => new NoSuchElementException()
        ),
        Effect.retry(Schedule.spaced("50 millis"))
      )

      const metrics = (yield* request(url, "GET", "/metrics")).text
      expect(metrics).toContain('timbra_runs_total{host="127.0.0.1:1",outcome="PORTAL_DOWN"}')
      expect(metrics).toMatch(/timbra_run_duration_seconds_bucket\{outcome="PORTAL_DOWN",le="\+Inf"\} [34]/)
      expect(metrics).toContain('timbra_queue_tasks{status="PENDING"}')
      expect(metrics).toContain("# TYPE timbra_browser_seconds_total counter")

      expect(yield* stop).toBe(0)

      const spans = at("/v1/traces").flatMap((body) =>
        Schema.decodeUnknownSync(Traced)(JSON.parse(body)).resourceSpans.flatMap(({ scopeSpans }) =>
          scopeSpans.flatMap(({ spans }) => spans)
        )
      )
      const traceId = taskId.replaceAll("-", "")
      const ofTask = new Set(spans.filter((span) => span.traceId === traceId).map(({ name }) => name))
      for (const name of ["Run.execute", "Agent.run", "Step"]) expect([...ofTask]).toContain(name)
      const linked = spans.filter(({ links }) => links.some((link) => link.traceId === traceId))
      expect(linked.map(({ name }) => name)).toEqual(["Orders.place"])
      const requests = spans.filter(({ name }) => name === "http.server POST").map(({ traceId }) => traceId)
      expect(requests).toContain(linked[0]?.traceId ?? "")
      // What the process looks after by itself is no trace.
      const begun = new Set(spans.filter(({ name }) => name.startsWith("http.server")).map(({ traceId }) => traceId))
      expect(spans.filter((span) => span.traceId !== traceId && !begun.has(span.traceId))).toEqual([])

      expect(at("/v1/metrics").join()).toContain("timbra_runs_total")
      expect(at("/v1/logs").join()).toContain("request_id")

      const lines = output().trim().split("\n")
      const logged = lines.map((line) => JSON.parse(line) as { annotations: { request_id?: string } })
      expect(logged.filter(({ annotations }) => annotations.request_id !== undefined).length).toBeGreaterThan(5)
      const told = `${all()}\n${output()}\n${metrics}`
      for (const secret of [...Object.values(person).slice(0, 4), "otra clave", token, "SECRETO"]) {
        expect([secret, told.includes(String(secret))]).toEqual([secret, false])
      }
    }),
  60_000
)
