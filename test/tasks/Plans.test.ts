import { expect } from "bun:test"
import { SqlClient, SqlSchema } from "@effect/sql"
import { Array as Arr, Deferred, Duration, Effect, Layer, Schema } from "effect"
import { WorkerSql } from "../../src/db/WorkerSql.ts"
import { type Floor, noFloor } from "../../src/tasks/Claim.ts"
import { end } from "../../src/tasks/Ending.ts"
import { QueueRepo } from "../../src/tasks/QueueRepo.ts"
import * as it from "../lib/effect.ts"
import { addTask, addUser, addWorker, claimFor } from "./lib/Fixtures.ts"
import { ReposTest } from "./lib/Repos.ts"

const PlansTest = Layer.provideMerge(WorkerSql.Default, ReposTest)

const Read = Schema.Struct({ walked: Schema.NumberFromString, fetched: Schema.NumberFromString })

/** Rows that the work reads, in tables that were analysed while they were empty and have grown since. */
const reading = <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const context = yield* Effect.context<R>()
    const { sql, transaction } = yield* WorkerSql
    const read = SqlSchema.single({
      Request: Schema.Void,
      Result: Read,
      execute: () => sql`
        SELECT sum(seq_tup_read)::text AS walked, sum(idx_tup_fetch)::text AS fetched FROM pg_stat_xact_user_tables
        WHERE relname IN ('automation_tasks', 'browser_sessions', 'interventions', 'task_events')`
    })
    return yield* transaction(Effect.zipRight(Effect.provide(work, context), Effect.orDie(read(undefined))))
  })

const grow = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const tables = ["automation_tasks", "browser_sessions", "interventions", "task_events"]
  for (const table of tables) yield* sql`ALTER TABLE ${sql(table)} SET (autovacuum_enabled = false)`
  for (const table of tables) yield* sql`ANALYZE ${sql(table)}`
  const [user, waiting] = [yield* addUser, yield* addUser]
  yield* sql`
    INSERT INTO automation_tasks (id, user_id, vendor_url, vendor_host, ticket_details, cfdi_use, ticket_key, status)
    SELECT gen_random_uuid(), ${user}, 'https://a.mx/', 'a.mx', '{}', 'G03', gen_random_uuid()::text,
           CASE WHEN n <= 2000 THEN 'INTERVENTION_NEEDED' WHEN n <= 4000 THEN 'PENDING' ELSE 'COMPLETED' END
    FROM generate_series(1, 20000) n`
  yield* sql`
    INSERT INTO browser_sessions (user_id, task_id, worker_id, ended_at)
    SELECT user_id, id, gen_random_uuid(), now() FROM automation_tasks`
  yield* sql`
    INSERT INTO interventions (id, user_id, task_id, kind, message, fields, expires_at)
    SELECT gen_random_uuid(), user_id, id, 'otp', '', '[]', now() + interval '1 day' FROM automation_tasks
    WHERE status = 'INTERVENTION_NEEDED'`
  yield* Effect.forEach(Arr.range(1, 20), () => addTask(waiting), { discard: true })
})

it.layer(PlansTest)("with statistics of an empty table", (it) => {
  it.live(
    "a claim and the ends of its runs read some rows for each task and walk no table",
    () =>
      Effect.gen(function* () {
        const { sql } = yield* WorkerSql
        const worker = yield* addWorker
        // Planned while the tables are small, as a process that starts on an empty database does.
        yield* claimFor(worker)
        yield* grow
        const claimed = yield* Effect.cached(claimFor(worker, { free: 20, perUser: 20 }))
        const byClaim = yield* reading(claimed)
        expect(byClaim.walked).toBe(0)
        expect(byClaim.fetched).toBeLessThan(600)
        const endings = (yield* claimed).map(({ id, token }) => {
          const completion = { delivery: "email", warnings: [], artifacts: [] } as const
          return { _tag: "Completed", run: { id, token }, completion, receiver: null } as const
        })
        expect(endings).toHaveLength(20)
        const byEnd = yield* reading(end(sql, endings))
        expect(byEnd.walked).toBe(0)
        expect(byEnd.fetched).toBeLessThan(300)
      }),
    60_000
  )

  it.live("a rescue reads what dead workers held, not what there is", () =>
    Effect.gen(function* () {
      const repo = yield* QueueRepo
      const { walked, fetched } = yield* reading(repo.rescue(Duration.seconds(5)))
      expect(walked).toBeLessThan(10)
      expect(fetched).toBeLessThan(10_000)
    })
  )
})

