import { describe, expect } from "bun:test"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { ConfigProvider, Effect, Layer } from "effect"
import { Browser } from "../../../src/agent/browser/Browser.ts"
import { bundledChromium } from "../../../src/agent/browser/BundledChromium.ts"
import { localChromium } from "../../../src/agent/browser/LocalChromium.ts"
import { DataDir } from "../../../src/db/DataDir.ts"
import * as it from "../../lib/effect.ts"
import { EgressTest } from "../../lib/egress.ts"
import { environmentOf, processesOf } from "./Processes.ts"

const dataDir = Layer.unwrapScoped(
  Effect.gen(function* () {
    const folder = yield* Effect.flatMap(FileSystem.FileSystem, (fs) => fs.makeTempDirectoryScoped())
    const variables = new Map([
      ["DATA_DIR", folder],
      ["PATH", "/usr/bin:/bin"],
      ["JWT_SECRET", "canary"]
    ])
    return DataDir.Default.pipe(Layer.provideMerge(Layer.setConfigProvider(ConfigProvider.fromMap(variables))))
  })
).pipe(Layer.provideMerge(BunContext.layer))

const Live = localChromium({ sessionsPerProcess: 100, candidates: [] }).pipe(
  Layer.provideMerge(dataDir),
  Layer.provide(EgressTest)
)

// Of the libraries on this machine only glibc's own and libgcc may be used: every Linux has them.
const common = /\/(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|gcc_s|nss_\w+)[.-].*)$/

describe.skipIf(process.platform !== "linux" || process.arch !== "x64")("BundledChromium", () => {
  it.layer(Live)("unpacked", (it) => {
    it.live(
      "two that unpack at the same time find the same Chromium, and leave nothing else",
      () =>
        Effect.gen(function* () {
          const [one, other] = yield* Effect.all([bundledChromium, bundledChromium], { concurrency: "unbounded" })
          expect(one).toEqual(other)
          const fs = yield* FileSystem.FileSystem
          const cache = (yield* DataDir).at("chromium")
          expect(yield* fs.readDirectory(cache)).toEqual(["153.0.0"])
        }),
      60_000
    )

    it.live(
      "it needs no library and no font of this machine",
      () =>
        Effect.gen(function* () {
          const session = yield* Effect.flatMap(Browser, (browser) => browser.session)
          yield* Effect.promise(() => session.page.setContent(`<h1 style="font-family: 'Open Sans'">Facturación</h1>`))
          yield* Effect.promise(() => session.page.screenshot())

          const pids = yield* processesOf(session)
          const maps = yield* Effect.promise(() => Promise.all(pids.map((pid) => Bun.file(`/proc/${pid}/maps`).text())))
          const { root } = yield* DataDir
          const mapped = (pattern: RegExp) => new Set(maps.flatMap((map) => map.match(pattern) ?? []))
          const libraries = mapped(/\/\S+\.so[.\d]*$/gm)
          const foreign = [...libraries].filter((library) => !library.startsWith(root))
          expect(libraries.size).toBeGreaterThan(foreign.length)
          expect(foreign.filter((library) => !common.test(library))).toEqual([])
          expect([...mapped(/\/\S+OpenSans-\w+\.ttf$/gm)].some((font) => font.startsWith(root))).toBe(true)
        }),
      30_000
    )

    it.live("it is given nothing of our environment but what a program needs", () =>
      Effect.gen(function* () {
        const session = yield* Effect.flatMap(Browser, (browser) => browser.session)
        const [pid = 0] = yield* processesOf(session)
        const names = (yield* environmentOf(pid)).map((entry) => entry.split("=", 1)[0])
        expect(names.toSorted()).toEqual(["FONTCONFIG_PATH", "HOME", "LD_LIBRARY_PATH", "PATH"])
      })
    )
  })
})
