import { Effect, FiberSet } from "effect"
import type { Browser, BrowserContext, CDPSession, Download, Page } from "playwright-core"
import { BrowserLost, FileLost, type Files, type Keep, maxFileBytes } from "./Browser.ts"

interface Wire {
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
  /** Whether strangers use the same browser. */
  readonly shared: boolean
  /** Where a file may still be that no answer brought. */
  readonly fallback: (filename: string) => Effect.Effect<Uint8Array, FileLost>
}

const trying = <A>(run: () => Promise<A>) => Effect.tryPromise({ try: run, catch: (cause) => new FileLost({ cause }) })

type Paused = Parameters<Parameters<typeof onPaused>[1]>[0]
const onPaused = (cdp: CDPSession, listener: Parameters<typeof cdp.on<"Fetch.requestPaused">>[1]) =>
  cdp.on("Fetch.requestPaused", listener)

const headersOf = ({ responseHeaders = [] }: Paused) =>
  new Map(responseHeaders.map(({ name, value }) => [name.toLowerCase(), value]))

const isFile = (paused: Paused) => {
  const headers = headersOf(paused)
  if (paused.responseStatusCode !== 200 || Number(headers.get("content-length") ?? 0) > maxFileBytes) return false
  return (
    /attachment/i.test(headers.get("content-disposition") ?? "") || !/html/i.test(headers.get("content-type") ?? "html")
  )
}

const lastPart = (url: string) => URL.parse(url)?.pathname.split("/").pop() ?? ""

/** Runs in the page. */
const readBlob = async (url: string) => {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
}

/**
 * Files of a browser that writes its downloads to another machine's disk: they are taken out of the answers, so that
 * nothing is asked for twice. A download is the answer to a document request, also where a form is posted or a popup opens,
 * and one CDP session sees those of all tabs; it costs each document one round trip.
 */
export const wireFiles = Effect.fn("WireFiles.make")(function* ({ browser, context, page, shared, fallback }: Wire) {
  const taken = new Map<string, Uint8Array>()
  let keep: Keep = () => undefined
  const run = yield* FiberSet.makeRuntime<never>()
  const { cdp, own } = yield* Effect.tryPromise({
    try: async () => {
      const tab = await context.newCDPSession(page)
      const { targetInfo } = await tab.send("Target.getTargetInfo")
      await tab.detach()
      return { cdp: await browser.newBrowserCDPSession(), own: targetInfo.browserContextId }
    },
    catch: (cause) => new BrowserLost({ reason: "disconnected", cause })
  })

  // The frame of a page has the number of its target; frames within it are passed over where strangers may have them.
  const isOurs = ({ frameId }: Paused) =>
    shared
      ? trying(() => cdp.send("Target.getTargetInfo", { targetId: frameId })).pipe(
          Effect.map(({ targetInfo }) => targetInfo.browserContextId === own),
          Effect.orElseSucceed(() => false)
        )
      : Effect.succeed(true)

  const take = (paused: Paused) =>
    Effect.gen(function* () {
      if (!isFile(paused) || !(yield* isOurs(paused))) return
      const { body } = yield* trying(() => cdp.send("Fetch.getResponseBody", { requestId: paused.requestId }))
      const bytes = new Uint8Array(Buffer.from(body, "base64"))
      taken.set(paused.request.url, bytes)
      keep(bytes, lastPart(paused.request.url))
    }).pipe(
      Effect.catchAll((error) => Effect.logDebug("answer not readable", error.cause)),
      Effect.zipRight(trying(() => cdp.send("Fetch.continueRequest", { requestId: paused.requestId }))),
      Effect.catchAll((error) => Effect.logDebug("the browser went away", error.cause))
    )

  yield* Effect.sync(() => onPaused(cdp, (paused) => void run(take(paused))))
  yield* trying(() =>
    cdp.send("Fetch.enable", { patterns: [{ resourceType: "Document", requestStage: "Response" }] })
  ).pipe(Effect.catchAll((error) => Effect.logWarning("Files come by the farm's own way only", error.cause)))

  const read = Effect.fnUntraced(function* (download: Download) {
    const url = download.url()
    const known = taken.get(url)
    if (known) return known
    const elsewhere = fallback(download.suggestedFilename())
    if (!/^(blob|data):/.test(url)) return yield* elsewhere
    return yield* trying(() => download.page().evaluate(readBlob, url)).pipe(
      Effect.map((text) => new Uint8Array(Buffer.from(text, "base64"))),
      Effect.timeoutFail({ duration: "5 seconds", onTimeout: () => new FileLost({ cause: "the page is busy" }) }),
      Effect.orElse(() => elsewhere)
    )
  })

  const watch = (keeper: Keep) =>
    Effect.sync(() => {
      keep = keeper
    })

  return { read, watch } satisfies Files
})
