import { expect } from "bun:test"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { SqlClient } from "@effect/sql"
import { PgClient } from "@effect/sql-pg"
import { Context, Data, Effect, Layer, Redacted, Schema, Stream } from "effect"
import { watch } from "../../src/client/Watch.ts"
import type { DemoPortal } from "../../src/demo/Portal.ts"
import * as Portals from "../../src/demo/Portals.ts"
import { Server } from "../../src/Server.ts"
import type { TaskEvent } from "../../src/tasks/Event.ts"
import { Created } from "../../src/tasks/NewTask.ts"
import type { TaskId } from "../../src/tasks/Status.ts"
import { TaskDetail } from "../../src/tasks/Task.ts"
import { api, jwtSecret } from "../http/TestServer.ts"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"
import { taxpayer } from "../tasks/lib/House.ts"
import { type CrashPoint, LastWords } from "./lib/CrashPoint.ts"
import { groupsGone } from "./lib/ProcessTable.ts"
import { program, startTimbra } from "./lib/TimbraProcess.ts"

class DatabaseUrl extends Context.Tag("test/e2e/DatabaseUrl")<DatabaseUrl, string>() {}

/** The database of both processes, and a superuser's connection to it. */
const DatabaseTest = Layer.unwrapScoped(
  Effect.map(database, (url) =>
    Layer.merge(Layer.succeed(DatabaseUrl, url), PgClient.layer({ url: Redacted.make(url), maxConnections: 1 }))
  )
)

const settings = {
  JWT_SECRET: jwtSecret,
  ENCRYPTION_KEYS: `1:${Buffer.alloc(32, 7).toString("base64")}`,
  WORKER_CONCURRENCY: "1",
  // A run that does not end is to fail its test, not to hold up the end of its process.
  SHUTDOWN_GRACE: "1 second",
  LOG_LEVEL: "WARN"
}

interface Crash {
  readonly point: CrashPoint
  readonly when: string
  readonly stamps: number
  readonly ends: ReadonlyArray<string>
}

/** Past the intent a task ends by what the portal says of its ticket, or as uncertain. */
const known = ["COMPLETED", "ALREADY_INVOICED", "SUBMIT_UNCERTAIN"]

const crashes: ReadonlyArray<Crash> = [
  { point: "before-intent", when: "before the intent", stamps: 1, ends: ["COMPLETED"] },
  { point: "after-intent", when: "after the intent", stamps: 0, ends: ["SUBMIT_UNCERTAIN"] },
  { point: "after-click", when: "after the click", stamps: 1, ends: known },
  { point: "after-reply", when: "after the reply", stamps: 1, ends: known },
  { point: "before-result", when: "before the result is saved", stamps: 1, ends: known }
]

const portals = ["cenzontle", "tlacuache", "jacaranda"] as const

/** As if so much time had gone by that nobody believes any worker of before to be alive. */
const leasesEnd = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql`UPDATE workers SET lease_until = now() - interval '1 hour'`
})

class NotEnded extends Data.TaggedError("NotEnded")<{ readonly seen: string }> {}

/** Every event of the task, from its first, once it has ended. */
const allEvents = Effect.fn("allEvents")(function* (url: URL, taskId: TaskId, token: string) {
  const seen: Array<TaskEvent> = []
  yield* watch(url, taskId, Redacted.make(token)).pipe(
    Stream.runForEach((event) => Effect.sync(() => seen.push(event))),
    Effect.timeoutFail({ duration: "60 seconds", onTimeout: () => new NotEnded({ seen: JSON.stringify(seen) }) })
  )
  return seen
})

/** Asks for the ticket's invoice as a client would. */
const order = Effect.fn("order")(function* (portal: DemoPortal) {
  const { ticket } = yield* Effect.fromNullable(portal.sales.find(({ state }) => state === "open"))
  const { token } = yield* taxpayer
  const json = { vendor_url: portal.url.href, ticket_details: ticket }
  const { body } = yield* api("POST", "/tasks", { token, json })
  return { token, ...(yield* Schema.decodeUnknown(Created)(body)) }
})

const decodeWords = Schema.decodeUnknown(LastWords)
const decodeTask = Schema.decodeUnknown(TaskDetail)

it.layer(DatabaseTest)("a process killed", (it) => {
  for (const [index, name] of portals.entries()) {
    for (const { ends, point, stamps, when } of crashes) {
      it.live(
        `D1: ${when} at ${name} leaves ${stamps === 0 ? "no stamp" : "one stamp"}, no Chromium, and a task that the next one ends`,
        () =>
          Effect.gen(function* () {
            const portal = yield* Effect.fromNullable((yield* Portals.start({ host: "127.0.0.1" })).portals[index])
            // One folder, as of one machine whose program is started anew: the files lie where they were.
            const DATA_DIR = yield* Effect.acquireRelease(
              Effect.sync(() => mkdtempSync(`${tmpdir()}/timbra-crash-`)),
              (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
            )
            const env = {
              ...settings,
              DATA_DIR,
              DATABASE_URL: yield* DatabaseUrl,
              VENDOR_HOSTS_ALLOWED: portal.url.host
            }

            const killed = yield* startTimbra([program("test/e2e/CrashingServer.ts"), point], env)
            const { token, taskId } = yield* Effect.provideService(order(portal), Server, killed)
            const { err, out, signal } = yield* Effect.timeout(killed.ended, "60 seconds")
            expect({ err, signal }).toEqual({ err: "", signal: "SIGKILL" })
            const { children, ...said } = yield* decodeWords(out.trim().split("\n").at(-1))
            expect(said).toEqual({ point })
            expect(children).toHaveLength(1)
            yield* groupsGone(children)

            yield* leasesEnd
            const heir = yield* startTimbra([program("src/main.ts"), "serve"], env)
            const events = yield* allEvents(heir.url, taskId, token)
            expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
            const { body } = yield* api("GET", `/tasks/${taskId}`, { token }).pipe(Effect.provideService(Server, heir))
            const task = yield* decodeTask(body)
            // What was kept before the end is enough; of an invoice that goes by mail nothing was.
            const hasFile = point === "before-result" && name !== "jacaranda"
            expect(hasFile ? ["COMPLETED"] : ends).toContain(task.failure_code ?? task.status)
            expect(task.sessions.map(({ ended_at }) => ended_at)).not.toContain(null)
            expect(yield* portal.stamps).toHaveLength(stamps)
            const submits = (yield* portal.requests).filter(({ kind }) => kind === "stamp" || kind === "submit")
            expect(submits).toHaveLength(stamps)
          }),
        120_000
      )
    }
  }
})
