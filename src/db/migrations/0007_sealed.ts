import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

// What was plain moves into columns of its own, so that a process of the version before reads nothing that it cannot
// understand: it finds the receiver's RFC empty, and a file on its way to the store not there yet.
const columns = `
ALTER TABLE automation_tasks ADD COLUMN receiver_rfc bytea;
ALTER TABLE artifacts ADD COLUMN sealed bytea;
CREATE INDEX automation_tasks_plain ON automation_tasks (id) WHERE result #>> '{cfdi,receiver_rfc}' <> '';
CREATE INDEX artifacts_sealed ON artifacts (created_at) WHERE sealed IS NOT NULL;

GRANT UPDATE (receiver_rfc, result) ON automation_tasks TO timbra_keeper;
GRANT UPDATE (sealed) ON artifacts TO timbra_keeper;
`

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql.unsafe(columns)
})
