import { expect } from "bun:test"
import { Reactivity } from "@effect/experimental"
import { FetchHttpClient } from "@effect/platform"
import { PgClient } from "@effect/sql-pg"
import { ConfigProvider, Context, Effect, Layer, Redacted, Schedule } from "effect"
import type { DemoPortal } from "../../src/demo/Portal.ts"
import { DemoPortals } from "../../src/demo/Portals.ts"
import * as it from "../lib/effect.ts"
import * as Postgres from "../lib/postgres.ts"
import { portal as letraviva } from "../portals/apps/letraviva/Portal.ts"
import { portal as cuca } from "../portals/classic/cuca/Portal.ts"
import type { TestPortal } from "../portals/lib/Portal.ts"
import { Browserbase } from "./lib/BrowserbaseTest.ts"
import { ended, newTaxpayer, order, startTimbra } from "./lib/Timbra.ts"

// The layers of the tests have an environment of their own.
const database = Effect.withConfigProvider(Postgres.database, ConfigProvider.fromEnv())

class Timbra extends Context.Tag("test/Timbra")<Timbra, Effect.Effect.Success<ReturnType<typeof startTimbra>>>() {
  static readonly Default = Layer.scoped(
    this,
    Effect.gen(function* () {
      const settings = { DATABASE_URL: yield* database, USER_CONCURRENCY: "3", RETRY_BASE: "200 millis" }
      return yield* startTimbra(yield* Browserbase, settings)
    })
  )
}

const Live = Timbra.Default.pipe(
  Layer.provideMerge(Browserbase.Default),
  Layer.merge(DemoPortals.Default({ host: "127.0.0.1" })),
  Layer.merge(FetchHttpClient.layer)
)

const openSale = ({ sales }: DemoPortal, nth = 0) => {
  const sale = sales.filter(({ state }) => state === "open")[nth]
  if (!sale) throw new Error("no open sale")
  return sale.ticket
}

const running = (portal: TestPortal) =>
  Effect.acquireRelease(
    Effect.promise(() => portal.start()),
    (running) => Effect.promise(() => running.stop())
  )

const until = (condition: () => boolean) =>
  Effect.sync(condition).pipe(
    Effect.repeat({ until: (met) => met, schedule: Schedule.spaced("20 millis") }),
    Effect.timeout("20 seconds")
  )

