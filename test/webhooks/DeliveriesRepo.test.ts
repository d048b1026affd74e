import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Array as Arr, Duration, Effect, Layer } from "effect"
import { Rls } from "../../src/db/Rls.ts"
import { DeliveriesRepo } from "../../src/webhooks/DeliveriesRepo.ts"
import { WebhookId } from "../../src/webhooks/Webhook.ts"
import { WebhooksRepo } from "../../src/webhooks/WebhooksRepo.ts"
import * as it from "../lib/effect.ts"
import { PgTest } from "../lib/postgres.ts"
import { addUser } from "../tasks/lib/Fixtures.ts"

const ReposTest = Layer.merge(DeliveriesRepo.Default, WebhooksRepo.Default).pipe(
  Layer.provideMerge(Rls.Default),
  Layer.provideMerge(PgTest)
)

it.layer(ReposTest)("the queue of deliveries", (it) => {
  it.live("gives each to one claimer until its lease is over, and then hears nothing of the first any more", () =>
    Effect.gen(function* () {
      const repo = yield* DeliveriesRepo
      const webhooks = yield* WebhooksRepo
      const sql = yield* SqlClient.SqlClient
      const userId = yield* addUser
      const id = WebhookId.make(crypto.randomUUID())
      const secret = new Uint8Array([1, 2, 3])
      yield* webhooks.insert(userId, { id, url: "https://hooks.example.mx/", events: ["task.completed"], secret })
      yield* Effect.forEach(Arr.range(1, 30), () => webhooks.ping(userId, id))

      const claim = repo.claim(20, Duration.minutes(1))
      const claimed = Arr.flatten(yield* Effect.all([claim, claim], { concurrency: "unbounded" }))
      expect(new Set(claimed.map((due) => due.id)).size).toBe(30)
      expect(claimed[0]).toMatchObject({ userId, webhookId: id, attempt: 1, keys: [id] })
      expect([...(claimed[0]?.secrets[0] ?? [])]).toEqual([...secret])
      expect(yield* claim).toEqual([])

      yield* sql`UPDATE webhook_deliveries SET run_at = now() - interval '1 second'`
      const [again] = yield* repo.claim(1, Duration.minutes(1))
      const stale = yield* Effect.fromNullable(claimed.find((due) => due.id === again?.id))
      expect(again?.attempt).toBe(2)
      yield* repo.delivered(stale, { status: 204, error: null })
      yield* repo.failed(stale, { status: 500, error: null }, null)
      const [row] = yield* sql`SELECT status, attempt FROM webhook_deliveries WHERE id = ${stale.id}`
      expect(row).toEqual({ status: "PENDING", attempt: 2 })
    })
  )
})
