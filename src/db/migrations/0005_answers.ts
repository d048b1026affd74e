import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

// A log-in is asked for by a page: what is answered is good for the domain of that page and for no other.
const interventions = `
ALTER TABLE interventions ADD COLUMN domain text;
CREATE INDEX interventions_image ON interventions (image_id) WHERE image_id IS NOT NULL;
`

const credentials = `
DO $$
BEGIN
  IF to_regclass('user_vendor_credentials') IS NOT NULL THEN RETURN; END IF;
  CREATE TABLE user_vendor_credentials (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    vendor_domain text NOT NULL,
    secret bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz
  );
  CREATE INDEX user_vendor_credentials_domain ON user_vendor_credentials (user_id, vendor_domain);
  GRANT SELECT, INSERT, UPDATE, DELETE ON user_vendor_credentials TO timbra_api;
  GRANT SELECT, UPDATE ON user_vendor_credentials TO timbra_worker;
  ALTER TABLE user_vendor_credentials ENABLE ROW LEVEL SECURITY;
  ALTER TABLE user_vendor_credentials FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON user_vendor_credentials TO timbra_api
    USING (user_id = app_user_id()) WITH CHECK (user_id = app_user_id());
  CREATE POLICY worker ON user_vendor_credentials TO timbra_worker USING (true) WITH CHECK (true);
END $$;
`

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  for (const statements of [interventions, credentials]) yield* sql.unsafe(statements)
})
