import { Config, Effect, Redacted, Runtime } from "effect"

const isRedis = (url: Redacted.Redacted) =>
  URL.canParse(Redacted.value(url)) && /^rediss?:$/.test(new URL(Redacted.value(url)).protocol)

export const redisUrl = Config.redacted().pipe(
  Config.validate({ message: "must be redis://user:password@host:port or rediss://…", validation: isRedis }),
  Config.nested("REDIS_URL"),
  Config.option
)

/** A connection of `REDIS_URL`, if there is one. A command fails at once while Redis is away rather than wait for it. */
export const redis = Effect.gen(function* () {
  const url = yield* redisUrl
  const runFork = Runtime.runFork(yield* Effect.runtime())
  // Here and not above: it takes 15 ms to load, which a process without a Redis need not wait for.
  const connect = async (url: Redacted.Redacted) => {
    const { Redis } = await import("ioredis")
    const client = new Redis(Redacted.value(url), { enableOfflineQueue: false, maxRetriesPerRequest: 0 })
    return client.on("error", ({ message }: Error) => runFork(Effect.logWarning(`Redis: ${message}`)))
  }
  return yield* Effect.transposeMapOption(url, (url) =>
    Effect.acquireRelease(
      Effect.promise(() => connect(url)),
      (client) => Effect.sync(() => client.disconnect())
    )
  )
})
