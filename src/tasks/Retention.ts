import { Config, Duration, Effect, Layer, Schedule } from "effect"
import { ArtifactStore } from "./ArtifactStore.ts"
import { RetentionRepo } from "./RetentionRepo.ts"

const batch = 500
const pause = Duration.millis(100)

/** How long steps and screenshots are kept; 0 keeps all. */
export const retentionDays = Config.integer().pipe(
  Config.validate({ message: "must be 0 or more days", validation: (days) => days >= 0 }),
  Config.nested("RETENTION_DAYS"),
  Config.withDefault(90)
)

/** One pass over all that is old enough, in batches with a breath between them. */
export const sweep = Effect.fn("Retention.sweep")(function* (age: Duration.Duration) {
  const repo = yield* RetentionRepo
  const store = yield* ArtifactStore

  // The file goes first: a pass that ends in between finds the row again.
  const screenshots = Effect.gen(function* () {
    const old = yield* repo.oldScreenshots(age, batch)
    yield* Effect.forEach(old, store.remove, { concurrency: 8, discard: true })
    yield* repo.dropArtifacts(old.map(({ id }) => id))
    return old.length
  })
  const all = (some: Effect.Effect<number>): Effect.Effect<number> =>
    Effect.filterOrElse(
      some,
      (count) => count < batch,
      (count) => Effect.map(Effect.delay(all(some), pause), (more) => count + more)
    )
  return { screenshots: yield* all(screenshots), steps: yield* all(repo.dropSteps(age, batch)) }
})

/** Sweeps every few hours, as long as it lives. */
export const RetentionLive = Layer.scopedDiscard(
  Effect.gen(function* () {
    const days = yield* retentionDays
    if (days === 0) return
    yield* sweep(Duration.days(days)).pipe(
      Effect.tap((gone) => Effect.logDebug("Retention", gone)),
      Effect.sandbox,
      Effect.catchAll((cause) => Effect.logError("What is too old could not be removed", cause)),
      Effect.schedule(Schedule.jittered(Schedule.spaced("6 hours"))),
      Effect.annotateLogs({ module: "tasks/Retention" }),
      Effect.forkScoped
    )
  })
)
