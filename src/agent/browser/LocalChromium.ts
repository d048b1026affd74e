import type { FileSystem, Path } from "@effect/platform"
import { Effect, Layer, Option, RcMap, Ref } from "effect"
import type { ConnectOverCDPTransport } from "playwright-core"
import { ForwardProxy } from "../../egress/ForwardProxy.ts"
import { Browser, BrowserLost } from "./Browser.ts"
import { answers, type MemoryLimits, watchChromium } from "./ChromiumHealth.ts"
import { environment, notStarted, startChromium } from "./ChromiumProcess.ts"
import { chromiumPath, findChromium, locateChromium } from "./FindChromium.ts"
import { openSession } from "./OpenSession.ts"
import * as Proxied from "./Proxied.ts"
import { recorded } from "./SessionLog.ts"

interface Options {
  readonly sessionsPerProcess: number
  readonly memory?: MemoryLimits
  readonly candidates?: ReadonlyArray<string>
}

const roomy: MemoryLimits = { tab: 1024, whole: 3072 }

const connect = (pipe: ConnectOverCDPTransport, artifactsDir: string) =>
  Effect.tryPromise({
    try: async () => {
      // Here and not above: it costs 30 MB and 0.1 s, and a process without a browser has no use for it.
      const { chromium } = await import("playwright-core")
      return chromium.connectOverCDP(pipe, { artifactsDir })
    },
    catch: (cause) => notStarted({ cause })
  }).pipe(
    Effect.timeoutFail({ duration: "30 seconds", onTimeout: () => notStarted({ detail: "no answer in 30 seconds" }) })
  )

const make = (options: Options) =>
  Effect.gen(function* () {
    const configured = yield* chromiumPath
    const inherited = yield* environment
    const proxy = yield* ForwardProxy

    const scope = yield* Effect.scope

    const start = Effect.fnUntraced(function* (own: number) {
      const found = yield* findChromium(configured, options.candidates)
      const started = yield* startChromium(Proxied.through(proxy.url, found), inherited)
      const { kill, pid, pipe, profile } = started
      // Half a second when its files are not in the page cache, 50 ms when they are.
      const browser = yield* connect(pipe, profile).pipe(
        // One that ends tells why just before or after its pipe closes.
        Effect.tapError(() => Effect.timeoutOption(started.ended, "1 second")),
        Effect.raceFirst(started.ended)
      )
      // What retires a process may close the scope that its watch runs in.
      const outside = (effect: Effect.Effect<void>) => Effect.forkIn(effect, scope)
      yield* watchChromium({
        browser,
        limits: options.memory ?? roomy,
        retire: outside(retire(own)),
        abandon: outside(Effect.zipRight(retire(own), kill))
      })
      const sessions = yield* Ref.make(0)
      yield* Effect.logDebug("Chromium started").pipe(Effect.annotateLogs({ pid, version: browser.version() }))
      return { browser, kill, sessions }
    })

    // Processes by generation: raising it sends new sessions to a new process, while the old one ends with its last.
    const generation = yield* Ref.make(0)
    const processes = yield* RcMap.make({ lookup: start, idleTimeToLive: "5 minutes" })
    const retire = (old: number): Effect.Effect<void> =>
      Effect.zipRight(
        Ref.update(generation, (present) => (present === old ? old + 1 : present)),
        RcMap.invalidate(processes, old)
      )

    const current = Effect.gen(function* () {
      const present = yield* Ref.get(generation)
      const running = yield* Effect.tapError(RcMap.get(processes, present), () => retire(present))
      if (!running.browser.isConnected()) {
        yield* retire(present)
        return yield* new BrowserLost({ reason: "disconnected" })
      }
      return { ...running, retire: retire(present), abandon: Effect.zipRight(retire(present), running.kill) }
    }).pipe(Effect.retry({ times: 1, while: (error) => error.reason === "disconnected" }))

    const session = Effect.gen(function* () {
      const { abandon, browser, retire, sessions } = yield* current
      if ((yield* Ref.updateAndGet(sessions, (n) => n + 1)) >= options.sessionsPerProcess) yield* retire
      yield* recorded("local")
      const session = yield* openSession({ browser, abandon })
      yield* answers(Proxied.introduce(session, yield* proxy.pass(), proxy.greeting))
      return session
    }).pipe(Effect.withSpan("Browser.session"))

    const check = Effect.gen(function* () {
      const { abandon, browser } = yield* current
      const version = answers(async () => {
        const cdp = await browser.newBrowserCDPSession()
        const { product } = await cdp.send("Browser.getVersion")
        await cdp.detach()
        return product
      })
      return { version: yield* Effect.tapError(version, () => abandon) }
    }).pipe(Effect.scoped, Effect.withSpan("Browser.check"))

    // No Chromium is started for it: one that does not start is the next session's to tell of.
    const files = yield* Effect.context<FileSystem.FileSystem | Path.Path>()
    const ready = Effect.provide(locateChromium(configured, options.candidates), files)

    return Browser.of({ provider: "local", farm: Option.none(), session, ready, check })
  })

export const localChromium = (options: Options) => Layer.scoped(Browser, make(options))

/** One Chromium of our own for all sessions, started for the first of them and stopped after five idle minutes. */
export const LocalChromium = localChromium({ sessionsPerProcess: 100 })
