import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Array as Arr, Effect, Either, Exit } from "effect"
import { UserId } from "../../src/auth/User.ts"
import { OrdersRepo } from "../../src/tasks/OrdersRepo.ts"
import { TaskViews } from "../../src/tasks/TaskViews.ts"
import * as it from "../lib/effect.ts"
import { addUser, orderOf } from "./lib/Fixtures.ts"
import { ReposTest } from "./lib/Repos.ts"

const count = (statement: string) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) => Effect.map(sql.unsafe<{ n: number }>(statement), (rows) => rows[0]?.n))

it.layer(ReposTest)("orders that come at once", (it) => {
  it.live("share commits, and each is its own user's", () =>
    Effect.gen(function* () {
      const repo = yield* OrdersRepo
      const users = yield* Effect.all(Arr.makeBy(20, () => addUser))
      const placed = yield* Effect.forEach(users, (user) => repo.place(user, [orderOf(), orderOf()]), {
        concurrency: "unbounded"
      })
      const views = yield* TaskViews
      for (const [user, outcomes] of Arr.zip(users, placed)) {
        const { tasks } = yield* views.list(user, { status: "all", limit: 10, page: 1 })
        expect(tasks.map(({ id }) => id).toSorted()).toEqual(outcomes.map(Either.getOrThrow).toSorted())
      }
      // The row's own transaction is its `xmin`.
      expect(yield* count("SELECT count(DISTINCT xmin::text)::int AS n FROM automation_tasks")).toBeLessThan(5)
    })
  )

  it.live("are taken although one among them is refused by the database", () =>
    Effect.gen(function* () {
      const repo = yield* OrdersRepo
      const users = [yield* addUser, yield* addUser, UserId.make(crypto.randomUUID()), yield* addUser]
      const exits = yield* Effect.forEach(users, (user) => Effect.exit(repo.place(user, [orderOf()])), {
        concurrency: "unbounded"
      })
      expect(exits.map(Exit.isSuccess)).toEqual([true, true, false, true])
    })
  )

  it.live("are under row-level security, each as its own user", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const repo = yield* OrdersRepo
      const [barred, other] = [yield* addUser, yield* addUser]
      yield* sql.unsafe(
        `CREATE POLICY barred ON automation_tasks AS RESTRICTIVE FOR INSERT TO timbra_api
         WITH CHECK (app_user_id() <> '${barred}')`
      )
      const exits = yield* Effect.forEach([other, barred, other], (user) => Effect.exit(repo.place(user, [orderOf()])))
      yield* sql`DROP POLICY barred ON automation_tasks`
      expect(exits.map(Exit.isSuccess)).toEqual([true, false, true])
    })
  )
})
