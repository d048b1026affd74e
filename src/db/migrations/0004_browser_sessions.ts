import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

// A row begins with its run; what is null here is so until the run asks for a browser.
const columns = `
ALTER TABLE browser_sessions
  ADD COLUMN provider text CHECK (provider IN ('local', 'browserbase', 'cdp')),
  ADD COLUMN status text CHECK (status IN ('PENDING', 'RUNNING', 'COMPLETED', 'ERROR', 'TIMED_OUT')),
  ADD COLUMN remote_id text,
  ADD COLUMN browser_ms bigint,
  ADD COLUMN proxy_bytes bigint;
CREATE INDEX browser_sessions_open ON browser_sessions (provider) WHERE status IN ('PENDING', 'RUNNING');
`

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql.unsafe(columns)
})
