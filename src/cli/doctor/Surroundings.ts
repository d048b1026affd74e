import { statfs } from "node:fs/promises"
import { Data, Duration, Effect, Option, Redacted } from "effect"
import { Browser } from "../../agent/browser/Browser.ts"
import { Llm } from "../../agent/plan/Llm.ts"
import { DataDir } from "../../db/DataDir.ts"
import { redisUrl } from "../../db/Redis.ts"
import { ArtifactStore } from "../../tasks/ArtifactStore.ts"
import { examined, fine, wrong } from "./Finding.ts"

class RedisAway extends Data.TaggedError("RedisAway")<{ readonly cause: unknown }> {
  override readonly message = "does not answer"
}

const leastSpace = 1_000_000_000

const pinged = (url: Redacted.Redacted) =>
  Effect.acquireUseRelease(
    Effect.promise(async () => {
      const { Redis } = await import("ioredis")
      const redis = new Redis(Redacted.value(url), { lazyConnect: true, retryStrategy: () => null })
      // What goes wrong is told by the call that waits for it.
      redis.on("error", () => undefined)
      return redis
    }),
    (redis) =>
      Effect.tryPromise({
        try: () => redis.connect().then(() => redis.ping()),
        catch: (cause) => new RedisAway({ cause })
      }),
    (redis) => Effect.sync(() => redis.disconnect())
  )

export const redis = examined(
  "redis",
  "see that REDIS_URL is right (rediss:// for Upstash), or leave it out: one machine needs none",
  "10 seconds",
  Effect.gen(function* () {
    const url = yield* redisUrl
    if (Option.isNone(url)) return [fine("redis", "none; processes tell each other through PostgreSQL")]
    const [took] = yield* Effect.timed(pinged(url.value))
    return [fine("redis", `answers in ${Math.round(Duration.toMillis(took))} ms`)]
  })
)

export const browser = examined(
  "browser",
  "install Debian's chromium-headless-shell or any Chrome, or set CHROMIUM_PATH or another BROWSER_PROVIDER",
  "45 seconds",
  Effect.gen(function* () {
    const { provider, check } = yield* Browser
    const { version } = yield* check
    return [fine("browser", `${provider}, ${version}`)]
  })
)

const riddle = {
  instructions: "Say which of the answers is a fruit.",
  data: "One of them is.",
  answers: ["mango", "clavo"]
}

/** Asked what an invoice would never hang on: only an answer shows that key, model and address go together. */
export const model = examined(
  "model",
  "see that LLM_API_KEY, LLM_MODEL and LLM_BASE_URL are right and that it is reached from here, or set LLM_PROVIDER=none",
  "25 seconds",
  Effect.gen(function* () {
    const llm = yield* Llm
    if (Option.isNone(llm)) return [fine("model", "none; what no rule knows is asked of the user")]
    const [took] = yield* Effect.timed(llm.value.ask(riddle))
    return [fine("model", `${llm.value.name}, answers in ${Math.round(Duration.toMillis(took))} ms`)]
  })
)

const probe = { userId: "doctor", taskId: "probe" }

export const files = examined(
  "files",
  "see that DATA_DIR may be written, or that the S3 settings name a bucket that this key may write, read and delete in",
  "45 seconds",
  Effect.gen(function* () {
    const store = yield* ArtifactStore
    const address = { ...probe, id: crypto.randomUUID() }
    yield* store.write(address, new TextEncoder().encode("timbra"))
    const found = yield* store.open(address)
    const text = yield* Effect.transposeMapOption(found, (file) => Effect.tryPromise(() => file.text()))
    yield* store.remove(address)
    return [
      Option.contains(text, "timbra")
        ? fine("files", "written, read and removed")
        : wrong("files", "what was written is not what was read", "see that nothing stands between here and the bucket")
    ]
  })
)

export const disk = examined(
  "disk",
  "see that DATA_DIR is a folder on a mounted disk",
  "5 seconds",
  Effect.gen(function* () {
    const { root } = yield* DataDir
    const { bavail, bsize } = yield* Effect.tryPromise(() => statfs(root))
    const free = bavail * bsize
    const detail = `${(free / 1e9).toFixed(1)} GB free in ${root}`
    return [
      free >= leastSpace ? fine("disk", detail) : wrong("disk", detail, "make room: browsers and files need 1 GB")
    ]
  })
)
