import { createSecretKey, type KeyObject } from "node:crypto"
import { Config, ConfigError, Effect, Either, Encoding, Redacted } from "effect"

export interface EncryptionKey {
  readonly id: string
  readonly secret: KeyObject
}

const variable = "ENCRYPTION_KEYS"

const keyId = /^[A-Za-z0-9._-]{1,32}$/

const refuse = (reason: string) => Either.left(ConfigError.InvalidData([variable], reason))

// Entries are named by their place, never quoted: what stands before a misplaced colon may be part of a key.
const parseEntry = (entry: string, index: number): Either.Either<EncryptionKey, ConfigError.ConfigError> => {
  const shape = `entry ${index + 1} must be id:base64(32 bytes)`
  const [, id = "", key = ""] = /^([^:]*):(.*)$/.exec(entry.trim()) ?? []
  if (!keyId.test(id)) return refuse(shape)
  return Either.match(Encoding.decodeBase64(key), {
    onLeft: () => refuse(`${shape}: its key is not base64`),
    onRight: (bytes) =>
      bytes.length === 32
        ? Either.right({ id, secret: createSecretKey(bytes) })
        : refuse(`${shape}: its key has ${bytes.length} bytes`)
  })
}

const parseKeys = (value: Redacted.Redacted) =>
  Either.gen(function* () {
    const keys = yield* Either.all(Redacted.value(value).split(",").map(parseEntry))
    const byId = new Map(keys.map((key) => [key.id, key]))
    const [current] = keys
    if (current === undefined || byId.size < keys.length) return yield* refuse("two entries have the same id")
    return { current, byId: byId as ReadonlyMap<string, EncryptionKey> }
  })

const config = Config.redacted(variable).pipe(Config.mapOrFail(parseKeys))

/** The keys that secrets are stored under: the current one encrypts, all decrypt. */
export class Keyring extends Effect.Service<Keyring>()("vault/Keyring", { effect: config }) {}

/** A keyring from a value of the form of `ENCRYPTION_KEYS` that was kept elsewhere. */
export const makeKeyring = (value: Redacted.Redacted): Effect.Effect<Keyring, ConfigError.ConfigError> =>
  Effect.map(parseKeys(value), (keys) => Keyring.make(keys))
