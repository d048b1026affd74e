import { Config, Effect, Layer, Option } from "effect"
import type { Browser } from "./Browser.ts"
import { BrowserbaseLive } from "./Browserbase.ts"
import { BrowserbaseApi, browserbaseSettings } from "./BrowserbaseApi.ts"
import { CdpLive, cdpUrl } from "./Cdp.ts"
import { LocalChromium } from "./LocalChromium.ts"

const chosen = Config.literal("local", "browserbase", "cdp")("BROWSER_PROVIDER").pipe(Config.option)

/** Browserbase where there is a key for it, else a Chromium of this machine. */
export const browserProvider = Config.all([chosen, Config.option(Config.redacted("BROWSERBASE_API_KEY"))]).pipe(
  Config.map(([chosen, key]) => Option.getOrElse(chosen, () => (Option.isSome(key) ? "browserbase" : "local")))
)

/** All that the provider needs to be told. */
export const browserSettings = Effect.flatMap(browserProvider, (provider) => {
  if (provider === "local") return Effect.void
  return provider === "cdp" ? Effect.asVoid(cdpUrl) : Effect.asVoid(browserbaseSettings)
})

const layers = {
  local: LocalChromium,
  browserbase: BrowserbaseLive.pipe(Layer.provide(BrowserbaseApi.Default)),
  cdp: CdpLive
}

type Any = (typeof layers)[keyof typeof layers]

export const BrowserLive = Layer.unwrapEffect(
  Effect.map(
    browserProvider,
    (provider): Layer.Layer<Browser, Layer.Layer.Error<Any>, Layer.Layer.Context<Any>> => layers[provider]
  )
)
