import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { ConfigProvider, Effect, Layer } from "effect"
import { DataDir } from "../../src/db/DataDir.ts"

/** A folder of its own, removed afterwards. */
export const DataDirTest = Layer.unwrapScoped(
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const folder = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-test-" })
    return DataDir.Default.pipe(
      Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["DATA_DIR", folder]]))))
    )
  })
).pipe(Layer.provide(BunContext.layer))
