import { Chunk, ConfigError, Effect, Layer, Option, Stream } from "effect"
import { Keyring } from "./Keyring.ts"
import { RotationRepo } from "./RotationRepo.ts"
import { type SealedColumn, sealedColumns } from "./Sealed.ts"
import { Vault } from "./Vault.ts"

/** Moves all that is sealed under the current key while everything goes on. It may be ended and begun again at any time. */
export class Rotation extends Effect.Service<Rotation>()("vault/Rotation", {
  effect: Effect.gen(function* () {
    const repo = yield* RotationRepo
    const vault = yield* Vault
    const keyring = yield* Keyring

    const rowsOf = (column: SealedColumn) =>
      Stream.paginateChunkEffect(undefined as string | undefined, (after) =>
        Effect.map(repo.next(column, after), (rows) => [
          Chunk.unsafeFromArray(rows),
          Option.map(Option.fromNullable(rows.at(-1)), ({ row }) => row)
        ])
      )

    const rotateColumn = (column: SealedColumn) =>
      rowsOf(column).pipe(
        Stream.filter(({ value }) => !vault.isCurrent(value)),
        Stream.mapEffect((found) => {
          const context = { user: found.user, table: column.table, row: found.row, column: column.column }
          return vault.decryptBytes(context, found.value).pipe(
            Effect.flatMap((plain) => vault.encryptBytes(context, plain)),
            Effect.flatMap((sealed) => repo.replace(column, found, sealed)),
            // What was tampered with stays as it is, and keeps its key in use until somebody has looked at it.
            Effect.catchTag("DecryptionFailed", (error) =>
              Effect.as(Effect.logError("A value cannot be moved to the current key", error.message, found.row), 0)
            )
          )
        }),
        Stream.runSum
      )

    /** How many values it moved. */
    const rotate = Effect.fn("Rotation.rotate")(() =>
      Effect.map(Effect.forEach(sealedColumns, rotateColumn), (counts) => counts.reduce((all, count) => all + count, 0))
    )

    /** The keys that nothing is sealed under any more. */
    const spare = Effect.fn("Rotation.spare")(() =>
      Effect.map(repo.used(), (used) =>
        [...keyring.byId.keys()].filter((id) => id !== keyring.current.id && !used.has(id))
      )
    )

    /** Fails where a key was dropped that something is still sealed under. */
    const check = Effect.gen(function* () {
      for (const [id, count] of yield* repo.used()) {
        if (keyring.byId.has(id)) continue
        const reason = `key "${id}" is missing, and ${count} values are sealed under it: put it back and run timbra keys rotate`
        return yield* Effect.fail(ConfigError.InvalidData(["ENCRYPTION_KEYS"], reason))
      }
    })

    return { rotate, spare, check } as const
  })
}) {}

/** Refuses the start where a key in use is missing. */
export const KeysInUseLive = Layer.effectDiscard(Effect.flatMap(Rotation, ({ check }) => check))
