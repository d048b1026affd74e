import { expect } from "bun:test"
import { DateTime, Effect, Exit, Schema, Scope, TestClock } from "effect"
import { Rfc, warnings } from "../../src/cfdi/Rfc.ts"
import { start } from "../../src/demo/Portals.ts"
import * as it from "../lib/effect.ts"
import { get, json } from "./Client.ts"

const host = "127.0.0.1"

it.live("three vendors stand at three origins, each with a dozen sales of the last days", () =>
  Effect.gen(function* () {
    const { portals } = yield* start({ host })
    expect(new Set(portals.map(({ url }) => url.origin)).size).toBe(3)
    for (const portal of portals) {
      expect(new Set(portal.sales.map(({ folio }) => folio)).size).toBe(12)
      for (const sale of portal.sales.filter(({ state }) => state === "open")) {
        const age = Date.now() - Date.parse(`${sale.date}T12:00:00-06:00`)
        expect(age).toBeGreaterThan(0)
        expect(age).toBeLessThan(11 * 86_400_000)
        expect(Object.values(sale.ticket)).toContain(sale.folio)
      }
    }
  })
)

it.effect("dates are those of Mexico City: late at night it is still the day before in UTC", () =>
  Effect.gen(function* () {
    yield* TestClock.setTime(DateTime.unsafeMake("2026-03-01T04:30:00Z").epochMillis)
    const { portals } = yield* start({ host })
    expect(portals[0].sales.find(({ folio }) => folio === "A-10533")?.ticket.Fecha).toBe("2026-02-27")
  })
)

it.live("each request is logged with what it carried, and the log is served without logging itself", () =>
  Effect.gen(function* () {
    const { portals } = yield* start({ host })
    const [a] = portals
    yield* get(a, "/?origen=ticket")
    yield* get(a, "/nada")
    yield* get(a, "/__log")
    expect(yield* get(a, "/__log").pipe(Effect.flatMap(json))).toMatchObject([
      { seq: 1, method: "GET", path: "/?origen=ticket", kind: "page", body: null, status: 200 },
      { seq: 2, method: "GET", path: "/nada", kind: "page", body: null, status: 404 }
    ])
  })
)

it.live("a port in use is a typed error that names it, and the portals go with their scope", () =>
  Effect.gen(function* () {
    const scope = yield* Scope.make()
    const { portals } = yield* start({ host }).pipe(Scope.extend(scope))
    const ports = portals.map(({ url }) => Number(url.port))
    const [a = 0, b = 0, c = 0] = ports
    expect(yield* Effect.flip(start({ host, ports: [a, b, c] }))).toMatchObject({ _tag: "PortalUnavailable", port: a })
    yield* Scope.close(scope, Exit.void)
    const again = yield* start({ host, ports: [a, b, c] })
    expect(again.portals.map(({ url }) => Number(url.port))).toEqual(ports)
  })
)

it.live("each vendor's own RFC is a right one", () =>
  Effect.gen(function* () {
    const { portals } = yield* start({ host })
    expect(portals.flatMap(({ vendor }) => warnings(Schema.decodeSync(Rfc)(vendor.issuer.rfc)))).toEqual([])
  })
)
