import { expect } from "bun:test"
import { BunContext } from "@effect/platform-bun"
import { ConfigProvider, Effect, Exit, Layer, Logger, LogLevel, Scope } from "effect"
import Redis from "ioredis"
import { privateRedis } from "../../scripts/lib/Redis.ts"
import { LoginLimits } from "../../src/auth/LoginLimits.ts"
import * as it from "../lib/effect.ts"

/** The limits of one process. */
const process = (url?: string) =>
  Layer.build(
    LoginLimits.Default.pipe(
      Layer.provide(
        Layer.setConfigProvider(ConfigProvider.fromMap(new Map(url === undefined ? [] : [["REDIS_URL", url]])))
      ),
      Layer.provide(Logger.minimumLogLevel(LogLevel.Fatal)),
      Layer.fresh
    )
  )

const failing = (times: number, email: string, address: string) =>
  Effect.flatMap(LoginLimits, ({ failed }) => Effect.replicateEffect(failed({ email, address }), times))

const isLimited = (email: string, address: string) =>
  Effect.flatMap(LoginLimits, ({ check }) => Effect.map(Effect.exit(check({ email, address })), Exit.isFailure))

const [here, there] = ["192.0.2.1", "192.0.2.2"] as const

it.live(
  "T10: who guesses from one place does not lock the owner out, and a victim of many places is not for good",
  () =>
    Effect.gen(function* () {
      yield* failing(10, "ana@x.mx", here)
      expect(yield* isLimited("ana@x.mx", here)).toBe(true)
      expect(yield* isLimited("ana@x.mx", there)).toBe(false)
      expect(yield* isLimited("eva@x.mx", here)).toBe(false)
      yield* Effect.forEach(
        Array.from({ length: 40 }, (_, n) => `198.51.100.${n}`),
        (address) => failing(1, "ana@x.mx", address)
      )
      const refused = yield* Effect.flip((yield* LoginLimits).check({ email: "ana@x.mx", address: there }))
      expect(refused.retry_after).toBeLessThanOrEqual(3600)
    }).pipe(Effect.provide(LoginLimits.Default))
)

it.live("T10: 200 accounts tried from one address are stopped at 100", () =>
  Effect.gen(function* () {
    for (let n = 0; n < 100; n++) yield* failing(1, `user${n}@x.mx`, here)
    expect(yield* isLimited("user200@x.mx", here)).toBe(true)
    expect(yield* isLimited("user200@x.mx", there)).toBe(false)
  }).pipe(Effect.provide(LoginLimits.Default))
)

it.live(
  "A7, F2: processes with one Redis count together, it learns no e-mail, and each counts for itself while it is away",
  () =>
    Effect.gen(function* () {
      const server = yield* Scope.make()
      const url = yield* privateRedis.pipe(Scope.extend(server))
      const [one, other] = [yield* process(url), yield* process(url)]
      const watcher = yield* Effect.acquireRelease(
        Effect.sync(() => new Redis(url)),
        (client) => Effect.sync(() => client.disconnect())
      )
      // What comes before a connection stands is counted in the process: both are connected once one hears of the other.
      const heard = Effect.zipRight(Effect.provide(failing(1, "warm@x.mx", here), one), isLimited("warm@x.mx", here))
      yield* Effect.repeat(Effect.delay(Effect.provide(heard, other), "5 millis"), { until: (limited) => limited })

      yield* Effect.provide(failing(6, "ana@x.mx", there), one)
      expect(yield* Effect.provide(isLimited("ana@x.mx", there), other)).toBe(false)
      yield* Effect.provide(failing(4, "ana@x.mx", there), other)
      expect(yield* Effect.provide(isLimited("ana@x.mx", there), one)).toBe(true)
      const keys = yield* Effect.promise(() => watcher.keys("*"))
      expect(keys.join()).not.toContain("ana")
      const ttl = yield* Effect.promise(() => Promise.all(keys.map((key) => watcher.ttl(key))))
      expect(ttl.every((seconds) => seconds > 0)).toBe(true)

      watcher.disconnect()
      yield* Scope.close(server, Exit.void)
      yield* Effect.provide(failing(10, "eva@x.mx", there), one)
      expect(yield* Effect.provide(isLimited("eva@x.mx", there), one)).toBe(true)
      expect(yield* Effect.provide(isLimited("eva@x.mx", there), other)).toBe(false)
    }).pipe(Effect.provide(BunContext.layer))
)
