import { describe, expect } from "bun:test"
import { Effect, Layer, Redacted } from "effect"
import { Keyring, makeKeyring } from "../../src/vault/Keyring.ts"
import { type SecretContext, Vault } from "../../src/vault/Vault.ts"
import * as it from "../lib/effect.ts"

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString("base64")}`

const VaultTest = (keys: string) =>
  Vault.Default.pipe(Layer.provide(Layer.effect(Keyring, makeKeyring(Redacted.make(keys)))))

const vaultOf = (keys: string) => Effect.provide(Vault, VaultTest(keys))

const home: SecretContext = { user: "u1", table: "user_vendor_credentials", row: "r1", column: "password" }
const secret = Redacted.make("contraseña CANARY-7f3a 😀")

it.layer(VaultTest(key("k1", 1)))("Vault", (it) => {
  it.live("gives back what it was given, the empty text too", () =>
    Effect.gen(function* () {
      const vault = yield* Vault
      for (const plaintext of [secret, Redacted.make("")]) {
        const bytes = yield* vault.encrypt(home, plaintext)
        expect(Redacted.value(yield* vault.decrypt(home, bytes))).toBe(Redacted.value(plaintext))
      }
    })
  )

  it.live("stores version, key id, nonce, sealed text and tag, and nothing readable", () =>
    Effect.gen(function* () {
      const vault = yield* Vault
      const bytes = yield* vault.encrypt(home, secret)
      expect([...bytes.subarray(0, 4)]).toEqual(
        [1, 2, ..."k1"].map((part) => (typeof part === "string" ? part.charCodeAt(0) : part))
      )
      expect(bytes.length).toBe(4 + 12 + Buffer.byteLength(Redacted.value(secret)) + 16)
      expect(Buffer.from(bytes).toString("latin1")).not.toContain("CANARY")
    })
  )

  it.live("K1: refuses a ciphertext that was moved to any other place", () =>
    Effect.gen(function* () {
      const vault = yield* Vault
      const bytes = yield* vault.encrypt(home, secret)
      for (const part of ["user", "table", "row", "column"] as const) {
        const error = yield* Effect.flip(vault.decrypt({ ...home, [part]: "other" }, bytes))
        expect(error).toMatchObject({ _tag: "DecryptionFailed", reason: "NOT_AUTHENTIC" })
      }
    })
  )

  it.live("tells places apart whose parts only read the same when joined", () =>
    Effect.gen(function* () {
      const vault = yield* Vault
      const pairs = [
        [
          { user: "a|b", table: "c" },
          { user: "a", table: "b|c" }
        ],
        [
          { user: 'a","b', table: "c" },
          { user: "a", table: 'b","c' }
        ],
        [
          { user: "ab", table: "" },
          { user: "a", table: "b" }
        ]
      ] as const
      for (const [one, other] of pairs) {
        const bytes = yield* vault.encrypt({ ...home, ...one }, secret)
        expect(yield* Effect.flip(vault.decrypt({ ...home, ...other }, bytes))).toMatchObject({
          reason: "NOT_AUTHENTIC"
        })
      }
    })
  )

  it.live("K1: refuses a ciphertext with any one byte flipped, or any length cut off, and shows no secret", () =>
    Effect.gen(function* () {
      const vault = yield* Vault
      const bytes = yield* vault.encrypt(home, secret)
      for (const index of bytes.keys()) {
        const flipped = bytes.with(index, (bytes[index] ?? 0) ^ 0x01)
        for (const wrong of [flipped, bytes.subarray(0, index), bytes.subarray(index + 1)]) {
          const error = yield* Effect.flip(vault.decrypt(home, wrong))
          expect(error._tag).toBe("DecryptionFailed")
          expect(Bun.inspect(error)).not.toContain("CANARY")
        }
      }
    })
  )

  it.live("says of which kind a refusal is", () =>
    Effect.gen(function* () {
      const vault = yield* Vault
      const bytes = yield* vault.encrypt(home, secret)
      const reason = (wrong: Uint8Array) => Effect.map(Effect.flip(vault.decrypt(home, wrong)), (error) => error.reason)
      expect(yield* reason(new Uint8Array())).toBe("MALFORMED")
      expect(yield* reason(bytes.with(0, 2))).toBe("MALFORMED")
      expect(yield* reason(bytes.subarray(0, 4 + 12 + 15))).toBe("MALFORMED")
      expect(yield* reason(bytes.with(3, 0x32))).toBe("UNKNOWN_KEY")
      for (const [part, index] of Object.entries({ nonce: 4, sealed: 4 + 12, tag: bytes.length - 1 })) {
        expect([part, yield* reason(bytes.with(index, (bytes[index] ?? 0) ^ 0x80))]).toEqual([part, "NOT_AUTHENTIC"])
      }
    })
  )

  it.live("K2: never uses a nonce twice", () =>
    Effect.gen(function* () {
      const vault = yield* Vault
      const sealed = yield* Effect.replicateEffect(vault.encrypt(home, secret), 1000)
      const distinct = (from: number, to?: number) =>
        new Set(sealed.map((bytes) => Buffer.from(bytes.subarray(from, to)).toString("hex"))).size
      expect(distinct(4, 16)).toBe(1000)
      expect(distinct(16)).toBe(1000)
    })
  )
})

describe("rotation", () => {
  it.live("a new first key encrypts while the old one still decrypts", () =>
    Effect.gen(function* () {
      const before = yield* vaultOf(key("k1", 1))
      const after = yield* vaultOf(`${key("k2", 2)},${key("k1", 1)}`)
      const old = yield* before.encrypt(home, secret)
      expect(Redacted.value(yield* after.decrypt(home, old))).toBe(Redacted.value(secret))
      const fresh = yield* after.encrypt(home, secret)
      expect([after.isCurrent(old), after.isCurrent(fresh), after.isCurrent(new Uint8Array(3))]).toEqual([
        false,
        true,
        false
      ])
      expect(yield* Effect.flip(before.decrypt(home, fresh))).toMatchObject({ reason: "UNKNOWN_KEY" })
    })
  )

  it.live("another key under the same id decrypts nothing", () =>
    Effect.gen(function* () {
      const one = yield* vaultOf(key("k1", 1))
      const other = yield* vaultOf(key("k1", 2))
      const bytes = yield* one.encrypt(home, secret)
      expect(yield* Effect.flip(other.decrypt(home, bytes))).toMatchObject({ reason: "NOT_AUTHENTIC" })
    })
  )

  it.live("a ciphertext under one id is refused under another id of the same key", () =>
    Effect.gen(function* () {
      const vault = yield* vaultOf(`${key("k1", 1)},${key("k2", 1)}`)
      const bytes = yield* vault.encrypt(home, secret)
      expect(yield* Effect.flip(vault.decrypt(home, bytes.with(3, 0x32)))).toMatchObject({ reason: "NOT_AUTHENTIC" })
    })
  )
})
