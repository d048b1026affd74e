import { SqlClient } from "@effect/sql"
import { Array as Arr, ConfigProvider, Duration, Effect, Layer, Order } from "effect"
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
      for (let round = 0; round < rounds; round++) {
        const start = performance.now()
        yield* repo.claim({
          workerId,
          free: batch,
          perUser: 1000,
          held: [],
          affinity: Duration.seconds(5),
          served: users.slice(0, round % users.length)
        })
        took.push(performance.now() - start)
      }
      yield* sql`UPDATE automation_tasks SET status = 'PENDING', worker_id = NULL, token = NULL WHERE status = 'RUNNING'`
      return median(took.slice(5))
    })

    // Each turn leaves a dead row that was PENDING and one that was RUNNING for each task.
    const churn = sql`
      DO $$ BEGIN FOR turn IN 1..${sql.literal(String(Math.ceil(dead / 4000)))} LOOP
        UPDATE automation_tasks SET status = 'RUNNING', worker_id = gen_random_uuid(), token = turn;
        UPDATE automation_tasks SET status = 'PENDING', worker_id = NULL, token = NULL;
      END LOOP; END $$`

    const fresh = yield* claims
    yield* churn
    const after = yield* claims
    const held = yield* Effect.gen(function* () {
      yield* sql`SELECT set_config('transaction_isolation', 'repeatable read', true)`
      yield* sql`SELECT count(*) FROM users`
      return yield* Effect.forkScoped(Effect.never)
    }).pipe(sql.withTransaction, Effect.forkScoped)
    yield* Effect.sleep("200 millis")
    yield* churn
    const pinned = yield* claims
    yield* held.interruptAsFork(held.id())
    return { fresh, after, pinned }
  })
  const environment = Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["DATABASE_URL", url]])))
  return yield* Effect.provide(measured, Ground.pipe(Layer.provide(environment)))
}, Effect.scoped)
