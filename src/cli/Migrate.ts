import { Command } from "@effect/cli"
import { Console, Effect, Layer } from "effect"
import { DataDir } from "../db/DataDir.ts"
import { SqlLive } from "../db/Sql.ts"
import { TelemetryLive } from "../Telemetry.ts"
import { checked } from "./Checks.ts"

const migrated = Layer.build(SqlLive.pipe(Layer.provide(DataDir.Default)))

export const migrate = Command.make("migrate", {}, () =>
  checked.pipe(
    Effect.zipRight(Effect.scoped(migrated).pipe(Effect.provide(TelemetryLive))),
    Effect.zipRight(Console.log("The database is up to date."))
  )
).pipe(Command.withDescription("Bring the database's schema up to date, and end."))
