import { Effect, Schedule } from "effect"
import type { Browser } from "playwright-core"
import { BrowserLost } from "./Browser.ts"

export const answers = <A>(run: () => Promise<A>) =>
  Effect.tryPromise({ try: run, catch: (cause) => new BrowserLost({ reason: "disconnected", cause }) }).pipe(
    Effect.timeoutFail({ duration: "10 seconds", onTimeout: () => new BrowserLost({ reason: "unresponsive" }) })
  )

/** In MiB of memory that a process shares with no file, and so with hardly any other process. */
export interface MemoryLimits {
  /** What ends a tab. A portal's page takes 30 to 150. */
  readonly tab: number
  /** All processes together: no new session goes to a Chromium beyond it. */
  readonly whole: number
}

interface Watched {
  readonly browser: Browser
  readonly limits: MemoryLimits
  readonly retire: Effect.Effect<unknown>
  readonly abandon: Effect.Effect<unknown>
}

// Linux only. Elsewhere, and of a process that has just ended, nothing is known.
const memoryOf = (pid: number) =>
  Effect.tryPromise(() => Bun.file(`/proc/${pid}/status`).text()).pipe(
    Effect.map((status) => Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024),
    Effect.orElseSucceed(() => 0)
  )

/** Looks every two seconds whether a Chromium answers and how much it takes, as long as the scope is open. */
export const watchChromium = Effect.fn("watchChromium")(function* ({ browser, limits, retire, abandon }: Watched) {
  const cdp = yield* answers(() => browser.newBrowserCDPSession())

  const look = Effect.gen(function* () {
    const { processInfo } = yield* answers(() => cdp.send("SystemInfo.getProcessInfo"))
    const processes = yield* Effect.forEach(
      processInfo,
      ({ id, type }) => Effect.map(memoryOf(id), (memory) => ({ id, type, memory })),
      { concurrency: "unbounded" }
    )
    const large = processes.filter(({ type, memory }) => type === "renderer" && memory > limits.tab)
    for (const { id, memory } of large) {
      yield* Effect.logWarning("A tab is ended for the memory it takes").pipe(Effect.annotateLogs({ pid: id, memory }))
      yield* Effect.sync(() => process.kill(id, "SIGKILL"))
    }
    return processes.reduce((sum, { memory }) => sum + memory, 0)
  })

  yield* look.pipe(
    Effect.repeat({ until: (memory) => memory > limits.whole, schedule: Schedule.spaced("2 seconds") }),
    Effect.zipRight(retire),
    // Whoever waits for a browser that hangs would not notice.
    Effect.catchAll((error) => Effect.zipRight(Effect.logWarning(`Chromium is replaced: ${error.message}`), abandon)),
    Effect.forkScoped
  )
})
