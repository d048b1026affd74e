import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

const tables = `
CREATE TABLE webhooks (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  url text NOT NULL,
  events text[] NOT NULL,
  secret bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  failing_since timestamptz,
  disabled_at timestamptz,
  UNIQUE (user_id, id)
);

-- Of a webhook, or to the callback address of one task.
CREATE TABLE webhook_deliveries (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  webhook_id uuid,
  callback_url text,
  type text NOT NULL,
  body text NOT NULL,
  status text NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'DELIVERED', 'FAILED')),
  attempt smallint NOT NULL DEFAULT 0,
  run_at timestamptz NOT NULL DEFAULT now(),
  response_status smallint,
  error text,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  FOREIGN KEY (user_id, webhook_id) REFERENCES webhooks (user_id, id) ON DELETE CASCADE,
  CHECK ((webhook_id IS NULL) <> (callback_url IS NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (run_at) WHERE status = 'PENDING';
CREATE INDEX webhook_deliveries_list ON webhook_deliveries (user_id, webhook_id, created_at DESC);
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at) WHERE ended_at IS NOT NULL;
`

// Queued by the database itself, in the transaction of the event: no path that changes a status can forget it.
const outbox = `
CREATE FUNCTION queue_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_deliveries (user_id, webhook_id, callback_url, type, body)
  SELECT e.user_id, target.webhook_id, target.callback_url, e.type, jsonb_build_object(
    'type', e.type,
    'timestamp', to_char(e.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'data', e.data || jsonb_build_object('task_id', e.task_id))::text
  FROM (
    SELECT user_id, task_id, created_at, data, 'task.' || lower(data->>'status') AS type FROM told WHERE type = 'status'
  ) e
  CROSS JOIN LATERAL (
    SELECT w.id AS webhook_id, NULL AS callback_url FROM webhooks w
    WHERE w.user_id = e.user_id AND w.disabled_at IS NULL AND e.type = ANY (w.events)
    UNION ALL
    SELECT NULL, t.callback_url FROM automation_tasks t
    WHERE t.id = e.task_id AND t.callback_url IS NOT NULL
      AND e.type IN ('task.completed', 'task.failed', 'task.intervention_needed')
  ) target;
  RETURN NULL;
END $$;

CREATE TRIGGER task_events_webhooks AFTER INSERT ON task_events
  REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION queue_webhooks();
`

const grants = `
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks, webhook_deliveries TO timbra_api;
GRANT SELECT, UPDATE ON webhooks TO timbra_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_deliveries TO timbra_worker;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['webhooks', 'webhook_deliveries'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO timbra_api USING (user_id = app_user_id()) WITH CHECK (user_id = app_user_id())', name);
    EXECUTE format('CREATE POLICY worker ON %I TO timbra_worker USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
`

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  for (const statements of [tables, outbox, grants]) yield* sql.unsafe(statements)
})
