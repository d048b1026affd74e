import { Effect } from "effect"
import type { Session } from "../../../src/agent/browser/Browser.ts"

const page = (trap: string, named: string) => `<!doctype html><html><body>
  <img src="${trap}/img"><img src="${named}/img-by-name"><img src="/to/img-redirect">
  <iframe src="${trap}/iframe"></iframe><iframe src="/to/iframe-redirect"></iframe>
  <iframe name="into"></iframe><form method="post" action="${trap}/form" target="into"></form>
  <script>
    const code = 'fetch("${trap}/worker", { mode: "no-cors" })'
    new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })))
    document.forms[0].submit()
    open("${trap}/popup")
    navigator.sendBeacon("${trap}/beacon", "x")
    Promise.allSettled(["${trap}/fetch", "/to/fetch-redirect"].map((url) => fetch(url, { mode: "no-cors" })))
      .then(() => setTimeout(() => (document.title = "done"), 500))
  </script>
</body></html>`

/** What of a page's attempts on this machine, but for the address it has itself, arrives there. */
export const trapped = Effect.fn("trapped")(function* ({ page: tab }: Session) {
  const caught: Array<string> = []
  const serving = (hostname: string, fetch: (path: string) => Response) =>
    Effect.acquireRelease(
      Effect.sync(() => Bun.serve({ hostname, port: 0, fetch: ({ url }) => fetch(new URL(url).pathname) })),
      (server) => Effect.promise(() => server.stop(true))
    )
  const trap = yield* serving("0.0.0.0", (path) => {
    caught.push(path.slice(1))
    return new Response("secret")
  })
  const at = (host: string) => `http://${host}:${trap.port}`
  const portal = yield* serving("127.0.0.1", (path) =>
    path.startsWith("/to/")
      ? new Response(null, { status: 302, headers: { location: `${at("127.0.0.2")}/${path.slice(4)}` } })
      : new Response(page(at("127.0.0.2"), at("named.localhost")), { headers: { "content-type": "text/html" } })
  )
  yield* Effect.promise(() => tab.goto(portal.url.href))
  yield* Effect.promise(() => tab.waitForFunction(() => document.title === "done"))
  return caught
})
