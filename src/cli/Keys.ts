import { Command } from "@effect/cli"
import { Console, Effect, Layer } from "effect"
import { KeyringLive, Secrets } from "../auth/Secrets.ts"
import { DataDir } from "../db/DataDir.ts"
import { Rls } from "../db/Rls.ts"
import { SqlLive } from "../db/Sql.ts"
import { TelemetryLive } from "../Telemetry.ts"
import { Rotation } from "../vault/Rotation.ts"
import { RotationRepo } from "../vault/RotationRepo.ts"
import { Vault } from "../vault/Vault.ts"
import { checked } from "./Checks.ts"

const RotationLive = Rotation.Default.pipe(
  Layer.provide([RotationRepo.Default, Vault.Default]),
  Layer.provide([KeyringLive, Rls.Default]),
  Layer.provide([Secrets.Default, SqlLive]),
  Layer.provide(DataDir.Default)
)

const rotated = Effect.gen(function* () {
  const rotation = yield* Rotation
  yield* rotation.check
  yield* Console.log(`${yield* rotation.rotate()} values are sealed under the first key of ENCRYPTION_KEYS now.`)
  const spare = yield* rotation.spare()
  if (spare.length > 0) yield* Console.log(`No longer in use, and free to be dropped: ${spare.join(", ")}`)
})

const rotate = Command.make("rotate", {}, () =>
  Effect.zipRight(checked, rotated.pipe(Effect.provide(RotationLive), Effect.provide(TelemetryLive)))
).pipe(
  Command.withDescription("Seal everything under the first key of ENCRYPTION_KEYS, while servers run; may be repeated.")
)

export const keys = Command.make("keys").pipe(
  Command.withDescription("The keys that secrets are stored under."),
  Command.withSubcommands([rotate])
)
