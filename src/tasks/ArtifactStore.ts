import { Config, Effect } from "effect"
import { fileStore } from "./FileStore.ts"
import { s3Settings, s3Store } from "./S3Store.ts"
import type { Address } from "./Stored.ts"

const kind = Config.literal("file", "s3")("ARTIFACT_STORE").pipe(Config.withDefault("file"))

/** What the environment says of the store, all of it. */
export const storeSettings = Effect.flatMap(kind, (kind) => (kind === "s3" ? Effect.asVoid(s3Settings) : Effect.void))

/** Where files lie once they have left the database; a file keeps its address for ever. */
export class ArtifactStore extends Effect.Service<ArtifactStore>()("tasks/ArtifactStore", {
  effect: Effect.gen(function* () {
    const store = (yield* kind) === "s3" ? yield* s3Store : yield* fileStore

    const write = Effect.fn("ArtifactStore.write")((address: Address, bytes: Uint8Array) => store.write(address, bytes))

    /** The file, still to be read, if the store has it. */
    const open = Effect.fn("ArtifactStore.open")((address: Address) => Effect.orDie(store.open(address)))

    const remove = Effect.fn("ArtifactStore.remove")((address: Address) => Effect.orDie(store.remove(address)))

    return { write, open, remove } as const
  })
}) {}
