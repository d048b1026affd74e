import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect, Fiber, Layer } from "effect"
import { guarded } from "../../src/db/Guarded.ts"
import { Rls } from "../../src/db/Rls.ts"
import * as it from "../lib/effect.ts"
import { PgTest } from "../lib/postgres.ts"

const ana = "00000000-0000-4000-8000-000000000001"
const eva = "00000000-0000-4000-8000-000000000002"

const addUser = (id: string) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls
    const user = { id, email: `${id}@x.mx`, passwordHash: "x" }
    yield* rls.asUser(id)(sql`INSERT INTO users ${sql.insert(user)} ON CONFLICT DO NOTHING`)
  })

it.layer(Rls.Default.pipe(Layer.provideMerge(PgTest)))("row-level security", (it) => {
  it.live("shows a user their own rows, a stranger none, and nothing to a transaction without a user", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rls = yield* Rls
      yield* addUser(ana)
      yield* addUser(eva)
      const seen = sql<{ id: string }>`SELECT id FROM users ORDER BY id`
      expect(yield* rls.asUser(ana)(seen)).toEqual([{ id: ana }])
      expect(yield* rls.asUser(eva)(seen)).toEqual([{ id: eva }])
      expect(yield* rls.asVisitor(`${eva}@x.mx`)(seen)).toEqual([{ id: eva }])
      expect(yield* rls.asVisitor("nobody@x.mx")(seen)).toEqual([])
      expect((yield* Effect.exit(rls.asWorker(seen)))._tag).toBe("Failure")
    })
  )

  it.live("shows the housekeeper which accounts there are, nothing in them, and lets it remove only blocked ones", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rls = yield* Rls
      yield* Effect.forEach([ana, eva], addUser)
      yield* rls.asUser(eva)(sql`UPDATE users SET blocked_at = now() WHERE id = ${eva}`)
      expect((yield* Effect.exit(rls.asKeeper(sql`SELECT email FROM users`)))._tag).toBe("Failure")
      expect(yield* rls.asKeeper(sql`DELETE FROM users WHERE id IN (${ana}, ${eva}) RETURNING id`)).toEqual([
        { id: eva }
      ])
    })
  )
})

it.layer(Rls.Default.pipe(Layer.provideMerge(PgTest)))("a statement behind its settings, in one message", (it) => {
  it.live("gives its connection back although nobody waits for it any more", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rls = yield* Rls
      const statement = rls.onceAsUser(ana)(sql<{ one: number }>`SELECT 1 AS one`)
      // Many more than there are connections, and each is left at another moment after it has asked for one.
      yield* Effect.forEach(Array.from({ length: 400 }), (_, nth) =>
        Effect.fork(statement).pipe(
          Effect.tap(Effect.repeatN(Effect.yieldNow(), nth % 20)),
          Effect.flatMap(Fiber.interrupt)
        )
      )
      expect(yield* statement).toEqual([{ one: 1 }])
    })
  )

  it.live("sees and changes what its user may, and leaves nothing of that to the connection", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rls = yield* Rls
      yield* Effect.forEach([ana, eva], addUser)
      const seen = sql<{ id: string; locale: string }>`SELECT id, ${"es"}::text AS locale FROM users`
      const together = [ana, eva, ana, eva].map((id) => rls.onceAsUser(id)(seen))
      expect(yield* Effect.all(together, { concurrency: "unbounded" })).toEqual(
        [ana, eva, ana, eva].map((id) => [{ id, locale: "es" }])
      )
      expect(yield* rls.onceAsUser(eva)(sql`UPDATE users SET blocked_at = now() RETURNING id`)).toEqual([{ id: eva }])
      const [left] =
        yield* sql`SELECT current_user = session_user AS own, current_setting('app.user_id', true) AS "user"`
      expect(left).toEqual({ own: true, user: "" })
    })
  )

  it.live("is not run where its settings fail, and a statement that fails spoils nothing for the next", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rls = yield* Rls
      yield* addUser(ana)
      const connection = guarded(sql, { role: "nobody_at_all" })
      const refused = connection.execute("DELETE FROM users", [], undefined)
      expect((yield* Effect.exit(refused))._tag).toBe("Failure")
      expect((yield* Effect.exit(rls.onceAsUser(ana)(sql`SELECT 1 / ${0}::int`)))._tag).toBe("Failure")
      expect(yield* rls.onceAsUser(ana)(sql`SELECT id FROM users`)).toEqual([{ id: ana }])
    })
  )

  it.live("inside of a transaction is a part of it", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rls = yield* Rls
      yield* addUser(ana)
      const inside = sql`UPDATE users SET email = 'new@x.mx' WHERE id = ${ana}`.pipe(
        Effect.zipRight(rls.onceAsUser(ana)(sql`SELECT email FROM users`)),
        Effect.tap((seen) => Effect.sync(() => expect(seen).toEqual([{ email: "new@x.mx" }]))),
        Effect.zipRight(Effect.fail("no"))
      )
      expect(yield* Effect.flip(rls.asUser(ana)(inside))).toBe("no")
      expect(yield* rls.onceAsUser(ana)(sql`SELECT email FROM users`)).toEqual([{ email: `${ana}@x.mx` }])
    })
  )
})
