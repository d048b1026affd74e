import { SqlClient, SqlSchema } from "@effect/sql"
import { Cache, Data, Duration, Effect, Exit, Option, Redacted, Schema } from "effect"
import { Browser } from "../agent/browser/Browser.ts"
import type { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import type { TaskDetail } from "./Task.ts"

class Viewer extends Data.Class<{ readonly userId: UserId; readonly remoteId: string }> {}

const Open = Schema.Struct({ remoteId: Schema.String })

/**
 * A farm's own view of a browser, for the user who is asked to act in it, where the operator wants it. Its address drives the
 * browser for whoever has it, and past our own view, which commits the intent before a press that may stamp: so each viewer
 * gets one of five minutes, and only while the agent's hands are off.
 */
export class LiveUrls extends Effect.Service<LiveUrls>()("tasks/LiveUrls", {
  effect: Effect.gen(function* () {
    const liveUrl = Option.flatMap((yield* Browser).farm, ({ liveUrl }) => liveUrl)
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const openOf = SqlSchema.findOne({
      Request: Schema.UUID,
      Result: Open,
      execute: (taskId) => sql`
        SELECT remote_id FROM browser_sessions
        WHERE task_id = ${taskId} AND status = 'RUNNING' AND ended_at IS NULL AND remote_id IS NOT NULL
        ORDER BY started_at DESC LIMIT 1`
    })

    const minted = yield* Cache.makeWith({
      capacity: 1_000,
      timeToLive: (exit) => (Exit.isSuccess(exit) ? "1 minute" : "1 second"),
      lookup: ({ remoteId }: Viewer) =>
        Effect.flatMap(liveUrl, (mint) => mint(remoteId, Duration.minutes(5))).pipe(Effect.timeout("2 seconds"))
    })

    const urlOf = Effect.fn("LiveUrls.urlOf")(function* (userId: UserId, taskId: string) {
      const open = yield* openOf(taskId).pipe(rls.asUser(userId), Effect.orDie)
      if (Option.isNone(open)) return Option.none<string>()
      const { remoteId } = open.value
      return yield* minted.get(new Viewer({ userId, remoteId })).pipe(
        Effect.map((url) => Option.some(Redacted.value(url))),
        // The task can be shown without it.
        Effect.catchAll((error) => Effect.as(Effect.logWarning("No live view", error.message), Option.none<string>()))
      )
    })

    const shown = Effect.fn("LiveUrls.shown")(function* (userId: UserId, view: TaskDetail) {
      if (view.intervention === null || Option.isNone(liveUrl)) return view
      const url = yield* urlOf(userId, view.id)
      if (Option.isNone(url)) return view
      return { ...view, intervention: { ...view.intervention, live_url: url.value } } satisfies TaskDetail
    })

    return { shown } as const
  })
}) {}
