import { Duration, Effect, Layer, Stream } from "effect"
import { Artifacts } from "./Artifacts.ts"
import { Committed } from "./Committed.ts"

const pause = Duration.seconds(30)

/** Moves files into the store when this process has committed one, and now and then what another one left. */
export const ArtifactMoverLive = Layer.scopedDiscard(
  Effect.gen(function* () {
    const artifacts = yield* Artifacts
    const news = yield* (yield* Committed).subscribe
    const files = Stream.fromQueue(news).pipe(
      Stream.filter(
        (event) => event.type === "artifact" || (event.type === "step" && event.step.screenshot_url !== null)
      )
    )
    const all: Effect.Effect<void> = artifacts.moveSome().pipe(
      Effect.flatMap((moved) => (moved > 0 ? Effect.suspend(() => all) : Effect.void)),
      Effect.sandbox,
      Effect.catchAll((cause) => Effect.logError("Files could not be moved to the store", cause))
    )
    yield* Stream.merge(files, Stream.tick(pause)).pipe(
      Stream.buffer({ capacity: 1, strategy: "sliding" }),
      Stream.runForEach(() => all),
      Effect.annotateLogs({ module: "tasks/ArtifactMover" }),
      Effect.forkScoped
    )
  })
)
