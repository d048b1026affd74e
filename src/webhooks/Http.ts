import { HttpApiBuilder } from "@effect/platform"
import { Effect } from "effect"
import { Api } from "../Api.ts"
import { CurrentUser } from "../auth/User.ts"
import { Webhooks } from "./Webhooks.ts"

export const WebhooksHttp = HttpApiBuilder.group(
  Api,
  "webhooks",
  Effect.fnUntraced(function* (handlers) {
    const webhooks = yield* Webhooks
    return handlers
      .handle("list", () => Effect.flatMap(CurrentUser, ({ id }) => webhooks.list(id)))
      .handle("create", ({ payload }) => Effect.flatMap(CurrentUser, ({ id }) => webhooks.create(id, payload)))
      .handle("remove", ({ path }) => Effect.flatMap(CurrentUser, ({ id }) => webhooks.remove(id, path.webhookId)))
      .handle("deliveries", ({ path }) =>
        Effect.flatMap(CurrentUser, ({ id }) => webhooks.deliveries(id, path.webhookId))
      )
      .handle("ping", ({ path }) =>
        Effect.flatMap(CurrentUser, ({ id }) => webhooks.ping(id, path.webhookId)).pipe(
          Effect.as({ message: "Ping queued" } as const)
        )
      )
  })
)
