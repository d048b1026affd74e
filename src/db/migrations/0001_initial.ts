import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

// Roles belong to the whole server, so another database of it may have made them already.
const roles = `
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['timbra_api', 'timbra_worker'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', name, current_user);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', name);
  END LOOP;
END $$;

CREATE FUNCTION app_user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$;
`

const accounts = `
CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE,
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE user_profiles (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  rfc bytea NOT NULL,
  full_name text,
  fiscal_regime text NOT NULL,
  postal_code text NOT NULL,
  cfdi_use text,
  email text NOT NULL,
  company_details bytea,
  privacy_version text,
  privacy_accepted_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE refresh_tokens (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  family uuid NOT NULL,
  token_hash bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX refresh_tokens_family ON refresh_tokens (user_id, family);
`

const tasks = `
CREATE TABLE workers (
  id uuid PRIMARY KEY,
  host text NOT NULL,
  pid integer NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  lease_until timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE SEQUENCE task_token_seq;

CREATE TABLE automation_tasks (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  vendor_url text NOT NULL,
  vendor_host text NOT NULL,
  ticket_details jsonb NOT NULL,
  cfdi_use text NOT NULL,
  priority smallint NOT NULL DEFAULT 0,
  callback_url text,
  confirm_before_submit boolean NOT NULL DEFAULT false,
  retry_not_found boolean NOT NULL DEFAULT false,
  idempotency_key text,
  request_hash text,
  ticket_key text NOT NULL,

  status text NOT NULL DEFAULT 'PENDING'
    CHECK (status IN ('PENDING', 'RUNNING', 'PAUSED', 'INTERVENTION_NEEDED', 'COMPLETED', 'FAILED')),
  run_at timestamptz NOT NULL DEFAULT now(),
  attempt smallint NOT NULL DEFAULT 0,
  retry_count smallint NOT NULL DEFAULT 0,
  crashes smallint NOT NULL DEFAULT 0,
  worker_id uuid,
  token bigint,
  running_since timestamptz,
  running_ms integer NOT NULL DEFAULT 0,
  submit_intent_at timestamptz,
  last_seq integer NOT NULL DEFAULT 0,

  failure_code text,
  failure_reason text,
  result jsonb,
  cfdi_uuid uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  UNIQUE (user_id, id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

CREATE INDEX automation_tasks_ready ON automation_tasks (priority, user_id, run_at, id) WHERE status = 'PENDING';
CREATE INDEX automation_tasks_live ON automation_tasks (user_id, status) WHERE status NOT IN ('COMPLETED', 'FAILED');
CREATE INDEX automation_tasks_completed ON automation_tasks (user_id, completed_at) WHERE status = 'COMPLETED';
CREATE INDEX automation_tasks_held ON automation_tasks (worker_id) WHERE worker_id IS NOT NULL;
CREATE INDEX automation_tasks_list ON automation_tasks (user_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX automation_tasks_idempotency ON automation_tasks (user_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL;
-- One task for a ticket, unless the earlier one ended without a stamp.
CREATE UNIQUE INDEX automation_tasks_ticket ON automation_tasks (user_id, ticket_key)
  WHERE status <> 'FAILED' OR failure_code = 'SUBMIT_UNCERTAIN';
CREATE UNIQUE INDEX automation_tasks_cfdi ON automation_tasks (user_id, cfdi_uuid) WHERE cfdi_uuid IS NOT NULL;

-- How many of a user's tasks have ended how, by vendor: kept by the changes that end them, so that nobody has to count.
CREATE TABLE task_totals (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  vendor_host text NOT NULL,
  completed integer NOT NULL,
  failed integer NOT NULL,
  PRIMARY KEY (user_id, vendor_host)
) WITH (fillfactor = 50);

CREATE TABLE task_steps (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  task_id uuid NOT NULL,
  seq integer NOT NULL,
  step_type text NOT NULL
    CHECK (step_type IN ('navigate', 'input', 'click', 'thinking', 'error', 'user_intervention', 'completed')),
  message text NOT NULL,
  content text,
  screenshot_id uuid,
  duration_ms integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (task_id, seq),
  FOREIGN KEY (user_id, task_id) REFERENCES automation_tasks (user_id, id) ON DELETE CASCADE
);

-- The oldest lie together, so a mark for each range of pages is enough to find them.
CREATE INDEX task_steps_age ON task_steps USING brin (created_at) WITH (autosummarize = on);

CREATE TABLE task_events (
  user_id uuid NOT NULL,
  task_id uuid NOT NULL,
  seq integer NOT NULL,
  type text NOT NULL CHECK (type IN ('status', 'intervention', 'artifact')),
  data jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (task_id, seq),
  FOREIGN KEY (user_id, task_id) REFERENCES automation_tasks (user_id, id) ON DELETE CASCADE
);

CREATE TABLE artifacts (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  task_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('xml', 'pdf', 'screenshot', 'other')),
  filename text NOT NULL,
  content_type text NOT NULL,
  size integer NOT NULL,
  sha256 text NOT NULL,
  stored boolean NOT NULL DEFAULT false,
  content bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (user_id, task_id) REFERENCES automation_tasks (user_id, id) ON DELETE CASCADE
);
CREATE INDEX artifacts_task ON artifacts (task_id);
CREATE INDEX artifacts_screenshots ON artifacts (created_at) WHERE kind = 'screenshot';
CREATE INDEX artifacts_unstored ON artifacts (created_at) WHERE NOT stored;

CREATE TABLE interventions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  task_id uuid NOT NULL,
  kind text NOT NULL
    CHECK (kind IN ('captcha', 'login', 'otp', 'missing_data', 'choice', 'confirm_submit', 'takeover')),
  message text NOT NULL,
  fields jsonb NOT NULL,
  image_id uuid,
  answers bytea,
  action text CHECK (action IN ('continue', 'abort')),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  closed_at timestamptz,
  FOREIGN KEY (user_id, task_id) REFERENCES automation_tasks (user_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX interventions_open ON interventions (task_id) WHERE closed_at IS NULL;
CREATE INDEX interventions_due ON interventions (expires_at) WHERE closed_at IS NULL;
CREATE INDEX interventions_answered ON interventions (task_id, created_at) WHERE answers IS NOT NULL;

CREATE TABLE browser_sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL,
  task_id uuid NOT NULL,
  worker_id uuid NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  -- Where other processes find the one that has the browser, once it can be seen there.
  address text,
  driven_since timestamptz,
  FOREIGN KEY (user_id, task_id) REFERENCES automation_tasks (user_id, id) ON DELETE CASCADE
) WITH (fillfactor = 70);
CREATE INDEX browser_sessions_task ON browser_sessions (task_id, started_at);
`

