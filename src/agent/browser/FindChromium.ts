import { Config, ConfigError, Effect, Either, Option } from "effect"
import { bundledArchive, bundledChromium } from "./BundledChromium.ts"
import type { Chromium } from "./ChromiumProcess.ts"

/** In the order of preference: a fresh context costs the headless shell a third of what it costs the whole browser. */
export const installed: ReadonlyArray<string> = [
  "chromium-headless-shell",
  "chrome-headless-shell",
  "chromium",
  "google-chrome-stable",
  "google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
]

export const chromiumPath = Config.nonEmptyString("CHROMIUM_PATH").pipe(
  Config.mapOrFail((path) =>
    Either.fromNullable(Bun.which(path), () => ConfigError.InvalidData([], `there is no program at ${path}`))
  ),
  Config.option
)

const there = (configured: Option.Option<string>, candidates: ReadonlyArray<string>) =>
  Option.firstSomeOf([configured, ...candidates.map((name) => Option.fromNullable(Bun.which(name)))])

/** Where the Chromium is that would be used; one that came with the dependencies stays packed. */
export const locateChromium = (configured: Option.Option<string>, candidates: ReadonlyArray<string> = installed) =>
  Effect.suspend(() =>
    Option.match(there(configured, candidates), {
      onNone: () => Effect.asVoid(bundledArchive),
      onSome: () => Effect.void
    })
  )

/** The configured Chromium, else an installed one, else the one that came with the dependencies. */
export const findChromium = Effect.fn("findChromium")(function* (
  configured: Option.Option<string>,
  candidates: ReadonlyArray<string> = installed
) {
  const path = there(configured, candidates)
  if (Option.isNone(path)) return yield* bundledChromium
  return { path: path.value, args: [], env: {} } satisfies Chromium
})
