import { Effect } from "effect"
import type { Page, Request } from "playwright-core"

const awaited = new Set(["document", "xhr", "fetch", "script"])

export interface Sent {
  readonly at: number
  readonly method: string
  readonly url: string
  readonly kind: string
}

/**
 * What the tab asks of the network: which of it is still under way, and what was sent since a moment. `pulse` is told
 * of every request that begins or ends.
 */
export const watchTraffic = (pulse: () => void) => {
  const pending = new Set<Request>()
  const sent: Array<Sent> = []
  const idle = Effect.unsafeMakeLatch(true)

  const end = (request: Request) => {
    if (pending.delete(request) && pending.size === 0) idle.unsafeOpen()
    pulse()
  }

  const watch = (page: Page) => {
    page.on("request", (request) => {
      const kind = request.resourceType()
      if (!awaited.has(kind)) return
      sent.push({ at: performance.now(), method: request.method(), url: request.url(), kind })
      pending.add(request)
      idle.unsafeClose()
      pulse()
    })
    page.on("requestfinished", end)
    page.on("requestfailed", end)
    page.on("close", () => {
      for (const request of pending) if (request.frame().page() === page) end(request)
    })
  }

  return {
    watch,
    /** Waits until nothing is under way. */
    idle: idle.await,
    /** What documents and scripts have asked for since then; scripts themselves do not count. */
    since: (moment: number) => sent.filter(({ at, kind }) => at >= moment && kind !== "script")
  } as const
}

export type Traffic = ReturnType<typeof watchTraffic>
