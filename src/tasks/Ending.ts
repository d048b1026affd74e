import type { SqlClient } from "@effect/sql"
import { Duration } from "effect"
import type { Completion } from "../agent/Completion.ts"
import { formatMoney } from "../cfdi/Money.ts"
import type { Claim } from "./Claim.ts"
import type { Failure } from "./Failure.ts"
import { json } from "./Plain.ts"
import * as Receiver from "./Receiver.ts"
import { change, failed } from "./Transition.ts"

/** How a run leaves its task. */
export type Ending = { readonly run: Pick<Claim, "id" | "token"> } & (
  | { readonly _tag: "Completed"; readonly completion: Completion; readonly receiver: Uint8Array | null }
  | { readonly _tag: "Failed"; readonly failure: Failure }
  /** To be tried again after a while; not past the intent to submit. */
  | { readonly _tag: "Again"; readonly delay: Duration.Duration }
  /** As if it had not been claimed. Past the intent the next run only looks. */
  | { readonly _tag: "HandedBack"; readonly delay: Duration.Duration }
)

export const uuidOf = (completion: Completion) => (completion.delivery === "download" ? completion.invoice.uuid : null)

const cfdiOf = (completion: Completion) =>
  completion.delivery === "email"
    ? null
    : {
        uuid: completion.invoice.uuid,
        total: formatMoney(completion.invoice.total),
        issuer_rfc: completion.invoice.issuer.rfc,
        receiver_rfc: Receiver.elsewhere,
        issued_at: completion.invoice.issuedAt
      }

const outcome = (ending: Ending) => {
  switch (ending._tag) {
    case "Completed": {
      const { completion, receiver } = ending
      const { delivery, warnings, artifacts } = completion
      return {
        status: "COMPLETED",
        result: { delivery, cfdi: cfdiOf(completion), warnings },
        artifacts,
        cfdi_uuid: uuidOf(completion),
        receiver_rfc: receiver && `\\x${Buffer.from(receiver).toString("hex")}`
      }
    }
    case "Failed":
      return { status: "FAILED", ...ending.failure }
    case "Again":
      return { status: "PENDING", delay: Duration.toSeconds(ending.delay), failures: 1 }
    case "HandedBack":
      return { status: "PENDING", delay: Duration.toSeconds(ending.delay), failures: 0 }
  }
}

// Statements that change many rows change them in this order, so that none waits for one that waits for it.
const sorted = (endings: ReadonlyArray<Ending>) =>
  endings.toSorted(({ run: one }, { run: other }) => (one.id < other.id ? -1 : 1))

/**
 * The endings of many runs as one statement. A row is found by its key and token alone, which only a RUNNING one has:
 * with the status in the condition as well, a planner with stale statistics walks all that run for each.
 */
export const end = (sql: SqlClient.SqlClient, endings: ReadonlyArray<Ending>) =>
  change(sql, {
    old: sql`(
      SELECT given.*, 'RUNNING' AS previous FROM jsonb_to_recordset(
        ${json(sorted(endings).map((ending) => ({ ...ending.run, ...outcome(ending) })))}::jsonb
      ) AS given (id uuid, token bigint, status text, result jsonb, artifacts uuid[], cfdi_uuid uuid, receiver_rfc bytea,
                  code text, reason text, decisive boolean, delay float8, failures int)
      OFFSET 0) AS old`,
    where: sql`t.token = old.token AND (old.failures IS DISTINCT FROM 1 OR t.submit_intent_at IS NULL)`,
    set: sql`
      status = old.status, worker_id = NULL,
      run_at = coalesce(now() + make_interval(secs => old.delay), t.run_at),
      attempt = t.attempt + coalesce(old.failures, 0), retry_count = t.retry_count + coalesce(old.failures, 0),
      result = CASE WHEN old.result IS NULL THEN t.result ELSE old.result || jsonb_build_object('artifacts', coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'filename', a.filename, 'size', a.size,
                                            'sha256', a.sha256) ORDER BY a.kind DESC, a.filename)
        FROM artifacts a WHERE a.task_id = t.id AND a.id = ANY(old.artifacts) AND a.kind <> 'screenshot'
      ), '[]')) END,
      cfdi_uuid = coalesce(old.cfdi_uuid, t.cfdi_uuid), receiver_rfc = coalesce(old.receiver_rfc, t.receiver_rfc),
      ${failed(sql, { code: sql`old.code`, reason: sql`old.reason`, decisive: sql`old.status <> 'FAILED' OR old.decisive` })},
      completed_at = CASE WHEN old.delay IS NULL THEN now() END`
  })
