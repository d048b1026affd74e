import { Data, Duration } from "effect"
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JWKSCacheInput,
  type JWTHeaderParameters,
  type JWTVerifyGetKey,
  jwksCache
} from "jose"

/** How long a retired key may still be believed, and how often an unknown one makes the keys be fetched. */
export interface KeyTiming {
  readonly maxAge: Duration.Duration
  readonly cooldown: Duration.Duration
}

/** The keys cannot be fetched, so that nobody can tell what this token is worth. */
export class KeysAway extends Data.TaggedError("KeysAway")<{ readonly cause: unknown }> {}

/** Believed this long while they cannot be fetched: longer than any token lives that was signed before. */
const grace = Duration.days(1)

const isVerdict = (cause: unknown) =>
  [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported].some(
    (Verdict) => cause instanceof Verdict
  )

/** The keys that a project publishes. Those that it published last go on while it is away. */
export const publishedKeys = (address: URL, { maxAge, cooldown }: KeyTiming): JWTVerifyGetKey => {
  const last: JWKSCacheInput = {}
  const published = createRemoteJWKSet(address, {
    cacheMaxAge: Duration.toMillis(maxAge),
    cooldownDuration: Duration.toMillis(cooldown),
    timeoutDuration: 5_000,
    [jwksCache]: last
  })

  const fromLast = async (header: JWTHeaderParameters, cause: unknown) => {
    const { jwks, uat = 0 } = last
    if (jwks === undefined || Date.now() - uat > Duration.toMillis(grace)) throw new KeysAway({ cause })
    return createLocalJWKSet(jwks)(header).catch((unknown) => {
      throw unknown instanceof errors.JWKSNoMatchingKey ? new KeysAway({ cause }) : unknown
    })
  }

  return (header, token) =>
    published(header, token).catch((cause) => {
      if (isVerdict(cause)) throw cause
      return fromLast(header, cause)
    })
}
