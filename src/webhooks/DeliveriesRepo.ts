import { SqlClient, SqlSchema } from "@effect/sql"
import { Duration, Effect, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { interval } from "../tasks/Transition.ts"
import { WebhookId } from "./Webhook.ts"

/** A delivery that this process is to make now. */
export const Due = Schema.Struct({
  id: Schema.UUID,
  userId: UserId,
  webhookId: Schema.NullOr(WebhookId),
  /** Counts this one; also the fence: what is written of an older attempt matches no row. */
  attempt: Schema.Int,
  url: Schema.URL,
  body: Schema.String,
  /** What it is signed with: a webhook's own secret, or for a callback those of all webhooks that its user has. */
  keys: Schema.Array(WebhookId),
  secrets: Schema.Array(Schema.Uint8ArrayFromSelf)
})
export type Due = typeof Due.Type

/** What came back, or why nothing did. */
export interface Answer {
  readonly status: number | null
  readonly error: "NOT_PUBLIC" | "HOST_UNKNOWN" | "NO_ANSWER" | null
}

/** Nothing was delivered to a webhook for this long: it is disabled. */
const patience = Duration.days(3)
const kept = Duration.days(30)

/** The queue of deliveries: claimed by a lease, ended by one statement. The clock is the database's. */
export class DeliveriesRepo extends Effect.Service<DeliveriesRepo>()("webhooks/DeliveriesRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    /** Up to `free` deliveries; a process that dies with them leaves them to the next one when `lease` is over. */
    const claim = Effect.fn("DeliveriesRepo.claim")((free: number, lease: Duration.Duration) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Due,
        execute: () => sql`
          WITH due AS (
            SELECT id FROM webhook_deliveries WHERE status = 'PENDING' AND run_at <= now()
            ORDER BY run_at LIMIT ${free} FOR UPDATE SKIP LOCKED
          ), claimed AS (
            UPDATE webhook_deliveries d SET attempt = d.attempt + 1, run_at = now() + ${interval(sql, lease)}
            FROM due WHERE d.id = due.id RETURNING d.*
          )
          SELECT c.id, c.user_id, c.webhook_id, c.attempt, c.body,
                 coalesce(c.callback_url, (SELECT url FROM webhooks w WHERE w.id = c.webhook_id)) AS url,
                 coalesce(k.keys, '{}') AS keys, coalesce(k.secrets, '{}') AS secrets
          FROM claimed c CROSS JOIN LATERAL (
            SELECT array_agg(w.id ORDER BY w.id) AS keys, array_agg(w.secret ORDER BY w.id) AS secrets FROM webhooks w
            WHERE w.user_id = c.user_id AND (c.webhook_id IS NULL OR w.id = c.webhook_id)
          ) k`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), rls.asWorker)
    )

    const mine = ({ attempt, id }: Due) => sql`id = ${id} AND attempt = ${attempt} AND status = 'PENDING'`

    const delivered = Effect.fn("DeliveriesRepo.delivered")((due: Due, { status }: Answer) =>
      rls.asWorker(sql`
        WITH ended AS (
          UPDATE webhook_deliveries SET status = 'DELIVERED', response_status = ${status}, error = NULL, ended_at = now()
          WHERE ${mine(due)} RETURNING webhook_id
        )
        UPDATE webhooks w SET failing_since = NULL, disabled_at = NULL FROM ended
        WHERE w.id = ended.webhook_id AND (w.failing_since IS NOT NULL OR w.disabled_at IS NOT NULL)`)
    )

    /** To be tried again after `delay`, or not any more. */
    const failed = Effect.fn("DeliveriesRepo.failed")(
      (due: Due, { error, status }: Answer, delay: Duration.Duration | null) =>
        rls.asWorker(
          Effect.all(
            [
              sql`
              UPDATE webhook_deliveries SET response_status = ${status}, error = ${error},
                ${delay === null ? sql`status = 'FAILED', ended_at = now()` : sql`run_at = now() + ${interval(sql, delay)}`}
              WHERE ${mine(due)}`,
              sql`
              UPDATE webhooks SET failing_since = coalesce(failing_since, now()),
                disabled_at = CASE WHEN ${status}::int IS NOT DISTINCT FROM 410 OR failing_since < now() - ${interval(sql, patience)}
                  THEN coalesce(disabled_at, now()) ELSE disabled_at END
              WHERE id = ${due.webhookId}`,
              sql`
              UPDATE webhook_deliveries d SET status = 'FAILED', ended_at = now() FROM webhooks w
              WHERE d.webhook_id = ${due.webhookId} AND w.id = d.webhook_id AND w.disabled_at IS NOT NULL
                AND d.status = 'PENDING' AND d.type <> 'ping'`
            ],
            { discard: true }
          )
        )
    )

    const forget = Effect.fn("DeliveriesRepo.forget")(() =>
      rls.asWorker(sql`
        DELETE FROM webhook_deliveries WHERE id IN (
          SELECT id FROM webhook_deliveries WHERE ended_at < now() - ${interval(sql, kept)} LIMIT 1000)`)
    )

    return { claim, delivered, failed, forget } as const
  })
}) {}
