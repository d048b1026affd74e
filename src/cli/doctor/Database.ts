import { FileSystem } from "@effect/platform"
import { SqlClient, SqlSchema } from "@effect/sql"
import { Clock, Effect, Option, Schema } from "effect"
import { DataDir } from "../../db/DataDir.ts"
import { ClientLive, databaseUrl, migrations } from "../../db/Sql.ts"
import { examined, type Finding, fine, wrong } from "./Finding.ts"

const oldest = 14
const maxSkew = 5_000

const State = Schema.Struct({
  version: Schema.NumberFromString,
  now: Schema.Number,
  role: Schema.String,
  migrated: Schema.Boolean,
  lacking: Schema.Array(Schema.String)
})

const state = Effect.flatMap(SqlClient.SqlClient, (sql) =>
  SqlSchema.single({
    Request: Schema.Void,
    Result: State,
    execute: () => sql`
      SELECT current_setting('server_version_num') AS version,
             (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now,
             current_user AS role,
             to_regclass('effect_sql_migrations') IS NOT NULL AS migrated,
             ARRAY(SELECT name FROM unnest(ARRAY['timbra_api', 'timbra_worker']) AS name
                    WHERE NOT EXISTS (SELECT FROM pg_roles
                                       WHERE rolname = name AND pg_has_role(current_user, oid, 'MEMBER'))) AS lacking`
  })(undefined)
)

const applied = Effect.flatMap(SqlClient.SqlClient, (sql) =>
  SqlSchema.findAll({
    Request: Schema.Void,
    Result: Schema.Struct({ migrationId: Schema.Number }),
    execute: () => sql`SELECT migration_id FROM effect_sql_migrations`
  })(undefined)
)

const schema = Effect.gen(function* () {
  const known = yield* migrations
  const done = new Set((yield* applied).map(({ migrationId }) => migrationId))
  const open = known.filter(([id]) => !done.has(id))
  return open.length === 0
    ? fine("schema", `${known.length} migrations, all applied`)
    : wrong("schema", `${open.length} migrations are not applied`, "run `timbra migrate`")
})

const look = Effect.gen(function* () {
  const asked = yield* Clock.currentTimeMillis
  const { version, now, role, migrated, lacking } = yield* state
  const answered = yield* Clock.currentTimeMillis
  const major = Math.floor(version / 10_000)
  const skew = Math.round(now - (asked + answered) / 2)
  const findings: Array<Finding> = [
    major >= oldest
      ? fine("database", `PostgreSQL ${major} as ${role}, ${answered - asked} ms away`)
      : wrong("database", `PostgreSQL ${major}`, `take PostgreSQL ${oldest} or later`),
    Math.abs(skew) <= maxSkew
      ? fine("clock", `${Math.abs(skew)} ms from the database's`)
      : wrong("clock", `${skew} ms from the database's`, "set the clock of this machine by NTP: logins end by it"),
    yield* migrated ? schema : Effect.succeed(wrong("schema", "not there yet", "run `timbra migrate`"))
  ]
  if (migrated) {
    findings.push(
      lacking.length === 0
        ? fine("roles", "timbra_api and timbra_worker are there")
        : wrong("roles", `${role} may not become ${lacking.join(", ")}`, `GRANT ${lacking.join(", ")} TO ${role}`)
    )
  }
  return findings
})

const opened = look.pipe(Effect.provide(ClientLive), Effect.scoped)

/** The embedded database is one process's own: neither made for the sake of looking at it, nor opened twice. */
const embedded = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const dataDir = yield* DataDir
  if (yield* fs.exists(dataDir.at("database.pid"))) {
    return [fine("database", `embedded, in use by process ${yield* fs.readFileString(dataDir.at("database.pid"))}`)]
  }
  if (yield* fs.exists(dataDir.at("database"))) return yield* opened
  return [fine("database", "embedded; the first start makes it")]
})

export const database = examined(
  "database",
  "see that DATABASE_URL is right and that the server takes connections from here",
  "20 seconds",
  Effect.flatMap(databaseUrl, (url) => (Option.isSome(url) ? opened : embedded))
)
