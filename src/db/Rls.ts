import { SqlClient, SqlError } from "@effect/sql"
import { Effect } from "effect"
import { RequestInfo } from "../http/RequestInfo.ts"

// What a caller could act on was made a typed error inside; a failing database is a defect to all of them.
export const orDie = <A, E, R>(
  self: Effect.Effect<A, E | SqlError.SqlError, R>
): Effect.Effect<A, Exclude<E, SqlError.SqlError>, R> =>
  Effect.catchIf(
    self,
    (error): error is Extract<E | SqlError.SqlError, SqlError.SqlError> => error instanceof SqlError.SqlError,
    Effect.die
  )

/**
 * Runs an effect in a transaction that sees only what row-level security lets its actor see. Roles and settings are
 * local to the transaction, so a pooled connection never carries one user's sight to the next.
 */
export class Rls extends Effect.Service<Rls>()("db/Rls", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient

    const setUser = (userId: string) =>
      Effect.flatMap(
        RequestInfo,
        ({ address, id }) => sql`
          SELECT set_config('role', 'timbra_api', true), set_config('app.user_id', ${userId}, true),
                 set_config('app.address', ${address}, true), set_config('app.request_id', ${id}, true)`
      )

    /** As the API on behalf of one user: their rows only. Triggers that log are told where the request came from. */
    const asUser =
      (userId: string) =>
      <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        setUser(userId).pipe(Effect.zipRight(effect), sql.withTransaction, orDie)

    /** As the API before anyone is known: the account of this e-mail only, for the look-up at login. */
    const asVisitor =
      (email: string) =>
      <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        sql`SELECT set_config('role', 'timbra_api', true), set_config('app.login_email', ${email}, true)`.pipe(
          Effect.zipRight(effect),
          sql.withTransaction,
          orDie
        )

    /** As the queue and its runs: every user's tasks, no accounts. */
    const asWorker = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      sql`SELECT set_config('role', 'timbra_worker', true)`.pipe(Effect.zipRight(effect), sql.withTransaction, orDie)

    /** As the housekeeper: accounts that are blocked, what is sealed or retained, and the log. */
    const asKeeper = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      sql`SELECT set_config('role', 'timbra_keeper', true)`.pipe(Effect.zipRight(effect), sql.withTransaction, orDie)

    return { asUser, asVisitor, asWorker, asKeeper } as const
  })
}) {}
