import { Config, Effect, Redacted } from "effect"

export const authProvider = Config.literal("local", "supabase")("AUTH_PROVIDER").pipe(Config.withDefault("local"))

const minimum = 32

const isWebAddress = (url: URL) =>
  url.protocol === "https:" || (url.protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))

const url = Config.url().pipe(
  Config.validate({ message: "must be https://…supabase.co, or http on this machine", validation: isWebAddress }),
  Config.map(({ href }) => href.replace(/\/+$/, "")),
  Config.nested("SUPABASE_URL")
)

const jwtSecret = Config.redacted().pipe(
  Config.validate({
    message: `must have at least ${minimum} bytes`,
    validation: (secret) => Buffer.byteLength(Redacted.value(secret)) >= minimum
  }),
  Config.nested("SUPABASE_JWT_SECRET"),
  Config.option
)

export const supabaseSettings = Config.all({
  url,
  anonKey: Config.redacted(Config.nonEmptyString("SUPABASE_ANON_KEY")),
  jwtSecret
})

/** What Supabase needs is asked for only where the accounts are there. */
export const authSettings = Effect.flatMap(authProvider, (provider) =>
  provider === "supabase" ? Effect.asVoid(supabaseSettings) : Effect.void
)
