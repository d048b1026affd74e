import { Reactivity } from "@effect/experimental"
import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"

/**
 * Lets the claims of a database choose first in, first out, whoever's the tasks are and however many of them run; all else
 * stays as it is.
 */
export const fifo = (url: string) =>
  Effect.gen(function* () {
    const sql = yield* PgClient.make({ url: Redacted.make(url), maxConnections: 1 })
    yield* sql`CREATE INDEX ON automation_tasks (priority DESC, run_at, id) WHERE status = 'PENDING'`
    yield* sql`DROP INDEX automation_tasks_ready`
    yield* sql.unsafe(`
      CREATE OR REPLACE FUNCTION due_tasks(
        worker uuid, affinity interval, per_user integer, free integer, start uuid, since timestamptz, first_token bigint)
      RETURNS TABLE (id uuid, user_id uuid, priority smallint, run_at timestamptz, running bigint) LANGUAGE plpgsql STABLE
      AS $$
      #variable_conflict use_column
      BEGIN
        RETURN QUERY SELECT t.id, t.user_id, t.priority, t.run_at, -free::bigint FROM automation_tasks t
        WHERE t.status = 'PENDING' AND t.run_at <= now() ORDER BY t.priority DESC, t.run_at, t.id LIMIT free;
      END $$`)
  }).pipe(Effect.scoped, Effect.provide(Reactivity.layer), Effect.orDie)
