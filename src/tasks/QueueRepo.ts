import { hostname } from "node:os"
import { SqlSchema } from "@effect/sql"
import { type Duration, Effect, Schema } from "effect"
import { WorkerSql } from "../db/WorkerSql.ts"
import { type ClaimRequest, claim as claimStatement, type Floor } from "./Claim.ts"
import * as Failure from "./Failure.ts"
import { TaskId, TaskStatus } from "./Status.ts"
import { interval, runningMs, transition } from "./Transition.ts"

/** What became of a task that this process has a run of. */
export const Standing = Schema.Struct({
  id: TaskId,
  status: TaskStatus,
  token: Schema.NullOr(Schema.String),
  workerId: Schema.NullOr(Schema.UUID),
  lastSeq: Schema.Int
})
export type Standing = typeof Standing.Type

// Claims take turns by it.
const claimLock = 7_246_001
const rescueLock = 7_246_002

/** The queue's side of the tasks: workers with their leases, claims, and the rescue of what a dead worker left. */
export class QueueRepo extends Effect.Service<QueueRepo>()("tasks/QueueRepo", {
  effect: Effect.gen(function* () {
    const { sql, statement, transaction } = yield* WorkerSql

    const register = Effect.fn("QueueRepo.register")((id: string, lease: Duration.Duration) =>
      statement(sql`
        INSERT INTO workers (id, host, pid, lease_until)
        VALUES (${id}, ${hostname()}, ${process.pid}, now() + ${interval(sql, lease)})`)
    )

    /** Whether the lease was still there to be renewed: one that ran out is not, since others may have acted on it. */
    const renew = Effect.fn("QueueRepo.renew")((id: string, lease: Duration.Duration) =>
      statement(sql`
          UPDATE workers SET lease_until = now() + ${interval(sql, lease)}
          WHERE id = ${id} AND lease_until > now() RETURNING id`).pipe(Effect.map((rows) => rows.length === 1))
    )

    const leave = Effect.fn("QueueRepo.leave")((id: string) =>
      transaction(
        Effect.all(
          [
            sql`UPDATE automation_tasks SET worker_id = NULL WHERE worker_id = ${id} AND status <> 'RUNNING'`,
            sql`DELETE FROM workers WHERE id = ${id}`
          ],
          { discard: true }
        )
      )
    )

    const claim = Effect.fn("QueueRepo.claim")((request: ClaimRequest) => statement(claimStatement(sql, request)))

    /**
     * A time before which nothing that waits was due: that of the oldest, or a minute ago. What comes to wait later is due
     * from when its transaction began, so only one that takes a minute, or a clock that is set back, passes below it; such a
     * task is above the next floor.
     */
    const due = SqlSchema.single({
      Request: Schema.Void,
      Result: Schema.Struct({ due: Schema.String }),
      execute: () => sql`
        SELECT least(min(run_at), now() - interval '1 minute')::text AS due FROM automation_tasks
        WHERE status = 'PENDING'`
    })

    // Between claims: one under way has drawn tokens that nobody sees yet. Where nothing runs, all that come are newer than one
    // that is drawn now.
    const token = SqlSchema.single({
      Request: Schema.String,
      Result: Schema.Struct({ token: Schema.String }),
      execute: (before) => sql`
        SELECT coalesce((SELECT min(token) FROM automation_tasks WHERE token >= ${before}::bigint),
                        nextval('task_token_seq'))::text AS token`
    })

    const floor = Effect.fn("QueueRepo.floor")(function* (before: Floor) {
      const waiting = yield* statement(due(undefined))
      const running = yield* transaction(
        Effect.zipRight(sql`SELECT pg_advisory_xact_lock(${claimLock})`, token(before.token))
      )
      return { ...waiting, ...running }
    }, Effect.orDie)

    /** The runs of this worker whose RUNNING time is over end here. */
    const endOverdue = Effect.fn("QueueRepo.endOverdue")((workerId: string, budget: Duration.Duration) =>
      statement(
        transition(sql, {
          to: "FAILED",
          from: sql`t.worker_id = ${workerId} AND t.status = 'RUNNING'
                    AND ${runningMs(sql)} > extract(epoch FROM ${interval(sql, budget)}) * 1000`,
          failure: Failure.overdue
        })
      )
    )

    const standings = Effect.fn("QueueRepo.standings")((ids: ReadonlyArray<TaskId>) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Standing,
        execute: () => sql`
          SELECT id, status, token, worker_id, last_seq FROM automation_tasks WHERE id = ANY(${ids}::uuid[])`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), statement)
    )

    /** The process gives up the browser it kept for a task that waits. False where it was claimed meanwhile. */
    const letGo = Effect.fn("QueueRepo.letGo")((id: TaskId, workerId: string) =>
      statement(sql`
          WITH freed AS (
            UPDATE automation_tasks SET worker_id = NULL
            WHERE id = ${id} AND worker_id = ${workerId} AND status <> 'RUNNING' RETURNING id
          ), ended AS (
            UPDATE browser_sessions s SET ended_at = now() FROM freed WHERE s.task_id = freed.id AND s.ended_at IS NULL
          ) SELECT id FROM freed`).pipe(Effect.map((rows) => rows.length === 1))
    )

    // A worker that left took its row along, so a task in its name is as lost as one whose worker's lease ran out.
    const orphaned = (grace: Duration.Duration) => sql`
      t.worker_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM workers w WHERE w.id = t.worker_id AND w.lease_until > now() - ${interval(sql, grace)})`

    const rescuing = (grace: Duration.Duration) =>
      Effect.gen(function* () {
        const killed = yield* transition(sql, {
          to: "FAILED",
          from: sql`t.status = 'RUNNING' AND t.crashes >= 2 AND ${orphaned(grace)}`,
          set: sql`crashes = t.crashes + 1`,
          failure: Failure.crashed
        })
        const again = yield* transition(sql, {
          to: "PENDING",
          from: sql`t.status = 'RUNNING' AND ${orphaned(grace)}`,
          set: sql`crashes = t.crashes + 1, run_at = now()`
        })
        yield* sql`UPDATE automation_tasks t SET worker_id = NULL WHERE t.status <> 'RUNNING' AND ${orphaned(grace)}`
        yield* sql`DELETE FROM workers WHERE lease_until < now() - ${interval(sql, grace)}`
        const expired = yield* transition(sql, {
          to: "FAILED",
          from: sql`t.status = 'INTERVENTION_NEEDED' AND EXISTS (
            SELECT 1 FROM interventions i WHERE i.task_id = t.id AND i.closed_at IS NULL AND i.expires_at <= now())`,
          failure: Failure.unanswered
        })
        return [...killed, ...again, ...expired]
      })

    /**
     * What dead workers left is queued again, or failed where it has killed three; what nobody answered in time fails.
     * `grace` is left to a worker beyond its lease. One process does it at a time.
     */
    const rescue = Effect.fn("QueueRepo.rescue")((grace: Duration.Duration) =>
      Effect.flatMap(sql<{ mine: boolean }>`SELECT pg_try_advisory_xact_lock(${rescueLock}) AS mine`, ([lock]) =>
        lock?.mine === true ? rescuing(grace) : Effect.succeed([])
      ).pipe(transaction)
    )

    return { register, renew, leave, claim, floor, endOverdue, standings, letGo, rescue } as const
  })
}) {}