it.layer(Live)("the product on Browserbase", (it) => {
  it.live(
    "invoices at portals nobody told it of, a session for each task, all of them released",
    () =>
      Effect.gen(function* () {
        const farm = yield* Browserbase
        const before = farm.sessions.size
        const { url } = yield* Timbra
        const user = yield* newTaxpayer(url)
        const { portals } = yield* DemoPortals
        const others = yield* Effect.forEach([cuca, letraviva], (portal) =>
          Effect.map(running(portal), ({ url }) => ({ url, ticket: portal.cases[0]?.ticket ?? {} }))
        )
        const tickets = [...portals.map((portal) => ({ url: portal.url, ticket: openSale(portal) })), ...others]
        const tasks = yield* Effect.forEach(tickets, ({ url: vendor, ticket }) => order(user, vendor, ticket))
        const all = yield* Effect.forEach(tasks, (id) => ended(url, user, id), { concurrency: "unbounded" })
        expect(all.map(({ task }) => [task.status, task.failure_reason])).toEqual(all.map(() => ["COMPLETED", null]))
        for (const { task } of all) {
          expect(task.sessions).toMatchObject([{ provider: "browserbase", status: "COMPLETED", proxy_bytes: 4096 }])
          expect(task.sessions[0]?.browser_ms).toBeGreaterThan(0)
        }
        expect([farm.sessions.size - before, farm.running()]).toEqual([tickets.length, []])
        const told = JSON.stringify(all)
        for (const { secret } of farm.sessions.values()) expect(told).not.toContain(secret)
        expect(told).not.toContain(farm.apiKey)
      }),
    120_000
  )

  it.live("/ready says that the farm gives no browsers, and alone of a process that runs tasks", () =>
    Effect.gen(function* () {
      const farm = yield* Browserbase
      const DATABASE_URL = yield* database
      const ready = ({ url }: { readonly url: URL }) =>
        Effect.promise(async () => {
          const response = await fetch(new URL("/ready", url))
          return [response.status, await response.json()]
        })
      farm.faults.push({ on: "projects", status: 503 })
      const checks = { database: "ok", queue: "ok" }
      expect(yield* ready(yield* Timbra)).toEqual([
        503,
        { status: "not ready", checks: { ...checks, browser: "failing" } }
      ])
      const idle = yield* startTimbra(farm, { DATABASE_URL, WORKER_CONCURRENCY: "0" })
      expect(yield* ready(idle)).toEqual([200, { status: "ready", checks }])
    })
  )

  it.live(
    "F3: a full farm costs a task neither an attempt nor its place, and is not stormed",
    () =>
      Effect.gen(function* () {
        const farm = yield* Browserbase
        farm.limits.concurrent = 1
        farm.limits.retryAfter = "1"
        const before = farm.requests.length
        const { url } = yield* Timbra
        const user = yield* newTaxpayer(url)
        const [portal] = (yield* DemoPortals).portals
        const tasks = yield* Effect.forEach([1, 2], (nth) => order(user, portal.url, openSale(portal, nth)))
        const all = yield* Effect.forEach(tasks, (id) => ended(url, user, id), { concurrency: "unbounded" })
        farm.limits.concurrent = 25
        expect(all.map(({ task }) => [task.status, task.retry_count])).toEqual(all.map(() => ["COMPLETED", 0]))
        const waited = all.filter(({ events }) =>
          events.some((event) => event.type === "status" && event.previous === "RUNNING" && event.status === "PENDING")
        )
        expect(waited.length).toBeGreaterThan(0)
        const creates = farm.requests.slice(before).filter((operation) => operation === "create").length
        expect(creates).toBeLessThanOrEqual(20)
        expect(farm.running()).toEqual([])
      }),
    120_000
  )

  it.live(
    "a session that is cut off in mid-run is tried again in another one",
    () =>
      Effect.gen(function* () {
        const farm = yield* Browserbase
        const before = farm.sessions.size
        const { url } = yield* Timbra
        const user = yield* newTaxpayer(url)
        const portal = (yield* DemoPortals).portals[1]
        const task = yield* order(user, portal.url, openSale(portal, 1))
        yield* until(() => farm.running().some(({ id }) => farm.isDriven(id)))
        yield* farm.drop(farm.running()[0]?.id ?? "")
        const { task: done } = yield* ended(url, user, task)
        expect(done).toMatchObject({ status: "COMPLETED", retry_count: 1 })
        expect(done.sessions).toMatchObject([{ status: "ERROR" }, { status: "COMPLETED" }])
        expect([farm.sessions.size - before, farm.running()]).toEqual([2, []])
      }),
    120_000
  )

  it.live(
    "what a killed process left open is released by the next one, and its task goes on",
    () =>
      Effect.gen(function* () {
        const farm = yield* Browserbase
        const DATABASE_URL = yield* database
        const before = farm.sessions.size
        const first = yield* startTimbra(farm, { DATABASE_URL })
        const user = yield* newTaxpayer(first.url)
        const portal = (yield* DemoPortals).portals[1]
        yield* order(user, portal.url, openSale(portal, 2))
        yield* until(() => farm.running().some(({ id }) => farm.isDriven(id)))
        first.child.kill("SIGKILL")
        yield* Effect.promise(() => first.child.exited)
        expect(farm.running()).toHaveLength(1)
        // As if the minute had passed in which the dead worker is still believed alive.
        const sql = yield* PgClient.make({ url: Redacted.make(DATABASE_URL) })
        yield* sql`UPDATE workers SET lease_until = now() - interval '1 minute'`

        const [left] = farm.running()
        yield* startTimbra(farm, { DATABASE_URL })
        yield* until(() => left?.status === "COMPLETED")
        yield* until(() => farm.sessions.size - before === 2)
      }).pipe(Effect.provide(Reactivity.layer)),
    120_000
  )

  it.live(
    "a process that is stopped in mid-run releases its session before it ends",
    () =>
      Effect.gen(function* () {
        const farm = yield* Browserbase
        const { url, child } = yield* Timbra
        const portal = (yield* DemoPortals).portals[1]
        yield* order(yield* newTaxpayer(url), portal.url, openSale(portal, 3))
        yield* until(() => farm.running().some(({ id }) => farm.isDriven(id)))
        child.kill("SIGTERM")
        yield* Effect.promise(() => child.exited)
        expect(farm.running()).toEqual([])
        expect([...farm.sessions.values()].every(({ endedAt }) => endedAt !== undefined)).toBe(true)
      }),
    60_000
  )
})
