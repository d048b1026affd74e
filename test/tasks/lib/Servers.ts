import { expect } from "bun:test"
import { Reactivity } from "@effect/experimental"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { PgClient } from "@effect/sql-pg"
import { Data, Duration, Effect, Redacted, Schedule, Schema } from "effect"
import { freePort } from "../../../scripts/lib/Port.ts"
import { Server } from "../../../src/Server.ts"
import { Created } from "../../../src/tasks/NewTask.ts"
import type { TaskId } from "../../../src/tasks/Status.ts"
import { api, jwtSecret } from "../../http/TestServer.ts"

class NotServing extends Data.TaggedError("NotServing")<{ readonly said: string }> {}

interface Options {
  readonly databaseUrl: string
  readonly lease?: Duration.Duration
  /** How far its clock is ahead of the others'. */
  readonly ahead?: Duration.Duration
  readonly settings?: Readonly<Record<string, string>>
}

const inherited = Object.fromEntries(
  ["PATH", "HOME"].flatMap((name) => (Bun.env[name] === undefined ? [] : [[name, Bun.env[name]]]))
)

/** A process with all of Timbra but the agent's browser, ready; it is gone with the scope. */
export const startServer = Effect.fn("startServer")(function* ({
  databaseUrl,
  lease = Duration.seconds(4),
  ahead = Duration.zero,
  settings = {}
}: Options) {
  const folder = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped({ prefix: "timbra-test-" })
  const port = yield* freePort
  const url = new URL(`http://127.0.0.1:${port}`)
  const program = `${import.meta.dir}/VisitingServer.ts`
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      Bun.spawn([process.execPath, program, `${Duration.toMillis(lease)}`, `${Duration.toMillis(ahead)}`], {
        cwd: folder,
        env: {
          ...inherited,
          HOST: "127.0.0.1",
          PORT: `${port}`,
          DATA_DIR: folder,
          DATABASE_URL: databaseUrl,
          JWT_SECRET: jwtSecret,
          ENCRYPTION_KEYS: `1:${Buffer.alloc(32, 7).toString("base64")}`,
          VENDOR_HOSTS_ALLOWED: "127.0.0.1",
          LOG_LEVEL: "FATAL",
          ...settings
        },
        stdout: "pipe",
        stderr: "pipe"
      })
    ),
    (child) =>
      Effect.zipRight(
        Effect.sync(() => child.kill("SIGKILL")),
        Effect.promise(() => child.exited)
      )
  )
  const said = Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  const ended = Effect.promise(async () => ({ said: (await said).join(""), code: await child.exited }))
  const ready = Effect.tryPromise(() => fetch(new URL("/ready", url))).pipe(
    Effect.filterOrFail((response) => response.ok),
    Effect.retry(Schedule.spaced("50 millis")),
    Effect.timeout("60 seconds")
  )
  yield* Effect.raceFirst(
    ready,
    Effect.flatMap(ended, ({ said }) => new NotServing({ said }))
  )
  const signal = (name: "SIGKILL" | "SIGSTOP" | "SIGCONT" | "SIGTERM" | "SIGINT") => Effect.sync(() => child.kill(name))
  return { pid: child.pid, url, signal, ready, ended } as const
}, Effect.provide(BunContext.layer))

export type Running = Effect.Effect.Success<ReturnType<typeof startServer>>

/** One request to this process. */
export const request = (server: Running, ...given: Parameters<typeof api>) =>
  Effect.provideService(api(...given), Server, server)

/** Asks this process for the invoice of a ticket. */
export const post = (
  server: Running,
  token: string,
  portal: URL,
  folio: string,
  headers: Record<string, string> = {}
) =>
  request(server, "POST", "/tasks", {
    token,
    headers,
    json: { vendor_url: portal.href, ticket_details: { folio, total: 116 } }
  })

/** A task of this ticket. */
export const ordered = (server: Running, token: string, portal: URL, folio: string) =>
  post(server, token, portal, folio).pipe(
    Effect.flatMap(({ text }) => Schema.decode(Schema.parseJson(Created))(text)),
    Effect.map(({ taskId }) => taskId)
  )

const Seen = Schema.Struct({
  status: Schema.String,
  failure_code: Schema.NullOr(Schema.String),
  retry_count: Schema.Int
})

/** The task as this process tells of it, as soon as it is in that state. */
export const seenAs = (server: Running, token: string, id: TaskId, status: string) =>
  request(server, "GET", `/tasks/${id}`, { token }).pipe(
    Effect.flatMap(({ body }) => Schema.decodeUnknown(Seen)(body)),
    Effect.filterOrFail((task) => task.status === status),
    Effect.retry(Schedule.spaced("50 millis")),
    Effect.timeout("60 seconds")
  )

const Row = Schema.Struct({ seq: Schema.Int, status: Schema.NullOr(Schema.String) })

/** Every status that the task has had; the numbers of its events are checked to be 1, 2, 3 … */
export const historyIn = Effect.fn("historyIn")(
  function* (databaseUrl: string, id: TaskId) {
    const sql = yield* PgClient.make({ url: Redacted.make(databaseUrl), maxConnections: 1 })
    const rows = yield* sql`
      SELECT seq, data->>'status' AS status FROM task_events WHERE task_id = ${id}
      UNION ALL SELECT seq, NULL FROM task_steps WHERE task_id = ${id} ORDER BY seq`
    const log = yield* Schema.decodeUnknown(Schema.Array(Row))(rows)
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
    return log.flatMap(({ status }) => (status === null ? [] : [status]))
  },
  Effect.provide(Reactivity.layer),
  Effect.scoped
)

/** Returns once the record says that the task has had these, and no other, statuses. */
export const becomes = (databaseUrl: string, id: TaskId, statuses: ReadonlyArray<string>) =>
  historyIn(databaseUrl, id).pipe(
    Effect.repeat({ until: (history) => history.length >= statuses.length }),
    Effect.timeout("60 seconds"),
    Effect.map((history) => expect(history).toEqual([...statuses]))
  )
