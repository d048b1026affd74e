import { loadavg } from "node:os"
import { Command, Options } from "@effect/cli"
import { FileSystem } from "@effect/platform"
import { Array as Arr, Console, Data, DateTime, Effect, Schedule, Schema } from "effect"
import { binary } from "../lib/Binary.ts"
import { freePort } from "../lib/Port.ts"
import { privatePostgres } from "../lib/Postgres.ts"
import { median } from "./agent/Comparison.ts"
import { mainThreadMs, sizeOf } from "./start/Process.ts"

class NotReady extends Data.TaggedError("NotReady") {}

const rounds = Options.integer("rounds").pipe(
  Options.withSchema(Schema.Int.pipe(Schema.between(1, 100))),
  Options.withDefault(10),
  Options.withDescription("Counted starts; one more before them makes the database.")
)

const folder = new URL("../../test-output/", import.meta.url).pathname

/** From the start of the process until `/ready` says yes, and what it takes when nobody has asked it for ten seconds. */
const start = Effect.fn("bench.start")(function* (program: string, databaseUrl: string, idles: boolean) {
  const fs = yield* FileSystem.FileSystem
  const data = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-start-" })
  const port = yield* freePort
  const began = performance.now()
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      Bun.spawn([program, "serve"], {
        cwd: data,
        env: {
          PATH: Bun.env.PATH ?? "",
          DATABASE_URL: databaseUrl,
          DATA_DIR: data,
          HOST: "127.0.0.1",
          PORT: `${port}`,
          JWT_SECRET: "a secret of the bench, longer than 32 bytes",
          ENCRYPTION_KEYS: `1:${Buffer.alloc(32, 7).toString("base64")}`
        },
        stdout: "ignore",
        stderr: "inherit"
      })
    ),
    (child) =>
      Effect.promise(() => {
        child.kill("SIGTERM")
        return child.exited
      })
  )
  yield* Effect.tryPromise(() => fetch(`http://127.0.0.1:${port}/ready`)).pipe(
    Effect.filterOrFail(
      ({ ok }) => ok,
      () => new NotReady()
    ),
    Effect.retry(Schedule.spaced("3 millis")),
    Effect.timeout("30 seconds")
  )
  const ready = performance.now() - began
  const worked = yield* mainThreadMs(child.pid)
  if (idles) yield* Effect.sleep("10 seconds")
  return { ready, worked, memory: yield* sizeOf(child.pid) }
}, Effect.scoped)

/** How soon the one binary serves on a PostgreSQL that is up, and how large it is then. */
export const startBench = Command.make("start", { rounds }, ({ rounds }) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const program = `${yield* fs.makeTempDirectoryScoped({ prefix: "timbra-start-" })}/timbra`
    yield* binary(program)
    const databaseUrl = yield* privatePostgres
    yield* start(program, databaseUrl, false)
    const all = yield* Effect.forEach(Arr.range(1, rounds), (round) => start(program, databaseUrl, round === rounds))
    const summary = {
      at: DateTime.formatIso(yield* DateTime.now),
      load: loadavg().map((load) => Number(load.toFixed(1))),
      readyMs: all.map(({ ready }) => Math.round(ready)),
      medianReadyMs: Math.round(median(Arr.map(all, ({ ready }) => ready))),
      mainThreadMs: Math.round(median(Arr.map(all, ({ worked }) => worked))),
      idleMb: all.at(-1)?.memory
    }
    yield* Console.log(`ready after ${summary.medianReadyMs} ms (${summary.readyMs.join(", ")})`)
    yield* Console.log(
      `main thread ${summary.mainThreadMs} ms   idle ${summary.idleMb} MB   load ${summary.load.join(" ")}`
    )
    yield* fs.makeDirectory(folder, { recursive: true })
    yield* fs.writeFileString(`${folder}bench-start.json`, `${JSON.stringify(summary, null, 2)}\n`)
  }).pipe(Effect.scoped)
).pipe(Command.withDescription("How soon the binary is ready, and how much memory it takes."))
