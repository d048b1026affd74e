import { createReadStream, createWriteStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { promisify } from "node:util"
import { brotliDecompress, createBrotliDecompress } from "node:zlib"
import { FileSystem, Path } from "@effect/platform"
import { Effect, Schema } from "effect"
import { DataDir } from "../../db/DataDir.ts"
import { BrowserLost } from "./Browser.ts"
import type { Chromium } from "./ChromiumProcess.ts"

const packageName = "@sparticuz/chromium"

// The package's own one names folders of AWS Lambda only.
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

const notFound = (detail: string, cause?: unknown) =>
  new BrowserLost({ reason: "not-found", detail: `${detail}; install chromium or set CHROMIUM_PATH`, cause })

const locate = Effect.gen(function* () {
  const path = yield* Path.Path
  const fs = yield* FileSystem.FileSystem
  if (process.platform !== "linux" || process.arch !== "x64") {
    return yield* notFound(`no Chromium is installed, and ${packageName} has none for this system`)
  }
  const entry = yield* Effect.try({
    try: () => Bun.resolveSync(packageName, import.meta.dir),
    catch: (cause) => notFound(`neither a Chromium nor ${packageName} is installed`, cause)
  })
  const root = path.resolve(path.dirname(entry), "..")
  const manifest = yield* fs.readFileString(path.join(root, "package.json"))
  const { version } = yield* Schema.decode(Schema.parseJson(Schema.Struct({ version: Schema.String })))(manifest)
  return { version, archives: path.join(root, "bin") }
})

const untold = (error: unknown) =>
  error instanceof BrowserLost ? error : notFound("the bundled Chromium cannot be unpacked", error)

/** Where it is as long as nobody has unpacked it. */
export const bundledArchive = Effect.mapError(locate, untold)

const inflate = promisify(brotliDecompress)

const unpack = Effect.fn("unpackChromium")(function* (archives: string, target: string) {
  const path = yield* Path.Path
  const fs = yield* FileSystem.FileSystem
  const extract = (name: string) =>
    Effect.tryPromise(async () => {
      const tar = await inflate(await Bun.file(path.join(archives, name)).bytes())
      await new Bun.Archive(tar).extract(target)
    })

  yield* Effect.tryPromise(() =>
    pipeline(
      createReadStream(path.join(archives, "chromium.br")),
      createBrotliDecompress(),
      createWriteStream(path.join(target, "chromium"), { mode: 0o755 })
    )
  )
  yield* extract("al2023.tar.br")
  yield* extract("fonts.tar.br")
  yield* fs.writeFileString(path.join(target, "fonts.conf"), fontsConf)
})

/** Takes 1.6 s and 215 MB below DATA_DIR the first time, and nothing afterwards. */
export const bundledChromium = Effect.gen(function* () {
  const path = yield* Path.Path
  const fs = yield* FileSystem.FileSystem
  const { version, archives } = yield* locate
  const cache = (yield* DataDir).at("chromium")
  const home = path.join(cache, version)
  if (!(yield* fs.exists(home))) {
    yield* Effect.logInfo("Unpacking the bundled Chromium")
    yield* fs.makeDirectory(cache, { recursive: true })
    const staging = path.join(yield* fs.makeTempDirectoryScoped({ directory: cache, prefix: "unpacking-" }), version)
    yield* fs.makeDirectory(staging)
    yield* unpack(archives, staging)
    // Of two processes that unpack at once the second cannot rename, and finds what the first one left.
    yield* Effect.catchAll(fs.rename(staging, home), (error) =>
      Effect.unlessEffect(Effect.fail(error), fs.exists(home))
    )
  }
  return {
    path: path.join(home, "chromium"),
    args: ["--no-sandbox"],
    env: { LD_LIBRARY_PATH: path.join(home, "lib"), FONTCONFIG_PATH: home }
  } satisfies Chromium
}).pipe(Effect.scoped, Effect.mapError(untold), Effect.withSpan("bundledChromium"))
