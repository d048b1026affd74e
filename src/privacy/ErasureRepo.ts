import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { TaskId } from "../tasks/Status.ts"

const Facts = Schema.Struct({
  uuid: Schema.String,
  total: Schema.String,
  issuer_rfc: Schema.String,
  receiver_rfc: Schema.String,
  issued_at: Schema.String
})

const Invoice = Schema.Struct({
  id: TaskId,
  cfdiUuid: Schema.UUID,
  facts: Facts,
  receiverRfc: Schema.NullOr(Schema.Uint8ArrayFromSelf)
})

const File = Schema.Struct({ id: Schema.UUID, userId: UserId, taskId: TaskId })

const Retained = Schema.Struct({
  id: Schema.UUID,
  cfdiUuid: Schema.UUID,
  facts: Schema.Uint8ArrayFromSelf,
  issuedAt: Schema.String
})

const erasureLock = 7_246_010

/** Accounts on their way out. */
export class ErasureRepo extends Effect.Service<ErasureRepo>()("privacy/ErasureRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    /** The account can no longer be logged into, its e-mail is free and its portal log-ins are gone. */
    const block = Effect.fn("ErasureRepo.block")((userId: UserId) =>
      Effect.all(
        [
          sql`UPDATE users SET blocked_at = now(), email = 'erased ' || id, password_hash = NULL WHERE id = ${userId}`,
          sql`DELETE FROM refresh_tokens WHERE user_id = ${userId}`,
          sql`DELETE FROM user_vendor_credentials WHERE user_id = ${userId}`
        ],
        { discard: true }
      ).pipe(rls.asUser(userId))
    )

    // One process at a time, or both would retain the same invoices.
    const alone = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      rls.asKeeper(Effect.zipRight(sql`SELECT pg_advisory_xact_lock(${erasureLock})`, effect))

    /** Blocked accounts of which nothing is under way: a run past its click is let finish, or its invoice would be lost. */
    const ready = SqlSchema.findAll({
      Request: Schema.Void,
      Result: Schema.Struct({ id: UserId }),
      execute: () => sql`
        SELECT u.id FROM users u WHERE u.blocked_at IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM automation_tasks t WHERE t.user_id = u.id AND (t.status = 'RUNNING'
            OR t.submit_intent_at IS NOT NULL AND t.status NOT IN ('COMPLETED', 'FAILED')))`
    })

    const invoices = SqlSchema.findAll({
      Request: UserId,
      Result: Invoice,
      execute: (userId) => sql`
        SELECT id, cfdi_uuid, result -> 'cfdi' AS facts, receiver_rfc FROM automation_tasks
        WHERE user_id = ${userId} AND cfdi_uuid IS NOT NULL`
    })

    const files = SqlSchema.findAll({
      Request: UserId,
      Result: File,
      execute: (userId) => sql`SELECT id, user_id, task_id FROM artifacts WHERE user_id = ${userId} AND stored`
    })

    // The annual return of the year of issue is due in April of the next, and five years run from there (CFF 30).
    const retain = SqlSchema.void({
      Request: Retained,
      execute: ({ id, cfdiUuid, facts, issuedAt }) => sql`
        INSERT INTO retained_invoices (id, cfdi_uuid, facts, keep_until)
        VALUES (${id}, ${cfdiUuid}, ${facts}, date_trunc('year', ${issuedAt}::timestamptz) + interval '6 years 4 months')`
    })

    const remove = (userId: UserId) => sql`DELETE FROM users WHERE id = ${userId}`

    /** Log entries, proofs and facts that are old enough. The proof of an account that lives is kept. */
    const forget = rls.asKeeper(
      Effect.all(
        [
          sql`DELETE FROM audit_log WHERE at < now() - interval '2 years'`,
          sql`DELETE FROM retained_invoices WHERE keep_until < now()`,
          sql`
            DELETE FROM consents c WHERE at < now() - interval '5 years'
              AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = c.user_id)`
        ],
        { discard: true }
      )
    )

    return { block, alone, ready: ready(undefined), invoices, files, retain, remove, forget } as const
  })
}) {}
