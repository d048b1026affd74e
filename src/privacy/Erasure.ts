import { Effect, Redacted } from "effect"
import type { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { ArtifactStore } from "../tasks/ArtifactStore.ts"
import { Committed } from "../tasks/Committed.ts"
import * as Receiver from "../tasks/Receiver.ts"
import { TasksRepo } from "../tasks/TasksRepo.ts"
import { Vault } from "../vault/Vault.ts"
import { Audit } from "./Audit.ts"
import { ErasureRepo } from "./ErasureRepo.ts"

/** Erases accounts in two steps: blocked at once, gone as soon as nothing of them is under way. */
export class Erasure extends Effect.Service<Erasure>()("privacy/Erasure", {
  effect: Effect.gen(function* () {
    const repo = yield* ErasureRepo
    const rls = yield* Rls
    const tasks = yield* TasksRepo
    const committed = yield* Committed
    const store = yield* ArtifactStore
    const vault = yield* Vault
    const audit = yield* Audit

    // What somebody has tampered with, or whose key is gone, keeps nobody from being erased.
    const factsOf = (userId: UserId, { id, facts, receiverRfc }: Effect.Effect.Success<Invoices>[number]) =>
      receiverRfc === null
        ? Effect.succeed(facts)
        : vault.decrypt(Receiver.contextOf(userId, id), receiverRfc).pipe(
            Effect.map((rfc) => ({ ...facts, receiver_rfc: Redacted.value(rfc) })),
            Effect.catchTag("DecryptionFailed", ({ message }) =>
              Effect.as(Effect.logError("An invoice's facts are retained without its receiver", message, id), facts)
            )
          )

    // What the tax laws want kept of an invoice, legible to nobody without the key and no longer anybody's.
    const retain = Effect.fnUntraced(function* (userId: UserId, invoice: Effect.Effect.Success<Invoices>[number]) {
      const { cfdiUuid } = invoice
      const facts = yield* factsOf(userId, invoice)
      const id = crypto.randomUUID()
      const sealed = yield* vault.encrypt(
        { user: "", table: "retained_invoices", row: id, column: "facts" },
        Redacted.make(JSON.stringify(facts))
      )
      yield* repo.retain({ id, cfdiUuid, facts: sealed, issuedAt: facts.issued_at })
    })
    type Invoices = ReturnType<typeof repo.invoices>

    // Files go before the rows that know of them: a sweep that ends in between finds them again.
    const erase = Effect.fn("Erasure.erase")(function* (userId: UserId) {
      const invoices = yield* repo.invoices(userId)
      yield* Effect.forEach(invoices, (invoice) => retain(userId, invoice), { discard: true })
      yield* Effect.forEach(yield* repo.files(userId), store.remove, { discard: true })
      yield* audit.recordKeeping(userId, "account.erased", { details: { invoices_retained: invoices.length } })
      yield* repo.remove(userId)
    })

    const eraseAll = Effect.gen(function* () {
      for (const { id } of yield* repo.ready) yield* erase(id)
    })

    /** Erases what is blocked and still. */
    const sweep = Effect.fn("Erasure.sweep")(() => repo.alone(eraseAll))

    const request = Effect.fn("Erasure.request")(function* (userId: UserId) {
      const cancelled = yield* Effect.gen(function* () {
        yield* audit.record(userId, "account.erasure_requested")
        yield* repo.block(userId)
        return yield* tasks.cancelAll(userId)
      }).pipe(rls.asUser(userId))
      yield* committed.publish(cancelled)
      yield* Effect.catchAllCause(sweep(), (cause) =>
        Effect.logError("A blocked account could not be erased yet", cause)
      )
    })

    return { request, sweep, forget: repo.forget } as const
  })
}) {}
