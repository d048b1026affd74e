import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

// The housekeeper erases accounts that are blocked, forgets what is old enough and encrypts again under a new key.
const role = `
DO $$
BEGIN
  BEGIN
    CREATE ROLE timbra_keeper NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  IF NOT pg_has_role(current_user, 'timbra_keeper', 'MEMBER') THEN
    EXECUTE format('GRANT timbra_keeper TO %I', current_user);
  END IF;
  GRANT USAGE ON SCHEMA public TO timbra_keeper;
END $$;
`

// Proof and log outlive the account, so they refer to it without a foreign key. An account of another provider has no
// password here, and no profile yet when it is first seen.
const tables = `
ALTER TABLE users ADD COLUMN blocked_at timestamptz;
ALTER TABLE users ALTER COLUMN password_hash DROP NOT NULL;
ALTER TABLE user_profiles
  ALTER COLUMN rfc DROP NOT NULL, ALTER COLUMN fiscal_regime DROP NOT NULL, ALTER COLUMN postal_code DROP NOT NULL;
CREATE INDEX users_blocked ON users (blocked_at) WHERE blocked_at IS NOT NULL;

CREATE TABLE user_vendor_credentials (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  vendor_domain text NOT NULL,
  host text,
  secret bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz
);
CREATE INDEX user_vendor_credentials_domain ON user_vendor_credentials (user_id, vendor_domain);

CREATE TABLE consents (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  given boolean NOT NULL,
  notice_version text NOT NULL,
  notice_sha256 text NOT NULL,
  address text NOT NULL,
  request_id text NOT NULL
);
CREATE INDEX consents_user ON consents (user_id, at);

CREATE TABLE audit_log (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  at timestamptz NOT NULL DEFAULT now(),
  user_id uuid,
  actor text NOT NULL CHECK (actor IN ('user', 'visitor', 'worker', 'keeper')),
  action text NOT NULL,
  subject uuid,
  address text NOT NULL,
  request_id text,
  details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_user ON audit_log (user_id, at);
CREATE INDEX audit_log_age ON audit_log USING brin (at);

CREATE TABLE retained_invoices (
  id uuid PRIMARY KEY,
  cfdi_uuid uuid NOT NULL,
  facts bytea NOT NULL,
  keep_until timestamptz NOT NULL
);
CREATE INDEX retained_invoices_cfdi ON retained_invoices (cfdi_uuid);
`

// Holds for every role, the owner's too. What may go is only what is older than the trigger's own interval.
const appendOnly = `
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.at < now() - TG_ARGV[0]::interval THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION append_only('2 years');
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON consents FOR EACH ROW EXECUTE FUNCTION append_only('5 years');
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON consents FOR EACH STATEMENT EXECUTE FUNCTION append_only();
`

// A part of the statement that records the intent: where the log cannot be written there is no intent, and so no click.
// So is the word of a user who wants to submit again although an earlier run may have done it, and each use of a log-in.
const submits = `
CREATE FUNCTION audit_submit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_log (user_id, actor, action, subject, address, details)
  VALUES (NEW.user_id, 'worker', 'task.submit', NEW.id,
          coalesce((SELECT w.host || ' ' || w.pid FROM workers w WHERE w.id = NEW.worker_id), 'unknown'),
          jsonb_build_object('vendor_host', NEW.vendor_host, 'attempt', NEW.attempt, 'retry_count', NEW.retry_count));
  RETURN NULL;
END $$;

CREATE TRIGGER audit_submit AFTER UPDATE OF submit_intent_at ON automation_tasks FOR EACH ROW
  WHEN (OLD.submit_intent_at IS NULL AND NEW.submit_intent_at IS NOT NULL) EXECUTE FUNCTION audit_submit();

CREATE FUNCTION audit_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_log (user_id, actor, action, subject, address, request_id, details)
  VALUES (NEW.user_id, 'user', 'task.submit_confirmed', NEW.id, coalesce(current_setting('app.address', true), 'unknown'),
          current_setting('app.request_id', true), jsonb_build_object('vendor_host', NEW.vendor_host));
  RETURN NULL;
END $$;

CREATE TRIGGER audit_confirmed AFTER UPDATE OF submit_intent_at ON automation_tasks FOR EACH ROW
  WHEN (OLD.failure_code = 'SUBMIT_UNCERTAIN' AND OLD.submit_intent_at IS NOT NULL AND NEW.submit_intent_at IS NULL)
  EXECUTE FUNCTION audit_confirmed();

CREATE FUNCTION audit_credential() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_log (user_id, actor, action, subject, address, details)
  VALUES (NEW.user_id, 'worker', 'credential.used', NEW.id, 'worker', jsonb_build_object('domain', NEW.vendor_domain));
  RETURN NULL;
END $$;

CREATE TRIGGER audit_credential AFTER UPDATE OF last_used_at ON user_vendor_credentials
  FOR EACH ROW EXECUTE FUNCTION audit_credential();
`

// Nobody but the database says when something was logged: that column is in no grant.
const grants = `
GRANT SELECT, INSERT, UPDATE, DELETE ON user_vendor_credentials TO timbra_api;
GRANT SELECT, UPDATE ON user_vendor_credentials TO timbra_worker;
GRANT SELECT ON consents, audit_log TO timbra_api;
GRANT INSERT (user_id, given, notice_version, notice_sha256, address, request_id) ON consents TO timbra_api;
GRANT INSERT (user_id, actor, action, subject, address, request_id, details) ON audit_log
  TO timbra_api, timbra_worker, timbra_keeper;

GRANT SELECT (id, blocked_at), DELETE ON users TO timbra_keeper;
GRANT SELECT ON automation_tasks, artifacts TO timbra_keeper;
GRANT SELECT, UPDATE ON user_profiles, interventions, user_vendor_credentials, webhooks TO timbra_keeper;
GRANT SELECT, INSERT, UPDATE, DELETE ON retained_invoices TO timbra_keeper;
GRANT SELECT, DELETE ON consents, audit_log TO timbra_keeper;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['user_vendor_credentials', 'consents', 'audit_log', 'retained_invoices'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['automation_tasks', 'artifacts', 'user_profiles', 'interventions', 'user_vendor_credentials', 'webhooks', 'consents', 'audit_log', 'retained_invoices'] LOOP
    EXECUTE format('CREATE POLICY keeper ON %I TO timbra_keeper USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

CREATE POLICY keeper ON users FOR SELECT TO timbra_keeper USING (true);
CREATE POLICY erasure ON users FOR DELETE TO timbra_keeper USING (blocked_at IS NOT NULL);
CREATE POLICY own ON user_vendor_credentials TO timbra_api
  USING (user_id = app_user_id()) WITH CHECK (user_id = app_user_id());
CREATE POLICY worker ON user_vendor_credentials TO timbra_worker USING (true) WITH CHECK (true);
CREATE POLICY own ON consents TO timbra_api USING (user_id = app_user_id()) WITH CHECK (user_id = app_user_id());
CREATE POLICY own ON audit_log TO timbra_api USING (user_id = app_user_id())
  WITH CHECK (user_id IS NOT DISTINCT FROM app_user_id() AND actor IN ('user', 'visitor'));
CREATE POLICY worker ON audit_log FOR INSERT TO timbra_worker WITH CHECK (actor = 'worker');
`

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  for (const statements of [role, tables, appendOnly, submits, grants]) yield* sql.unsafe(statements)
})
