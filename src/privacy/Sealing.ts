import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import * as Receiver from "../tasks/Receiver.ts"
import { TaskId } from "../tasks/Status.ts"
import { Vault } from "../vault/Vault.ts"

const Plain = Schema.Struct({ id: TaskId, userId: UserId, rfc: Schema.Redacted(Schema.String) })

const batch = 100

/** Seals what processes of versions before have left plain, and still leave as long as there are any. */
export class Sealing extends Effect.Service<Sealing>()("privacy/Sealing", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls
    const vault = yield* Vault

    const rfc = sql`result #>> '{cfdi,receiver_rfc}'`

    const plain = SqlSchema.findAll({
      Request: Schema.Void,
      Result: Plain,
      execute: () => sql`
        SELECT id, user_id, ${rfc} AS rfc FROM automation_tasks
        WHERE ${rfc} <> '' ORDER BY id LIMIT ${batch} FOR UPDATE SKIP LOCKED`
    })

    const seal = Effect.fnUntraced(function* ({ id, userId, rfc }: typeof Plain.Type) {
      const sealed = Buffer.from(yield* vault.encrypt(Receiver.contextOf(userId, id), rfc))
      yield* sql`
        UPDATE automation_tasks SET receiver_rfc = ${sealed},
          result = jsonb_set(result, '{cfdi,receiver_rfc}', to_jsonb(${Receiver.elsewhere}::text))
        WHERE id = ${id}`
    })

    const some = rls.asKeeper(Effect.tap(plain(undefined), Effect.forEach(seal)))

    const all = Effect.fn("Sealing.all")(() => Effect.repeat(some, { while: ({ length }) => length === batch }))

    return { all } as const
  })
}) {}
