import { Array as Arr, Effect, Option, Redacted } from "effect"
import type { UserId } from "../auth/User.ts"
import { Vault } from "../vault/Vault.ts"
import { ArtifactStore } from "./ArtifactStore.ts"
import { type Artifact, ArtifactsRepo } from "./ArtifactsRepo.ts"
import { ArtifactNotFound } from "./Errors.ts"
import { contextOf } from "./File.ts"
import type { TaskId } from "./Status.ts"

const batch = 20

/** The files of a task. They are committed with what tells of them, and moved from the database to the store afterwards. */
export class Artifacts extends Effect.Service<Artifacts>()("tasks/Artifacts", {
  effect: Effect.gen(function* () {
    const repo = yield* ArtifactsRepo
    const store = yield* ArtifactStore
    const vault = yield* Vault

    // What does not decrypt was tampered with, or its key is gone: no caller can act on that.
    const inDatabase = ({ id, userId, sealed, content }: Artifact) =>
      sealed === null
        ? Effect.succeed(Option.fromNullable(content))
        : Effect.map(Effect.orDie(vault.decryptBytes(contextOf(userId, id), sealed)), (plain) =>
            Option.some(Redacted.value(plain))
          )

    const find = Effect.fn("Artifacts.find")(function* (userId: UserId, taskId: TaskId, id: string) {
      return yield* Effect.mapError(yield* repo.find(userId, taskId, id), () => new ArtifactNotFound())
    })

    /** Its bytes, from wherever they are. */
    const open = Effect.fn("Artifacts.open")(function* (artifact: Artifact) {
      const here = yield* inDatabase(artifact)
      if (Option.isSome(here)) return new Blob([new Uint8Array(here.value)])
      return yield* Effect.mapError(yield* store.open(artifact), () => new ArtifactNotFound())
    })

    /** The invoice documents that runs of the task have kept; one that cannot be read now is passed over. */
    const kept = Effect.fn("Artifacts.kept")(function* (taskId: TaskId) {
      const readable = yield* Effect.forEach(yield* repo.ofRun(taskId), (artifact) =>
        open(artifact).pipe(
          Effect.flatMap((blob) => Effect.tryPromise(() => blob.bytes())),
          Effect.map((bytes) => ({ ...artifact, bytes })),
          Effect.tapError((error) => Effect.logWarning("A kept file cannot be read", error)),
          Effect.option
        )
      )
      return Arr.getSomes(readable)
    })

    // Only what the store has taken leaves the database.
    const move = Effect.fnUntraced(function* (artifact: Artifact) {
      const here = yield* inDatabase(artifact)
      if (Option.isNone(here)) return
      yield* store.write(artifact, here.value)
      yield* repo.stored(artifact.id)
    })

    /** Moves some of what is still in the database; how many. One file that will not go keeps no other. */
    const moveSome = Effect.fn("Artifacts.moveSome")(function* () {
      const [failures, moved] = yield* Effect.partition(yield* repo.unstored(batch), move, { concurrency: 4 })
      if (failures[0] !== undefined) {
        yield* Effect.logWarning(`${failures.length} files stay in the database`, failures[0])
      }
      return moved.length
    })

    return { find, open, kept, moveSome } as const
  })
}) {}
