import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

const forms = (canary: string) => [
  canary,
  Buffer.from(canary).toString("hex"),
  Buffer.from(canary).toString("base64").slice(0, 20),
  encodeURIComponent(canary)
]

/** Whether it stands there as it is, or as anybody could read it. */
export const holds = (text: string, canary: string) => forms(canary).some((form) => text.includes(form))

/** The tables of which a row holds it. */
export const tablesWith = Effect.fnUntraced(function* (canary: string) {
  const sql = yield* SqlClient.SqlClient
  const tables = yield* sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`
  const rows = yield* Effect.forEach(tables, ({ name }) =>
    Effect.map(sql`SELECT row_to_json(t)::text AS row FROM ${sql(name)} t`, (rows) => ({
      name,
      text: JSON.stringify(rows)
    }))
  )
  return rows.filter(({ text }) => holds(text, canary)).map(({ name }) => name)
})
