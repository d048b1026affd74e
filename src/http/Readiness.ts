import { SqlClient } from "@effect/sql"
import { Effect, Record as Rec, Ref } from "effect"

/** Asked on every `/ready`; fails, or takes longer than two seconds, while its part cannot do its work. */
export type Check = Effect.Effect<unknown, unknown>

/** Which parts of this process must work before it should be sent requests. */
export class Readiness extends Effect.Service<Readiness>()("http/Readiness", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const checks = yield* Ref.make<Readonly<Record<string, Check>>>({ database: sql`SELECT 1` })

    const add = (name: string, check: Check) => Ref.update(checks, (known) => ({ ...known, [name]: check }))

    const report = Effect.gen(function* () {
      const results = yield* Effect.all(
        Rec.map(yield* Ref.get(checks), (check, name) =>
          check.pipe(
            Effect.timeout("2 seconds"),
            Effect.as("ok" as const),
            Effect.catchAllCause((cause) =>
              Effect.as(Effect.logWarning(`Not ready: ${name}`, cause), "failing" as const)
            )
          )
        ),
        { concurrency: "unbounded" }
      )
      return { ready: Object.values(results).every((result) => result === "ok"), checks: results }
    })

    return { add, report } as const
  })
}) {}
