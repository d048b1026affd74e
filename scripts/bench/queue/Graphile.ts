import { Effect } from "effect"
import { Logger, makeWorkerUtils, type RunnerOptions, run } from "graphile-worker"
import type { Contestant } from "./Contestant.ts"

const silent = new Logger(() => () => undefined)

const chunk = 1000

const sentAtOf = (payload: unknown) =>
  typeof payload === "object" && payload !== null && "sentAt" in payload ? Number(payload.sentAt) : 0

/** graphile-worker as it comes, or with its batched fetch and completion. */
export const graphile = (connectionString: string, batched: boolean) =>
  Effect.gen(function* () {
    const utils = yield* Effect.acquireRelease(
      Effect.promise(() => makeWorkerUtils({ connectionString, logger: silent })),
      (utils) => Effect.promise(async () => utils.release())
    )
    yield* Effect.promise(() => utils.migrate())

    const options: RunnerOptions = {
      connectionString,
      logger: silent,
      noHandleSignals: true,
      concurrency: 24,
      maxPoolSize: 26,
      ...(batched && {
        preset: { worker: { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } }
      })
    }

    const contestant: Contestant = {
      name: batched ? "graphile-worker, batched" : "graphile-worker",
      settings: batched ? "24 at a time, local queue 500, completion batched" : "24 at a time",
      fill: (jobs) =>
        Effect.promise(async () => {
          for (let at = 0; at < jobs; at += chunk) {
            const some = Array.from({ length: Math.min(chunk, jobs - at) }, () => ({ identifier: "noop", payload: {} }))
            await utils.addJobs(some)
          }
        }),
      put: (sentAt) => Effect.promise(() => utils.addJob("noop", { sentAt })),
      work: (ran) =>
        Effect.acquireRelease(
          Effect.promise(() => run({ ...options, taskList: { noop: (payload) => ran(sentAtOf(payload)) } })),
          (runner) => Effect.promise(() => runner.stop())
        ).pipe(Effect.asVoid)
    }
    return contestant
  })
