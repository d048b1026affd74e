import { Effect, FiberSet } from "effect"
import type { Browser } from "playwright-core"
import { type Egress, hostOf, portOf } from "../../egress/Egress.ts"
import { BrowserLost } from "./Browser.ts"

interface Pattern {
  readonly urlPattern?: string
  readonly resourceType?: "Document"
}

/** All that a browser asks for, each at the price of a round trip: for one in a network that is the operator's own. */
export const everything: ReadonlyArray<Pattern> = [{ urlPattern: "*" }]

/**
 * Every document, and what is written as an address or as a private name; the rest is not kept waiting for us. For a browser
 * far away in a network that is nobody's.
 */
export const documentsAndAddresses: ReadonlyArray<Pattern> = [
  { resourceType: "Document" },
  ...[..."0123456789["].map((first) => ({ urlPattern: `*://${first}*` })),
  { urlPattern: "*://localhost*" },
  ...["localhost", "local", "internal", "lan"].map((suffix) => ({ urlPattern: `*.${suffix}*` }))
]

/** Refused: what the guard says no to, and a name that only the other machine knows. */
const mayAsk = ({ destination }: Egress, text: string) => {
  const url = URL.parse(text)
  const port = url === null ? undefined : portOf(url)
  // Such as data: and blob:, which lead nowhere.
  if (url === null || port === undefined) return Effect.succeed(true)
  return destination(hostOf(url), port).pipe(
    Effect.as(true),
    Effect.orElseSucceed(() => false)
  )
}

/**
 * Stands in for our own proxy where a browser on another machine cannot go through it: what it asks for, redirects included,
 * waits until it has been judged. Of a browser that others use as well their requests are judged alike. Sockets of the
 * page's own making are not seen here, and a name is resolved again over there.
 */
export const watchOutgoing = Effect.fn("Outgoing.watch")(function* (
  browser: Browser,
  egress: Egress,
  patterns: ReadonlyArray<Pattern>
) {
  const run = yield* FiberSet.makeRuntime<never>()
  const call = <A>(ask: () => Promise<A>) =>
    Effect.tryPromise({
      try: ask,
      catch: (cause) => new BrowserLost({ reason: "refused", detail: "its requests cannot be watched", cause })
    })
  const cdp = yield* call(() => browser.newBrowserCDPSession())
  yield* Effect.sync(() =>
    cdp.on("Fetch.requestPaused", ({ requestId, request }) =>
      run(
        mayAsk(egress, request.url).pipe(
          Effect.flatMap((may) =>
            call(() =>
              may
                ? cdp.send("Fetch.continueRequest", { requestId })
                : cdp.send("Fetch.failRequest", { requestId, errorReason: "AccessDenied" })
            )
          ),
          Effect.catchAll((error) => Effect.logDebug("the browser went away", error.cause)),
          // What nobody answers is sent when we leave: the run that this very request ends waits for the word on it.
          Effect.interruptible,
          Effect.timeoutOption("5 seconds"),
          Effect.uninterruptible
        )
      )
    )
  )
  yield* call(() => cdp.send("Fetch.enable", { patterns: [...patterns] }))
})
