import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { Duration, Effect, Layer } from "effect"
import { Agent } from "../../../src/agent/Agent.ts"
import { Browser } from "../../../src/agent/browser/Browser.ts"
import { LocalChromium } from "../../../src/agent/browser/LocalChromium.ts"
import { DemoPortals } from "../../../src/demo/Portals.ts"
import { assignment } from "../../lib/agent.ts"
import { DataDirTest } from "../../lib/dataDir.ts"
import { recordingDesk } from "../../lib/desk.ts"
import * as it from "../../lib/effect.ts"
import { EgressTest } from "../../lib/egress.ts"

const Live = Layer.mergeAll(
  Agent.Default.pipe(Layer.provideMerge(LocalChromium), Layer.provide([DataDirTest, EgressTest, BunContext.layer])),
  DemoPortals.Default({ host: "127.0.0.1" })
)

it.layer(Live)("neighbours in one Chromium", (it) => {
  it.live(
    "a page that loops for ever does not keep a run beside it from its invoice",
    () =>
      Effect.gen(function* () {
        const [portal] = (yield* DemoPortals).portals
        const sale = portal.sales.find(({ state }) => state === "open")
        const looping = yield* Effect.flatMap(Browser, (browser) => browser.session)
        yield* Effect.promise(() => looping.page.goto(portal.url.href))
        yield* Effect.fork(Effect.promise(() => looping.page.evaluate("while (true) {}")))

        const { desk } = recordingDesk()
        const run = Effect.flatMap(Agent, (agent) => agent.run(assignment(portal.url, sale?.ticket ?? {}), desk))
        const [took, completion] = yield* Effect.timed(run)
        expect(completion).toMatchObject({ delivery: "download", warnings: [] })
        expect(Duration.toSeconds(took)).toBeLessThan(20)
      }),
    60_000
  )
})
