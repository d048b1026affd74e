import { Command } from "@effect/cli"
import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Effect, Layer, Logger, LogLevel } from "effect"
import { told } from "../../src/cli/Refusal.ts"
import { agentBench } from "./agent.ts"
import { loadBench } from "./load.ts"
import { queueBench } from "./queue.ts"
import { realtimeBench } from "./realtime.ts"
import { startBench } from "./start.ts"

const bench = Command.make("bench").pipe(
  Command.withDescription("The benchmarks; scripts/bench/README.md says how to read them."),
  Command.withSubcommands([agentBench, loadBench, queueBench, realtimeBench, startBench])
)

Command.run(bench, { name: "bench", version: "0.1.0" })(process.argv).pipe(
  told,
  // As the product is where nobody collects its traces.
  Effect.provide([BunContext.layer, Logger.minimumLogLevel(LogLevel.Warning), Layer.setTracerEnabled(false)]),
  BunRuntime.runMain({ disableErrorReporting: true })
)
