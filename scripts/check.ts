import { resolve } from "node:path"
import { Command } from "@effect/platform"
import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Console, Duration, Effect } from "effect"
import { run } from "./lib/Run.ts"

const root = resolve(import.meta.dir, "..")

// Their files ask for node, which need not be here.
const tool = (name: string, ...args: ReadonlyArray<string>) =>
  Command.make(process.execPath, `node_modules/.bin/${name}`, ...args).pipe(Command.workingDirectory(root))

const checks = [
  { name: "types", command: tool("tsc", "--project", ".") },
  { name: "effect", command: tool("effect-tsgo", "diagnostics", "--project", "tsconfig.json", "--strict") },
  { name: "lint, format", command: tool("biome", "check", "--error-on-warnings") }
]

const check = ({ command, name }: (typeof checks)[number]) =>
  run(command).pipe(
    Effect.as({ ok: true, output: "" }),
    Effect.catchTag("SetupFailed", ({ message }) => Effect.succeed({ ok: false, output: `${message}\n` })),
    Effect.timed,
    Effect.flatMap(([took, { ok, output }]) =>
      Effect.as(Console.log(`${output}${ok ? "ok  " : "FAIL"}  ${name}  ${Duration.toSeconds(took).toFixed(1)} s`), ok)
    )
  )

const program = Effect.forEach(checks, check).pipe(
  Effect.tap((results) => {
    process.exitCode = results.every((ok) => ok) ? 0 : 1
  }),
  Effect.provide(BunContext.layer)
)

BunRuntime.runMain(program)
