import { resolve } from "node:path"
import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Console, Effect, Exit, Option } from "effect"
import { chromiumPath, installed } from "../../src/agent/browser/FindChromium.ts"
import { ensure } from "./Apt.ts"
import { bunTest } from "./BunTest.ts"
import { countsLine } from "./Counts.ts"
import { pgbouncerProgram } from "./Pgbouncer.ts"
import { postgresPrograms, privatePostgres } from "./Postgres.ts"
import { privateRedis } from "./Redis.ts"

const installedChromium = () => Option.firstSomeOf(installed.map((name) => Option.fromNullable(Bun.which(name))))

const counts = Effect.gen(function* () {
  const configured = yield* chromiumPath
  yield* ensure([
    { name: "PostgreSQL", isHere: postgresPrograms() !== undefined, packages: ["postgresql"], optional: false },
    { name: "Redis", isHere: Bun.which("redis-server") !== null, packages: ["redis-server"], optional: false },
    { name: "pgbouncer", isHere: pgbouncerProgram() !== null, packages: ["pgbouncer"], optional: false },
    {
      name: "Chromium",
      isHere: Option.isSome(Option.orElse(configured, installedChromium)),
      packages: ["chromium-headless-shell", "chromium"],
      // @sparticuz/chromium is among the dependencies, for this one system.
      optional: process.platform === "linux" && process.arch === "x64"
    }
  ])
  const [database, redis] = yield* Effect.all([privatePostgres, privateRedis], { concurrency: "unbounded" })
  const chromium = Option.orElse(configured, installedChromium)
  return yield* bunTest({
    cwd: resolve(import.meta.dir, "../.."),
    args: Bun.argv.slice(2),
    output: "inherit",
    env: {
      TEST_DATABASE_URL: database,
      TEST_REDIS_URL: redis,
      ...Option.match(chromium, { onNone: () => ({}), onSome: (path) => ({ CHROMIUM_PATH: path }) })
    }
  })
}).pipe(Effect.scoped)

const program = counts.pipe(
  Effect.catchAll((error) => Effect.as(Console.error(error.message), { passed: 0, failed: 1, skipped: 0 })),
  Effect.tap((counts) => Console.log(countsLine(counts))),
  Effect.tap(({ failed }) => {
    process.exitCode = failed === 0 ? 0 : 1
  }),
  Effect.provide(BunContext.layer)
)

// By default a run that was interrupted ends with 0, as if it had passed.
BunRuntime.runMain(program, {
  teardown: (exit, onExit) =>
    onExit(Exit.isSuccess(exit) ? Number(process.exitCode) : Exit.isInterrupted(exit) ? 130 : 1)
})
