import { Command } from "@effect/cli"
import { Effect, Layer } from "effect"
import { TelemetryLive } from "../Telemetry.ts"
import { checked } from "./Checks.ts"

export const serve = <E, R>(main: Layer.Layer<never, E, R>) =>
  Command.make("serve", {}, () =>
    Effect.zipRight(checked, Layer.launch(main).pipe(Effect.provide(TelemetryLive)))
  ).pipe(Command.withDescription("Serve the API, the sockets and the queue until stopped."))
