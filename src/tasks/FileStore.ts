import { FileSystem, Path } from "@effect/platform"
import { Effect, Option } from "effect"
import { DataDir } from "../db/DataDir.ts"
import { type Address, StoreAway } from "./Stored.ts"

/** Files below `DATA_DIR/artifacts`, readable by their owner only. */
export const fileStore = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const dataDir = yield* DataDir

  const at = ({ userId, taskId, id }: Address) => dataDir.at("artifacts", userId, taskId, id)

  const away = Effect.mapError((cause: unknown) => new StoreAway({ cause }))

  /** There whole or not at all, however often it is written. */
  const write = (address: Address, bytes: Uint8Array) =>
    Effect.gen(function* () {
      const file = at(address)
      const draft = `${file}.${crypto.randomUUID()}`
      yield* fs.makeDirectory(path.dirname(file), { recursive: true, mode: 0o700 })
      yield* fs.writeFile(draft, bytes, { mode: 0o600, flag: "wx" })
      yield* fs.rename(draft, file)
    }).pipe(away)

  const open = Effect.fnUntraced(function* (address: Address) {
    const file = Bun.file(at(address))
    const exists = yield* Effect.promise(() => file.exists())
    return exists ? Option.some<Blob>(file) : Option.none()
  })

  const remove = (address: Address) => away(fs.remove(at(address), { force: true }))

  return { write, open, remove } as const
})
