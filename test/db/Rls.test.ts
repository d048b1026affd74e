import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect, Layer } from "effect"
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
