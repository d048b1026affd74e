import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Schema } from "effect"
import type { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { Delivery, most, Webhook, type WebhookEvent, type WebhookId } from "./Webhook.ts"

interface Row {
  readonly id: WebhookId
  readonly url: string
  readonly events: ReadonlyArray<WebhookEvent>
  readonly secret: Uint8Array
}

/** A user's webhooks and what was delivered to them. PostgreSQL writes the JSON that users see. */
export class WebhooksRepo extends Effect.Service<WebhooksRepo>()("webhooks/WebhooksRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const some = Effect.map((rows: ReadonlyArray<unknown>) => rows.length > 0)

    /** False where the user has as many as they may. */
    const insert = Effect.fn("WebhooksRepo.insert")((userId: UserId, { events, id, secret, url }: Row) =>
      sql`
        INSERT INTO webhooks (id, user_id, url, events, secret)
        SELECT ${id}::uuid, ${userId}::uuid, ${url}, ${[...events]}::text[], ${Buffer.from(secret)}::bytea
        WHERE (SELECT count(*) FROM webhooks) < ${most} RETURNING id`.pipe(some, rls.asUser(userId))
    )

    const list = Effect.fn("WebhooksRepo.list")((userId: UserId) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Schema.Struct({ view: Webhook }),
        execute: () => sql`
          SELECT to_jsonb(w) AS view FROM (
            SELECT id, url, events, created_at, disabled_at FROM webhooks ORDER BY created_at, id) w`
      })(undefined).pipe(
        Effect.map((rows) => rows.map(({ view }) => view)),
        Effect.catchTag("ParseError", Effect.die),
        rls.asUser(userId)
      )
    )

    const exists = Effect.fn("WebhooksRepo.exists")((userId: UserId, id: WebhookId) =>
      sql`SELECT id FROM webhooks WHERE id = ${id}`.pipe(some, rls.asUser(userId))
    )

    const remove = Effect.fn("WebhooksRepo.remove")((userId: UserId, id: WebhookId) =>
      sql`DELETE FROM webhooks WHERE id = ${id} RETURNING id`.pipe(some, rls.asUser(userId))
    )

    const ping = Effect.fn("WebhooksRepo.ping")((userId: UserId, id: WebhookId) =>
      sql`
        INSERT INTO webhook_deliveries (user_id, webhook_id, type, body)
        SELECT user_id, id, 'ping', jsonb_build_object('type', 'ping', 'timestamp',
          to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'data', '{}'::jsonb)::text
        FROM webhooks WHERE id = ${id} RETURNING id`.pipe(some, rls.asUser(userId))
    )

    /** The latest hundred. */
    const deliveries = Effect.fn("WebhooksRepo.deliveries")((userId: UserId, id: WebhookId) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Schema.Struct({ view: Delivery }),
        execute: () => sql`
          SELECT to_jsonb(d) AS view FROM (
            SELECT id, type, status, attempt, response_status, error, created_at,
                   CASE WHEN status = 'PENDING' THEN run_at END AS next_attempt_at
            FROM webhook_deliveries WHERE webhook_id = ${id} ORDER BY created_at DESC, id LIMIT 100) d`
      })(undefined).pipe(
        Effect.map((rows) => rows.map(({ view }) => view)),
        Effect.catchTag("ParseError", Effect.die),
        rls.asUser(userId)
      )
    )

    return { insert, list, exists, remove, ping, deliveries } as const
  })
}) {}
