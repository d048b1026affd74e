import { SqlClient } from "@effect/sql"
import { Array as Arr, ConfigProvider, Deferred, Duration, Effect, Fiber, Layer, Order } from "effect"
import { noFloor } from "../../../src/tasks/Claim.ts"
import { QueueRepo } from "../../../src/tasks/QueueRepo.ts"
import { addTasks, addUsers, Ground } from "./Ours.ts"

const rounds = 40
const batch = 10

const median = (numbers: ReadonlyArray<number>) =>
  Arr.sort(numbers, Order.number)[Math.floor(numbers.length / 2)] ?? Number.NaN

/** Milliseconds of a claim of ten, once in a fresh table, once among dead rows, and once more while an old snapshot keeps them. */
export const deadRows = Effect.fn("bench.deadRows")(function* (url: string, dead: number) {
  const measured = Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const repo = yield* QueueRepo
    yield* sql`ALTER TABLE automation_tasks SET (autovacuum_enabled = false)`
    const users = yield* addUsers(20)
    yield* Effect.forEach(users, (user) => addTasks(user, 100), { discard: true })

    const claims = Effect.gen(function* () {
      const workerId = crypto.randomUUID()
      yield* repo.register(workerId, Duration.minutes(5))
      const took: Array<number> = []
      const floor = yield* repo.floor(noFloor)
      for (let round = 0; round < rounds; round++) {
        const start = performance.now()
        yield* repo.claim({
          workerId,
          free: batch,
          perUser: 1000,
          held: [],
          affinity: Duration.seconds(5),
          served: users.slice(0, round % users.length),
          floor
        })
        took.push(performance.now() - start)
      }
      yield* sql`UPDATE automation_tasks SET status = 'PENDING', worker_id = NULL, token = NULL WHERE status = 'RUNNING'`
      return median(took.slice(5))
    })

    // What tasks leave behind that were PENDING, then RUNNING and are COMPLETED: two dead rows each, older than what waits.
    const churn = Effect.gen(function* () {
      const done = Math.ceil(dead / 2)
      yield* sql`
        INSERT INTO automation_tasks
          (id, user_id, vendor_url, vendor_host, ticket_details, cfdi_use, ticket_key, run_at, created_at)
        SELECT gen_random_uuid(), (${users}::uuid[])[1 + n % ${users.length}], 'https://a.mx/', 'a.mx', '{}', 'G03',
               gen_random_uuid()::text, now() - interval '1 day', now() - interval '1 day'
        FROM generate_series(1, ${done}) n`
      yield* sql`
        UPDATE automation_tasks SET status = 'RUNNING', worker_id = gen_random_uuid(), token = nextval('task_token_seq')
        WHERE run_at < now() - interval '1 hour' AND status = 'PENDING'`
      yield* sql`
        UPDATE automation_tasks SET status = 'COMPLETED', worker_id = NULL, token = NULL
        WHERE run_at < now() - interval '1 hour' AND status = 'RUNNING'`
    })

    const fresh = yield* claims
    yield* churn
    const after = yield* claims
    const holding = yield* Deferred.make<void>()
    const held = yield* Effect.gen(function* () {
      yield* sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`
      yield* sql`SELECT count(*) FROM users`
      yield* Deferred.succeed(holding, undefined)
      return yield* Effect.never
    }).pipe(sql.withTransaction, Effect.forkScoped)
    yield* Deferred.await(holding)
    yield* churn
    const pinned = yield* claims
    yield* Fiber.interrupt(held)
    return { fresh, after, pinned }
  })
  const environment = Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["DATABASE_URL", url]])))
  return yield* Effect.provide(measured, Ground.pipe(Layer.provide(environment)))
}, Effect.scoped)
