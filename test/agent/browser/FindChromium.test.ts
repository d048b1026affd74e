import { expect } from "bun:test"
import { chmodSync, writeFileSync } from "node:fs"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { ConfigProvider, Effect, Layer, Option } from "effect"
import { chromiumPath, findChromium, installed } from "../../../src/agent/browser/FindChromium.ts"
import { DataDir } from "../../../src/db/DataDir.ts"
import * as it from "../../lib/effect.ts"

const Platform = Layer.provideMerge(DataDir.Default, BunContext.layer)

const programs = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const folder = yield* fs.makeTempDirectoryScoped()
  const program = (name: string, mode = 0o755) => {
    writeFileSync(`${folder}/${name}`, "#!/bin/sh\n")
    chmodSync(`${folder}/${name}`, mode)
    return `${folder}/${name}`
  }
  return { none: `${folder}/none`, shell: program("shell"), full: program("full"), text: program("text", 0o644) }
})

const configured = (path: string) =>
  chromiumPath.pipe(Effect.withConfigProvider(ConfigProvider.fromMap(new Map([["CHROMIUM_PATH", path]]))))

it.layer(Platform)("FindChromium", (it) => {
  it.live("the first candidate that is installed and may be run is taken", () =>
    Effect.gen(function* () {
      const { full, none, shell, text } = yield* programs
      expect(yield* findChromium(Option.none(), [none, text, shell, full])).toMatchObject({ path: shell, args: [] })
      expect(yield* findChromium(Option.none(), [none, full, shell])).toMatchObject({ path: full })
    })
  )

  it.live("a configured Chromium goes before every installed one", () =>
    Effect.gen(function* () {
      const { full, shell } = yield* programs
      expect(yield* findChromium(yield* configured(full), [shell])).toMatchObject({ path: full })
    })
  )

  it.live("a configured path without a program is one clear line", () =>
    Effect.gen(function* () {
      const { none } = yield* programs
      const error = yield* Effect.flip(configured(none))
      expect(String(error)).toBe(`(Invalid data at CHROMIUM_PATH: "there is no program at ${none}")`)
    })
  )

  it.live("an empty CHROMIUM_PATH is none", () =>
    Effect.gen(function* () {
      expect(yield* configured("")).toEqual(Option.none())
    })
  )
})

it.effect("a headless shell is preferred to Chromium, and Chromium to Chrome", () =>
  Effect.sync(() => {
    const order = ["chromium-headless-shell", "chromium", "google-chrome-stable"].map((name) => installed.indexOf(name))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order).not.toContain(-1)
  })
)
