import { Effect, Layer, Schedule } from "effect"
import { Erasure } from "./Erasure.ts"
import { Sealing } from "./Sealing.ts"

/** Erases what was blocked while a run was under way, seals what is plain and forgets what is old enough, as long as it lives. */
export const KeeperLive = Layer.scopedDiscard(
  Effect.gen(function* () {
    const erasure = yield* Erasure
    const sealing = yield* Sealing
    const loop = (turn: Effect.Effect<unknown, unknown>, interval: "1 minute" | "6 hours") =>
      turn.pipe(
        Effect.sandbox,
        Effect.catchAll((cause) => Effect.logError("Housekeeping failed", cause)),
        Effect.schedule(Schedule.jittered(Schedule.spaced(interval))),
        Effect.annotateLogs({ module: "privacy/Keeper" }),
        Effect.forkScoped
      )
    yield* loop(erasure.sweep(), "1 minute")
    yield* loop(sealing.all(), "1 minute")
    yield* loop(erasure.forget, "6 hours")
  })
)
