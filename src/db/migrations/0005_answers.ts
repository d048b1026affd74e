import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

// A log-in is asked for by a page: what is answered is good for the domain of that page and for no other.
const interventions = `
ALTER TABLE interventions ADD COLUMN domain text;
CREATE INDEX interventions_image ON interventions (image_id) WHERE image_id IS NOT NULL;
`

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql.unsafe(interventions)
})
