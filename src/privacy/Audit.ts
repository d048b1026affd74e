import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { RequestInfo } from "../http/RequestInfo.ts"

/**
 * What is logged. The intent to submit, a user's word to submit again and the use of a portal log-in are logged as
 * `task.submit`, `task.submit_confirmed` and `credential.used` by the database itself, in the same statement.
 */
export type Action =
  | "account.registered"
  | "account.erasure_requested"
  | "account.erased"
  | "login.succeeded"
  | "login.failed"
  | "session.closed"
  | "session.reused"
  | "profile.changed"
  | "profile.exported"
  | "consent.given"
  | "consent.revoked"
  | "credential.created"
  | "credential.changed"
  | "credential.deleted"

interface Particulars {
  /** The id of what was acted on. */
  readonly subject?: string
  /** Names and counts; never a user's value. */
  readonly details?: Readonly<Record<string, unknown>>
}

/**
 * The append-only log: who did what, when and from where. An entry joins the transaction that it is written in, so what
 * is logged has happened, and what cannot be logged does not happen.
 */
export class Audit extends Effect.Service<Audit>()("privacy/Audit", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const insert = (actor: "user" | "visitor" | "keeper", userId: UserId | null, action: Action, more: Particulars) =>
      Effect.flatMap(
        RequestInfo,
        ({ id, address }) =>
          sql`INSERT INTO audit_log ${sql.insert({
            userId,
            actor,
            action,
            subject: more.subject ?? null,
            address,
            requestId: id,
            details: JSON.stringify(more.details ?? {})
          })}`
      )

    const record = Effect.fn("Audit.record")((userId: UserId, action: Action, more: Particulars = {}) =>
      insert("user", userId, action, more).pipe(rls.asUser(userId), Effect.asVoid)
    )

    /** Of someone who is not known, or no longer. */
    const recordVisit = Effect.fn("Audit.recordVisit")((action: Action) =>
      insert("visitor", null, action, {}).pipe(rls.asVisitor(""), Effect.asVoid)
    )

    const recordKeeping = Effect.fn("Audit.recordKeeping")((userId: UserId, action: Action, more: Particulars = {}) =>
      insert("keeper", userId, action, more).pipe(rls.asKeeper, Effect.asVoid)
    )

    return { record, recordVisit, recordKeeping } as const
  })
}) {}
