import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Effect, Layer, Schema } from "effect"
import { productWith } from "../../src/Product.ts"
import { TelemetryLive } from "../../src/Telemetry.ts"
import { CrashPoint, crashingAgent } from "./lib/CrashPoint.ts"

// `timbra serve`, but for an agent that kills its process at the point that the argument names.
const program = Effect.gen(function* () {
  const point = yield* Schema.decodeUnknown(CrashPoint)(process.argv[2])
  return yield* Layer.launch(productWith(crashingAgent(point)))
})

program.pipe(Effect.provide([TelemetryLive, BunContext.layer]), BunRuntime.runMain({ disablePrettyLogger: true }))
