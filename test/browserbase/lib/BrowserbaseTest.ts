import { BunContext } from "@effect/platform-bun"
import { ConfigProvider, Console, Context, Effect, Layer } from "effect"
import { BrowserLive } from "../../../src/agent/browser/BrowserLive.ts"
import { DataDirTest } from "../../lib/dataDir.ts"
import { EgressTest } from "../../lib/egress.ts"
import { type StandIn, standIn } from "./StandIn.ts"

export class Browserbase extends Context.Tag("test/Browserbase")<Browserbase, StandIn>() {
  static readonly Default = Layer.scoped(this, standIn).pipe(Layer.provide([DataDirTest, BunContext.layer]))

  /** Fails in the end if a session was not released by whoever it was created for. */
  static readonly AllReleased = Layer.scoped(
    this,
    Effect.tap(standIn, ({ running, sessions }) =>
      Effect.addFinalizer(() =>
        Effect.gen(function* () {
          const left = running().length
          yield* Console.log(`Browserbase: ${sessions.size} sessions created, ${sessions.size - left} released`)
          if (left > 0) return yield* Effect.dieMessage(`${left} sessions were not released`)
        })
      )
    )
  ).pipe(Layer.provide([DataDirTest, BunContext.layer]))
}

/** The environment that makes Timbra use the stand-in. */
export const environmentOf = ({ apiKey, projectId, url }: StandIn) => ({
  BROWSERBASE_API_KEY: apiKey,
  BROWSERBASE_PROJECT_ID: projectId,
  BROWSERBASE_BASE_URL: url
})

/** A browser provider with the stand-in behind it; `more` goes into its environment. */
export const browserbaseWith = (more: Readonly<Record<string, string>> = {}) =>
  Layer.unwrapEffect(
    Effect.map(Browserbase, (standIn) =>
      BrowserLive.pipe(
        Layer.provide(
          Layer.setConfigProvider(
            ConfigProvider.fromMap(new Map(Object.entries({ ...environmentOf(standIn), ...more })))
          )
        )
      )
    )
  ).pipe(Layer.provide([DataDirTest, EgressTest, BunContext.layer]))
