import { Effect, Layer, Option, Redacted, Schedule } from "effect"
import type { Page } from "playwright-core"
import { Egress } from "../../egress/Egress.ts"
import { Browser, BrowserLost, FileLost, maxFileBytes } from "./Browser.ts"
import { BrowserbaseApi } from "./BrowserbaseApi.ts"
import { documentsAndAddresses, watchOutgoing } from "./Outgoing.ts"
import { connect, localized, remoteSession } from "./Remote.ts"
import { recorded } from "./SessionLog.ts"

const trying = <A>(run: () => Promise<A>) =>
  Effect.tryPromise({ try: run, catch: (cause) => new BrowserLost({ reason: "disconnected", cause }) })

const closed = (pages: ReadonlyArray<Page>) =>
  Effect.forEach(pages, (page) => trying(() => page.close()), { concurrency: "unbounded", discard: true }).pipe(
    Effect.interruptible,
    Effect.timeout("2 seconds"),
    Effect.catchAll((error) => Effect.logDebug("The pages were gone already", error.message))
  )

/** Browserbase stores `factura.xml` as `factura-1764000000000.xml`. */
const storedAs = (filename: string) => {
  const [, stem = filename, extension = ""] = /^(.*?)(\.\w+)?$/.exec(filename) ?? []
  return (name: string) => name === filename || (name.startsWith(`${stem}-`) && name.endsWith(extension))
}

const entryOf = (zip: Uint8Array, filename: string) =>
  Effect.try({
    try: () => {
      const { unzipSync }: typeof import("fflate") = require("fflate")
      const wanted = storedAs(filename)
      const files = unzipSync(zip, { filter: ({ name, originalSize }) => wanted(name) && originalSize <= maxFileBytes })
      return Object.values(files).at(-1)
    },
    catch: (cause) => new FileLost({ cause })
  }).pipe(
    Effect.filterOrFail(
      (bytes) => bytes !== undefined,
      () => new FileLost({ cause: "not synchronized yet" })
    )
  )

const make = Effect.gen(function* () {
  const api = yield* BrowserbaseApi
  const egress = yield* Egress
  const scope = yield* Effect.scope

  // Files come to the ZIP some seconds after the download; an empty ZIP is one of 22 bytes.
  const stored = (id: string) => (filename: string) =>
    Effect.flatMap(api.downloads(id), (zip) => entryOf(zip, filename)).pipe(
      Effect.retry(Schedule.intersect(Schedule.spaced("500 millis"), Schedule.recurs(30)))
    )

  const release = (id: string) =>
    api
      .release(id)
      .pipe(
        Effect.catchAll((error) =>
          Effect.as(
            Effect.logError("A session could not be released and is left to the reconciliation", error),
            undefined
          )
        )
      )

  // Of a create without an answer nobody knows whether there is a session.
  const releaseUnknown = (mark: string) =>
    Effect.flatMap(api.open(mark), (sessions) => Effect.forEach(sessions, ({ id }) => release(id))).pipe(
      Effect.delay("2 seconds"),
      Effect.catchAll((error) => Effect.logWarning("A session may be left to the reconciliation", error)),
      Effect.forkIn(scope)
    )

  const session = Effect.gen(function* () {
    const record = yield* recorded("browserbase")
    const remote = yield* Effect.acquireRelease(
      Effect.tapErrorTag(api.create(record.id), "BrowserLost", (error) =>
        error.reason === "not-started" ? releaseUnknown(record.id) : Effect.void
      ),
      ({ id }) => Effect.flatMap(release(id), (ended) => record.cost(ended?.proxyBytes ?? 0))
    )
    yield* record.opened(remote.id)
    const browser = yield* connect(Redacted.make(remote.connectUrl))
    // Recording, files, proxies and the live view belong to the context that is there already.
    const context = yield* Effect.fromNullable(browser.contexts()[0]).pipe(
      Effect.mapError((cause) => new BrowserLost({ reason: "not-started", cause }))
    )
    const page = context.pages()[0] ?? (yield* trying(() => context.newPage()))
    // Its network is not ours: what cannot be watched in it is its own to refuse.
    yield* Effect.catchAll(watchOutgoing(browser, egress, documentsAndAddresses), (error) =>
      Effect.logWarning(error.message)
    )
    // Else they would go on without the watch until the session is released.
    yield* Effect.addFinalizer(() => closed(context.pages()))
    yield* localized(context, page)
    yield* trying(async () => {
      const cdp = await browser.newBrowserCDPSession()
      await cdp.send("Browser.setDownloadBehavior", {
        behavior: "allow",
        downloadPath: "downloads",
        eventsEnabled: true
      })
    })
    const kill = Effect.asVoid(release(remote.id))
    return yield* remoteSession({ browser, context, page, shared: false, fallback: stored(remote.id), kill })
  }).pipe(
    Effect.tapErrorTag("BrowserLost", (error) => Effect.logWarning(error.message)),
    Effect.withSpan("Browser.session")
  )

  const check = api.check().pipe(
    Effect.catchTag("NoVacancy", () => Effect.void),
    Effect.as({ version: "Browserbase" })
  )

  return Browser.of({ provider: "browserbase", farm: Option.some(api), session, ready: check, check })
})

/** A session of Browserbase's for each run, released whatever happens to it. */
export const BrowserbaseLive = Layer.scoped(Browser, make)
