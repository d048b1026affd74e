import * as Otlp from "@effect/opentelemetry/Otlp"
import { FetchHttpClient } from "@effect/platform"
import { Config, Effect, Layer, Logger, LogLevel, Option } from "effect"
import { version } from "../package.json"
import { tracesOfTheAsked } from "./telemetry/Asked.ts"

const format = Config.literal(
  "pretty",
  "json"
)("LOG_FORMAT").pipe(Config.withDefault(process.stdout.isTTY ? "pretty" : "json"))

const level = Config.logLevel("LOG_LEVEL").pipe(Config.withDefault(LogLevel.Info))

const collector = Config.url("OTEL_EXPORTER_OTLP_ENDPOINT").pipe(Config.option)

export const logging = Config.all({ format, level, collector })

const exported = (collector: URL) =>
  tracesOfTheAsked.pipe(
    Layer.provideMerge(
      Otlp.layerJson({
        baseUrl: collector.href,
        resource: { serviceName: "timbra", serviceVersion: version }
      })
    ),
    Layer.provide(FetchHttpClient.layer)
  )

/** Logs on the standard output, and all of it to an OpenTelemetry collector where one is named. */
export const TelemetryLive = Layer.unwrapEffect(
  Effect.map(logging, ({ format, level, collector }) =>
    Layer.mergeAll(
      format === "pretty" ? Logger.pretty : Logger.json,
      Logger.minimumLogLevel(level),
      // A span that nobody collects costs as much as a statement.
      Option.match(collector, { onNone: () => Layer.setTracerEnabled(false), onSome: exported })
    )
  )
)
