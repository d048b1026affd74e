import type { SqlClient, SqlConnection } from "@effect/sql"
import { Effect, Stream } from "effect"
import Pg from "pg"

export type Settings = Readonly<Record<string, string>>

/** What `pg` calls of a query, of which its types say nothing. */
interface Steps {
  prepare(connection: Pg.Connection): void
  handleDataRow(row: unknown): void
  handleCommandComplete(command: unknown, connection: Pg.Connection): void
}

const Query = Pg.Query as unknown as new (
  config: Pg.QueryConfig & { readonly queryMode: "extended" }
) => Pg.Query & Steps

/**
 * A statement behind the settings that it needs. All that the server is sent before a `Sync` is one transaction to it: where
 * the settings fail the statement is not run, and they end with it.
 */
class Guarded extends Query {
  private isSet = false

  constructor(
    private readonly settings: Settings,
    text: string,
    values: ReadonlyArray<unknown>
  ) {
    super({ text, values: [...values], queryMode: "extended" })
  }

  override prepare(connection: Pg.Connection) {
    const entries = Object.entries(this.settings)
    const text = `SELECT ${entries.map((_, n) => `set_config($${2 * n + 1}, $${2 * n + 2}, true)`).join(", ")}`
    connection.parse({ name: "", text, types: [] }, true)
    connection.bind({ values: entries.flat() }, true)
    connection.execute(null, true)
    super.prepare(connection)
  }

  override handleDataRow(row: unknown) {
    if (this.isSet) super.handleDataRow(row)
  }

  override handleCommandComplete(command: unknown, connection: Pg.Connection) {
    if (this.isSet) super.handleCommandComplete(command, connection)
    this.isSet = true
  }
}

/** A connection on which each statement is a transaction of its own, behind these settings, and one message. */
export const guarded = (sql: SqlClient.SqlClient, settings: Settings): SqlConnection.Connection => {
  // A connection that comes to a fiber which was interrupted while it waited for one would never go back to its pool.
  const run = (text: string, values: ReadonlyArray<unknown>) =>
    Effect.uninterruptibleMask((restore) =>
      Effect.flatMap(sql.reserve, (connection) =>
        // What takes a text hands it to `pg`, which takes a query as well.
        restore(connection.executeRaw(new Guarded(settings, text, values) as unknown as string, []))
      )
    ).pipe(Effect.scoped)

  const execute: SqlConnection.Connection["execute"] = (text, values, transform) =>
    Effect.map(run(text, values), (result) => {
      const { rows } = result as Pg.QueryResult
      return transform === undefined ? rows : transform(rows)
    })

  return {
    execute,
    executeUnprepared: execute,
    executeRaw: run,
    executeValues: () => Effect.dieMessage("Rows come as objects here"),
    executeStream: () => Stream.dieMessage("A stream wants a transaction around it")
  }
}
