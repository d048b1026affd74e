import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Schema } from "effect"
import type { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { TaskId } from "../tasks/Status.ts"

const Table = Schema.Struct({ name: Schema.String, ofTasks: Schema.Boolean })

/** A row as PostgreSQL writes it in JSON: bytes as text in hexadecimal. */
const Row = Schema.Struct({ row: Schema.Record({ key: Schema.String, value: Schema.Unknown }) })
export type Row = (typeof Row.Type)["row"]
const rowOf = ({ row }: typeof Row.Type) => row

/** Whatever the database holds of a user, found by the catalogue: a new table needs no word here. */
export class ExportRepo extends Effect.Service<ExportRepo>()("privacy/ExportRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const tables = Effect.fn("ExportRepo.tables")(() =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Table,
        execute: () => sql`
          SELECT c.relname AS name, bool_or(a.attname = 'task_id') AS of_tasks
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
          WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname IN ('user_id', 'task_id')
          GROUP BY c.relname HAVING bool_or(a.attname = 'user_id') ORDER BY c.relname`
      })(undefined).pipe(Effect.orDie)
    )

    const account = Effect.fn("ExportRepo.account")((userId: UserId) =>
      SqlSchema.single({
        Request: Schema.Void,
        Result: Row,
        execute: () => sql`SELECT to_jsonb(u) - 'password_hash' AS row FROM users u WHERE id = ${userId}`
      })(undefined).pipe(rls.asUser(userId), Effect.orDie, Effect.map(rowOf))
    )

    const tasks = Effect.fn("ExportRepo.tasks")((userId: UserId) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Schema.Struct({ id: TaskId }),
        execute: () => sql`SELECT id FROM automation_tasks WHERE user_id = ${userId} ORDER BY id`
      })(undefined).pipe(rls.asUser(userId), Effect.orDie)
    )

    const rows = Effect.fn("ExportRepo.rows")((userId: UserId, table: string, tasks?: ReadonlyArray<TaskId>) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Row,
        execute: () => sql`
          SELECT to_jsonb(t) - ARRAY['content', 'sealed', 'token_hash'] AS row FROM ${sql(table)} t
          WHERE user_id = ${userId} ${tasks === undefined ? sql`` : sql`AND task_id = ANY(${tasks}::uuid[])`}`
      })(undefined).pipe(
        rls.asUser(userId),
        Effect.orDie,
        Effect.map((rows) => rows.map(rowOf))
      )
    )

    return { tables, account, tasks, rows } as const
  })
}) {}
