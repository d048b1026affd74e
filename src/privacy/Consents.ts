import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { RequestInfo } from "../http/RequestInfo.ts"
import { Audit } from "./Audit.ts"
import { notice } from "./Notice.ts"

/** Proof of who accepted which notice, when and from where, and who took it back: rows are only ever added. */
export class Consents extends Effect.Service<Consents>()("privacy/Consents", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls
    const audit = yield* Audit

    /** Joins the transaction of the change that it proves. */
    const record = Effect.fn("Consents.record")((userId: UserId, given: boolean) =>
      Effect.gen(function* () {
        const { id, address } = yield* RequestInfo
        const proof = { noticeVersion: notice.version, noticeSha256: notice.sha256, address, requestId: id }
        yield* sql`INSERT INTO consents ${sql.insert({ userId, given, ...proof })}`
        yield* audit.record(userId, given ? "consent.given" : "consent.revoked", {
          details: { version: notice.version }
        })
      }).pipe(rls.asUser(userId))
    )

    return { record } as const
  })
}) {}
