import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { Data, Effect, Option, Redacted } from "effect"
import * as Envelope from "./Envelope.ts"
import { type EncryptionKey, Keyring } from "./Keyring.ts"

/** Where a secret is at home. It decrypts nowhere else. */
export interface SecretContext {
  readonly user: string
  readonly table: string
  readonly row: string
  readonly column: string
}

export class DecryptionFailed extends Data.TaggedError("DecryptionFailed")<{
  readonly reason: "MALFORMED" | "UNKNOWN_KEY" | "NOT_AUTHENTIC"
  readonly table: string
  readonly column: string
}> {
  override get message() {
    return `${this.table}.${this.column}: ${this.reason}`
  }
}

const algorithm = "aes-256-gcm"

// A JSON array keeps its parts apart whatever stands in them, which joining with a separator does not.
const additionalData = ({ user, table, row, column }: SecretContext, keyId: string) =>
  Buffer.from(JSON.stringify([user, table, row, column, keyId]))

const seal = (key: EncryptionKey, context: SecretContext, plain: Uint8Array) => {
  const nonce = randomBytes(Envelope.nonceLength)
  const cipher = createCipheriv(algorithm, key.secret, nonce).setAAD(additionalData(context, key.id))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return Envelope.write({ keyId: key.id, nonce, sealed, tag: cipher.getAuthTag() })
}

const unseal = (key: EncryptionKey, context: SecretContext, { nonce, sealed, tag }: Envelope.Envelope) => {
  const decipher = createDecipheriv(algorithm, key.secret, nonce, { authTagLength: Envelope.tagLength })
  decipher.setAAD(additionalData(context, key.id)).setAuthTag(tag)
  return Redacted.make<Uint8Array>(Buffer.concat([decipher.update(sealed), decipher.final()]))
}

export class Vault extends Effect.Service<Vault>()("vault/Vault", {
  effect: Effect.gen(function* () {
    const keyring = yield* Keyring

    const encryptBytes = Effect.fn("Vault.encrypt")((context: SecretContext, plain: Redacted.Redacted<Uint8Array>) =>
      Effect.sync(() => seal(keyring.current, context, Redacted.value(plain)))
    )

    const decryptBytes = Effect.fn("Vault.decrypt")(function* (context: SecretContext, bytes: Uint8Array) {
      const failed = (reason: DecryptionFailed["reason"]) => () =>
        new DecryptionFailed({ reason, table: context.table, column: context.column })
      const envelope = yield* Effect.mapError(Envelope.read(bytes), failed("MALFORMED"))
      const key = yield* Effect.mapError(Option.fromNullable(keyring.byId.get(envelope.keyId)), failed("UNKNOWN_KEY"))
      return yield* Effect.try({ try: () => unseal(key, context, envelope), catch: failed("NOT_AUTHENTIC") })
    })

    const encrypt = (context: SecretContext, text: Redacted.Redacted) =>
      encryptBytes(context, Redacted.make(Buffer.from(Redacted.value(text), "utf8")))

    const decrypt = (context: SecretContext, bytes: Uint8Array) =>
      Effect.map(decryptBytes(context, bytes), (plain) =>
        Redacted.make(Buffer.from(Redacted.value(plain)).toString("utf8"))
      )

    /** Whether the current key sealed it. What an older one sealed is to be encrypted again. */
    const isCurrent = (bytes: Uint8Array) =>
      Option.exists(Envelope.read(bytes), (envelope) => envelope.keyId === keyring.current.id)

    return { encryptBytes, decryptBytes, encrypt, decrypt, isCurrent } as const
  })
}) {}
