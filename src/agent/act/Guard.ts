import { Effect } from "effect"
import type { BrowserContext, Request, Response, Route } from "playwright-core"
import { call } from "../page/PageError.ts"

/** What of a run decides what may be sent. */
interface Pressing {
  readonly presses: { readonly count: number }
  /** The last one may be making the invoice. */
  readonly stamping: boolean
}

interface Sent {
  readonly press: number
  /** Nothing had been answered since the press when this was sent: it is what the press ordered. */
  readonly ordered: boolean
  well: boolean
}

const identity = (request: Request, { stamping }: Pressing) => {
  if (request.method() !== "GET") return `${request.method()} ${request.url()} ${request.postData() ?? ""}`
  return stamping && request.resourceType() === "document" ? `GET ${request.url()}` : undefined
}

/**
 * From here on the tab sends nothing twice: no form, no call and no page of the stamp that is the same to the letter as
 * one sent since. A page that submits again by itself, a double press, or a reload of the stamping address ends here. What
 * was not ordered by the press itself, and was answered well, the page may ask again by itself: so it learns that the
 * invoice is ready.
 */
export const guard = (context: BrowserContext, pressing: Pressing) => {
  const sent = new Map<string, Sent>()
  const answers = new WeakMap<Request, Sent>()
  let answered = -1
  const decide = (route: Route, request: Request) => {
    const key = identity(request, pressing)
    if (key === undefined) return route.continue()
    const before = sent.get(key)
    const press = pressing.presses.count
    if (before && (before.ordered || !before.well || before.press !== press)) {
      // Not as blocked: that would take the page away that may show the invoice.
      return route.abort("aborted")
    }
    const now = { press, ordered: answered !== press, well: false }
    sent.set(key, now)
    answers.set(request, now)
    return route.continue()
  }
  const hear = (response: Response) => {
    const asked = answers.get(response.request())
    if (asked === undefined || response.status() >= 400) return
    asked.well = true
    answered = asked.press
  }
  return call("guard", async () => {
    context.on("response", hear)
    await context.route("**/*", decide)
  }).pipe(Effect.asVoid)
}
