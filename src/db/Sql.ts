import { Migrator } from "@effect/sql"
import { PgClient } from "@effect/sql-pg"
import { Config, Duration, Effect, Layer, Option, String as Text } from "effect"
import { embedded } from "./Embedded.ts"
import initial from "./migrations/0001_initial.ts"
import webhooks from "./migrations/0002_webhooks.ts"
import privacy from "./migrations/0003_privacy.ts"
import browserSessions from "./migrations/0004_browser_sessions.ts"
import answers from "./migrations/0005_answers.ts"
import credentials from "./migrations/0006_credentials.ts"
import sealed from "./migrations/0007_sealed.ts"
import orders from "./migrations/0008_orders.ts"
import claimFloor from "./migrations/0009_claim_floor.ts"
import runningFloor from "./migrations/0010_running_floor.ts"

// Imported rather than read from a folder: a compiled binary has no folder.
export const migrations = Migrator.fromRecord({
  "0001_initial": initial,
  "0002_webhooks": webhooks,
  "0003_privacy": privacy,
  "0004_browser_sessions": browserSessions,
  "0005_answers": answers,
  "0006_credentials": credentials,
  "0007_sealed": sealed,
  "0008_orders": orders,
  "0009_claim_floor": claimFloor,
  "0010_running_floor": runningFloor
})

/** Columns are snake_case and fields camelCase; the keys inside JSON columns are left as they are. */
const transforms = {
  transformQueryNames: Text.camelToSnake,
  transformResultNames: Text.snakeToCamel,
  transformJson: false
}

/** After ten seconds, as `pg` has it, the first burst after a pause would wait until twenty are opened anew. */
const idle = Duration.minutes(10)

export const databaseUrl = Config.redacted("DATABASE_URL").pipe(Config.option)

/** A pool on `DATABASE_URL`, or the embedded database where there is none. Not migrated. */
export const ClientLive = Layer.unwrapScoped(
  Effect.gen(function* () {
    const url = yield* databaseUrl
    if (Option.isSome(url)) {
      return PgClient.layer({
        ...transforms,
        url: url.value,
        applicationName: "timbra",
        maxConnections: 20,
        idleTimeout: idle,
        connectTimeout: "10 seconds"
      })
    }
    const connection = yield* embedded
    // One connection is all that PGlite has; waiting for it is the queue, so it may take as long as a long statement.
    return PgClient.layer({ ...transforms, ...connection, maxConnections: 1, connectTimeout: "60 seconds" })
  })
)

// Of processes that meet an empty database at once one makes the migrator's table, and the others fail at it and then find it.
export const MigrationsLive = Layer.effectDiscard(
  Migrator.make({})({ loader: migrations }).pipe(
    Effect.retry({ while: (error) => error._tag === "SqlError", times: 1 })
  )
)

export const SqlLive = MigrationsLive.pipe(Layer.provideMerge(ClientLive))
