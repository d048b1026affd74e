import { PgClient } from "@effect/sql-pg"
import { Context, Effect, Layer, Option } from "effect"
import { redisUrl } from "../db/Redis.ts"
import type { TaskId } from "../tasks/Status.ts"
import type { Hint } from "./Hint.ts"
import { notifyRelay } from "./NotifyRelay.ts"
import { redisRelay } from "./RedisRelay.ts"

/**
 * Carries hints between processes. It may lose any of them, so nobody waits for it and nobody trusts it: where it is not
 * `sound` the heads of the logs are looked at every second, elsewhere now and then.
 */
export class Relay extends Context.Tag("realtime/Relay")<
  Relay,
  {
    readonly tell: (id: TaskId, hint: Hint) => void
    /** Hears of a task while this goes on. */
    readonly following: <A, E, R>(id: TaskId, during: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
    /** Who is given what is heard. */
    readonly listen: (heard: (id: TaskId, hint: Hint) => void) => void
    readonly sound: () => boolean
  }
>() {}

/** Nobody else to tell. */
const silent = Relay.of({
  tell: () => undefined,
  following: (_, during) => during,
  listen: () => undefined,
  sound: () => true
})

export const RelayLive = Layer.scoped(
  Relay,
  Effect.gen(function* () {
    const url = yield* redisUrl
    if (Option.isSome(url)) return yield* redisRelay(url.value)
    const { config } = yield* PgClient.PgClient
    // With one connection there is one process.
    return config.maxConnections === 1 ? silent : yield* notifyRelay()
  })
)
