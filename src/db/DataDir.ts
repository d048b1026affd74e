import { FileSystem, Path } from "@effect/platform"
import { Config, Data, Effect } from "effect"

/** The folder cannot be used, or another process already uses it. */
export class DataDirUnusable extends Data.TaggedError("DataDirUnusable")<{
  readonly path: string
  readonly reason: string
}> {
  override get message() {
    return `DATA_DIR ${this.path}: ${this.reason}`
  }
}

const configured = Config.nonEmptyString("DATA_DIR").pipe(Config.withDefault("./data"))

/** The folder of the embedded database, the artifacts and the generated keys; made when missing, readable by its owner only. */
export class DataDir extends Effect.Service<DataDir>()("db/DataDir", {
  effect: Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const root = path.resolve(yield* configured)
    yield* fs
      .makeDirectory(root, { recursive: true, mode: 0o700 })
      .pipe(Effect.mapError((cause) => new DataDirUnusable({ path: root, reason: cause.message })))
    const at = (...parts: ReadonlyArray<string>) => path.join(root, ...parts)
    return { root, at } as const
  })
}) {}
