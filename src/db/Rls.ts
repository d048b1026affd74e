import { SqlClient, type SqlConnection, SqlError } from "@effect/sql"
import { Effect, Option, Scope } from "effect"
import Pg from "pg"
import { RequestInfo } from "../http/RequestInfo.ts"
import { guarded, type Settings } from "./Guarded.ts"

// What a caller could act on was made a typed error inside; a failing database is a defect to all of them.
export const orDie = <A, E, R>(
  self: Effect.Effect<A, E | SqlError.SqlError, R>
): Effect.Effect<A, Exclude<E, SqlError.SqlError>, R> =>
  Effect.catchIf(
    self,
    (error): error is Extract<E | SqlError.SqlError, SqlError.SqlError> => error instanceof SqlError.SqlError,
    Effect.die
  )

const set = (settings: Settings) =>
  `SELECT ${Object.entries(settings)
    .map(([name, value]) => `set_config(${Pg.escapeLiteral(name)}, ${Pg.escapeLiteral(value)}, true)`)
    .join(", ")}`

/**
 * Runs an effect in a transaction that sees only what row-level security lets its actor see. Roles and settings are
 * local to the transaction, so a pooled connection never carries one user's sight to the next. They go with its BEGIN in
 * one message: most transactions are one statement, so each message more is a third of what they cost.
 */
export class Rls extends Effect.Service<Rls>()("db/Rls", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient

    const acquireConnection = Effect.flatMap(Scope.make(), (scope) =>
      Effect.map(Scope.extend(sql.reserve, scope), (connection) => [scope, connection] as const)
    )

    const transaction = (settings: Settings) => {
      const run = (text: string) => (connection: SqlConnection.Connection) =>
        connection.executeUnprepared(text, [], undefined)
      return SqlClient.makeWithTransaction({
        transactionTag: SqlClient.TransactionConnection,
        spanAttributes: [],
        acquireConnection,
        begin: run(`BEGIN; ${set(settings)}`),
        savepoint: (connection, id) => run(`SAVEPOINT rls_${id}; ${set(settings)}`)(connection),
        commit: run("COMMIT"),
        rollback: run("ROLLBACK"),
        rollbackSavepoint: (connection, id) => run(`ROLLBACK TO SAVEPOINT rls_${id}`)(connection)
      })
    }

    const as =
      (settings: Settings) =>
      <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        orDie(transaction(settings)(effect))

    /** The same for what is one statement, which then is one message. Inside of a transaction it is a part of that. */
    const onceAs =
      (settings: Settings) =>
      <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        Effect.flatMap(Effect.serviceOption(SqlClient.TransactionConnection), (outer) =>
          Option.isSome(outer)
            ? as(settings)(effect)
            : orDie(Effect.provideService(effect, SqlClient.TransactionConnection, [guarded(sql, settings), 0]))
        )

    const settingsOf = (userId: string) =>
      Effect.map(RequestInfo, ({ address, id }) => ({
        role: "timbra_api",
        "app.user_id": userId,
        "app.address": address,
        "app.request_id": id
      }))

    /** As the API on behalf of one user: their rows only. Triggers that log are told where the request came from. */
    const asUser =
      (userId: string) =>
      <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        Effect.flatMap(settingsOf(userId), (settings) => as(settings)(effect))

    /** As `asUser`, for an effect of one statement. */
    const onceAsUser =
      (userId: string) =>
      <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        Effect.flatMap(settingsOf(userId), (settings) => onceAs(settings)(effect))

    /** As the API before anyone is known: the account of this e-mail only, for the look-up at login. */
    const asVisitor = (email: string) => as({ role: "timbra_api", "app.login_email": email })

    /** As the queue and its runs: every user's tasks, no accounts. */
    const asWorker = as({ role: "timbra_worker" })

    /** As `asWorker`, for an effect of one statement. */
    const onceAsWorker = onceAs({ role: "timbra_worker" })

    /** As the housekeeper: accounts that are blocked, what is sealed or retained, and the log. */
    const asKeeper = as({ role: "timbra_keeper" })

    return { asUser, onceAsUser, asVisitor, asWorker, onceAsWorker, asKeeper } as const
  })
}) {}
