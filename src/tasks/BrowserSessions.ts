import { SqlSchema } from "@effect/sql"
import { Effect, Option, Schema } from "effect"
import type { Recorder, SessionRecord } from "../agent/browser/SessionLog.ts"
import { WorkerSql } from "../db/WorkerSql.ts"
import { outlasting } from "./Fault.ts"
import type { Grip } from "./Grip.ts"
import type { TaskId } from "./Status.ts"
import { Timing } from "./Timing.ts"

/** What a browser has cost, and how it ended, in the words of whoever gave it. */
export interface Ended {
  readonly status: "COMPLETED" | "ERROR" | "TIMED_OUT"
  readonly browserMs: number
  readonly proxyBytes: number
}

const Stray = Schema.Struct({ id: Schema.UUID, remoteId: Schema.String })
export type Stray = typeof Stray.Type

/** The browsers of the runs: which task each was for, whose it is, how long it was used. */
export class BrowserSessions extends Effect.Service<BrowserSessions>()("tasks/BrowserSessions", {
  effect: Effect.gen(function* () {
    const { sql, statement } = yield* WorkerSql
    const { lease } = yield* Timing

    // A worker that lost its lease this long ago has ended its runs by itself.
    const abandoned = sql`
      (s.ended_at IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM workers w WHERE w.id = s.worker_id AND w.lease_until > now() - interval '30 seconds'))`

    const begun = SqlSchema.findOne({
      Request: Schema.Struct({ task: Schema.UUID, worker: Schema.UUID, provider: Schema.String }),
      Result: Schema.Struct({ id: Schema.UUID }),
      execute: ({ task, worker, provider }) => sql`
        UPDATE browser_sessions SET provider = ${provider}, status = 'PENDING', remote_id = NULL
        WHERE task_id = ${task} AND worker_id = ${worker} AND ended_at IS NULL RETURNING id`
    })

    const opened = Effect.fn("BrowserSessions.opened")((id: string, remoteId: string) =>
      statement(sql`UPDATE browser_sessions SET status = 'RUNNING', remote_id = ${remoteId} WHERE id = ${id}`)
    )

    const ended = Effect.fn("BrowserSessions.ended")((id: string, { status, browserMs, proxyBytes }: Ended) =>
      statement(sql`
        UPDATE browser_sessions SET status = ${status}, browser_ms = ${Math.round(browserMs)},
          proxy_bytes = ${proxyBytes}, ended_at = coalesce(ended_at, now())
        WHERE id = ${id}`)
    )

    const recordOf = (id: string): SessionRecord => ({
      id,
      opened: (remoteId) => Effect.asVoid(outlasting(lease)(opened(id, remoteId))),
      // What cannot be written now is found again as a stray.
      closed: (usage) => ended(id, usage).pipe(Effect.sandbox, Effect.ignoreLogged)
    })

    /** For the browsers of one run. Where its row has ended, the run is about to. */
    const logOf = (task: TaskId, { workerId }: Pick<Grip, "workerId">): Recorder => ({
      begin: (provider) =>
        begun({ task, worker: workerId, provider }).pipe(
          statement,
          Effect.orDie,
          outlasting(lease),
          Effect.map((row) =>
            recordOf(Option.match(row, { onNone: () => crypto.randomUUID(), onSome: ({ id }) => id }))
          )
        )
    })

    /** Sessions of a farm that are open in the record and belong to no run that goes on. */
    const strays = Effect.fn("BrowserSessions.strays")(() =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Stray,
        execute: () => sql`
          SELECT s.id, s.remote_id FROM browser_sessions s
          WHERE s.status IN ('PENDING', 'RUNNING') AND s.provider = 'browserbase' AND s.remote_id IS NOT NULL
            AND ${abandoned}`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), statement)
    )

    /** Which of a farm's sessions, each with our own name for it, are strays. What is not in the record is not ours. */
    const straysAmong = Effect.fn("BrowserSessions.straysAmong")((found: ReadonlyArray<Stray>) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Stray,
        execute: () => sql`
          SELECT s.id, f.remote_id FROM browser_sessions s
          JOIN unnest(${found.map(({ id }) => id)}::uuid[], ${found.map(({ remoteId }) => remoteId)}::text[])
            AS f (id, remote_id) USING (id)
          WHERE ${abandoned} OR s.remote_id <> f.remote_id`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), statement)
    )

    /** What died with its process has no farm to tell of its end. */
    const close = Effect.fn("BrowserSessions.close")(() =>
      statement(sql`
        UPDATE browser_sessions s SET status = 'ERROR', ended_at = coalesce(s.ended_at, now())
        WHERE s.status IN ('PENDING', 'RUNNING') AND s.remote_id IS NULL AND NOT EXISTS (
          SELECT 1 FROM workers w WHERE w.id = s.worker_id AND w.lease_until > now() - interval '30 seconds')`)
    )

    return { logOf, ended, strays, straysAmong, close } as const
  })
}) {}
