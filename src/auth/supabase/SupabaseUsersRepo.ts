import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Option, Schema } from "effect"
import { Rls } from "../../db/Rls.ts"
import { Audit } from "../../privacy/Audit.ts"
import { SessionId, UserId } from "../User.ts"

const Bearer = Schema.Struct({
  userId: UserId,
  sessionId: SessionId,
  email: Schema.String,
  /** Seconds since the epoch. */
  issuedAt: Schema.Int
})

const Session = Schema.Struct({ userId: UserId, sessionId: SessionId })

/** What is kept here of users whose accounts are at Supabase: that they exist, and which sessions they ended. */
export class SupabaseUsersRepo extends Effect.Service<SupabaseUsersRepo>()("auth/SupabaseUsersRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls
    const audit = yield* Audit

    const known = SqlSchema.findOne({
      Request: Session,
      Result: Schema.Struct({ open: Schema.Boolean }),
      execute: ({ userId, sessionId }) => sql`
        SELECT blocked_at IS NULL AND NOT EXISTS (
          SELECT 1 FROM refresh_tokens
          WHERE user_id = ${userId} AND family = ${sessionId} AND revoked_at IS NOT NULL) AS open
        FROM users WHERE id = ${userId}`
    })

    // A token that is older than the erasure of its account does not bring it back.
    const welcome = SqlSchema.findOne({
      Request: Bearer,
      Result: Schema.Struct({ id: UserId }),
      execute: ({ userId, email, issuedAt }) => sql`
        INSERT INTO users (id, email) SELECT ${userId}::uuid, ${email} WHERE NOT EXISTS (
          SELECT 1 FROM audit_log
          WHERE user_id = ${userId} AND action = 'account.erasure_requested' AND at >= to_timestamp(${issuedAt}))
        ON CONFLICT DO NOTHING RETURNING id`
    })

    /** Whether the bearer may come in. Who is seen for the first time gets an account and an empty profile. */
    const admit = Effect.fn("SupabaseUsersRepo.admit")((bearer: typeof Bearer.Type) =>
      Effect.gen(function* () {
        const user = yield* known(bearer)
        if (Option.isSome(user)) return user.value.open
        if (Option.isNone(yield* welcome(bearer))) return Option.exists(yield* known(bearer), ({ open }) => open)
        yield* sql`INSERT INTO user_profiles ${sql.insert({ userId: bearer.userId, email: bearer.email })}`
        yield* audit.record(bearer.userId, "account.registered")
        return true
      }).pipe(rls.asUser(bearer.userId), Effect.orDie)
    )

    /** Its tokens open nothing here any more; the note of it is kept longer than any of them can live. */
    const end = Effect.fn("SupabaseUsersRepo.end")(({ userId, sessionId }: typeof Session.Type) =>
      Effect.all(
        [
          sql`DELETE FROM refresh_tokens WHERE user_id = ${userId} AND expires_at < now()`,
          sql`
            INSERT INTO refresh_tokens (id, user_id, family, token_hash, expires_at, revoked_at)
            VALUES (${crypto.randomUUID()}, ${userId}, ${sessionId}, '', now() + interval '30 days', now())`,
          audit.record(userId, "session.closed", { subject: sessionId })
        ],
        { discard: true }
      ).pipe(rls.asUser(userId))
    )

    return { admit, end } as const
  })
}) {}
