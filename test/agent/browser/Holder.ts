import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Console, Effect, Layer } from "effect"
import { Browser } from "../../../src/agent/browser/Browser.ts"
import { LocalChromium } from "../../../src/agent/browser/LocalChromium.ts"
import { DataDir } from "../../../src/db/DataDir.ts"
import { EgressTest } from "../../lib/egress.ts"
import { argumentsOf, processesOf } from "./Processes.ts"

// A process of its own for the tests: it holds a session with a looping tab until it is ended from outside.
const program = Effect.gen(function* () {
  const session = yield* Effect.flatMap(Browser, (browser) => browser.session)
  const pids = yield* processesOf(session)
  const profile = (yield* argumentsOf(pids[0] ?? 0)).find((argument) => argument.startsWith("--user-data-dir="))
  yield* Effect.fork(Effect.promise(() => session.page.evaluate("for (;;) {}")))
  yield* Console.log(JSON.stringify({ pids, profile: profile?.slice("--user-data-dir=".length) }))
  return yield* Effect.never
})

const Live = LocalChromium.pipe(Layer.provide([DataDir.Default, EgressTest]), Layer.provide(BunContext.layer))
program.pipe(Effect.scoped, Effect.provide(Live), BunRuntime.runMain)
