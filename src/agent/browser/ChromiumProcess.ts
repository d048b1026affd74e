import { closeSync } from "node:fs"
import { Chunk, Config, Deferred, Effect, Predicate, Record, Stream } from "effect"
import { BrowserLost } from "./Browser.ts"
import { profileFolder } from "./ProfileFolder.ts"

/** A Chromium that can be started, and what it needs to run where it lies. */
export interface Chromium {
  readonly path: string
  readonly args: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
}

const flags = [
  "--headless",
  "--remote-debugging-port=0",
  "--remote-debugging-pipe",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--disable-breakpad",
  "--disable-extensions",
  "--disable-default-apps",
  "--disable-popup-blocking",
  "--disable-dev-shm-usage",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-background-networking",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--disable-features=Translate,MediaRouter,OptimizationHints,HttpsUpgrades",
  "--webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--no-first-run",
  "--no-default-browser-check",
  "--password-store=basic",
  "--use-mock-keychain",
  "--mute-audio"
]

// Chromium refuses to use its sandbox as root.
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : []

// The browser runs strangers' code: it gets what it needs of our environment, and none of our secrets.
const inherited = ["PATH", "TMPDIR", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE"]

export const environment = Config.all(
  Record.fromIterableWith(inherited, (name) => [name, Config.option(Config.string(name))])
).pipe(Config.map(Record.getSomes))

const notStarted = (because: { readonly detail?: string; readonly cause?: unknown }) =>
  new BrowserLost({ reason: "not-started", ...because })

const killGroup = (leader: number) =>
  Effect.try(() => process.kill(-leader, "SIGKILL")).pipe(
    Effect.catchIf(
      ({ error }) => Predicate.hasProperty(error, "code") && error.code === "ESRCH",
      () => Effect.void
    ),
    Effect.orDie
  )

const spawn = (command: ReadonlyArray<string>, env: Record<string, string>) =>
  Effect.try({
    try: () => {
      const child = Bun.spawn([...command], {
        env,
        detached: true,
        stdio: ["ignore", "ignore", "pipe", "pipe", Bun.file("/dev/null")]
      })
      // Chromium quits when our end of this pipe closes, and that happens however this process ends.
      return { child, leash: child.stdio[3] }
    },
    catch: (cause) => notStarted({ cause })
  })

type Spawned = Effect.Effect.Success<ReturnType<typeof spawn>>

const kill = ({ child }: Spawned) =>
  Effect.suspend(() => ((child.exitCode ?? child.signalCode) === null ? killGroup(child.pid) : Effect.void)).pipe(
    Effect.zipRight(Effect.promise(() => child.exited))
  )

const release = (spawned: Spawned) =>
  Effect.zipRight(
    kill(spawned),
    Effect.sync(() => typeof spawned.leash === "number" && closeSync(spawned.leash))
  )

/** Starts a Chromium of our own, with all of its processes in one group that dies with the scope. */
export const startChromium = Effect.fn("startChromium")(function* (
  chromium: Chromium,
  inherited: Readonly<Record<string, string>>
) {
  const profile = yield* Effect.mapError(profileFolder, (cause) => notStarted({ cause }))
  const spawned = yield* Effect.acquireRelease(
    spawn([chromium.path, ...flags, ...sandbox, ...chromium.args, `--user-data-dir=${profile}`], {
      ...inherited,
      ...chromium.env,
      HOME: profile
    }),
    release
  )
  const { child } = spawned
  // At once, because later the number of the group may be somebody else's.
  yield* Effect.promise(() => child.exited).pipe(Effect.zipRight(killGroup(child.pid)), Effect.forkScoped)

  const address = yield* Deferred.make<string, BrowserLost>()
  yield* Stream.fromReadableStream({ evaluate: () => child.stderr, onError: (cause) => notStarted({ cause }) }).pipe(
    Stream.decodeText(),
    Stream.splitLines,
    Stream.runFoldEffect(Chunk.empty<string>(), (last, line) => {
      const url = /^DevTools listening on (ws:\S+)/.exec(line)?.[1]
      return Effect.as(
        url === undefined ? Effect.void : Deferred.succeed(address, url),
        Chunk.takeRight(Chunk.append(last, line), 5)
      )
    }),
    Effect.flatMap((last) => notStarted({ detail: Chunk.join(last, "\n") })),
    Effect.catchAll((error) => Deferred.fail(address, error)),
    Effect.forkScoped
  )
  // Half a second when the files are not in the page cache, 50 ms when they are.
  const url = yield* Deferred.await(address).pipe(
    Effect.timeoutFail({ duration: "30 seconds", onTimeout: () => notStarted({ detail: "no answer in 30 seconds" }) })
  )
  return { url, pid: child.pid, profile, kill: kill(spawned) }
})
