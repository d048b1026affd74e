import { expect } from "bun:test"
import { existsSync } from "node:fs"
import { BunContext } from "@effect/platform-bun"
import { Effect, Exit, Scope } from "effect"
import { privatePostgres } from "../../scripts/lib/Postgres.ts"
import { privateRedis } from "../../scripts/lib/Redis.ts"
import * as it from "../lib/effect.ts"

const answers = (port: string) =>
  Effect.tryPromise(() => Bun.connect({ hostname: "127.0.0.1", port: Number(port), socket: { data() {} } })).pipe(
    Effect.tap((socket) => socket.end()),
    Effect.isSuccess
  )

it.live(
  "PostgreSQL answers its owner only, and ends with the scope",
  () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const url = new URL(yield* Scope.extend(privatePostgres, scope))
      const sql = new Bun.SQL(url, { max: 1 })
      const [row] = yield* Effect.promise(
        () => sql`SELECT upper('ñandú') AS name, current_setting('unix_socket_directories') AS folder`
      )
      expect(row.name).toBe("ÑANDÚ")
      const stranger = new Bun.SQL(Object.assign(new URL(url), { password: "guess" }), { max: 1 })
      expect(yield* Effect.isFailure(Effect.tryPromise(() => stranger`SELECT 1`))).toBe(true)
      yield* Effect.promise(() => Promise.all([sql.close(), stranger.close()]))
      yield* Scope.close(scope, Exit.void)
      expect(yield* answers(url.port)).toBe(false)
      expect(existsSync(row.folder)).toBe(false)
    }).pipe(Effect.provide(BunContext.layer)),
  60_000
)

it.live("Redis answers its owner only, and ends with the scope", () =>
  Effect.gen(function* () {
    const scope = yield* Scope.make()
    const url = new URL(yield* Scope.extend(privateRedis, scope))
    const redis = new Bun.RedisClient(url.href)
    expect(yield* Effect.promise(() => redis.ping())).toBe("PONG")
    redis.close()
    const stranger = new Bun.RedisClient(`redis://127.0.0.1:${url.port}`)
    expect(yield* Effect.isFailure(Effect.tryPromise(() => stranger.ping()))).toBe(true)
    stranger.close()
    yield* Scope.close(scope, Exit.void)
    expect(yield* answers(url.port)).toBe(false)
  }).pipe(Effect.provide(BunContext.layer))
)
