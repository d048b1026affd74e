import { Effect } from "effect"
import { PgBoss } from "pg-boss"
import type { Contestant } from "./Contestant.ts"

const queue = "noop"
const chunk = 1000

/** pg-boss: fetched and completed 500 at a time for the drain, its own worker with LISTEN for the latency. */
export const pgBoss = (connectionString: string) =>
  Effect.gen(function* () {
    const boss = yield* Effect.acquireRelease(
      Effect.promise(async () => {
        const boss = new PgBoss({ connectionString, useListenNotify: true, supervise: false, schedule: false, max: 10 })
        boss.on("error", () => undefined)
        await boss.start()
        await boss.createQueue(queue, { notify: true })
        return boss
      }),
      (boss) => Effect.promise(() => boss.stop({ graceful: false }))
    )

    const contestant: Contestant = {
      name: "pg-boss",
      settings: "worker of batches of 500, LISTEN",
      fill: (jobs) =>
        Effect.promise(async () => {
          for (let at = 0; at < jobs; at += chunk) {
            await boss.insert(
              queue,
              Array.from({ length: Math.min(chunk, jobs - at) }, () => ({ data: { sentAt: 0 } }))
            )
          }
        }),
      put: (sentAt) => Effect.promise(() => boss.send(queue, { sentAt })),
      work: (ran) =>
        Effect.acquireRelease(
          Effect.promise(() =>
            boss.work<{ sentAt: number }>(
              queue,
              { batchSize: 500, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true },
              async (jobs) => {
                for (const { data } of jobs) ran(data.sentAt)
              }
            )
          ),
          () => Effect.promise(() => boss.offWork(queue))
        ).pipe(Effect.asVoid)
    }
    return contestant
  })
