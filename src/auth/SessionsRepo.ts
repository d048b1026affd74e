import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Schema } from "effect"
import { Rls } from "../db/Rls.ts"
import { Audit } from "../privacy/Audit.ts"
import { SessionId, UserId } from "./User.ts"

const Fresh = Schema.Struct({ userId: UserId, sessionId: SessionId, hash: Schema.Uint8ArrayFromSelf })
const Session = Schema.Struct({ userId: UserId, sessionId: SessionId })
const Presented = Schema.Struct({ userId: UserId, hash: Schema.Uint8ArrayFromSelf })

/** Refresh tokens. Those that follow from one login are a family, which is the session. */
export class SessionsRepo extends Effect.Service<SessionsRepo>()("auth/SessionsRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls
    const audit = yield* Audit

    const insert = SqlSchema.void({
      Request: Fresh,
      execute: ({ userId, sessionId, hash }) => sql`
        INSERT INTO refresh_tokens (id, user_id, family, token_hash, expires_at)
        VALUES (${crypto.randomUUID()}, ${userId}, ${sessionId}, ${hash}, now() + interval '30 days')`
    })

    const forget = SqlSchema.void({
      Request: UserId,
      execute: (userId) => sql`DELETE FROM refresh_tokens WHERE user_id = ${userId} AND expires_at < now()`
    })

    // Rotations and revocations of one user wait for each other here: else a token that is born while its family is
    // being revoked would outlive it.
    const lock = SqlSchema.void({
      Request: UserId,
      execute: (userId) => sql`SELECT 1 FROM users WHERE id = ${userId} FOR UPDATE`
    })

    const use = SqlSchema.findOne({
      Request: Presented,
      Result: Schema.Struct({ family: SessionId }),
      execute: ({ userId, hash }) => sql`
        UPDATE refresh_tokens SET used_at = now()
        WHERE user_id = ${userId} AND token_hash = ${hash}
          AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()
        RETURNING family`
    })

    const revokeReused = SqlSchema.findAll({
      Request: Presented,
      Result: Schema.Struct({ family: SessionId }),
      execute: ({ userId, hash }) => sql`
        UPDATE refresh_tokens SET revoked_at = now()
        WHERE user_id = ${userId} AND revoked_at IS NULL AND family IN (
          SELECT family FROM refresh_tokens
          WHERE user_id = ${userId} AND token_hash = ${hash} AND used_at IS NOT NULL)
        RETURNING family`
    })

    const revoke = SqlSchema.void({
      Request: Session,
      execute: ({ userId, sessionId }) => sql`
        UPDATE refresh_tokens SET revoked_at = now()
        WHERE user_id = ${userId} AND family = ${sessionId} AND revoked_at IS NULL`
    })

    const count = SqlSchema.single({
      Request: Session,
      Result: Schema.Struct({ open: Schema.Boolean }),
      execute: ({ userId, sessionId }) => sql`
        SELECT EXISTS (
          SELECT 1 FROM refresh_tokens
          WHERE user_id = ${userId} AND family = ${sessionId} AND revoked_at IS NULL) AS open`
    })

    const open = Effect.fn("SessionsRepo.open")((session: typeof Fresh.Type) =>
      Effect.zipRight(forget(session.userId), insert(session)).pipe(rls.asUser(session.userId), Effect.orDie)
    )

    /** Uses the token up and gives its session the next one; none where it is not good, all of whose heirs are revoked. */
    const rotate = Effect.fn("SessionsRepo.rotate")((presented: typeof Presented.Type, next: Uint8Array) =>
      Effect.gen(function* () {
        yield* lock(presented.userId)
        const used = yield* use(presented)
        if (used._tag === "Some") {
          yield* insert({ userId: presented.userId, sessionId: used.value.family, hash: next })
        } else {
          const [reused] = yield* revokeReused(presented)
          if (reused !== undefined) {
            yield* Effect.logWarning("A used refresh token came back: its session is revoked")
            yield* audit.record(presented.userId, "session.reused", { subject: reused.family })
          }
        }
        return used
      }).pipe(rls.asUser(presented.userId), Effect.orDie)
    )

    const close = Effect.fn("SessionsRepo.close")((session: typeof Session.Type) =>
      Effect.zipRight(lock(session.userId), revoke(session)).pipe(rls.asUser(session.userId), Effect.orDie)
    )

    const isOpen = Effect.fn("SessionsRepo.isOpen")((session: typeof Session.Type) =>
      count(session).pipe(
        rls.onceAsUser(session.userId),
        Effect.map(({ open }) => open),
        Effect.orDie
      )
    )

    return { open, rotate, close, isOpen } as const
  })
}) {}
