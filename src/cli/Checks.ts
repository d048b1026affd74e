import { Config, ConfigError, Effect, Redacted } from "effect"
import { configuredSecrets } from "../auth/Secrets.ts"
import { settings } from "../http/Settings.ts"
import { logging } from "../Telemetry.ts"

const isPostgres = (url: Redacted.Redacted) =>
  URL.canParse(Redacted.value(url)) && /^postgres(ql)?:$/.test(new URL(Redacted.value(url)).protocol)

const database = Config.redacted().pipe(
  Config.validate({ message: "must be postgres://user:password@host:port/database", validation: isPostgres }),
  Config.nested("DATABASE_URL"),
  Config.option
)

const authProvider = Config.literal("local")("AUTH_PROVIDER").pipe(Config.withDefault("local"))

/** All that is read from the environment, each beside its use. */
const checks: ReadonlyArray<Effect.Effect<unknown, ConfigError.ConfigError>> = [
  settings,
  logging,
  database,
  authProvider,
  configuredSecrets
]

/** Looks at the whole environment before anything starts, so that all that is wrong is told at once. */
export const checked = Effect.validateAll(checks, (check) => check, { discard: true }).pipe(
  Effect.mapError(([first, ...others]) => others.reduce((all, error) => ConfigError.And(all, error), first))
)
