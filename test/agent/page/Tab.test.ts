import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Effect, Layer } from "effect"
import { Browser } from "../../../src/agent/browser/Browser.ts"
import { LocalChromium } from "../../../src/agent/browser/LocalChromium.ts"
import { openTab } from "../../../src/agent/page/Tab.ts"
import { DataDirTest } from "../../lib/dataDir.ts"
import * as it from "../../lib/effect.ts"
import { EgressTest } from "../../lib/egress.ts"

const nuisance = `<!DOCTYPE html><title>Portal</title><body><h1>Facturación</h1><script>
  addEventListener("beforeunload", (event) => event.preventDefault())
  Notification.requestPermission()
  navigator.geolocation.getCurrentPosition(() => {})
  alert("uno"); prompt("dos"); print()
  for (let n = 0; n < 15; n++) open("/popup?" + n, "_blank", "width=200")
</script>`

const server = Effect.acquireRelease(
  Effect.sync(() =>
    Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: (request) =>
        new URL(request.url).pathname === "/"
          ? new Response(nuisance, { headers: { "content-type": "text/html; charset=utf-8" } })
          : new Response("no", { status: 401, headers: { "www-authenticate": 'Basic realm="tienda"' } })
    })
  ),
  (server) => Effect.promise(() => server.stop(true))
)

it.layer(LocalChromium.pipe(Layer.provide([DataDirTest, EgressTest, BunContext.layer])))("a tab", (it) => {
  it.live(
    "S9: whose page asks, prints, wants permissions and opens fifteen popups that ask for passwords, is still seen",
    () =>
      Effect.gen(function* () {
        const { url } = yield* server
        const session = yield* Effect.flatMap(Browser, (browser) => browser.session)
        const tab = yield* openTab(session, () => Effect.succeed(true))
        let opened = 0
        session.context.on("page", () => opened++)
        yield* Effect.promise(() => session.page.goto(url.href))
        const counts = Effect.sync(() => ({ opened, left: session.context.pages().length }))
        const { left } = yield* Effect.repeat(Effect.delay(counts, "50 millis"), {
          until: ({ opened, left }) => opened === 15 && left <= 8
        })
        expect(left).toBe(8)
        expect(tab.said.slice(0, 2)).toEqual([
          { type: "alert", text: "uno" },
          { type: "prompt", text: "dos" }
        ])
        while (yield* tab.leavePopup());
        expect((yield* tab.look).texts.map(({ text }) => text)).toContain("Facturación")
      }),
    60_000
  )
})
