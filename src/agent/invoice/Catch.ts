import { type Duration, Effect, FiberSet } from "effect"
import type { BrowserContext, Download, Page, Response } from "playwright-core"
import { type Files, maxFileBytes } from "../browser/Browser.ts"
import { type Found, recognize } from "./Documents.ts"

const worthReading = /xml|pdf|zip|octet-stream|json|download|text\/plain/i
const downloadTime: Duration.DurationInput = "5 seconds"

const lastPart = (url: string) => URL.parse(url)?.pathname.split("/").pop() ?? ""

/**
 * Collects every invoice that reaches the tab by any way: a reply of any kind, a download, a popup. Portals hand them
 * out as files, blobs, archives, viewers or base64 inside JSON, so the content decides.
 */
export const catchDocuments = Effect.fn("Catch.make")(function* (files: Files, pulse: () => void) {
  const found: Array<Found> = []
  const news = yield* Effect.makeLatch()
  const run = yield* FiberSet.makeRuntime<never>()
  const downloads = yield* FiberSet.make()
  const runDownload = yield* FiberSet.runtime(downloads)<never>()

  const keep = (bytes: Uint8Array, filename: string) => {
    for (const document of recognize(bytes, filename)) {
      const known = found.some(
        ({ bytes }) => bytes.length === document.bytes.length && Buffer.compare(bytes, document.bytes) === 0
      )
      if (known) continue
      found.push(document)
      news.unsafeOpen()
    }
    pulse()
  }

  // A reply that became a download, or whose page has gone, has no body to read: the download event brings it.
  const read = (response: Response) =>
    Effect.tryPromise(() => response.body()).pipe(
      Effect.map((body) => keep(body, lastPart(response.url()))),
      Effect.catchTag("UnknownException", (error) => Effect.logDebug("reply not readable", error.message))
    )

  const save = (download: Download) =>
    files.read(download).pipe(
      Effect.map((bytes) => keep(bytes, download.suggestedFilename())),
      Effect.catchTag("FileLost", (error) => Effect.logDebug("download not readable", error.cause))
    )

  const isWorthReading = (response: Response) => {
    const headers = response.headers()
    if (!response.ok() || Number(headers["content-length"] ?? 0) > maxFileBytes) return false
    const kind = response.request().resourceType()
    const type = headers["content-type"] ?? ""
    if (/attachment/i.test(headers["content-disposition"] ?? "")) return true
    return (
      (kind === "document" || kind === "xhr" || kind === "fetch" || kind === "other") &&
      worthReading.test(type) &&
      !/xhtml/.test(type)
    )
  }

  yield* files.watch(keep)
  /** Of the whole context: a popup's own document comes before it is known as a page. */
  const watch = (context: BrowserContext) => {
    context.on("response", (response) => {
      if (isWorthReading(response)) run(read(response))
    })
  }
  const watchDownloads = (page: Page) => page.on("download", (download) => runDownload(save(download)))

  /** Done as soon as there are more than so many documents. */
  const beyond = (count: number) =>
    Effect.suspend(() => (found.length > count ? Effect.void : Effect.zipRight(news.close, news.await)))

  /** Done once no download is under way. */
  const downloaded = Effect.timeoutOption(FiberSet.awaitEmpty(downloads), downloadTime)

  return { watch, watchDownloads, keep, beyond, downloaded, found: found as ReadonlyArray<Found> } as const
})

export type Caught = Effect.Effect.Success<ReturnType<typeof catchDocuments>>
