import { BunContext } from "@effect/platform-bun"
import { Effect, Layer } from "effect"
import { Browser } from "../../src/agent/browser/Browser.ts"
import { LocalChromium } from "../../src/agent/browser/LocalChromium.ts"
import { openTab } from "../../src/agent/page/Tab.ts"
import { DataDirTest } from "./dataDir.ts"
import { EgressTest } from "./egress.ts"

export const ChromiumTest = LocalChromium.pipe(Layer.provide([DataDirTest, EgressTest, BunContext.layer]))

const serve = (page: string) =>
  Effect.acquireRelease(
    Effect.sync(() =>
      Bun.serve({
        port: 0,
        hostname: "127.0.0.1",
        fetch: (request) =>
          new Response(new URL(request.url).pathname === "/marco" ? "<label>ITU <input name=itu></label>" : page, {
            headers: { "content-type": "text/html; charset=utf-8" }
          })
      })
    ),
    (server) => Effect.promise(() => server.stop(true))
  )

/** What is seen of a page with this body. */
export const see = Effect.fn("see")(function* (body: string) {
  const { url } = yield* serve(`<!DOCTYPE html><title>Portal</title><body>${body}`)
  const session = yield* Effect.flatMap(Browser, (browser) => browser.session)
  const tab = yield* openTab(session, () => Effect.succeed(true))
  yield* Effect.promise(() => session.page.goto(url.href))
  return { ...(yield* tab.look), look: tab.look, page: session.page, tab }
})
