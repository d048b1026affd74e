import { Effect, RcMap, Redacted, Runtime, Schema } from "effect"
import type { RedisOptions } from "ioredis"
import { TaskId } from "../tasks/Status.ts"
import { decode, doubt, encode, type Hint } from "./Hint.ts"

/** A task's channel: its id's last two digits, so a process hears a 256th of what it does not watch. */
const channelOf = (id: TaskId) => `timbra:tasks:${id.slice(-2)}`

const isTaskId = Schema.is(TaskId)

const reconnect = (times: number) => Math.min(100 * times, 2_000)

/** Hints by way of Redis: two connections, for one that listens can say nothing. Redis may come and go. */
export const redisRelay = Effect.fn("RedisRelay.make")(function* (url: Redacted.Redacted) {
  const { Redis } = yield* Effect.promise(() => import("ioredis"))
  const self = crypto.randomUUID()
  const run = Runtime.runFork(yield* Effect.runtime())
  let doubtedAt = performance.now()
  let away = false
  const doubting = () => {
    doubtedAt = performance.now()
  }

  const connect = (options: Omit<RedisOptions, "replyMapping">) =>
    Effect.acquireRelease(
      Effect.sync(
        () => new Redis(Redacted.value(url), { ...options, retryStrategy: reconnect, connectTimeout: 5_000 })
      ),
      (redis) => Effect.sync(() => redis.disconnect())
    )
  // What cannot be said at once is not said: the log has it.
  const speaker = yield* connect({ enableOfflineQueue: false, commandTimeout: 5_000, enableAutoPipelining: true })
  const listener = yield* connect({ maxRetriesPerRequest: null })

  const failed = (during: string) => (cause: unknown) =>
    void run(Effect.logDebug(`Redis failed to ${during}`, cause instanceof Error ? cause.message : cause))
  speaker.on("error", failed("speak"))
  listener.on("error", failed("listen"))
  listener.on("ready", () => {
    doubting()
    if (away) run(Effect.logInfo("Redis is back"))
    away = false
  })
  listener.on("close", () => {
    doubting()
    if (!away) run(Effect.logWarning("Redis is away: what other processes do is told within a second"))
    away = true
  })

  const tell = (id: TaskId, hint: Hint) => {
    speaker.publish(channelOf(id), encode(self, id, hint)).catch(failed("publish"))
  }

  const listen = (heard: (id: TaskId, hint: Hint) => void) => {
    listener.on("message", (_: string, message: string) => {
      const { from, id, hint } = decode(message)
      if (from !== self && isTaskId(id)) heard(id, hint)
    })
  }

  // A subscription is kept a while for the next who watches a task of its channel.
  const channels = yield* RcMap.make({
    lookup: (channel: string) =>
      Effect.acquireRelease(
        Effect.sync(() => {
          doubting()
          listener.subscribe(channel).then(doubting, failed("subscribe"))
        }),
        () => Effect.sync(() => void listener.unsubscribe(channel).catch(failed("unsubscribe")))
      ),
    idleTimeToLive: "30 seconds"
  })
  const following = <A, E, R>(id: TaskId, during: Effect.Effect<A, E, R>) =>
    Effect.scoped(Effect.zipRight(RcMap.get(channels, channelOf(id)), during))

  const sound = () => listener.status === "ready" && performance.now() - doubtedAt > doubt
  return { tell, following, listen, sound } as const
})
