import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Schema } from "effect"
import { Rls } from "../db/Rls.ts"
import { type SealedColumn, sealedColumns } from "./Sealed.ts"

const Row = Schema.Struct({ row: Schema.UUID, user: Schema.String, value: Schema.Uint8ArrayFromSelf })

const Use = Schema.Struct({ keyId: Schema.String, count: Schema.Int })

const first = "00000000-0000-0000-0000-000000000000"

/** All that is sealed, whoever it belongs to. */
export class RotationRepo extends Effect.Service<RotationRepo>()("vault/RotationRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const next = Effect.fn("RotationRepo.next")(({ table, column, row, owned }: SealedColumn, after = first) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Row,
        execute: () => sql`
          SELECT ${sql(row)} AS row, ${owned ? sql`user_id::text` : sql`''`} AS user, ${sql(column)} AS value
          FROM ${sql(table)} WHERE ${sql(column)} IS NOT NULL AND ${sql(row)} > ${after}
          ORDER BY ${sql(row)} LIMIT 100`
      })(undefined).pipe(rls.asKeeper, Effect.orDie)
    )

    /** Only what is still as it was read: who changed it meanwhile has sealed it anew already. */
    const replace = Effect.fn("RotationRepo.replace")(
      ({ table, column, row }: SealedColumn, { row: id, value }: typeof Row.Type, sealed: Uint8Array) =>
        sql`
          UPDATE ${sql(table)} SET ${sql(column)} = ${Buffer.from(sealed)}
          WHERE ${sql(row)} = ${id} AND ${sql(column)} = ${Buffer.from(value)} RETURNING 1 AS done`.pipe(
          rls.asKeeper,
          Effect.map((rows) => rows.length)
        )
    )

    // Read off the envelope's head: version, length of the key's id, the id.
    const used = Effect.fn("RotationRepo.used")(() =>
      Effect.forEach(sealedColumns, ({ table, column }) =>
        SqlSchema.findAll({
          Request: Schema.Void,
          Result: Use,
          execute: () => sql`
            SELECT convert_from(substring(${sql(column)} FROM 3 FOR get_byte(${sql(column)}, 1)), 'LATIN1') AS key_id,
                   count(*)::int AS count
            FROM ${sql(table)} WHERE length(${sql(column)}) > 2 GROUP BY 1`
        })(undefined)
      ).pipe(
        rls.asKeeper,
        Effect.orDie,
        Effect.map((uses) => {
          const counts = new Map<string, number>()
          for (const { keyId, count } of uses.flat()) counts.set(keyId, (counts.get(keyId) ?? 0) + count)
          return counts as ReadonlyMap<string, number>
        })
      )
    )

    return { next, replace, used } as const
  })
}) {}
