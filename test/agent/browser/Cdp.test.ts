import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { ConfigProvider, Context, Effect, Exit, Layer, Option, Scope } from "effect"
import { Browser, type Session } from "../../../src/agent/browser/Browser.ts"
import { BrowserLive } from "../../../src/agent/browser/BrowserLive.ts"
import { environment } from "../../../src/agent/browser/ChromiumProcess.ts"
import { findChromium } from "../../../src/agent/browser/FindChromium.ts"
import { portal } from "../../browserbase/lib/Portal.ts"
import { trapped } from "../../browserbase/lib/Trap.ts"
import { startWithPort } from "../../lib/chromiumPort.ts"
import { DataDirTest } from "../../lib/dataDir.ts"
import * as it from "../../lib/effect.ts"
import { EgressTest } from "../../lib/egress.ts"
import { allGone, running } from "./Processes.ts"

/** A browser that somebody else started. */
class Elsewhere extends Context.Tag("test/Elsewhere")<Elsewhere, { readonly url: string; readonly pid: number }>() {
  static readonly Default = Layer.scoped(
    this,
    Effect.gen(function* () {
      return yield* startWithPort(yield* findChromium(Option.none()), yield* environment)
    })
  ).pipe(Layer.provide([DataDirTest, BunContext.layer]))
}

const cdp = (url: string) =>
  BrowserLive.pipe(
    Layer.provide(
      Layer.setConfigProvider(
        ConfigProvider.fromMap(
          new Map([
            ["BROWSER_PROVIDER", "cdp"],
            ["CDP_URL", url]
          ])
        )
      )
    ),
    Layer.provide([DataDirTest, EgressTest, BunContext.layer])
  )

const Live = Layer.unwrapEffect(Effect.map(Elsewhere, ({ url }) => cdp(url))).pipe(
  Layer.provideMerge(Elsewhere.Default)
)

const session = Effect.flatMap(Browser, (browser) => browser.session)

const downloadBy = ({ page, files }: Session, id: string) =>
  Effect.gen(function* () {
    const waiting = Effect.promise(() => page.waitForEvent("download"))
    const click = Effect.promise(() => page.click(id))
    const [download] = yield* Effect.all([waiting, click], { concurrency: "unbounded" })
    return new TextDecoder().decode(yield* files.read(download))
  })

it.layer(Live)("a browser at CDP_URL", (it) => {
  it.live("S10: gives each session a context of its own, and goes on after it", () =>
    Effect.gen(function* () {
      const url = yield* portal
      const scope = yield* Scope.make()
      const one = yield* Scope.extend(session, scope)
      const other = yield* session
      yield* Effect.promise(() => one.page.goto(url))
      yield* Effect.promise(() => other.page.goto(url))
      yield* Effect.promise(() => one.page.evaluate(() => localStorage.setItem("rfc", "XAXX010101000")))
      expect(yield* Effect.promise(() => other.page.evaluate(() => localStorage.length))).toBe(0)
      yield* Scope.close(scope, Exit.void)
      expect(yield* Effect.promise(() => other.page.evaluate("6 * 7"))).toBe(42)
      expect(yield* Effect.flatMap(Browser, ({ check }) => check)).toMatchObject({ version: expect.any(String) })
      expect(yield* running([(yield* Elsewhere).pid])).toHaveLength(1)
    })
  )

  it.live("its files come over the wire, each to the session that asked for it", () =>
    Effect.gen(function* () {
      const url = yield* portal
      const [one, other] = yield* Effect.all([session, session])
      const strange: Array<string> = []
      yield* other.files.watch((_bytes, filename) => strange.push(filename))
      yield* Effect.promise(() => one.page.goto(url))
      expect(yield* downloadBy(one, "#link")).toBe("<cfdi>link</cfdi>")
      expect(yield* downloadBy(one, "#post")).toBe("<cfdi>post</cfdi>")
      expect(strange).toEqual([])
    })
  )

  it.live("S4: asks nothing of a private address, whatever its page tries", () =>
    Effect.gen(function* () {
      expect(yield* trapped(yield* session)).toEqual([])
    })
  )

  it.live("a session is lost with its browser, and the next one is refused without the address", () =>
    Effect.gen(function* () {
      const { pid, url } = yield* Elsewhere
      const opened = yield* session
      process.kill(pid, "SIGKILL")
      expect(yield* Effect.flip(opened.lost)).toMatchObject({ reason: "disconnected" })
      yield* allGone([pid])
      const error = yield* Effect.flip(session)
      expect(error).toMatchObject({ _tag: "BrowserLost", reason: "not-started" })
      expect(JSON.stringify(error)).not.toContain(new URL(url).host)
    })
  )
})
