import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

// As `due_tasks` before it, which processes of the version before still call, but what runs is counted by its token, which
// a row has as long as it runs, and from `first_token` on. Tokens only grow, so all that ran and is dead lies below, and costs
// nothing even while a snapshot keeps it. All users' are counted at once: with the user in the condition, a planner with
// stale statistics may take an index of all that the user ever had.
const claims = `
CREATE INDEX automation_tasks_running ON automation_tasks (token) WHERE token IS NOT NULL;

CREATE FUNCTION due_tasks(
  worker uuid, affinity interval, per_user integer, free integer, start uuid, since timestamptz, first_token bigint)
RETURNS TABLE (id uuid, user_id uuid, priority smallint, run_at timestamptz, running bigint) LANGUAGE plpgsql VOLATILE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS
$$
#variable_conflict use_column
DECLARE
  busy jsonb;
  level smallint;
  tasks integer;
  found_tasks integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7246001);
  SELECT coalesce(jsonb_object_agg(r.user_id, r.n), '{}') INTO busy FROM (
    SELECT t.user_id, count(*) AS n FROM automation_tasks t WHERE t.token >= first_token GROUP BY t.user_id
  ) r;
  SELECT max(t.priority) INTO level FROM automation_tasks t WHERE t.status = 'PENDING' AND t.run_at >= since;
  WHILE level IS NOT NULL AND found_tasks < free LOOP
    RETURN QUERY
      WITH RECURSIVE visit (user_id, oldest, lap) AS (
        SELECT start, NULL::timestamptz, 0
        UNION ALL
        SELECT next.* FROM visit v CROSS JOIN LATERAL (
          (SELECT t.user_id, t.run_at, v.lap FROM automation_tasks t
           WHERE t.status = 'PENDING' AND t.priority = level AND t.user_id > v.user_id
             AND t.run_at >= since AND t.run_at <= now()
             AND t.user_id <= CASE v.lap WHEN 0 THEN 'ffffffff-ffff-ffff-ffff-ffffffffffff' ELSE start END
           ORDER BY t.user_id, t.run_at LIMIT 1)
          UNION ALL
          SELECT '00000000-0000-0000-0000-000000000000', NULL, 1 WHERE v.lap = 0
          LIMIT 1
        ) next
      )
      SELECT due.id, u.user_id, level, due.run_at, u.running FROM (
        SELECT v.user_id, v.oldest, ran.running FROM visit v CROSS JOIN LATERAL (
          SELECT coalesce((busy ->> v.user_id::text)::bigint, 0) AS running
        ) ran
        WHERE v.oldest IS NOT NULL AND ran.running < per_user LIMIT free + 32
      ) u CROSS JOIN LATERAL (
        SELECT t.id, t.run_at FROM automation_tasks t
        WHERE t.status = 'PENDING' AND t.priority = level AND t.user_id = u.user_id
          AND t.run_at >= u.oldest AND t.run_at <= now()
          AND (t.worker_id IS NULL OR t.worker_id = worker OR t.run_at < now() - affinity)
        ORDER BY t.run_at, t.id LIMIT least(per_user - u.running, free)
      ) due;
    GET DIAGNOSTICS tasks = ROW_COUNT;
    found_tasks := found_tasks + tasks;
    SELECT max(t.priority) INTO level FROM automation_tasks t
    WHERE t.status = 'PENDING' AND t.run_at >= since AND t.priority < level;
  END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION due_tasks(uuid, interval, integer, integer, uuid, timestamptz, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION due_tasks(uuid, interval, integer, integer, uuid, timestamptz, bigint) TO timbra_worker;
`

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql.unsafe(claims)
})
