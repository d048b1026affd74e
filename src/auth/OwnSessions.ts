import { createHash, randomBytes } from "node:crypto"
import { type Context, Effect, Layer, Option, Redacted, Schema } from "effect"
import { Rls } from "../db/Rls.ts"
import { Audit } from "../privacy/Audit.ts"
import { Unauthorized } from "./Authentication.ts"
import { InvalidRefreshToken, Sessions } from "./Sessions.ts"
import { SessionsRepo } from "./SessionsRepo.ts"
import { Tokens } from "./Tokens.ts"
import { type CurrentUser, SessionId, UserId } from "./User.ts"

const secretOf = () => randomBytes(32).toString("base64url")
const hashOf = (secret: string) => new Uint8Array(createHash("sha256").update(secret).digest())

// The user's id stands before the secret because row-level security shows the token to nobody else.
const parse = (token: Redacted.Redacted) => {
  const [userId, secret, ...rest] = Redacted.value(token).split(".")
  if (secret === undefined || rest.length > 0) return Option.none()
  return Option.map(Schema.decodeUnknownOption(UserId)(userId), (userId) => ({ userId, hash: hashOf(secret) }))
}

/** Sessions of our own: an access token of an hour, and a refresh token that is good for one use. */
export class OwnSessions extends Effect.Service<OwnSessions>()("auth/OwnSessions", {
  effect: Effect.gen(function* () {
    const repo = yield* SessionsRepo
    const tokens = yield* Tokens
    const audit = yield* Audit
    const rls = yield* Rls

    const grant = (userId: UserId, sessionId: SessionId, secret: string) =>
      Effect.map(tokens.sign(userId, sessionId), (signed) => ({
        ...signed,
        refreshToken: Redacted.make(`${userId}.${secret}`)
      }))

    const open = Effect.fn("Sessions.open")(function* (userId: UserId) {
      const sessionId = SessionId.make(crypto.randomUUID())
      const secret = secretOf()
      yield* repo.open({ userId, sessionId, hash: hashOf(secret) })
      return yield* grant(userId, sessionId, secret)
    })

    const renew = Effect.fn("Sessions.renew")(function* (token: Redacted.Redacted) {
      const presented = yield* Effect.mapError(parse(token), () => new InvalidRefreshToken())
      const secret = secretOf()
      const used = yield* repo.rotate(presented, hashOf(secret))
      const { family } = yield* Effect.mapError(used, () => new InvalidRefreshToken())
      return yield* grant(presented.userId, family, secret)
    })

    const close = Effect.fn("Sessions.close")(({ id, sessionId }: Context.Tag.Service<CurrentUser>) =>
      Effect.zipRight(
        audit.record(id, "session.closed", { subject: sessionId }),
        repo.close({ userId: id, sessionId })
      ).pipe(rls.asUser(id))
    )

    const authenticate = Effect.fn("Sessions.authenticate")(function* (token: Redacted.Redacted) {
      const claims = yield* tokens.verify(token)
      if (!(yield* repo.isOpen(claims))) return yield* new Unauthorized()
      return claims
    })

    return { open, renew, close, authenticate } as const
  })
}) {}

export const OwnSessionsLive = Layer.effect(Sessions, OwnSessions)
