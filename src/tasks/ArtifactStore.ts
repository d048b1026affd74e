import { FileSystem, Path } from "@effect/platform"
import { Effect, Option } from "effect"
import { DataDir } from "../db/DataDir.ts"

interface Address {
  readonly userId: string
  readonly taskId: string
  readonly id: string
}

/** Files below `DATA_DIR/artifacts`, readable by their owner only. */
export class ArtifactStore extends Effect.Service<ArtifactStore>()("tasks/ArtifactStore", {
  effect: Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const dataDir = yield* DataDir

    const at = ({ userId, taskId, id }: Address) => dataDir.at("artifacts", userId, taskId, id)

    /** There whole or not at all, however often it is written. */
    const write = Effect.fn("ArtifactStore.write")(function* (address: Address, bytes: Uint8Array) {
      const file = at(address)
      const draft = `${file}.${crypto.randomUUID()}`
      yield* fs.makeDirectory(path.dirname(file), { recursive: true, mode: 0o700 })
      yield* fs.writeFile(draft, bytes, { mode: 0o600, flag: "wx" })
      yield* fs.rename(draft, file)
    })

    /** The file, still to be read, if it is here: only what was written on this machine is. */
    const open = Effect.fn("ArtifactStore.open")(function* (address: Address) {
      const file = Bun.file(at(address))
      const exists = yield* Effect.promise(() => file.exists())
      return exists ? Option.some<Blob>(file) : Option.none()
    })

    const remove = Effect.fn("ArtifactStore.remove")((address: Address) =>
      Effect.orDie(fs.remove(at(address), { force: true }))
    )

    return { write, open, remove } as const
  })
}) {}
