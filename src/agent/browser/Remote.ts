import { Deferred, Duration, Effect, Redacted, Runtime, Schedule } from "effect"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { BrowserLost, type FileLost, NoVacancy, type Session } from "./Browser.ts"
import { ask, locale, lossOf, timezoneId, viewport } from "./OpenSession.ts"
import { wireFiles } from "./WireFiles.ts"

const trying = <A>(run: () => Promise<A>) =>
  Effect.tryPromise({ try: run, catch: (cause) => new BrowserLost({ reason: "disconnected", cause }) })

// What playwright says of a connection names its address, which is as good as a password.
const notConnected = (cause: unknown) =>
  /\b429 Too Many/i.test(String(cause))
    ? new NoVacancy({ retryAfter: Duration.seconds(10) })
    : new BrowserLost({ reason: "not-started", detail: "the remote browser cannot be connected to" })

/** A connection to a browser on another machine, which may be unreachable by the time it is closed. */
export const connect = Effect.fn("Remote.connect")(function* (address: Redacted.Redacted) {
  return yield* Effect.acquireRelease(
    Effect.tryPromise({
      try: async () => {
        // Here and not above, as for a local one: a process without a browser has no use for it.
        const { chromium } = await import("playwright-core")
        return chromium.connectOverCDP(Redacted.value(address), { timeout: 30_000 })
      },
      catch: notConnected
    }),
    (browser) =>
      trying(() => browser.close()).pipe(
        Effect.interruptible,
        Effect.timeout("3 seconds"),
        Effect.catchAll((error) => Effect.logDebug("The connection was gone already", error.message))
      )
  )
})

/** What a context of our own would be made with, for the tabs of one that was there already. */
export const localized = Effect.fn("Remote.localized")(function* (context: BrowserContext, first: Page) {
  const adapt = async (page: Page) => {
    const cdp = await context.newCDPSession(page)
    await Promise.all([
      cdp.send("Emulation.setUserAgentOverride", { userAgent: "", acceptLanguage: locale }),
      cdp.send("Emulation.setLocaleOverride", { locale }),
      cdp.send("Emulation.setTimezoneOverride", { timezoneId }),
      page.setViewportSize(viewport)
    ])
  }
  const run = yield* Effect.runtime<never>()
  yield* Effect.sync(() =>
    context.on("page", (page) =>
      Runtime.runFork(run)(
        trying(() => adapt(page)).pipe(Effect.catchAll((error) => Effect.logDebug("a popup went away", error.message)))
      )
    )
  )
  yield* trying(() => adapt(first))
})

interface Opened {
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
  readonly shared: boolean
  readonly fallback: (filename: string) => Effect.Effect<Uint8Array, FileLost>
  readonly kill: Effect.Effect<void>
}

/**
 * A session in a browser on another machine. One that was cut off says nothing of it, so it is asked every fifteen seconds,
 * which also keeps proxies on the way from closing a quiet connection.
 */
export const remoteSession = Effect.fn("Remote.session")(function* (opened: Opened) {
  const { browser, context, page, kill } = opened
  const lost = yield* lossOf(browser, page)
  const files = yield* wireFiles(opened)
  const cdp = yield* trying(() => browser.newBrowserCDPSession())
  yield* ask({ browser, abandon: Effect.void })(() => cdp.send("Browser.getVersion")).pipe(
    Effect.repeat(Schedule.spaced("15 seconds")),
    Effect.catchAll((error) => Deferred.fail(lost, error)),
    Effect.forkScoped
  )
  return { page, context, files, lost: Deferred.await(lost), kill } satisfies Session
})
