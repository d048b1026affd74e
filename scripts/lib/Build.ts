import { resolve } from "node:path"
import { Args, Command } from "@effect/cli"
import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Console, Duration, Effect } from "effect"
import { told } from "../../src/cli/Refusal.ts"
import { binary, type Target, targets } from "./Binary.ts"

const wanted = Args.choice(
  targets.map((target) => [target, target] as const),
  { name: "system" }
).pipe(Args.repeated, Args.withDescription("Systems to build for, each into dist/timbra-<system>. None: this one."))

const make = (name: string, target?: Target) =>
  binary(resolve(import.meta.dir, "../../dist", name), target).pipe(
    Effect.timed,
    Effect.flatMap(([took, size]) =>
      Console.log(`dist/${name}  ${Math.round(size / 1e6)} MB  ${Duration.toSeconds(took).toFixed(1)} s`)
    )
  )

const build = Command.make("build", { wanted }, ({ wanted }) =>
  wanted.length === 0
    ? make("timbra")
    : Effect.forEach(wanted, (target) => make(`timbra-${target}`, target), { discard: true })
).pipe(Command.withDescription("Make Timbra one file that needs nothing but a Chromium."))

Command.run(build, { name: "build", version: "0.1.0" })(Bun.argv).pipe(
  told,
  Effect.provide(BunContext.layer),
  BunRuntime.runMain({ disableErrorReporting: true })
)
