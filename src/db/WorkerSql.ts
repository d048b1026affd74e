import { Reactivity } from "@effect/experimental"
import type { SqlClient, SqlError } from "@effect/sql"
import { PgClient } from "@effect/sql-pg"
import { Data, Duration, Effect } from "effect"
import Pg from "pg"
import { connectionOf } from "./Connection.ts"
import { prepare } from "./Prepared.ts"
import { orDie, Rls } from "./Rls.ts"

/** The way of the queue and its runs to the database: every user's tasks, no accounts. */
interface Access {
  /** What the statements are built with. */
  readonly sql: SqlClient.SqlClient
  readonly statement: <A, E>(
    effect: Effect.Effect<A, E | SqlError.SqlError>
  ) => Effect.Effect<A, Exclude<E, SqlError.SqlError>>
  readonly transaction: Access["statement"]
}

class NotOurRole extends Data.TaggedError("NotOurRole") {}

// Sent with the connection's first message, so that no statement is needed which a pooler might play to another's session.
// All that the queue asks for is found by an index. Statements are planned once, and a plan that was made while the tables
// were small would walk all of them when they are not.
const settings = {
  role: "timbra_worker",
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  jit: "off"
}

const connect = (config: PgClient.PgClientConfig) => {
  const pool = new Pg.Pool({
    ...connectionOf(config),
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    application_name: "timbra-worker",
    // What is prepared goes with its connection.
    idleTimeoutMillis: Duration.toMillis(config.idleTimeout ?? Duration.minutes(1)),
    max: 4
  })
  pool.on("connect", prepare)
  // The pool replaces a connection that broke while nobody used it.
  pool.on("error", () => undefined)
  return pool
}

const own = (config: PgClient.PgClientConfig) =>
  Effect.gen(function* () {
    const acquire = Effect.acquireRelease(
      Effect.sync(() => connect(config)),
      (pool) => Effect.promise(() => pool.end()).pipe(Effect.interruptible, Effect.timeoutOption("1 second"))
    )
    const { transformJson, transformQueryNames, transformResultNames } = config
    const sql = yield* PgClient.fromPool({ acquire, transformJson, transformQueryNames, transformResultNames })
    const [session] = yield* sql<{ role: string }>`SELECT current_setting('role') AS role`
    if (session?.role !== settings.role) return yield* new NotOurRole()
    return sql
  }).pipe(Effect.provide(Reactivity.layer))

/**
 * Connections that are `timbra_worker` from their start: a statement is one round trip, and planned once. Where the
 * database has only one connection, or a pooler takes no such start, it is the common pool and each statement has a
 * transaction around it.
 */
export class WorkerSql extends Effect.Service<WorkerSql>()("db/WorkerSql", {
  scoped: Effect.gen(function* () {
    const common = yield* PgClient.PgClient
    const { asWorker, onceAsWorker } = yield* Rls
    const shared: Access = { sql: common, statement: onceAsWorker, transaction: asWorker }
    if (common.config.maxConnections === 1) return shared
    return yield* own(common.config).pipe(
      Effect.map((sql): Access => {
        return { sql, statement: orDie, transaction: (effect) => orDie(sql.withTransaction(effect)) }
      }),
      Effect.catchAll((reason) =>
        Effect.as(
          Effect.logWarning("The queue shares the common connections, which is slower: is there a pooler?", reason),
          shared
        )
      )
    )
  })
}) {}
