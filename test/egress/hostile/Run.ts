import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Config, Console, Effect, Layer } from "effect"
import { chromium } from "playwright-core"
import { Browser } from "../../../src/agent/browser/Browser.ts"
import { LocalChromium } from "../../../src/agent/browser/LocalChromium.ts"
import { ForwardProxy } from "../../../src/egress/ForwardProxy.ts"
import { Resolver } from "../../../src/egress/Resolver.ts"
import { DataDirTest } from "../../lib/dataDir.ts"
import { egressAllowing } from "../../lib/egress.ts"
import source from "./page.html" with { type: "text" }
import * as Trap from "./Trap.ts"

// Run in a network namespace of its own, see Hostile.test.ts: prints which channels of a hostile page reached the trap.
const text: unknown = source
const visit = "2500 millis"

const program = Effect.gen(function* () {
  const { caught, port } = yield* Trap.set
  const trap = `http://127.0.0.1:${port}`
  const page = String(text).replaceAll("@T@", trap).replaceAll("@P@", String(port))
  const html = { headers: { "content-type": "text/html" } }
  const asked = new Set<string>()
  const shop = Bun.serve({
    hostname: "127.0.0.1",
    port: 4566,
    fetch: ({ url }) => {
      const { pathname } = new URL(url)
      asked.add(pathname)
      if (pathname.startsWith("/to/"))
        return new Response(null, { status: 302, headers: { location: trap + pathname.slice(3) } })
      if (pathname === "/service-worker.js")
        return new Response(`fetch("${trap}/service-worker", { mode: "no-cors" })`, {
          headers: { "content-type": "text/javascript" }
        })
      return new Response(page, html)
    }
  })

  const bare = yield* Effect.gen(function* () {
    const path = yield* Config.withDefault(Config.string("CHROMIUM_PATH"), "/usr/bin/chromium-headless-shell")
    const browser = yield* Effect.acquireRelease(
      Effect.promise(() =>
        chromium.launch({ executablePath: path, args: ["--no-sandbox", "--disable-gpu", "--disable-popup-blocking"] })
      ),
      (browser) => Effect.promise(() => browser.close())
    )
    const page = yield* Effect.promise(() => browser.newPage())
    yield* Effect.promise(() => page.goto(shop.url.href, { waitUntil: "commit" }))
    yield* Effect.sleep(visit)
    return [...caught]
  }).pipe(Effect.scoped)

  caught.clear()
  asked.clear()
  const guarded = yield* Effect.gen(function* () {
    const { page } = yield* (yield* Browser).session
    yield* Effect.promise(() => page.goto(shop.url.href, { waitUntil: "commit" }))
    yield* Effect.sleep(visit)
    return { caught: [...caught], asked: [...asked] }
  }).pipe(
    Effect.scoped,
    Effect.provide(
      LocalChromium.pipe(
        Layer.provide([ForwardProxy.Default.pipe(Layer.provide(egressAllowing("127.0.0.1:4566"))), DataDirTest]),
        Layer.provide(Layer.succeed(Resolver, { addresses: () => Effect.succeed(["127.0.0.1"]) })),
        Layer.provide(BunContext.layer)
      )
    )
  )
  yield* Console.log(JSON.stringify({ bare, ...guarded }))
  yield* Effect.promise(() => shop.stop(true))
})

program.pipe(Effect.scoped, BunRuntime.runMain)
