import { Command, FileSystem } from "@effect/platform"
import { Effect, Schedule } from "effect"
import { freePort } from "./Port.ts"
import { run } from "./Run.ts"
import { SetupFailed } from "./Setup.ts"

export const pgbouncerProgram = () => Bun.which("pgbouncer") ?? Bun.which("/usr/sbin/pgbouncer")

const answers = (port: number) =>
  Effect.tryPromise({
    try: async () => {
      const socket = await Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } })
      socket.end()
    },
    catch: () => new SetupFailed({ message: "pgbouncer does not listen" })
  })

/** A transaction pooler of its own before the database at this address, gone with the scope; gives the address behind it. */
export const transactionPooler = Effect.fn("transactionPooler")(function* (database: URL) {
  const fs = yield* FileSystem.FileSystem
  const program = pgbouncerProgram()
  if (program === null) return yield* new SetupFailed({ message: "pgbouncer is not installed" })
  const folder = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-pgbouncer-" })
  const port = yield* freePort
  const { hostname, port: server, pathname, username, password } = database
  const secret = password === "" ? "" : ` password='${password}'`
  const target = `host=${hostname} port=${server} dbname=${pathname.slice(1)} user=${username}${secret}`
  yield* fs.writeFileString(
    `${folder}/pgbouncer.ini`,
    `[databases]
pooled = ${target}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 8
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
`
  )
  // It refuses to run as root.
  const root = process.getuid?.() === 0
  if (root) yield* run(Command.make("chown", "-R", "postgres", folder))
  const ini = `${folder}/pgbouncer.ini`
  yield* Command.start(
    root
      ? Command.make("/usr/sbin/runuser", "-u", "postgres", "--", program, "--quiet", ini)
      : Command.make(program, "--quiet", ini)
  )
  yield* Effect.retry(answers(port), Schedule.intersect(Schedule.spaced("50 millis"), Schedule.recurs(100)))
  return new URL(`postgres://postgres@127.0.0.1:${port}/pooled`)
})
