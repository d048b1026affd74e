/*
 * A few dozen portals through the stand-in for Browserbase while everything that it may do goes wrong and one of two
 * processes is killed. Some minutes long, so not among the tests that always run:
 *   TEST_DATABASE_URL=postgres://… bun test --timeout 900000 ./test/browserbase/Faults.ts
 */
import { expect } from "bun:test"
import { Reactivity } from "@effect/experimental"
import { FetchHttpClient } from "@effect/platform"
import { PgClient } from "@effect/sql-pg"
import { Array as Arr, ConfigProvider, Console, Effect, Layer, Record, Redacted, Ref, Schedule } from "effect"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"
import { appPortals } from "../portals/apps/Portals.ts"
import { blindPortals } from "../portals/blind/Portals.ts"
import { classicPortals } from "../portals/classic/Portals.ts"
import { Browserbase } from "./lib/BrowserbaseTest.ts"
import type { Fault } from "./lib/StandIn.ts"
import { ended, newTaxpayer, order, startTimbra } from "./lib/Timbra.ts"

const howMany = 30

const portals = [...classicPortals, ...appPortals, ...blindPortals]
  .filter(({ cases, profile }) => profile === "person" && cases[0]?.expected.status === "COMPLETED")
  .slice(0, howMany)

const faults: ReadonlyArray<Fault> = [
  { on: "create", status: 429, headers: { "retry-after": "1" } },
  { on: "create", status: 502, done: true },
  { on: "update", status: 503 },
  { on: "connect", status: 500 },
  { on: "create", status: 500 },
  { on: "update", status: 429 },
  { on: "create", status: 402 },
  { on: "update", status: 502, done: true },
  { on: "connect", status: 429 },
  { on: "downloads", status: 500 }
]

const Live = Layer.mergeAll(Browserbase.Default, FetchHttpClient.layer, Reactivity.layer)

it.layer(Live)("Browserbase at its worst", (it) => {
  it.live(
    "costs no session, no ticket a second stamp, and no task its end",
    () =>
      Effect.gen(function* () {
        const farm = yield* Browserbase
        const DATABASE_URL = yield* Effect.withConfigProvider(database, ConfigProvider.fromEnv())
        const settings = { DATABASE_URL, USER_CONCURRENCY: "4", WORKER_CONCURRENCY: "2", RETRY_BASE: "500 millis" }
        const one = yield* startTimbra(farm, settings)
        const other = yield* startTimbra(farm, settings)
        const user = yield* newTaxpayer(one.url)
        const running = yield* Effect.forEach(portals, (portal) =>
          Effect.acquireRelease(
            Effect.promise(() => portal.start()),
            (running) => Effect.promise(() => running.stop())
          )
        )
        const tasks = yield* Effect.forEach(running, ({ url }, index) =>
          order(user, url, portals[index]?.cases[0]?.ticket ?? {})
        )

        const turn = yield* Ref.make(0)
        const mischief = Effect.gen(function* () {
          const n = yield* Ref.getAndUpdate(turn, (n) => n + 1)
          const fault = faults[n % faults.length]
          // One after the other: what fails six times in a row is a farm that is gone.
          if (fault && farm.faults.length < 3) farm.faults.push(fault)
          const driven = farm.running().filter(({ id }) => farm.isDriven(id))
          if (n % 8 === 3 && driven[0]) yield* farm.drop(driven[0].id)
          if (n % 16 === 11 && driven.at(-1)) yield* farm.end(driven.at(-1)?.id ?? "", "ERROR")
        })
        yield* Effect.forkScoped(Effect.repeat(mischief, Schedule.spaced("2 seconds")))

        const sql = yield* PgClient.make({ url: Redacted.make(DATABASE_URL) })
        yield* Effect.sleep("20 seconds")
        other.child.kill("SIGKILL")
        yield* Effect.promise(() => other.child.exited)
        // As if the minute had passed in which the dead worker is still believed alive.
        yield* sql`UPDATE workers SET lease_until = now() - interval '1 minute' WHERE pid = ${other.child.pid}`
        yield* startTimbra(farm, settings)
        const all = yield* Effect.forEach(tasks, (id) => ended(one.url, user, id), { concurrency: "unbounded" })

        const outcomes = all.map(({ task }) => task.failure_code ?? task.status)
        yield* Console.log(
          Record.map(
            Arr.groupBy(outcomes, (outcome) => outcome),
            Arr.length
          )
        )
        const known = ["COMPLETED", "BROWSER_LOST", "SUBMIT_UNCERTAIN", "ALREADY_INVOICED", "PORTAL_DOWN"]
        expect(outcomes.filter((outcome) => !known.includes(outcome))).toEqual([])
        expect(outcomes.filter((outcome) => outcome === "COMPLETED").length).toBeGreaterThan(howMany / 2)
        expect(running.filter(({ stamps }) => stamps().length > 1).map(({ url }) => url.href)).toEqual([])

        // What nobody could release at once is released by the reconciliation, each half minute.
        yield* Effect.sync(() => farm.running().length).pipe(
          Effect.repeat({ until: (left) => left === 0, schedule: Schedule.spaced("200 millis") }),
          Effect.timeout("90 seconds")
        )
        const created = [...farm.sessions.values()]
        expect(created.filter(({ endedAt }) => endedAt === undefined)).toEqual([])
        const open =
          yield* sql`SELECT id FROM browser_sessions WHERE ended_at IS NULL OR status IN ('PENDING', 'RUNNING')`
        expect(open).toEqual([])
        yield* Console.log(
          `${created.length} sessions created, ${created.filter(({ endedAt }) => endedAt).length} released`
        )
      }),
    900_000
  )
})
