import { Command, Options } from "@effect/cli"
import { FetchHttpClient } from "@effect/platform"
import { Config, ConfigProvider, Console, Effect, Layer, Redacted } from "effect"
import { DataDir } from "../db/DataDir.ts"
import { tour } from "../demo/Tour.ts"
import { Server } from "../Server.ts"
import { TelemetryLive } from "../Telemetry.ts"
import { checked } from "./Checks.ts"

const once = Options.boolean("once").pipe(
  Options.withDescription("End when the tickets are invoiced, with 0 if all went as it should.")
)

const allowed = Config.string("VENDOR_HOSTS_ALLOWED").pipe(Config.withDefault(""))
const logLevel = Config.string("LOG_LEVEL").pipe(Config.withDefault("WARN"))

/** The environment, with the demo's shops allowed and the log quiet so that the steps can be read. */
const environment = (shops: ReadonlyArray<URL>) =>
  Effect.gen(function* () {
    const hosts = [yield* allowed, ...shops.map(({ host }) => host)].filter((host) => host !== "").join(",")
    const own = new Map([
      ["VENDOR_HOSTS_ALLOWED", hosts],
      ["LOG_LEVEL", yield* logLevel]
    ])
    return Layer.setConfigProvider(ConfigProvider.orElse(ConfigProvider.fromMap(own), () => ConfigProvider.fromEnv()))
  })

const localUrl = (url: URL) => Object.assign(new URL(url), { hostname: "localhost" })

export const demo = <E, R>(main: Layer.Layer<Server, E, R>) =>
  Command.make("demo", { once }, ({ once }) =>
    Effect.gen(function* () {
      yield* Console.log(
        "Starting Timbra with three demo shops; the first start prepares a database and takes some seconds …"
      )
      // Here and not above: the other commands start 30 ms sooner without the shops.
      const { start } = yield* Effect.promise(() => import("../demo/Portals.ts"))
      const { portals } = yield* start({ host: "127.0.0.1" })
      const settings = yield* environment(portals.map(({ url }) => url))
      yield* Effect.gen(function* () {
        yield* checked
        const { url } = yield* Server
        const dataDir = yield* DataDir
        const baseUrl = localUrl(url)
        for (const { vendor, url } of portals) yield* Console.log(`  ${vendor.name}: ${url.href}`)
        yield* Console.log("")
        const { email, password } = yield* tour({ baseUrl, portals, folder: dataDir.at("demo") })
        yield* Console.log(`\nMonitor: ${baseUrl.href}\n  ${email}\n  ${Redacted.value(password)}`)
        return yield* once ? Effect.void : Effect.never
      }).pipe(
        Effect.provide(
          main.pipe(Layer.provideMerge(DataDir.Default), Layer.provide(TelemetryLive), Layer.provide(settings))
        )
      )
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  ).pipe(Command.withDescription("Invoice real tickets of three built-in demo shops, through the public API."))
