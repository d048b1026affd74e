import { Queue, Worker } from "bullmq"
import { Effect } from "effect"
import type { Contestant } from "./Contestant.ts"

const name = "noop"
const chunk = 1000

/** BullMQ on Redis, which keeps nothing on the disk and none of the finished jobs. */
export const bullMq = (url: string) =>
  Effect.gen(function* () {
    const queue = yield* Effect.acquireRelease(
      Effect.sync(() => new Queue(name, { connection: { url }, defaultJobOptions: { removeOnComplete: true } })),
      (queue) => Effect.promise(() => queue.close())
    )

    const contestant: Contestant = {
      name: "BullMQ (Redis)",
      settings: "50 at a time",
      fill: (jobs) =>
        Effect.promise(async () => {
          for (let at = 0; at < jobs; at += chunk) {
            await queue.addBulk(
              Array.from({ length: Math.min(chunk, jobs - at) }, () => ({ name, data: { sentAt: 0 } }))
            )
          }
        }),
      put: (sentAt) => Effect.promise(() => queue.add(name, { sentAt })),
      work: (ran) =>
        Effect.acquireRelease(
          Effect.promise(async () => {
            const worker = new Worker<{ sentAt: number }>(name, async ({ data }) => ran(data.sentAt), {
              connection: { url },
              concurrency: 50
            })
            await worker.waitUntilReady()
            return worker
          }),
          (worker) => Effect.promise(() => worker.close())
        ).pipe(Effect.asVoid)
    }
    return contestant
  })