it.layer(PlansTest)("with statistics of an hour in which nothing waited", (it) => {
  it.live("a claim finds what it chose by the key, not among all that is PENDING", () =>
    Effect.gen(function* () {
      const owner = yield* SqlClient.SqlClient
      const { sql, transaction } = yield* WorkerSql
      yield* grow
      yield* owner`UPDATE automation_tasks SET status = 'COMPLETED'`
      yield* owner`VACUUM (FULL, ANALYZE) automation_tasks`
      const claim = Effect.provide(claimFor(yield* addWorker), yield* Effect.context<QueueRepo>())
      const plan = Effect.gen(function* () {
        yield* claim
        const [prepared] = yield* sql<{ name: string; parameters: number }>`
          SELECT name, cardinality(parameter_types) AS parameters FROM pg_prepared_statements
          WHERE statement LIKE '%FROM due_tasks(%'`
        if (prepared === undefined) return yield* Effect.dieMessage("The claim is not prepared.")
        const nulls = Arr.replicate("NULL", prepared.parameters).join()
        return JSON.stringify(yield* sql.unsafe(`EXPLAIN EXECUTE ${prepared.name}(${nulls})`))
      })
      const seen = yield* transaction(plan)
      expect(seen).toInclude("automation_tasks_pkey")
      expect(seen).not.toMatch(/automation_tasks_(ready|waiting)/)
    })
  )
})

const Explained = Schema.Struct({
  "QUERY PLAN": Schema.Tuple(Schema.Struct({ Plan: Schema.Struct({ "Shared Hit Blocks": Schema.Int }) }))
})

/** How many pages a look for ten tasks that are due touches. */
const touched = (floor: Floor) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const explained = yield* SqlSchema.single({
      Request: Schema.Void,
      Result: Explained,
      execute: () =>
        sql`
          EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM due_tasks(
            gen_random_uuid(), '5 s', 10, 10, '00000000-0000-0000-0000-000000000000', ${floor.due}::timestamptz,
            ${floor.token}::bigint)`.withoutTransform
    })(undefined)
    return explained["QUERY PLAN"][0].Plan["Shared Hit Blocks"]
  })

it.layer(PlansTest)("while a snapshot keeps what is dead", (it) => {
  it.live("a claim looks at what waits, above its floor, and at none of the dead", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const repo = yield* QueueRepo
      const user = yield* addUser
      const holding = yield* Deferred.make<void>()
      yield* sql`SELECT count(*) FROM users`.pipe(
        Effect.zipRight(Deferred.succeed(holding, undefined)),
        Effect.zipRight(Effect.never),
        (held) => Effect.zipRight(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`, held),
        sql.withTransaction,
        Effect.forkScoped
      )
      yield* Deferred.await(holding)
      yield* sql`
        INSERT INTO automation_tasks
          (id, user_id, vendor_url, vendor_host, ticket_details, cfdi_use, ticket_key, run_at)
        SELECT gen_random_uuid(), ${user}, 'https://a.mx/', 'a.mx', '{}', 'G03', gen_random_uuid()::text,
               now() - interval '1 hour'
        FROM generate_series(1, 5000)`
      // Not in the order in which they lie, since neighbours on a page are touched once.
      yield* sql`
        UPDATE automation_tasks t SET status = 'RUNNING', token = drawn.token FROM (
          SELECT id, nextval('task_token_seq') AS token FROM (SELECT id FROM automation_tasks ORDER BY id) ids
        ) drawn WHERE t.id = drawn.id`
      yield* sql`UPDATE automation_tasks SET status = 'COMPLETED', token = NULL`
      yield* Effect.forEach(Arr.range(1, 20), () => addTask(user), { discard: true })
      const worker = yield* addWorker
      expect(yield* claimFor(worker, { free: 4 })).toHaveLength(4)
      const floor = yield* repo.floor(noFloor)
      expect(yield* touched({ ...noFloor, token: floor.token })).toBeGreaterThan(4000)
      expect(yield* touched({ ...noFloor, due: floor.due })).toBeGreaterThan(2000)
      expect(yield* touched(floor)).toBeLessThan(200)
      // What runs is above the floor, and is counted.
      expect(yield* claimFor(worker, { perUser: 10, floor })).toHaveLength(6)
      expect(yield* repo.floor(floor)).toMatchObject({ token: floor.token })
      expect(yield* claimFor(worker, { perUser: 100, floor: yield* repo.floor(floor) })).toHaveLength(10)
    })
  )
})
