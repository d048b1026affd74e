import { Schema } from "effect"
import { body } from "../http/Body.ts"
import * as Problem from "../Problem.ts"

export const WebhookId = Schema.UUID.pipe(Schema.brand("WebhookId"))
export type WebhookId = typeof WebhookId.Type

/** A task's change of status, named after the one that it has now. */
export const WebhookEvent = Schema.Literal(
  "task.pending",
  "task.running",
  "task.paused",
  "task.intervention_needed",
  "task.completed",
  "task.failed"
)
export type WebhookEvent = typeof WebhookEvent.Type

/** What most receivers want: the ends of a task, and when its user is needed. */
const usual: ReadonlyArray<WebhookEvent> = ["task.completed", "task.failed", "task.intervention_needed"]

export const NewWebhook = body({
  url: Schema.String.pipe(Schema.minLength(1), Schema.maxLength(2048)),
  events: Schema.optionalWith(Schema.Array(WebhookEvent).pipe(Schema.minItems(1), Schema.maxItems(20)), {
    default: () => usual
  })
}).annotations({ identifier: "NewWebhook" })
export type NewWebhook = typeof NewWebhook.Type

const shown = { id: WebhookId, url: Schema.String, events: Schema.Array(WebhookEvent) }

/** As it is told once: the secret is not shown again. */
export const CreatedWebhook = Schema.Struct({ ...shown, secret: Schema.String }).annotations({
  identifier: "CreatedWebhook"
})

export const Webhook = Schema.Struct({
  ...shown,
  created_at: Schema.DateTimeUtc,
  /** Since when nothing is delivered any more, because nothing could be for days or the receiver said 410. */
  disabled_at: Schema.NullOr(Schema.DateTimeUtc)
}).annotations({ identifier: "Webhook" })
export type Webhook = typeof Webhook.Type

export const Delivery = Schema.Struct({
  id: Schema.UUID,
  type: Schema.String,
  status: Schema.Literal("PENDING", "DELIVERED", "FAILED"),
  attempt: Schema.Int,
  response_status: Schema.NullOr(Schema.Int),
  error: Schema.NullOr(Schema.String),
  created_at: Schema.DateTimeUtc,
  next_attempt_at: Schema.NullOr(Schema.DateTimeUtc)
}).annotations({ identifier: "WebhookDelivery" })
export type Delivery = typeof Delivery.Type

export class WebhookNotFound extends Problem.make<WebhookNotFound>()("WebhookNotFound", {
  status: 404,
  code: "WEBHOOK_NOT_FOUND",
  es: "No existe ese webhook.",
  en: "There is no such webhook."
}) {}

export const most = 20

export class TooManyWebhooks extends Problem.make<TooManyWebhooks>()("TooManyWebhooks", {
  status: 409,
  code: "TOO_MANY_WEBHOOKS",
  es: `Ya tiene ${most} webhooks: elimine uno antes.`,
  en: `You have ${most} webhooks already: delete one first.`
}) {}
