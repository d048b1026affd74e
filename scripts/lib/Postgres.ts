import { Command, FileSystem } from "@effect/platform"
import { Effect } from "effect"
import { freePort } from "./Port.ts"
import { run } from "./Run.ts"
import { SetupFailed } from "./Setup.ts"

/** Where PostgreSQL's server programs are: Debian keeps them off the PATH, in a folder for each version. */
export const postgresPrograms = () => {
  const debian = [...new Bun.Glob("usr/lib/postgresql/*/bin/initdb").scanSync({ cwd: "/", absolute: true })]
  const newest = debian.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1)
  return (newest ?? Bun.which("initdb"))?.replace(/\/initdb$/, "")
}

// It refuses to run as root.
const asPostgres = (command: string, ...args: ReadonlyArray<string>) =>
  process.getuid?.() === 0
    ? Command.make("/usr/sbin/runuser", "-u", "postgres", "--", command, ...args)
    : Command.make(command, ...args)

const settings = (socketFolder: string, port: number, keepsCommits: boolean) => `
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = '${socketFolder}'
max_connections = 200
fsync = off
full_page_writes = off
synchronous_commit = ${keepsCommits ? "on" : "off"}
`

const start = Effect.fnUntraced(function* (keepsCommits: boolean) {
  const fs = yield* FileSystem.FileSystem
  const programs = postgresPrograms()
  if (programs === undefined) return yield* new SetupFailed({ message: "PostgreSQL is not installed" })
  const folder = yield* Effect.acquireRelease(
    run(asPostgres("mktemp", "--directory", "--tmpdir", "timbra-postgres-XXXXXX")),
    (folder) => Effect.orDie(fs.remove(folder, { recursive: true }))
  )
  const data = `${folder}/data`
  const password = crypto.randomUUID()
  yield* fs.writeFileString(`${folder}/password`, password)
  yield* run(
    asPostgres(
      `${programs}/initdb`,
      `--pgdata=${data}`,
      "--username=postgres",
      "--auth=scram-sha-256",
      `--pwfile=${folder}/password`,
      "--encoding=UTF8",
      "--locale=C.UTF-8",
      "--no-sync"
    )
  )
  const port = yield* freePort
  yield* fs.writeFileString(`${data}/postgresql.conf`, settings(folder, port, keepsCommits), { flag: "a" })
  const control = (...args: ReadonlyArray<string>) => run(asPostgres(`${programs}/pg_ctl`, `--pgdata=${data}`, ...args))
  yield* Effect.acquireRelease(control("start", "--wait", `--log=${folder}/log`), () =>
    Effect.orDie(control("stop", "--mode=immediate"))
  )
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    crash: control("restart", "--wait", "--mode=immediate", `--log=${folder}/log`)
  } as const
})

/** A PostgreSQL of its own for one run, gone with the scope; gives the URL of its superuser. */
export const privatePostgres = Effect.map(start(false), ({ url }) => url)

/** One that may crash: what was committed before is there after the recovery. */
export const crashingPostgres = start(true)
