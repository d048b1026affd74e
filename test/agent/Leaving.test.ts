import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Effect, Layer } from "effect"
import { Agent } from "../../src/agent/Agent.ts"
import { Browser } from "../../src/agent/browser/Browser.ts"
import { LocalChromium } from "../../src/agent/browser/LocalChromium.ts"
import { AgentTest, assignment } from "../lib/agent.ts"
import { DataDirTest } from "../lib/dataDir.ts"
import { recordingDesk } from "../lib/desk.ts"
import * as it from "../lib/effect.ts"
import { EgressTest } from "../lib/egress.ts"

const serving = (hostname: string, answer: (path: string) => Response) =>
  Effect.gen(function* () {
    const asked: Array<string> = []
    const server = yield* Effect.acquireRelease(
      Effect.sync(() =>
        Bun.serve({
          hostname,
          port: 0,
          fetch: ({ url }) => {
            asked.push(new URL(url).pathname)
            return answer(new URL(url).pathname)
          }
        })
      ),
      (server) => Effect.promise(() => server.stop(true))
    )
    return { url: server.url, asked } as const
  })

const page = (html: string) => new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } })
const to = (status: number, location: string) => new Response(null, { status, headers: { location } })

const Live = Layer.merge(AgentTest, LocalChromium.pipe(Layer.provide([DataDirTest, EgressTest, BunContext.layer])))

it.layer(Live)("a portal that leads to a private address", (it) => {
  // Of loopback only 127.0.0.1 is allowed here.
  const trapped = serving("127.0.0.2", () => page("secret"))

  const ways = {
    redirect: (trap: string) => to(302, trap),
    "chain of redirects": (trap: string, path: string) =>
      path === "/1" ? to(307, "/2") : path === "/2" ? to(308, trap) : to(301, "/1"),
    refresh: (trap: string) => page(`<meta http-equiv="refresh" content="0; url=${trap}">`),
    script: (trap: string) => page(`<script>location.replace("${trap}")</script>`),
    link: (trap: string) => page(`<h1>Tienda</h1><a href="${trap}">Factura tu ticket aquí</a>`)
  }
  for (const [way, answer] of Object.entries(ways)) {
    it.live(`S4: by a ${way} ends the run with URL_REFUSED, and nothing asks there`, () =>
      Effect.gen(function* () {
        const trap = yield* trapped
        const portal = yield* serving("127.0.0.1", (path) => answer(trap.url.href, path))
        const { desk, recorded } = recordingDesk()
        const error = yield* Effect.flip((yield* Agent).run(assignment(portal.url, { Folio: "1" }), desk))
        expect(error).toMatchObject({ _tag: "UrlRefused", code: "URL_REFUSED" })
        expect(error.reason).toContain(trap.url.host)
        expect(trap.asked).toEqual([])
        expect(recorded.intents).toBe(0)
      })
    )
  }

  it.live("S2: is not opened at all where its own address is private", () =>
    Effect.gen(function* () {
      const { desk, recorded } = recordingDesk()
      const error = yield* Effect.flip(
        (yield* Agent).run(assignment(new URL("http://10.0.0.1/"), { Folio: "1" }), desk)
      )
      expect(error._tag).toBe("UrlRefused")
      expect(recorded.steps).toEqual([])
    })
  )

  it.live("S6: or to a file, the browser's own pages or a document of its making stays where it is", () =>
    Effect.gen(function* () {
      const portal = yield* serving("127.0.0.1", (path) =>
        path === "/file" ? to(302, "file:///etc/passwd") : page("<title>portal</title>")
      )
      const { context, page: tab } = yield* (yield* Browser).session
      yield* Effect.promise(() => tab.goto(portal.url.href))
      const schemes = ["file:///etc/passwd", "chrome://version", "view-source:file:///etc/passwd", "data:text/html,x"]
      for (const url of [...schemes, "filesystem:http://127.0.0.1/x"]) {
        yield* Effect.promise(() =>
          tab.evaluate((url) => {
            const link = Object.assign(document.createElement("a"), { href: url })
            document.body.append(link)
            link.click()
            window.open(url)
            location.href = url
          }, url)
        )
        // A round trip later the browser has decided.
        yield* Effect.promise(() => tab.evaluate("new Promise((done) => setTimeout(done, 50))"))
      }
      expect(tab.url()).toBe(portal.url.href)
      yield* Effect.promise(() => tab.goto(new URL("/file", portal.url).href).catch(() => null))
      const shown = yield* Effect.promise(() =>
        Promise.all(context.pages().map((page) => page.evaluate("document.documentElement.innerText").catch(() => "")))
      )
      expect(shown.join()).not.toMatch(/root:|Chromium|^x$/)
    })
  )
})
