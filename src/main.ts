import { Command } from "@effect/cli"
import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Effect, Layer } from "effect"
import { Agent } from "./agent/Agent.ts"
import { LlmLive } from "./agent/plan/Llm.ts"
import { demo } from "./cli/Demo.ts"
import { doctor } from "./cli/Doctor.ts"
import { keys } from "./cli/Keys.ts"
import { migrate } from "./cli/Migrate.ts"
import { openapi } from "./cli/Openapi.ts"
import { told } from "./cli/Refusal.ts"
import { serve } from "./cli/Serve.ts"
import { submit } from "./cli/Submit.ts"
import { watch } from "./cli/Watch.ts"
import { BrowserLive, productWith } from "./Product.ts"

const Main = productWith(Agent.Default.pipe(Layer.provide(LlmLive)))

const timbra = Command.make("timbra").pipe(
  Command.withDescription("From a shop's ticket to a proven CFDI 4.0."),
  Command.withSubcommands([serve(Main), migrate, demo(Main), submit, watch, doctor(BrowserLive), keys, openapi])
)

Command.run(timbra, { name: "timbra", version: "0.1.0" })(process.argv).pipe(
  told,
  Effect.provide(BunContext.layer),
  BunRuntime.runMain({ disableErrorReporting: true, disablePrettyLogger: true })
)
