import { Clock, Duration, Effect, Option, Redacted, Schema } from "effect"
import { type JWTHeaderParameters, type JWTVerifyGetKey, jwtVerify } from "jose"
import { AuthUnavailable } from "../Account.ts"
import { Unauthorized } from "../Authentication.ts"
import { SessionId, UserId } from "../User.ts"
import { KeysAway, type KeyTiming, publishedKeys } from "./PublishedKeys.ts"
import { supabaseSettings } from "./Settings.ts"

const asymmetric = ["ES256", "RS256"] as const

const Seconds = Schema.Int.pipe(Schema.between(0, 4_102_444_800))

const Verified = Schema.Struct({
  protectedHeader: Schema.Struct({ alg: Schema.String, typ: Schema.Literal("JWT") }),
  payload: Schema.Struct({
    sub: UserId,
    session_id: SessionId,
    email: Schema.NonEmptyString,
    role: Schema.Literal("authenticated"),
    is_anonymous: Schema.optional(Schema.Literal(false)),
    iat: Seconds,
    exp: Seconds
  })
})

const decode = Schema.decodeUnknown(Verified, { onExcessProperty: "ignore" })

const timing: KeyTiming = { maxAge: Duration.minutes(10), cooldown: Duration.seconds(30) }

const unavailable = ({ cause }: KeysAway) =>
  Effect.zipRight(Effect.logWarning("The keys of Supabase cannot be fetched", cause), new AuthUnavailable())

const allowedHeader: ReadonlySet<string> = new Set(["alg", "typ", "kid"])

/** Access tokens of a Supabase project: signed by one of its published keys, or with its legacy secret where that is set. */
export const make = (timing: KeyTiming) =>
  Effect.gen(function* () {
    const { url, jwtSecret } = yield* supabaseSettings
    const issuer = `${url}/auth/v1`
    const published = publishedKeys(new URL(`${issuer}/.well-known/jwks.json`), timing)
    const secret = Option.map(jwtSecret, (secret) => new TextEncoder().encode(Redacted.value(secret)))

    // The algorithm says which kind of key is asked for, so a public key never verifies as a secret.
    const keyOf: JWTVerifyGetKey = (header: JWTHeaderParameters, token) =>
      header.alg === "HS256" && Option.isSome(secret) ? secret.value : published(header, token)

    const verify = Effect.fn("SupabaseTokens.verify")(function* (token: Redacted.Redacted) {
      const now = yield* Clock.currentTimeMillis
      const verified = yield* Effect.tryPromise({
        try: () =>
          jwtVerify(Redacted.value(token), keyOf, {
            algorithms: Option.isSome(secret) ? [...asymmetric, "HS256"] : [...asymmetric],
            issuer,
            audience: "authenticated",
            requiredClaims: ["sub", "session_id", "iat", "exp"],
            currentDate: new Date(now)
          }),
        catch: (cause) => (cause instanceof KeysAway ? cause : new Unauthorized())
      }).pipe(Effect.catchTag("KeysAway", unavailable))
      const { payload } = yield* Effect.mapError(decode(verified), () => new Unauthorized())
      const strange = Object.keys(verified.protectedHeader).some((name) => !allowedHeader.has(name))
      if (strange) return yield* new Unauthorized()
      return {
        userId: payload.sub,
        sessionId: payload.session_id,
        expiresAt: payload.exp * 1000,
        issuedAt: payload.iat,
        email: payload.email
      }
    })

    return { verify } as const
  })

export class SupabaseTokens extends Effect.Service<SupabaseTokens>()("auth/SupabaseTokens", { effect: make(timing) }) {}
