import { Config, ConfigError, Effect, Redacted } from "effect"
import { browserSettings } from "../agent/browser/BrowserLive.ts"
import { chromiumPath } from "../agent/browser/FindChromium.ts"
import { llmSettings } from "../agent/plan/Llm.ts"
import { configuredSecrets } from "../auth/Secrets.ts"
import { authSettings } from "../auth/supabase/Settings.ts"
import { satStatusUrl } from "../cfdi/SatStatus.ts"
import { redisUrl } from "../db/Redis.ts"
import { allowances } from "../egress/Allowances.ts"
import { settings } from "../http/Settings.ts"
import { logging } from "../Telemetry.ts"
import { storeSettings } from "../tasks/ArtifactStore.ts"
import { interventionTimeout } from "../tasks/Desk.ts"
import { queueSettings } from "../tasks/Queue.ts"
import { retentionDays } from "../tasks/Retention.ts"
import { retryBase } from "../tasks/Retry.ts"

const isPostgres = (url: Redacted.Redacted) =>
  URL.canParse(Redacted.value(url)) && /^postgres(ql)?:$/.test(new URL(Redacted.value(url)).protocol)

const database = Config.redacted().pipe(
  Config.validate({ message: "must be postgres://user:password@host:port/database", validation: isPostgres }),
  Config.nested("DATABASE_URL"),
  Config.option
)

/** All that is read from the environment, each beside its use. */
const checks: ReadonlyArray<Effect.Effect<unknown, ConfigError.ConfigError>> = [
  settings,
  logging,
  database,
  redisUrl,
  authSettings,
  browserSettings,
  llmSettings,
  storeSettings,
  configuredSecrets,
  queueSettings,
  retryBase,
  interventionTimeout,
  allowances,
  chromiumPath,
  satStatusUrl,
  retentionDays
]

/** Looks at the whole environment before anything starts, so that all that is wrong is told at once. */
export const checked = Effect.validateAll(checks, (check) => check, { discard: true }).pipe(
  Effect.mapError(([first, ...others]) => others.reduce((all, error) => ConfigError.And(all, error), first))
)
