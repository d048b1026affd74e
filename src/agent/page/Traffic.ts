import { Effect } from "effect"
import type { BrowserContext, Page, Request } from "playwright-core"

const awaited = new Set(["document", "xhr", "fetch", "script"])

export interface Sent {
  readonly at: number
  readonly method: string
  readonly url: string
  readonly kind: string
}

/** What begins this long after an act was not caused by it. */
const causeMs = 1_500

/** A script that looks at the status of a reply alone leaves its body unread, and the request without an end. */
const bodyMs = 400

const pathOf = (url: string) => url.split(/[?#]/)[0] ?? url

// The request for a popup's first document has no frame yet.
const pageOf = (request: Request) => (request.isNavigationRequest() ? undefined : request.frame().page())

/**
 * What the tab asks of the network: which of it is still under way, and what was sent since a moment. What a page asks
 * for by itself again and again (a poll, a heartbeat) is not waited for. `pulse` is told of every beginning and end.
 */
export const watchTraffic = (pulse: () => void) => {
  const pending = new Map<Request, number>()
  const sent: Array<Sent> = []
  const unprompted = new Map<string, number>()
  const started = new Map<string, number>()
  const idle = Effect.unsafeMakeLatch(true)
  let actedAt = performance.now()

  const isBackground = (request: Request) => (unprompted.get(pathOf(request.url())) ?? 0) > 1
  const isBusy = () => [...pending].some(([request, since]) => since >= actedAt && !isBackground(request))
  const update = () => {
    if (isBusy()) idle.unsafeClose()
    else idle.unsafeOpen()
    pulse()
  }
  const end = (request: Request) => {
    if (pending.delete(request)) update()
  }

  /** Of the whole context: a popup asks for its document before it is known as a page. */
  const watch = (context: BrowserContext) => {
    context.on("request", (request) => {
      const kind = request.resourceType()
      if (!awaited.has(kind)) return
      const at = performance.now()
      const path = pathOf(request.url())
      const times = (started.get(path) ?? 0) + 1
      started.set(path, times)
      const again = times > 5 && request.method() === "GET"
      if ((again || at - actedAt > causeMs) && kind !== "document")
        unprompted.set(path, (unprompted.get(path) ?? 0) + 1)
      if (!isBackground(request)) sent.push({ at, method: request.method(), url: request.url(), kind })
      pending.set(request, at)
      update()
    })
    context.on("response", (response) => {
      const request = response.request()
      if (request.resourceType() === "fetch") setTimeout(() => end(request), bodyMs).unref()
    })
    context.on("requestfinished", end)
    context.on("requestfailed", end)
  }

  /** What a page says over a socket has no reply that could be waited for; it was sent all the same. */
  const watchSockets = (page: Page) => {
    page.on("websocket", (socket) => {
      socket.on("framesent", () => {
        sent.push({ at: performance.now(), method: "SEND", url: socket.url(), kind: "websocket" })
        pulse()
      })
      socket.on("framereceived", pulse)
    })
  }

  /** What a page that closes had under way will have no end. */
  const forget = (page: Page) => {
    for (const request of pending.keys()) if (pageOf(request) === page) end(request)
  }

  return {
    watch,
    watchSockets,
    forget,
    /** Waits until nothing is under way that the page does not do all the time. */
    idle: idle.await,
    /** The agent acts now: what was under way before is not its answer. */
    acted: () => {
      actedAt = performance.now()
      update()
    },
    /** Is what the last act caused still under way? */
    isBusy,
    /** What documents and scripts have asked for since then; scripts themselves do not count. */
    since: (moment: number) => sent.filter(({ at, kind }) => at >= moment && kind !== "script")
  } as const
}

export type Traffic = ReturnType<typeof watchTraffic>
