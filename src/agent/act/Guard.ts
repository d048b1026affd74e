import { Effect } from "effect"
import type { BrowserContext, Request, Route } from "playwright-core"
import { call } from "../page/PageError.ts"

const identity = (request: Request) => {
  const document = request.headers()["sec-fetch-dest"] === "document"
  if (request.method() !== "GET") return `${request.method()} ${request.url()} ${request.postData() ?? ""}`
  return document ? `GET ${request.url()}` : undefined
}

/**
 * From here on the tab sends nothing twice: no form, no call and no navigation that is the same to the letter as one
 * sent since. A page that submits again by itself, a double press, or a reload of the stamping address ends here.
 */
export const guard = (context: BrowserContext) => {
  const sent = new Set<string>()
  const decide = (route: Route, request: Request) => {
    const key = identity(request)
    if (key === undefined || !sent.has(key)) {
      if (key !== undefined) sent.add(key)
      return route.continue()
    }
    return route.abort("blockedbyclient")
  }
  return call("guard", () => context.route("**/*", decide)).pipe(Effect.asVoid)
}
