import { Duration, Effect, Layer, Schedule } from "effect"
import { QueueRepo } from "../tasks/QueueRepo.ts"
import { Hub } from "./Hub.ts"

const interval = Duration.seconds(1)

/** Tells watchers now and then how far the log of their task is, for what another process wrote or a hint that was lost. */
export const HeadsLive = Layer.scopedDiscard(
  Effect.gen(function* () {
    const hub = yield* Hub
    const repo = yield* QueueRepo
    const look = Effect.gen(function* () {
      const ids = yield* hub.watched
      if (ids.length === 0) return
      for (const { id, lastSeq } of yield* repo.standings(ids)) hub.hint(id, { seq: lastSeq })
    })
    yield* look.pipe(
      Effect.sandbox,
      Effect.catchAll((cause) => Effect.logError("The heads of the logs could not be read", cause)),
      Effect.schedule(Schedule.jittered(Schedule.spaced(interval))),
      Effect.annotateLogs({ module: "realtime/Heads" }),
      Effect.forkScoped
    )
  })
)
