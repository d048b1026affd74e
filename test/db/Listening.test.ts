import { expect } from "bun:test"
import { PgClient } from "@effect/sql-pg"
import { Duration, Effect, Logger, Queue, Redacted } from "effect"
import { listen } from "../../src/db/Listening.ts"
import * as it from "../lib/effect.ts"
import { PgTest } from "../lib/postgres.ts"
import { proxy } from "./lib/Proxy.ts"

const channel = "test_channel"
const quick = { ping: Duration.millis(50), patience: Duration.millis(300) }

const listening = Effect.fnUntraced(function* ({ notices = true } = {}) {
  const { config, ...sql } = yield* PgClient.PgClient
  const url = new URL(Redacted.value(config.url ?? Redacted.make("")))
  const way = yield* proxy(url.hostname, Number(url.port), { notices })
  url.hostname = "127.0.0.1"
  url.port = String(way.port)
  const heard = yield* Queue.unbounded<string>()
  const began = yield* Queue.unbounded<void>()
  const logged = yield* Queue.unbounded<string>()
  const logger = Logger.make(({ message, logLevel }) => {
    if (logLevel._tag === "Warning") logged.unsafeOffer(String(message))
  })
  const fiber = yield* listen(
    { ...config, url: Redacted.make(url.href) },
    {
      channel,
      ...quick,
      heard: (payload) => Queue.offer(heard, payload),
      caughtUp: Queue.offer(began, undefined),
      deaf: Effect.void
    }
  ).pipe(Effect.provide(Logger.replace(Logger.defaultLogger, logger)))
  const say = (payload: string) => sql.unsafe("SELECT pg_notify($1, $2)", [channel, payload])
  return { way, heard, began, logged, fiber, say } as const
})

it.layer(PgTest)("listening", (it) => {
  it.live("hears what is said, in order, however much at once", () =>
    Effect.gen(function* () {
      const { heard, began, say } = yield* listening()
      yield* Queue.take(began)
      const words = Array.from({ length: 50 }, (_, index) => String(index))
      yield* Effect.forEach(words, say, { discard: true })
      expect([...(yield* Queue.takeN(heard, 50))]).toEqual(words)
    })
  )

  it.live("begins again by itself when its connection is cut, and says that something may have been missed", () =>
    Effect.gen(function* () {
      const { way, heard, began, say } = yield* listening()
      yield* Queue.take(began)
      yield* way.cut
      yield* Queue.take(began)
      yield* say("after")
      expect(yield* Queue.take(heard)).toBe("after")
    })
  )

  it.live("finds a connection that is half open, which no error tells of", () =>
    Effect.gen(function* () {
      const { way, heard, began, say } = yield* listening()
      yield* Queue.take(began)
      yield* way.falterOnce
      yield* Queue.take(began)
      yield* say("after")
      expect(yield* Queue.take(heard)).toBe("after")
    })
  )

  it.live("begins again when the server ends its session", () =>
    Effect.gen(function* () {
      const sql = yield* PgClient.PgClient
      const { heard, began, say } = yield* listening()
      yield* Queue.take(began)
      yield* sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'timbra-listen'`
      yield* Queue.take(began)
      yield* say("after")
      expect(yield* Queue.take(heard)).toBe("after")
    })
  )

  it.live("gives up where statements are answered and notices never come, and says so once", () =>
    Effect.gen(function* () {
      const { logged, began, fiber } = yield* listening({ notices: false })
      yield* fiber.await
      expect(yield* Queue.size(began)).toBe(0)
      expect([...(yield* Queue.takeAll(logged))]).toEqual([expect.stringContaining("polling alone")])
    })
  )
})
