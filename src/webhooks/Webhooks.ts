import { randomBytes } from "node:crypto"
import { Effect, Redacted } from "effect"
import type { UserId } from "../auth/User.ts"
import { Egress } from "../egress/Egress.ts"
import { judged } from "../egress/UrlRefused.ts"
import { Vault } from "../vault/Vault.ts"
import { type NewWebhook, TooManyWebhooks, WebhookId, WebhookNotFound } from "./Webhook.ts"
import { WebhooksRepo } from "./WebhooksRepo.ts"

/** Where a webhook's secret is at home. */
export const secretOf = (user: UserId, id: WebhookId) => ({ user, table: "webhooks", row: id, column: "secret" })

/** Whom a user has told to when their tasks change. */
export class Webhooks extends Effect.Service<Webhooks>()("webhooks/Webhooks", {
  effect: Effect.gen(function* () {
    const repo = yield* WebhooksRepo
    const egress = yield* Egress
    const vault = yield* Vault

    const create = Effect.fn("Webhooks.create")(function* (userId: UserId, { events, url: given }: NewWebhook) {
      const { href: url } = yield* judged(egress, "/url", given)
      const id = WebhookId.make(Bun.randomUUIDv7())
      // Standard Webhooks' own form of a secret, of the length that it recommends at least.
      const secret = Redacted.make(`whsec_${randomBytes(32).toString("base64")}`)
      const sealed = yield* vault.encrypt(secretOf(userId, id), secret)
      if (!(yield* repo.insert(userId, { id, url, events, secret: sealed }))) return yield* new TooManyWebhooks()
      return { id, url, events, secret: Redacted.value(secret) }
    })

    const existing = (found: boolean) => (found ? Effect.void : new WebhookNotFound())

    const remove = Effect.fn("Webhooks.remove")((userId: UserId, id: WebhookId) =>
      Effect.flatMap(repo.remove(userId, id), existing)
    )

    /** A delivery like any other, of type `ping`; it also shows whether a disabled receiver is back, and enables it. */
    const ping = Effect.fn("Webhooks.ping")((userId: UserId, id: WebhookId) =>
      Effect.flatMap(repo.ping(userId, id), existing)
    )

    const deliveries = Effect.fn("Webhooks.deliveries")(function* (userId: UserId, id: WebhookId) {
      yield* existing(yield* repo.exists(userId, id))
      return yield* repo.deliveries(userId, id)
    })

    return { list: repo.list, create, remove, ping, deliveries } as const
  })
}) {}
