import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

// A log-in that is told anew is changed in its place; of several for one portal the one that was told last is used.
const columns = `ALTER TABLE user_vendor_credentials ADD COLUMN changed_at timestamptz;`

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql.unsafe(columns)
})
