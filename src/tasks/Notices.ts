import { PgClient } from "@effect/sql-pg"
import { Effect, Layer } from "effect"
import { listen } from "../db/Listening.ts"
import { Timing } from "./Timing.ts"
import { Wakeup } from "./Wakeup.ts"

const channel = "timbra_tasks"

/**
 * Wakes the queues of other processes, and is woken by theirs. Never in a user's transaction: a commit that notifies waits
 * for every other that does. Many announcements are one notice; one that is lost costs as long as a poll.
 */
export const NoticesLive = Layer.scopedDiscard(
  Effect.gen(function* () {
    const sql = yield* PgClient.PgClient
    const wakeup = yield* Wakeup
    const { debounce, ping, patience } = yield* Timing
    // With one connection there is one process.
    if (sql.config.maxConnections === 1) return
    const self = crypto.randomUUID()

    yield* listen(sql.config, {
      channel,
      heard: (from) => Effect.unless(wakeup.signal, () => from === self),
      caughtUp: wakeup.signal,
      deaf: Effect.void,
      ping,
      patience
    })
    yield* wakeup.announced.pipe(
      Effect.zipRight(Effect.sleep(debounce)),
      Effect.zipRight(sql`SELECT pg_notify(${channel}, ${self})`),
      Effect.catchAll((error) => Effect.logDebug("The other processes could not be notified", error)),
      Effect.forever,
      Effect.annotateLogs({ module: "tasks/Notices" }),
      Effect.forkScoped
    )
  })
)
