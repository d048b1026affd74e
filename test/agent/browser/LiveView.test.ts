import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Effect, Layer, Option, Stream } from "effect"
import type { Page } from "playwright-core"
import { Browser } from "../../../src/agent/browser/Browser.ts"
import { liveView } from "../../../src/agent/browser/LiveView.ts"
import { LocalChromium } from "../../../src/agent/browser/LocalChromium.ts"
import { openTab } from "../../../src/agent/page/Tab.ts"
import { DataDirTest } from "../../lib/dataDir.ts"
import * as it from "../../lib/effect.ts"
import { EgressTest } from "../../lib/egress.ts"

const html = (type: string) => `data:text/html,<body style="margin:0;background:white">
<input id=key type=${type} value="MMMMMMMM" style="position:absolute;left:20px;top:20px;width:400px;height:60px;font:50px monospace;background:black;color:white;border:0;outline:0">`

/** The steepest step between neighbouring pixels inside the field: what is sharp can be read. */
const sharpness = (page: Page, jpeg: Uint8Array) =>
  Effect.promise(() =>
    page.evaluate(async (data) => {
      const image = new Image()
      image.src = `data:image/jpeg;base64,${data}`
      await image.decode()
      const canvas = new OffscreenCanvas(image.width, image.height)
      const context = canvas.getContext("2d")
      if (context === null) return -1
      context.drawImage(image, 0, 0)
      const { data: pixels } = context.getImageData(60, 30, 200, 40)
      let steepest = 0
      for (let at = 0; at < pixels.length - 8; at += 4) {
        steepest = Math.max(steepest, Math.abs((pixels[at] ?? 0) - (pixels[at + 4] ?? 0)))
      }
      return steepest
    }, Buffer.from(jpeg).toString("base64"))
  )

it.layer(LocalChromium.pipe(Layer.provide([DataDirTest, EgressTest, BunContext.layer])))("the live picture", (it) => {
  it.live("shows the page in front, and no password that can be read, not even one that the page shows", () =>
    Effect.gen(function* () {
      const session = yield* (yield* Browser).session
      const tab = yield* openTab(session, () => Effect.succeed(true))
      const canvas = yield* Effect.promise(() => session.context.browser()?.newPage() ?? session.context.newPage())
      const frames = yield* liveView(tab.page)
      const picture = (page: string, script = "0") =>
        Effect.gen(function* () {
          yield* Effect.promise(() => tab.page().goto(page))
          yield* Effect.promise(() => tab.page().evaluate(script))
          const shown = yield* Stream.runHead(frames)
          const taken = yield* Effect.promise(() => tab.page().screenshot({ type: "jpeg" }))
          return yield* Effect.forEach([Option.getOrThrow(shown), new Uint8Array(taken)], (jpeg) =>
            sharpness(canvas, jpeg)
          )
        })
      const [readable, alsoReadable] = yield* picture(html("text"))
      expect(Math.min(readable ?? 0, alsoReadable ?? 0)).toBeGreaterThan(80)
      for (const sharp of yield* picture(html("password"))) expect(sharp).toBeLessThan(40)
      for (const sharp of yield* picture(html("password"), "document.querySelector('#key').type = 'text'")) {
        expect(sharp).toBeLessThan(40)
      }
    })
  )
})
