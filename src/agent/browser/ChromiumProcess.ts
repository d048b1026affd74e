import { closeSync } from "node:fs"
import { Chunk, Config, Effect, Fiber, Predicate, Record, Stream } from "effect"
import { BrowserLost } from "./Browser.ts"
import { openPipe } from "./Pipe.ts"
import { profileFolder } from "./ProfileFolder.ts"

/** A Chromium that can be started, and what it needs to run where it lies. */
export interface Chromium {
  readonly path: string
  readonly args: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
}

const flags = [
  "--headless",
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

export const notStarted = (because: { readonly detail?: string; readonly cause?: unknown }) =>
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
        stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"]
      })
      // Chromium quits when our ends of its pipes close, and that happens however this process ends.
      const [, , , into, from] = child.stdio
      if (typeof into !== "number" || typeof from !== "number") throw new Error("no pipes")
      return { child, into, from }
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
    Effect.sync(() => {
      closeSync(spawned.into)
      closeSync(spawned.from)
    })
  )

/**
 * Starts a Chromium of our own, with all of its processes in one group that dies with the scope. It answers over its `pipe`;
 * `ended` fails with its last words once it has none left to say.
 */
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

  const ended = yield* Stream.fromReadableStream({
    evaluate: () => child.stderr,
    onError: (cause) => notStarted({ cause })
  }).pipe(
    Stream.decodeText(),
    Stream.splitLines,
    Stream.runFold(Chunk.empty<string>(), (last, line) => Chunk.takeRight(Chunk.append(last, line), 5)),
    Effect.flatMap((last) => notStarted({ detail: Chunk.join(last, "\n") })),
    Effect.forkScoped
  )
  const pipe = yield* openPipe(spawned.into, spawned.from)
  return { pipe, pid: child.pid, profile, kill: kill(spawned), ended: Fiber.join(ended) }
})
