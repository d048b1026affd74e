import { resolve } from "node:path"
import { Effect } from "effect"
import { SetupFailed } from "./Setup.ts"

export const targets = ["linux-x64", "linux-arm64", "darwin-arm64"] as const

export type Target = (typeof targets)[number]

const root = resolve(import.meta.dir, "../..")

// Playwright asks for two of its files by a path that it makes while it starts, and inside a binary there is none.
const dynamicRequire = /require\([\w.]+\.join\(packageRoot, "(package|browsers)\.json"\)\)/g
// It also asks for a home, which a bare container's user has not, to keep there what this program never lets it keep.
const home = /(import_os\d*\.default)\.homedir\(\)/g

const playwright: Bun.BunPlugin = {
  name: "playwright-core",
  setup: (build) => {
    build.onLoad({ filter: /playwright-core\/lib\/coreBundle\.js$/ }, async ({ path }) => {
      const text = await Bun.file(path).text()
      const found = text.match(dynamicRequire)?.length
      if (found !== 2) throw new SetupFailed({ message: `playwright-core has ${found} dynamic requires instead of 2` })
      const contents = text.replace(dynamicRequire, 'require("../$1.json")').replace(home, "$1.tmpdir()")
      return { contents, loader: "js" }
    })
  }
}

/**
 * All of Timbra and Bun in one file. Bytecode halves the time to start, for 30 MB; the runtime of another system comes
 * from the npm registry.
 */
export const binary = Effect.fn("binary")(function* (outfile: string, target?: Target) {
  yield* Effect.tryPromise({
    try: () =>
      Bun.build({
        entrypoints: [`${root}/src/main.ts`],
        plugins: [playwright],
        bytecode: true,
        minify: { syntax: true, whitespace: true },
        define: { "process.env.NODE_ENV": '"production"' },
        // What a folder happens to hold is not part of the program: it is configured by the environment alone.
        compile: {
          outfile,
          autoloadDotenv: false,
          autoloadBunfig: false,
          ...(target === undefined ? {} : { target: `bun-${target}` })
        }
      }),
    catch: (cause) => new SetupFailed({ message: String(cause) })
  })
  return Bun.file(outfile).size
})