// What a claim chooses from: from the highest priority down, and within one user by user, beginning behind `start` and
// once around, until enough users have something due. Each step is one look into an index, so neither the length of a
// user's queue nor the number of users who wait makes it slower; dead rows before a user's oldest task are walked once.
// `running` is how many tasks of the user run already. Claims take turns, over all processes, so that this count holds
// until the claim is committed; it is volatile because only then what it reads after the lock is of after the lock. The
// index gives the order: a planner with stale statistics would rather sort.
const claims = `
CREATE FUNCTION due_tasks(worker uuid, affinity interval, per_user integer, free integer, start uuid)
RETURNS TABLE (id uuid, user_id uuid, priority smallint, run_at timestamptz, running bigint) LANGUAGE plpgsql VOLATILE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS
$$
#variable_conflict use_column
DECLARE
  level smallint;
  tasks integer;
  found_tasks integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7246001);
  SELECT max(t.priority) INTO level FROM automation_tasks t WHERE t.status = 'PENDING';
  WHILE level IS NOT NULL AND found_tasks < free LOOP
    RETURN QUERY
      WITH RECURSIVE visit (user_id, since, lap) AS (
        SELECT start, NULL::timestamptz, 0
        UNION ALL
        SELECT next.* FROM visit v CROSS JOIN LATERAL (
          (SELECT t.user_id, t.run_at, v.lap FROM automation_tasks t
           WHERE t.status = 'PENDING' AND t.priority = level AND t.user_id > v.user_id AND t.run_at <= now()
             AND t.user_id <= CASE v.lap WHEN 0 THEN 'ffffffff-ffff-ffff-ffff-ffffffffffff' ELSE start END
           ORDER BY t.user_id, t.run_at LIMIT 1)
          UNION ALL
          SELECT '00000000-0000-0000-0000-000000000000', NULL, 1 WHERE v.lap = 0
          LIMIT 1
        ) next
      )
      SELECT due.id, u.user_id, level, due.run_at, u.busy FROM (
        SELECT v.user_id, v.since, running.busy FROM visit v CROSS JOIN LATERAL (
          SELECT count(*) AS busy FROM automation_tasks t WHERE t.user_id = v.user_id AND t.status = 'RUNNING'
        ) running
        WHERE v.since IS NOT NULL AND running.busy < per_user LIMIT free + 32
      ) u CROSS JOIN LATERAL (
        SELECT t.id, t.run_at FROM automation_tasks t
        WHERE t.status = 'PENDING' AND t.priority = level AND t.user_id = u.user_id
          AND t.run_at >= u.since AND t.run_at <= now()
          AND (t.worker_id IS NULL OR t.worker_id = worker OR t.run_at < now() - affinity)
        ORDER BY t.run_at, t.id LIMIT least(per_user - u.busy, free)
      ) due;
    GET DIAGNOSTICS tasks = ROW_COUNT;
    found_tasks := found_tasks + tasks;
    SELECT max(t.priority) INTO level FROM automation_tasks t WHERE t.status = 'PENDING' AND t.priority < level;
  END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION due_tasks FROM PUBLIC;
GRANT EXECUTE ON FUNCTION due_tasks TO timbra_worker;
`

const grants = `
GRANT SELECT, INSERT, UPDATE, DELETE ON
  users, user_profiles, refresh_tokens, automation_tasks, task_totals, task_steps, task_events, artifacts,
  interventions, browser_sessions TO timbra_api;
GRANT SELECT ON user_profiles TO timbra_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  workers, automation_tasks, task_totals, task_steps, task_events, artifacts, interventions, browser_sessions
  TO timbra_worker;
GRANT USAGE ON SEQUENCE task_token_seq TO timbra_worker;

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON users TO timbra_api USING (id = app_user_id()) WITH CHECK (id = app_user_id());
CREATE POLICY login ON users FOR SELECT TO timbra_api
  USING (email = nullif(current_setting('app.login_email', true), ''));

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['user_profiles', 'refresh_tokens', 'automation_tasks', 'task_totals', 'task_steps', 'task_events', 'artifacts', 'interventions', 'browser_sessions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO timbra_api USING (user_id = app_user_id()) WITH CHECK (user_id = app_user_id())', name);
    IF name <> 'refresh_tokens' THEN
      EXECUTE format('CREATE POLICY worker ON %I TO timbra_worker USING (true) WITH CHECK (true)', name);
    END IF;
  END LOOP;
END $$;
`

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  for (const statements of [roles, accounts, tasks, claims, grants]) yield* sql.unsafe(statements)
})
