import { Deferred, Effect } from "effect"
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core"
import { BrowserLost, FileLost, type Files, maxFileBytes, type Session } from "./Browser.ts"

export const viewport = { width: 1280, height: 900 }
export const locale = "es-MX"
export const timezoneId = "America/Mexico_City"

const settings: BrowserContextOptions = {
  locale,
  timezoneId,
  viewport,
  acceptDownloads: true,
  serviceWorkers: "block",
  ignoreHTTPSErrors: false
}

/** A connected browser. `abandon` must make whatever still waits for it fail. */
export interface Connected {
  readonly browser: Browser
  readonly abandon: Effect.Effect<void>
}

/** One call to a browser; one that is not answered is the end of it. Each takes 10 to 200 ms on a busy machine. */
export const ask =
  ({ browser, abandon }: Connected) =>
  <A>(run: (signal: AbortSignal) => Promise<A>) =>
    Effect.tryPromise({
      try: run,
      catch: (cause) => new BrowserLost({ reason: browser.isConnected() ? "crashed" : "disconnected", cause })
    }).pipe(
      Effect.interruptible,
      Effect.timeoutFail({ duration: "10 seconds", onTimeout: () => new BrowserLost({ reason: "unresponsive" }) }),
      Effect.tapError((error) => (error.reason === "unresponsive" ? abandon : Effect.void))
    )

/** Done with the reason when the page or its browser is gone. */
export const lossOf = Effect.fn("lossOf")(function* (browser: Browser, page: Page) {
  const lost = yield* Deferred.make<never, BrowserLost>()
  const disconnected = () => Deferred.unsafeDone(lost, new BrowserLost({ reason: "disconnected" }))
  page.once("crash", () => Deferred.unsafeDone(lost, new BrowserLost({ reason: "crashed" })))
  yield* Effect.acquireRelease(
    Effect.sync(() => browser.once("disconnected", disconnected)),
    () => Effect.sync(() => browser.off("disconnected", disconnected))
  )
  if (!browser.isConnected()) disconnected()
  return lost
})

/** A context of its own in a browser that is shared with others. */
export const ownContext = Effect.fn("ownContext")(function* (connected: Connected) {
  const call = ask(connected)
  // It ends the renderer even in the middle of `while (true) {}`, within 20 ms.
  const close = (context: BrowserContext) =>
    call(() => context.close()).pipe(
      Effect.catchAll((error) => Effect.logDebug("The browser context was gone already", error))
    )
  const context = yield* Effect.acquireRelease(
    call(async (signal) => {
      const context = await connected.browser.newContext(settings)
      // One that arrives when nobody waits for it any more has no scope to close it.
      if (signal.aborted) await context.close()
      return context
    }),
    close
  )
  const page = yield* call(() => context.newPage())
  return { context, page, close: close(context) } as const
})

const onDisk: Files = {
  watch: () => Effect.void,
  read: (download) =>
    Effect.tryPromise({
      try: async () => Bun.file(await download.path()),
      catch: (cause) => new FileLost({ cause })
    }).pipe(
      Effect.filterOrFail(
        (file) => file.size <= maxFileBytes,
        (file) => new FileLost({ cause: `${file.size} bytes` })
      ),
      Effect.flatMap((file) =>
        Effect.tryPromise({ try: () => file.bytes(), catch: (cause) => new FileLost({ cause }) })
      )
    )
}

/** Opens a session in a browser on this machine. */
export const openSession = Effect.fn("openSession")(function* (connected: Connected) {
  const { context, page, close } = yield* ownContext(connected)
  const lost = yield* lossOf(connected.browser, page)
  return { page, context, files: onDisk, lost: Deferred.await(lost), kill: close } satisfies Session
})
