import { expect } from "bun:test"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { SqlClient } from "@effect/sql"
import { ConfigProvider, Effect, Layer } from "effect"
import { DataDir } from "../../src/db/DataDir.ts"
import { Rls } from "../../src/db/Rls.ts"
import { SqlLive } from "../../src/db/Sql.ts"
import * as it from "../lib/effect.ts"

const inFolder = (folder: string) =>
  Rls.Default.pipe(
    Layer.provideMerge(SqlLive),
    Layer.provide(DataDir.Default),
    Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["DATA_DIR", folder]]))))
  )

const folder = Effect.flatMap(FileSystem.FileSystem, (fs) => fs.makeTempDirectoryScoped({ prefix: "timbra-test-" }))

it.live(
  "the embedded database keeps its rows over a restart, under the same row-level security",
  () =>
    Effect.gen(function* () {
      const at = yield* folder
      const id = crypto.randomUUID()
      const count = Effect.flatMap(
        SqlClient.SqlClient,
        (sql) => sql<{ n: number }>`SELECT count(*)::int AS n FROM users`
      )
      yield* Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        const rls = yield* Rls
        yield* rls.asUser(id)(sql`INSERT INTO users ${sql.insert({ id, email: "a@x.mx", passwordHash: "x" })}`)
      }).pipe(Effect.provide(inFolder(at)))
      const [own, other] = yield* Effect.gen(function* () {
        const rls = yield* Rls
        return [yield* rls.asUser(id)(count), yield* rls.asUser(crypto.randomUUID())(count)]
      }).pipe(Effect.provide(inFolder(at)))
      expect(own).toEqual([{ n: 1 }])
      expect(other).toEqual([{ n: 0 }])
    }).pipe(Effect.provide(BunContext.layer)),
  60_000
)

it.live("a folder in use by another process is refused, naming that process", () =>
  Effect.gen(function* () {
    const at = yield* folder
    const fs = yield* FileSystem.FileSystem
    yield* fs.writeFileString(`${at}/database.pid`, String(process.ppid))
    const error = yield* Effect.flip(Layer.build(inFolder(at)))
    expect(error).toMatchObject({ _tag: "DataDirUnusable", reason: `in use by process ${process.ppid}` })
  }).pipe(Effect.provide(BunContext.layer))
)
