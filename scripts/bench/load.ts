import { Command, Options } from "@effect/cli"
import { FileSystem } from "@effect/platform"
import { Console, DateTime, Effect, Schema } from "effect"
import { privatePostgres } from "../lib/Postgres.ts"
import { child } from "./Child.ts"
import { use } from "./load/Users.ts"

const tasks = Options.integer("tasks").pipe(
  Options.withSchema(Schema.Int.pipe(Schema.between(1, 500))),
  Options.withDefault(50),
  Options.withDescription("Tasks that run at once in the one process.")
)

const folder = new URL("../../test-output/", import.meta.url).pathname

const row = (what: string, given: ReadonlyArray<number>, goal: number) => {
  const sorted = given.toSorted((a, b) => a - b)
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
  const measured = { what, count: sorted.length, p50: at(0.5), p99: at(0.99), goal }
  const figures = [measured.count, measured.p50, measured.p99, goal].map((value) => value.toFixed(0).padStart(10))
  return { measured, line: `${what.padEnd(26)}${figures.join("")}  ${measured.p99 < goal ? "ok" : "MISSED"}` }
}

/** What users notice while all slots are taken: the API, the steps on the screen, the wait for the agent. */
export const loadBench = Command.make("load", { tasks }, ({ tasks }) =>
  Effect.gen(function* () {
    const database = yield* privatePostgres
    const server = yield* child("load/Server.ts", database, String(tasks))
    const { port = 0 } = yield* server.hear
    // What a compiler has not seen often is slow.
    yield* Effect.promise(() => use(port, Math.ceil(tasks / 10)))
    const { requests, toScreen, toStart } = yield* Effect.promise(() => use(port, tasks))
    const rows = [
      row("an HTTP request", [...requests.values()].flat(), 200),
      ...[...requests].map(([operation, taken]) => row(`  ${operation}`, taken, 200)),
      row("from a step to a socket", toScreen, 300),
      row("from an order to its agent", toStart, 5_000)
    ]
    yield* Console.log(`${"milliseconds".padEnd(26)}     count       p50       p99      goal`)
    for (const { line } of rows) yield* Console.log(line)
    const fs = yield* FileSystem.FileSystem
    yield* fs.makeDirectory(folder, { recursive: true })
    const at = DateTime.formatIso(yield* DateTime.now)
    const all = rows.map(({ measured }) => measured)
    yield* fs.writeFileString(`${folder}bench-load.json`, `${JSON.stringify({ at, tasks, all }, null, 2)}\n`)
  }).pipe(Effect.scoped)
).pipe(Command.withDescription("HTTP, steps and starts while many tasks run at once, against the goals."))
