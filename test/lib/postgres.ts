import { Reactivity } from "@effect/experimental"
import { BunContext } from "@effect/platform-bun"
import { PgClient } from "@effect/sql-pg"
import { Config, ConfigProvider, Effect, Layer, Redacted } from "effect"
import { DataDir } from "../../src/db/DataDir.ts"
import { SqlLive } from "../../src/db/Sql.ts"

/** The address of an empty database of its own, dropped with the scope. */
export const database = Effect.gen(function* () {
  const url = new URL(Redacted.value(yield* Config.redacted("TEST_DATABASE_URL")))
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`
  const admin = yield* PgClient.make({ url: Redacted.make(url.href), maxConnections: 1 })
  yield* Effect.acquireRelease(admin`CREATE DATABASE ${admin(name)}`, () =>
    Effect.orDie(admin`DROP DATABASE ${admin(name)} WITH (FORCE)`)
  )
  return Object.assign(new URL(url), { pathname: name }).href
}).pipe(Effect.provide(Reactivity.layer))

/** A migrated database of its own for one block of tests, dropped afterwards. */
export const PgTest = Layer.unwrapScoped(
  Effect.map(database, (url) =>
    SqlLive.pipe(
      Layer.provide(DataDir.Default),
      Layer.provide(BunContext.layer),
      Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["DATABASE_URL", url]]))))
    )
  )
)
