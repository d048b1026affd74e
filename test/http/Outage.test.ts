import { expect } from "bun:test"
import { Reactivity } from "@effect/experimental"
import { SqlError } from "@effect/sql"
import { PgClient } from "@effect/sql-pg"
import { Cause, Config, Effect, Exit, Redacted } from "effect"
import { isOutage } from "../../src/http/Outage.ts"
import * as it from "../lib/effect.ts"

/** Stands between a client and the database, and can hang up. */
const relay = Effect.gen(function* () {
  const database = new URL(Redacted.value(yield* Config.redacted("TEST_DATABASE_URL")))
  const server = Bun.listen<{ upstream?: Bun.Socket; early: Array<Uint8Array> }>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open: (client) => {
        client.data = { early: [] }
        void Bun.connect({
          hostname: database.hostname,
          port: Number(database.port),
          socket: {
            open: (upstream) => {
              client.data.upstream = upstream
              for (const bytes of client.data.early) upstream.write(bytes)
            },
            data: (_, bytes) => void client.write(bytes),
            close: () => void client.end()
          }
        })
      },
      data: (client, bytes) => {
        if (client.data.upstream) client.data.upstream.write(bytes)
        else client.data.early.push(Uint8Array.from(bytes))
      },
      close: (client) => void client.data.upstream?.end()
    }
  })
  yield* Effect.addFinalizer(() => Effect.sync(() => server.stop(true)))
  const url = Object.assign(new URL(database), { hostname: "127.0.0.1", port: String(server.port) }).href
  return { url: Redacted.make(url), hangUp: Effect.sync(() => server.stop(true)) }
})

const causeOf = <A, E>(exit: Exit.Exit<A, E>) => (Exit.isFailure(exit) ? exit.cause : Cause.empty)

it.live("a database that goes away is an outage, in a query, inside a transaction, and when it stays away", () =>
  Effect.gen(function* () {
    const { url, hangUp } = yield* relay
    const sql = yield* PgClient.make({ url, maxConnections: 1, connectTimeout: "1 second" })
    expect(yield* sql`SELECT 1 AS one`).toEqual([{ one: 1 }])
    const cut = yield* Effect.exit(sql.withTransaction(Effect.zipRight(hangUp, sql`SELECT 1`)))
    expect(isOutage(causeOf(cut))).toBe(true)
    const away = yield* Effect.exit(sql`SELECT 1`)
    expect(isOutage(causeOf(away))).toBe(true)
  }).pipe(Effect.provide(Reactivity.layer))
)

it.live("a statement that the database refuses is none", () =>
  Effect.gen(function* () {
    const { url } = yield* relay
    const sql = yield* PgClient.make({ url, maxConnections: 1 })
    const refused = yield* Effect.exit(sql`SELECT nonsense`)
    expect(causeOf(refused)._tag).toBe("Fail")
    expect(isOutage(causeOf(refused))).toBe(false)
    expect(isOutage(Cause.die(new SqlError.SqlError({ cause: { code: "23505" } })))).toBe(false)
  }).pipe(Effect.provide(Reactivity.layer))
)
