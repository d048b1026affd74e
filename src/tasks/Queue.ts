import { Config, Data, Duration, Effect, Ref, Schedule } from "effect"
import { Readiness } from "../http/Readiness.ts"
import { Intake } from "./Intake.ts"
import { secondSignal } from "./Signals.ts"
import * as Worker from "./Worker.ts"

// Nested last of all, because an error that is found on the way out of it would not know the name.
const atLeast = (least: number, name: string) =>
  Config.integer().pipe(
    Config.validate({ message: `must be at least ${least}`, validation: (value) => value >= least }),
    Config.nested(name)
  )

export const queueSettings = Config.all({
  concurrency: atLeast(0, "WORKER_CONCURRENCY").pipe(Config.withDefault(4)),
  perUser: atLeast(1, "USER_CONCURRENCY").pipe(Config.withDefault(2)),
  grace: Config.duration("SHUTDOWN_GRACE").pipe(Config.withDefault(Duration.seconds(60)))
})

class NoWorker extends Data.TaggedError("NoWorker") {}

/** Runs tasks as long as it lives, by one worker after another: a worker that lost its lease makes room for the next. */
export class Queue extends Effect.Service<Queue>()("tasks/Queue", {
  scoped: Effect.gen(function* () {
    const intake = yield* Intake
    const readiness = yield* Readiness
    const options = yield* queueSettings
    const hurried = yield* secondSignal
    const working = yield* Ref.make(false)

    const worker = Effect.gen(function* () {
      const { lost } = yield* Worker.live({ ...options, hurried })
      yield* Effect.acquireRelease(Ref.set(working, true), () => Ref.set(working, false))
      yield* lost
      yield* Effect.logWarning("The worker's lease is lost: its runs end, and another worker may have their tasks")
    }).pipe(Effect.scoped)

    yield* worker.pipe(
      Effect.sandbox,
      Effect.tapError((cause) => Effect.logError("The worker failed", cause)),
      Effect.retry(Schedule.jittered(Schedule.spaced("1 second"))),
      Effect.forever,
      Effect.forkScoped,
      Effect.when(() => options.concurrency > 0)
    )
    yield* Effect.addFinalizer(() => intake.close)

    /** Fails while this process has no worker although it should have one. */
    const check = Effect.filterOrFail(
      Ref.get(working),
      (working) => working || options.concurrency === 0,
      () => new NoWorker()
    )
    yield* readiness.add("queue", check)

    return { check } as const
  })
}) {}
