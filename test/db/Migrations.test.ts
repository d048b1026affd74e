import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { SqlClient } from "@effect/sql"
import { Array as Arr, ConfigProvider, Context, Effect, Layer } from "effect"
import { DataDir } from "../../src/db/DataDir.ts"
import { SqlLive } from "../../src/db/Sql.ts"
import * as it from "../lib/effect.ts"
import { database } from "../lib/postgres.ts"

it.live("of processes that meet an empty database at once one migrates it, and all of them find it migrated", () =>
  Effect.gen(function* () {
    const environment = Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["DATABASE_URL", yield* database]])))
    const process = SqlLive.pipe(
      Layer.provide([DataDir.Default, environment]),
      Layer.provide(BunContext.layer),
      Layer.fresh,
      Layer.build,
      Effect.map(Context.get(SqlClient.SqlClient))
    )
    const clients = yield* Effect.all(Arr.replicate(process, 8), { concurrency: "unbounded" })
    const seen = yield* Effect.forEach(clients, (sql) => sql`SELECT FROM automation_tasks`)
    expect(seen).toEqual(Arr.replicate([], 8))
  })
)
