import { HttpApiEndpoint, HttpApiGroup } from "@effect/platform"
import { Schema } from "effect"
import { Authentication } from "../auth/Authentication.ts"
import { UrlRefused } from "../egress/UrlRefused.ts"
import { pathId } from "../http/PathId.ts"
import {
  CreatedWebhook,
  Delivery,
  NewWebhook,
  TooManyWebhooks,
  Webhook,
  WebhookId,
  WebhookNotFound
} from "./Webhook.ts"

const webhookId = pathId("webhookId", WebhookId)

export class WebhooksApi extends HttpApiGroup.make("webhooks")
  .add(HttpApiEndpoint.get("list")`/webhooks`.addSuccess(Schema.Array(Webhook)))
  .add(
    HttpApiEndpoint.post("create")`/webhooks`
      .setPayload(NewWebhook)
      .addSuccess(CreatedWebhook, { status: 201 })
      .addError(UrlRefused)
      .addError(TooManyWebhooks)
  )
  .add(
    HttpApiEndpoint.del("remove")`/webhooks/${webhookId}`
      .addSuccess(Schema.Void, { status: 204 })
      .addError(WebhookNotFound)
  )
  .add(
    HttpApiEndpoint.get("deliveries")`/webhooks/${webhookId}/deliveries`
      .addSuccess(Schema.Array(Delivery))
      .addError(WebhookNotFound)
  )
  .add(
    HttpApiEndpoint.post("ping")`/webhooks/${webhookId}/ping`
      .addSuccess(Schema.Struct({ message: Schema.Literal("Ping queued") }), { status: 202 })
      .addError(WebhookNotFound)
  )
  .middleware(Authentication) {}
