import { FileSystem, Path } from "@effect/platform"
import initdb from "@electric-sql/pglite/initdb.wasm" with { type: "file" }
import data from "@electric-sql/pglite/pglite.data" with { type: "file" }
import postgres from "@electric-sql/pglite/pglite.wasm" with { type: "file" }
import { Effect, Option } from "effect"
import { DataDir, DataDirUnusable } from "./DataDir.ts"

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

// Two PGlite instances on one folder corrupt it, and PGlite itself does not look.
const lock = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const dataDir = yield* DataDir
  const file = dataDir.at("database.pid")
  const owner = yield* fs.readFileString(file).pipe(Effect.map(Number), Effect.option)
  if (Option.isSome(owner) && owner.value !== process.pid && isAlive(owner.value)) {
    return yield* new DataDirUnusable({ path: dataDir.root, reason: `in use by process ${owner.value}` })
  }
  yield* fs
    .writeFileString(file, String(process.pid))
    .pipe(Effect.mapError((cause) => new DataDirUnusable({ path: dataDir.root, reason: cause.message })))
  yield* Effect.addFinalizer(() => Effect.ignoreLogged(fs.remove(file)))
})

const compiled = async (path: string) => WebAssembly.compile(await Bun.file(path).arrayBuffer())

// Loaded when needed: on a server's PostgreSQL all of it is dead weight. Its files are named, for a binary has no folder.
const open = async (dataDir: string) => {
  const { PGlite } = await import("@electric-sql/pglite")
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([compiled(postgres), compiled(initdb)])
  return PGlite.create({ dataDir, pgliteWasmModule, initdbWasmModule, fsBundle: Bun.file(data) })
}

/**
 * PostgreSQL in this process (PGlite in `DATA_DIR/database`) behind a unix socket that only this user can reach.
 * Gives what `PgClient` needs to connect; it serves one statement at a time.
 */
export const embedded = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const dataDir = yield* DataDir
  yield* lock
  const folder = dataDir.at("database")
  if (!(yield* Effect.orDie(fs.exists(folder)))) {
    yield* Effect.logInfo("Creating the embedded PostgreSQL: this first start takes a few seconds")
  }
  const db = yield* Effect.acquireRelease(
    Effect.tryPromise({
      try: () => open(folder),
      catch: (cause) => new DataDirUnusable({ path: folder, reason: String(cause) })
    }),
    (db) => Effect.promise(() => db.close())
  )
  // The path of a unix socket may have 107 characters, so not below DATA_DIR.
  const host = yield* Effect.orDie(fs.makeTempDirectoryScoped({ prefix: "timbra-" }))
  const port = 5432
  yield* Effect.acquireRelease(
    Effect.promise(async () => {
      const { PGLiteSocketServer } = await import("@electric-sql/pglite-socket")
      const server = new PGLiteSocketServer({ db, path: path.join(host, `.s.PGSQL.${port}`) })
      await server.start()
      return server
    }),
    (server) => Effect.promise(() => server.stop())
  )
  return { host, port, database: "postgres", username: "postgres" }
})
