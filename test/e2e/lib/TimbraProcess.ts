import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Data, Effect, Schedule } from "effect"
import { freePort } from "../../../scripts/lib/Port.ts"

class NotServing extends Data.TaggedError("NotServing")<{ readonly said: string }> {}

const root = new URL("../../../", import.meta.url).pathname

const inherited = Object.fromEntries(
  ["PATH", "HOME", "CHROMIUM_PATH"].flatMap((name) => (Bun.env[name] === undefined ? [] : [[name, Bun.env[name]]]))
)

/** A server in a process of its own that answers; it ends with the scope. */
export const startTimbra = Effect.fn("startTimbra")(function* (
  command: ReadonlyArray<string>,
  settings: Readonly<Record<string, string>>
) {
  const fs = yield* FileSystem.FileSystem
  const folder = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-test-" })
  const port = yield* freePort
  const url = new URL(`http://127.0.0.1:${port}`)
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      Bun.spawn([process.execPath, ...command], {
        // Its own folder, so that no `.env` of this machine speaks into it.
        cwd: folder,
        env: { ...inherited, HOST: "127.0.0.1", PORT: `${port}`, DATA_DIR: folder, ...settings },
        stdout: "pipe",
        stderr: "pipe"
      })
    ),
    (child) =>
      Effect.zipRight(
        Effect.sync(() => child.kill("SIGTERM")),
        Effect.promise(() => child.exited)
      )
  )
  const [out, err] = [new Response(child.stdout).text(), new Response(child.stderr).text()]
  const ended = Effect.promise(async () => ({
    out: await out,
    err: await err,
    code: await child.exited,
    signal: child.signalCode
  }))

  const alive = Effect.tryPromise(() => fetch(new URL("/health", url))).pipe(
    Effect.filterOrFail((response) => response.ok),
    Effect.retry(Schedule.spaced("50 millis")),
    Effect.timeout("30 seconds")
  )
  yield* Effect.raceFirst(
    alive,
    Effect.flatMap(ended, ({ err, out }) => new NotServing({ said: out + err }))
  )
  return { url, ended } as const
}, Effect.provide(BunContext.layer))

/** What `bun` runs, for `startTimbra`. */
export const program = (path: string) => `${root}${path}`
