import { createHash } from "node:crypto"
import { Data, Duration, Effect, Option, Schema } from "effect"
import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible"
import { redis } from "../db/Redis.ts"
import * as Problem from "../Problem.ts"

export class TooManyAttempts extends Problem.make<TooManyAttempts>()("TooManyAttempts", {
  status: 429,
  code: "TOO_MANY_ATTEMPTS",
  es: (error) => `Demasiados intentos fallidos. Intente de nuevo en ${error.retry_after} segundos.`,
  en: (error) => `Too many failed attempts. Try again in ${error.retry_after} seconds.`,
  fields: { retry_after: Schema.Int }
}) {}

export interface Attempt {
  readonly email: string
  readonly address: string
}

class NotCounted extends Data.TaggedError("NotCounted")<{ readonly cause: unknown }> {}

/**
 * Failures that are forgiven: 10 of one address on one account, 100 of one address, and 50 an hour on one account from
 * everywhere, so that whoever guesses from one place does not lock its owner out.
 */
const limits = [
  { name: "pair", points: 10, duration: Duration.minutes(15), of: ({ email, address }: Attempt) => [email, address] },
  { name: "address", points: 100, duration: Duration.minutes(15), of: ({ address }: Attempt) => [address] },
  { name: "account", points: 50, duration: Duration.hours(1), of: ({ email }: Attempt) => [email] }
]

// Redis learns no e-mail.
const keyOf = (parts: ReadonlyArray<string>) => createHash("sha256").update(JSON.stringify(parts)).digest("base64url")

/**
 * Counts failed logins only, in Redis for all processes where there is one: who logs in rightly is never limited by
 * having done so often. While Redis is away each process counts for itself.
 */
export class LoginLimits extends Effect.Service<LoginLimits>()("auth/LoginLimits", {
  scoped: Effect.gen(function* () {
    const client = yield* redis

    const limiters = limits.map(({ name, points, duration, of }) => {
      const options = { keyPrefix: `timbra:login:${name}`, points, duration: Duration.toSeconds(duration) }
      const memory = new RateLimiterMemory(options)
      const limiter = Option.match(client, {
        onNone: () => memory,
        onSome: (storeClient) => new RateLimiterRedis({ ...options, storeClient, insuranceLimiter: memory })
      })
      return { limiter, points, of }
    })

    const counted = <A>(count: () => Promise<A>) =>
      Effect.tryPromise({ try: count, catch: (cause) => new NotCounted({ cause }) }).pipe(
        // What cannot be counted must not keep everyone out; the cost of a hash still slows guessing.
        Effect.catchAll((error) => Effect.as(Effect.logWarning("No login limits", error), null))
      )

    const check = Effect.fn("LoginLimits.check")((attempt: Attempt) =>
      Effect.forEach(
        limiters,
        ({ limiter, points, of }) =>
          Effect.flatMap(
            counted(() => limiter.get(keyOf(of(attempt)))),
            (used) =>
              used !== null && used.consumedPoints >= points
                ? new TooManyAttempts({ retry_after: Math.max(1, Math.ceil(used.msBeforeNext / 1000)) })
                : Effect.void
          ),
        { discard: true }
      )
    )

    const failed = Effect.fn("LoginLimits.failed")((attempt: Attempt) =>
      Effect.forEach(limiters, ({ limiter, of }) => counted(() => limiter.penalty(keyOf(of(attempt)), 1)), {
        discard: true
      })
    )

    return { check, failed } as const
  })
}) {}
