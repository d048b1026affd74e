import { describe, expect } from "bun:test"
import { ConfigProvider, Effect, Redacted } from "effect"
import { Keyring, makeKeyring } from "../../src/vault/Keyring.ts"
import * as it from "../lib/effect.ts"

const key = (byte: number, length = 32) => Buffer.alloc(length, byte).toString("base64")

const fromEnvironment = (value: string) =>
  Effect.provide(Keyring, Keyring.Default).pipe(
    Effect.withConfigProvider(ConfigProvider.fromMap(new Map([["ENCRYPTION_KEYS", value]])))
  )

it.effect("the first key is the current one, and each is found by its id", () =>
  Effect.gen(function* () {
    const keyring = yield* fromEnvironment(`2026-11:${key(1)}, old.key_1:${key(2)}`)
    expect(keyring.current.id).toBe("2026-11")
    expect([...keyring.byId.keys()]).toEqual(["2026-11", "old.key_1"])
    expect(keyring.byId.get("old.key_1")?.secret.export()).toEqual(Buffer.alloc(32, 2))
  })
)

it.effect("a value that was kept elsewhere gives the same keyring", () =>
  Effect.gen(function* () {
    const kept = yield* makeKeyring(Redacted.make(`a:${key(1)}`))
    expect(kept.current.secret.equals((yield* fromEnvironment(`a:${key(1)}`)).current.secret)).toBe(true)
  })
)

it.effect("without ENCRYPTION_KEYS it says which variable is missing", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(Effect.provide(Keyring, Keyring.Default)).pipe(
      Effect.withConfigProvider(ConfigProvider.fromMap(new Map()))
    )
    expect(String(error)).toContain("ENCRYPTION_KEYS")
  })
)

it.effect("a key never shows when a keyring is printed", () =>
  Effect.gen(function* () {
    const keyring = yield* fromEnvironment(`a:${key(65)}`)
    for (const printed of [Bun.inspect(keyring, { depth: 10 }), JSON.stringify(keyring), String(keyring)]) {
      expect(printed).not.toContain(key(65))
      expect(printed).not.toMatch(/65|AAAA/)
    }
  })
)

describe("a wrong value is refused with one line that names the entry and no key", () => {
  const secret = key(7).slice(0, 40)
  const wrong = {
    nothing: ["", "entry 1 must be id:base64(32 bytes)"],
    "no id": [key(7), "entry 1 must be id:base64(32 bytes)"],
    "an empty id": [`:${key(7)}`, "entry 1 must be id:base64(32 bytes)"],
    "the key before the colon": [`${key(7)}:a`, "entry 1 must be id:base64(32 bytes)"],
    "a trailing comma": [`a:${key(7)},`, "entry 2 must be id:base64(32 bytes)"],
    "a key that is too short": [
      `a:${key(7)},b:${key(7, 31)}`,
      "entry 2 must be id:base64(32 bytes): its key has 31 bytes"
    ],
    "a key that is too long": [`a:${key(7, 33)}`, "entry 1 must be id:base64(32 bytes): its key has 33 bytes"],
    "a key that is not base64": [`a:${secret}*!?`, "entry 1 must be id:base64(32 bytes): its key is not base64"],
    "the same id twice": [`a:${key(7)},a:${key(8)}`, "two entries have the same id"]
  } as const
  for (const [name, [value, line]] of Object.entries(wrong)) {
    it.effect(name, () =>
      Effect.gen(function* () {
        for (const attempt of [fromEnvironment(value), makeKeyring(Redacted.make(value))]) {
          const error = yield* Effect.flip(attempt)
          expect(String(error)).toContain(line)
          expect(String(error).split("\n")).toHaveLength(1)
          expect(String(error)).toContain("ENCRYPTION_KEYS")
          expect(Bun.inspect(error)).not.toContain(secret)
        }
      })
    )
  }
})
