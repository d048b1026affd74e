import { Effect, Layer } from "effect"
import { Browser } from "../agent/browser/Browser.ts"
import { Readiness } from "../http/Readiness.ts"
import { queueSettings } from "./Queue.ts"

/** A process that drives browsers is ready while it can have one. Who gives them is not asked more often than this. */
export const BrowserReadyLive = Layer.effectDiscard(
  Effect.gen(function* () {
    const { concurrency } = yield* queueSettings
    const { ready } = yield* Browser
    const { add } = yield* Readiness
    const remembered = yield* Effect.cachedWithTTL(Effect.timeout(ready, "1500 millis"), "10 seconds")
    yield* Effect.when(add("browser", remembered), () => concurrency > 0)
  })
)
