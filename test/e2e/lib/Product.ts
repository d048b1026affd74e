import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { PgClient } from "@effect/sql-pg"
import { ConfigProvider, Effect, Layer, Logger, LogLevel, Redacted } from "effect"
import { Agent } from "../../../src/agent/Agent.ts"
import { productWith } from "../../../src/Product.ts"
import { type Intervals, Timing } from "../../../src/tasks/Timing.ts"
import { database } from "../../lib/postgres.ts"

/**
 * All of Timbra with its real agent and browser, on a free port and a database of its own, of which a superuser's
 * connection is at hand: what takes hours is brought about there.
 */
export const productTest = (intervals: Partial<Intervals> = {}) =>
  Layer.unwrapScoped(
    Effect.gen(function* () {
      const folder = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped({ prefix: "timbra-test-" })
      const url = yield* database
      const settings = new Map([
        ["DATABASE_URL", url],
        ["DATA_DIR", folder],
        ["PORT", "0"],
        ["HOST", "127.0.0.1"],
        ["JWT_SECRET", "a secret of the tests, longer than 32 bytes"],
        ["ENCRYPTION_KEYS", `1:${Buffer.alloc(32, 7).toString("base64")}`],
        ["VENDOR_HOSTS_ALLOWED", "127.0.0.1"],
        ["SHUTDOWN_GRACE", "1 second"]
      ])
      const given = ConfigProvider.fromMap(settings).pipe(ConfigProvider.orElse(() => ConfigProvider.fromEnv()))
      const usual = yield* Timing
      return productWith(Agent.Default).pipe(
        Layer.merge(PgClient.layer({ url: Redacted.make(url), maxConnections: 1 })),
        Layer.provide(Layer.succeed(Timing, { ...usual, ...intervals })),
        Layer.provide(Layer.setConfigProvider(given)),
        Layer.provide(Logger.minimumLogLevel(LogLevel.Warning))
      )
    })
  ).pipe(Layer.provide(BunContext.layer))
