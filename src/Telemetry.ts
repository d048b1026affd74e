import { Config, Effect, Layer, Logger, LogLevel } from "effect"

const format = Config.literal(
  "pretty",
  "json"
)("LOG_FORMAT").pipe(Config.withDefault(process.stdout.isTTY ? "pretty" : "json"))

const level = Config.logLevel("LOG_LEVEL").pipe(Config.withDefault(LogLevel.Info))

export const logging = Config.all({ format, level })

export const TelemetryLive = Layer.unwrapEffect(
  Effect.map(logging, ({ format, level }) =>
    Layer.merge(format === "pretty" ? Logger.pretty : Logger.json, Logger.minimumLogLevel(level))
  )
)
