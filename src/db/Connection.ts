import type { PgClient } from "@effect/sql-pg"
import { Duration, Redacted } from "effect"
import type Pg from "pg"

/** What a connection of its own needs to lead where a client's lead. */
export const connectionOf = (config: PgClient.PgClientConfig): Pg.ClientConfig => ({
  connectionString: config.url && Redacted.value(config.url),
  host: config.host,
  port: config.port,
  database: config.database,
  user: config.username,
  password: config.password && Redacted.value(config.password),
  ssl: config.ssl,
  connectionTimeoutMillis: Duration.toMillis(config.connectTimeout ?? Duration.seconds(5))
})
