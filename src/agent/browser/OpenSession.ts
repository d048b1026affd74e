import { Deferred, Effect } from "effect"
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core"
import { BrowserLost, type Session } from "./Browser.ts"

const settings: BrowserContextOptions = {
  locale: "es-MX",
  timezoneId: "America/Mexico_City",
  viewport: { width: 1280, height: 900 },
  acceptDownloads: true,
  serviceWorkers: "block",
  ignoreHTTPSErrors: false
}

/**
 * Opens a session in a connected browser, whoever provides it. `abandon` is what to do with a browser that does not
 * answer any more: it must make whatever still waits for that browser fail.
 */
export const openSession = Effect.fn("openSession")(function* (browser: Browser, abandon: Effect.Effect<void>) {
  // Each of these takes 10 to 200 ms on a busy machine.
  const call = <A>(run: (signal: AbortSignal) => Promise<A>) =>
    Effect.tryPromise({
      try: run,
      catch: (cause) => new BrowserLost({ reason: browser.isConnected() ? "crashed" : "disconnected", cause })
    }).pipe(
      Effect.interruptible,
      Effect.timeoutFail({ duration: "10 seconds", onTimeout: () => new BrowserLost({ reason: "unresponsive" }) }),
      Effect.tapError((error) => (error.reason === "unresponsive" ? abandon : Effect.void))
    )

  const context = yield* Effect.acquireRelease(
    call(async (signal) => {
      const context = await browser.newContext(settings)
      // One that arrives when nobody waits for it any more has no scope to close it.
      if (signal.aborted) await context.close()
      return context
    }),
    (context) => close(context)
  )
  const page = yield* call(() => context.newPage())

  const lost = yield* Deferred.make<never, BrowserLost>()
  const disconnected = () => Deferred.unsafeDone(lost, new BrowserLost({ reason: "disconnected" }))
  page.once("crash", () => Deferred.unsafeDone(lost, new BrowserLost({ reason: "crashed" })))
  yield* Effect.acquireRelease(
    Effect.sync(() => browser.once("disconnected", disconnected)),
    () => Effect.sync(() => browser.off("disconnected", disconnected))
  )

  if (!browser.isConnected()) disconnected()

  // It ends the renderer even in the middle of `while (true) {}`, within 20 ms.
  function close(context: BrowserContext) {
    return call(() => context.close()).pipe(
      Effect.catchAll((error) => Effect.logDebug("The browser context was gone already", error))
    )
  }
  return { page, context, lost: Deferred.await(lost), kill: close(context) } satisfies Session
})
