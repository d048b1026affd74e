import { expect } from "bun:test"
import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { ConfigProvider, Effect, Layer, Logger, LogLevel, Redacted } from "effect"
import { KeyringLive, Secrets } from "../../src/auth/Secrets.ts"
import { DataDir } from "../../src/db/DataDir.ts"
import * as it from "../lib/effect.ts"

const folder = Effect.flatMap(FileSystem.FileSystem, (fs) => fs.makeTempDirectoryScoped({ prefix: "timbra-test-" }))

const withEnvironment = (variables: Record<string, string>) =>
  Layer.mergeAll(
    Layer.setConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(variables)))),
    Logger.minimumLogLevel(LogLevel.Fatal)
  )

const secrets = (variables: Record<string, string>) =>
  Secrets.pipe(
    Effect.map(({ jwt, encryption }) => ({ jwt: Redacted.value(jwt), encryption: Redacted.value(encryption) })),
    Effect.provide(Secrets.Default.pipe(Layer.provide(DataDir.Default), Layer.provide(withEnvironment(variables))))
  )

it.live("beside the embedded database they are made once, strong, and legible to their owner only", () =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const DATA_DIR = yield* folder
    const first = yield* secrets({ DATA_DIR })
    expect(Buffer.from(first.jwt, "base64url")).toHaveLength(48)
    expect(Buffer.from(first.encryption.replace("1:", ""), "base64")).toHaveLength(32)
    expect(yield* secrets({ DATA_DIR })).toEqual(first)
    expect((yield* fs.readDirectory(DATA_DIR)).sort()).toEqual(["encryption_keys", "jwt_secret"])
    for (const file of ["encryption_keys", "jwt_secret"]) {
      expect((yield* fs.stat(`${DATA_DIR}/${file}`)).mode & 0o777).toBe(0o600)
    }
  }).pipe(Effect.provide(BunContext.layer))
)

it.live("processes that start at once agree on them", () =>
  Effect.gen(function* () {
    const DATA_DIR = yield* folder
    const all = yield* Effect.all(
      Array.from({ length: 8 }, () => secrets({ DATA_DIR })),
      { concurrency: "unbounded" }
    )
    expect(new Set(all.map(({ jwt }) => jwt)).size).toBe(1)
    expect(new Set(all.map(({ encryption }) => encryption)).size).toBe(1)
  }).pipe(Effect.provide(BunContext.layer))
)

it.live("T7: a short secret, and a missing one beside a database of several servers, are refused", () =>
  Effect.gen(function* () {
    const DATA_DIR = yield* folder
    const refused = (variables: Record<string, string>) =>
      Effect.map(Effect.flip(secrets({ DATA_DIR, ...variables })), (error) => `${error}`)
    expect(yield* refused({ JWT_SECRET: "x".repeat(31) })).toContain("at least 32 bytes")
    expect(yield* refused({ JWT_SECRET: "" })).toContain("at least 32 bytes")
    expect(yield* refused({ JWT_SECRET_PREVIOUS: "x".repeat(31) })).toContain("JWT_SECRET_PREVIOUS")
    const both = yield* refused({ DATABASE_URL: "postgres://localhost/timbra" })
    expect(both).toContain("JWT_SECRET")
    expect(both).toContain("ENCRYPTION_KEYS")
  }).pipe(Effect.provide(BunContext.layer))
)

it.live("a damaged key file is refused without being quoted", () =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const DATA_DIR = yield* folder
    yield* fs.writeFileString(`${DATA_DIR}/encryption_keys`, "1:CANARY")
    const error = yield* Effect.flip(
      Layer.build(
        KeyringLive.pipe(
          Layer.provide(Secrets.Default),
          Layer.provide(DataDir.Default),
          Layer.provide(withEnvironment({ DATA_DIR }))
        )
      )
    )
    expect(`${error}`).toContain("ENCRYPTION_KEYS")
    expect(`${error}`).not.toContain("CANARY")
  }).pipe(Effect.provide(BunContext.layer))
)
