import { RateLimiter } from "@effect/experimental"
import { Duration, Effect, Schema } from "effect"
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

/**
 * Failures that are forgiven, refilled evenly over the window: 10 of one address on one account (another each 90
 * seconds), 100 of one address, and 50 an hour on one account from everywhere, so that whoever guesses from one place
 * does not lock its owner out.
 */
const limitsOf = ({ email, address }: Attempt) =>
  [
    { key: `login:${JSON.stringify([email, address])}`, limit: 10, window: Duration.minutes(15) },
    { key: `login:address:${address}`, limit: 100, window: Duration.minutes(15) },
    { key: `login:account:${email}`, limit: 50, window: Duration.hours(1) }
  ] as const

/** Counts failed logins only: who logs in rightly is never limited by having done so often. */
export class LoginLimits extends Effect.Service<LoginLimits>()("auth/LoginLimits", {
  effect: Effect.gen(function* () {
    const limiter = yield* RateLimiter.RateLimiter
    const consume = (limit: ReturnType<typeof limitsOf>[number], tokens: number) =>
      limiter.consume({ ...limit, tokens, algorithm: "token-bucket" }).pipe(
        Effect.map(({ remaining }) => remaining),
        Effect.catchAll((error) =>
          // A store that is down must not keep everyone out; the cost of a hash still slows guessing.
          error.reason === "Exceeded" ? Effect.succeed(0) : Effect.as(Effect.logWarning("No login limits", error), 1)
        )
      )

    const check = Effect.fn("LoginLimits.check")((attempt: Attempt) =>
      Effect.forEach(
        limitsOf(attempt),
        (limit) =>
          Effect.filterOrFail(
            consume(limit, 0),
            (remaining) => remaining >= 1,
            () => new TooManyAttempts({ retry_after: Math.ceil(Duration.toSeconds(limit.window) / limit.limit) })
          ),
        { discard: true }
      )
    )

    const failed = Effect.fn("LoginLimits.failed")((attempt: Attempt) =>
      Effect.forEach(limitsOf(attempt), (limit) => consume(limit, 1), { discard: true })
    )

    return { check, failed } as const
  })
}) {}
