import { randomBytes } from "node:crypto"
import { FileSystem } from "@effect/platform"
import { Config, ConfigError, Effect, Layer, Option, Redacted } from "effect"
import { DataDir, DataDirUnusable } from "../db/DataDir.ts"
import { databaseUrl } from "../db/Sql.ts"
import { Keyring, makeKeyring } from "../vault/Keyring.ts"

const minimum = 32

const strong = (name: string) =>
  Config.redacted().pipe(
    Config.validate({
      message: `must have at least ${minimum} bytes`,
      validation: (secret) => Buffer.byteLength(Redacted.value(secret)) >= minimum
    }),
    Config.nested(name),
    Config.option
  )

const encryptionKeys = Config.redacted("ENCRYPTION_KEYS").pipe(Config.option)

const named = (value: Redacted.Redacted) =>
  Effect.mapError(makeKeyring(value), ConfigError.prefixed(["ENCRYPTION_KEYS"]))

const required = (name: string, given: Option.Option<unknown>) =>
  Option.isSome(given) ? Effect.void : Effect.fail(ConfigError.MissingData([name], "is required with DATABASE_URL"))

/** What the environment gives of them. Only the embedded database may do without: another one may have other servers. */
export const configuredSecrets = Effect.gen(function* () {
  const { jwt, jwtPrevious, encryption, database } = yield* Config.all({
    jwt: strong("JWT_SECRET"),
    jwtPrevious: strong("JWT_SECRET_PREVIOUS"),
    encryption: encryptionKeys,
    database: databaseUrl
  })
  if (Option.isSome(encryption)) yield* named(encryption.value)
  if (Option.isSome(database)) {
    yield* Effect.validateAll(
      [required("JWT_SECRET", jwt), required("ENCRYPTION_KEYS", encryption)],
      (check) => check,
      { discard: true }
    ).pipe(Effect.mapError(([first, ...others]) => others.reduce((all, error) => ConfigError.And(all, error), first)))
  }
  return { jwt, jwtPrevious, encryption }
})

/**
 * A secret of `DATA_DIR`, made when it is not there yet. The hard link makes it appear whole or not at all, and
 * leaves the first one standing where two processes make it at once.
 */
const kept = (name: string, make: () => string) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const file = (yield* DataDir).at(name)
    if (!(yield* fs.exists(file))) {
      const draft = `${file}.${crypto.randomUUID()}`
      yield* fs.writeFileString(draft, make(), { mode: 0o600, flag: "wx" })
      yield* fs.link(draft, file).pipe(
        Effect.catchIf(
          (error) => error._tag === "SystemError" && error.reason === "AlreadyExists",
          () => Effect.void
        ),
        Effect.ensuring(Effect.orDie(fs.remove(draft)))
      )
      yield* Effect.logInfo(`Generated ${file}: keep it as long as the data beside it`)
    }
    return Redacted.make((yield* fs.readFileString(file)).trim())
  }).pipe(
    Effect.catchTags({
      SystemError: (cause) => new DataDirUnusable({ path: name, reason: cause.message }),
      BadArgument: (cause) => new DataDirUnusable({ path: name, reason: cause.message })
    })
  )

/** The secrets that everything else is protected by. `jwtPrevious` signs nothing any more, and what it signed still counts. */
export class Secrets extends Effect.Service<Secrets>()("auth/Secrets", {
  effect: Effect.gen(function* () {
    const { jwt, jwtPrevious, encryption } = yield* configuredSecrets
    return {
      jwtPrevious,
      jwt: yield* Effect.orElse(jwt, () => kept("jwt_secret", () => randomBytes(48).toString("base64url"))),
      encryption: yield* Effect.orElse(encryption, () =>
        kept("encryption_keys", () => `1:${randomBytes(32).toString("base64")}`)
      )
    } as const
  })
}) {}

export const KeyringLive = Layer.effect(
  Keyring,
  Effect.flatMap(Secrets, ({ encryption }) => named(encryption))
)
