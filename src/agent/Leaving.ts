import { Deferred, Effect, FiberSet } from "effect"
import type { BrowserContext, Request } from "playwright-core"
import { type Egress, hostOf, portOf } from "../egress/Egress.ts"
import { UnsupportedPortal, UrlRefused } from "./AgentError.ts"

// The request for a popup's first document has no frame yet.
const isFramed = (request: Request) => {
  try {
    return request.frame().parentFrame() !== null
  } catch {
    return false
  }
}

/** The address may be visited, or the run ends here. */
export const mayVisit = ({ destination }: Egress, url: URL) =>
  destination(hostOf(url), portOf(url) ?? 0).pipe(
    Effect.catchTags({
      EgressRefused: () => new UrlRefused({ reason: `La dirección ${url.host} no es pública, y no se visita.` }),
      HostUnknown: () => new UnsupportedPortal({ reason: `La dirección ${url.host} no existe.` })
    })
  )

/**
 * Fails as soon as a page of the run, not a frame in it, is sent where nobody may go. The browser's way out has refused
 * that already, or the farm that it runs in would: this is for the run to say so.
 */
export const watchLeaving = Effect.fn("agent.watchLeaving")(function* (context: BrowserContext, egress: Egress) {
  const left = yield* Deferred.make<never, UrlRefused>()
  const run = yield* FiberSet.makeRuntime<never>()
  context.on("request", (request) => {
    const url = URL.parse(request.url())
    if (!request.isNavigationRequest() || isFramed(request) || url === null || portOf(url) === undefined) return
    run(
      mayVisit(egress, url).pipe(
        Effect.catchTags({
          UrlRefused: (error) => Deferred.fail(left, error),
          // A page that leads nowhere shows that itself.
          UnsupportedPortal: () => Effect.void
        })
      )
    )
  })
  return Deferred.await(left)
})
