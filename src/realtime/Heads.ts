import { Clock, Duration, Effect, Layer, Schedule } from "effect"
import { QueueRepo } from "../tasks/QueueRepo.ts"
import { Hub } from "./Hub.ts"
import { Relay } from "./Relay.ts"

const interval = Duration.seconds(1)
/** Where hints come by themselves, a lost one costs no more than this. */
const rarely = Duration.toMillis("15 seconds")

/** Tells watchers now and then how far the log of their task is, for what another process wrote or a hint that was lost. */
export const HeadsLive = Layer.scopedDiscard(
  Effect.gen(function* () {
    const hub = yield* Hub
    const relay = yield* Relay
    const repo = yield* QueueRepo
    let lookedAt = 0
    const look = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const ids = yield* hub.watched
      if (ids.length === 0 || (relay.sound() && now - lookedAt < rarely)) return
      for (const { id, lastSeq } of yield* repo.standings(ids)) hub.hint(id, { seq: lastSeq })
      lookedAt = now
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
