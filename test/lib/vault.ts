import { Effect, Layer, Redacted } from "effect"
import { Keyring, makeKeyring } from "../../src/vault/Keyring.ts"
import { Vault } from "../../src/vault/Vault.ts"

/** A vault with one key, the same in every test. */
export const VaultTest = Vault.Default.pipe(
  Layer.provide(
    Layer.effect(Keyring, Effect.orDie(makeKeyring(Redacted.make(`1:${Buffer.alloc(32, 7).toString("base64")}`))))
  )
)
