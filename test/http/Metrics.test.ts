import { expect } from "bun:test"
import { Effect } from "effect"
import * as it from "../lib/effect.ts"
import { call, TestServer } from "./TestServer.ts"

it.layer(TestServer)("/metrics", (it) => {
  it.live("answers a neighbour in Prometheus' own format", () =>
    Effect.gen(function* () {
      yield* call("GET", "/health")
      const { status, headers, text } = yield* call("GET", "/metrics")
      expect([status, headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"])
      expect(text).toContain('timbra_http_request_duration_seconds_count{method="GET",status="200"}')
    })
  )

  it.live("does not exist for who comes through a proxy", () =>
    Effect.gen(function* () {
      for (const name of ["X-Forwarded-For", "Forwarded", "Fly-Client-IP"]) {
        expect((yield* call("GET", "/metrics", { headers: { [name]: "10.0.0.1" } })).status).toBe(404)
      }
    })
  )
})
