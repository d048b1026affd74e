import { createHash } from "node:crypto"
import { Clock, Duration, Effect, Option, Redacted, Schema } from "effect"
import { errors, type JWTHeaderParameters, jwtVerify, SignJWT } from "jose"
import { Unauthorized } from "./Authentication.ts"
import { Secrets } from "./Secrets.ts"
import { SessionId, UserId } from "./User.ts"

const issuer = "timbra"
const audience = "timbra-api"
const type = "at+jwt"
const algorithm = "HS256"

/** Long enough to watch a task over one socket; a session that is closed or gone ends it at once all the same. */
const lifetime = Duration.hours(1)

const Seconds = Schema.Int.pipe(Schema.between(0, 4_102_444_800))

const Verified = Schema.Struct({
  // Nothing else belongs there: no jwk, jku, x5u or crit, and no key but ours.
  protectedHeader: Schema.Struct({ alg: Schema.Literal(algorithm), typ: Schema.Literal(type), kid: Schema.String }),
  payload: Schema.Struct({ sub: UserId, sid: SessionId, jti: Schema.UUID, iat: Seconds, exp: Seconds })
})

const decode = Schema.decodeUnknown(Verified, { onExcessProperty: "ignore" })

export interface Claims {
  readonly userId: UserId
  readonly sessionId: SessionId
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** Its id names the secret without telling of it: the hash of a hash of at least 32 random bytes. */
const keyOf = Effect.fnUntraced(function* (secret: Redacted.Redacted) {
  const bytes = new TextEncoder().encode(Redacted.value(secret))
  const kid = createHash("sha256").update(createHash("sha256").update(bytes).digest()).digest("hex").slice(0, 16)
  const use = { name: "HMAC", hash: "SHA-256" }
  const key = yield* Effect.promise(() => crypto.subtle.importKey("raw", bytes, use, false, ["sign", "verify"]))
  return { key, kid }
})

/** Access tokens: HS256 JWTs of one hour. */
export class Tokens extends Effect.Service<Tokens>()("auth/Tokens", {
  effect: Effect.gen(function* () {
    const { jwt, jwtPrevious } = yield* Secrets
    const current = yield* keyOf(jwt)
    const previous = yield* Effect.transposeMapOption(jwtPrevious, keyOf)
    const keys = new Map([current, ...Option.toArray(previous)].map(({ kid, key }) => [kid, key]))

    const find = ({ kid = "" }: JWTHeaderParameters) => {
      const key = keys.get(kid)
      if (key === undefined) throw new errors.JWKSNoMatchingKey()
      return key
    }

    const sign = Effect.fn("Tokens.sign")(function* (userId: UserId, sessionId: SessionId) {
      const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
      const token = yield* Effect.promise(() =>
        new SignJWT({ sid: sessionId })
          .setProtectedHeader({ alg: algorithm, typ: type, kid: current.kid })
          .setIssuer(issuer)
          .setAudience(audience)
          .setSubject(userId)
          .setJti(crypto.randomUUID())
          .setIssuedAt(now)
          .setExpirationTime(now + Duration.toSeconds(lifetime))
          .sign(current.key)
      )
      return { token: Redacted.make(token), expiresIn: Duration.toSeconds(lifetime) }
    })

    /** That we signed it for this purpose and it has not expired; not that its session is still open. */
    const verify = Effect.fn("Tokens.verify")(function* (token: Redacted.Redacted) {
      const now = yield* Clock.currentTimeMillis
      const verified = yield* Effect.tryPromise({
        try: () =>
          jwtVerify(Redacted.value(token), find, {
            algorithms: [algorithm],
            issuer,
            audience,
            typ: type,
            requiredClaims: ["sub", "sid", "jti", "iat", "exp"],
            maxTokenAge: Duration.toSeconds(lifetime),
            currentDate: new Date(now)
          }),
        catch: () => new Unauthorized()
      })
      const { payload } = yield* Effect.mapError(decode(verified), () => new Unauthorized())
      const foreign = Object.keys(verified.protectedHeader).length !== 3
      if (foreign || payload.exp - payload.iat > Duration.toSeconds(lifetime)) return yield* new Unauthorized()
      const claims: Claims = { userId: payload.sub, sessionId: payload.sid, expiresAt: payload.exp * 1000 }
      return claims
    })

    return { sign, verify } as const
  })
}) {}
