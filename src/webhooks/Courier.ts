import { DateTime, Duration, Effect, FiberSet, Option, Queue, Redacted, Schedule, Stream } from "effect"
import { Webhook } from "standardwebhooks"
import { Egress } from "../egress/Egress.ts"
import { post } from "../egress/Post.ts"
import { Committed } from "../tasks/Committed.ts"
import { delayAfter } from "../tasks/Retry.ts"
import { Vault } from "../vault/Vault.ts"
import { type Answer, DeliveriesRepo, type Due } from "./DeliveriesRepo.ts"
import { secretOf } from "./Webhooks.ts"

/** Eight attempts over 24 h, each wait a fifth more or less, so that what failed together does not come back together. */
export const attempts = Schedule.fromDelays(
  "5 seconds",
  "1 minute",
  "5 minutes",
  "30 minutes",
  "2 hours",
  "5 hours",
  "16 hours"
).pipe(Schedule.jittered)

const atOnce = 16
const patience = Duration.seconds(15)
// Longer than any attempt takes, so that no other process makes the same one meanwhile.
const lease = Duration.seconds(60)
const poll = Duration.seconds(1)

const isTaken = ({ status }: Answer) => status !== null && status >= 200 && status < 300

/** Delivers webhooks at least once: in the order in which they are due, signed, to public addresses only. */
export class Courier extends Effect.Service<Courier>()("webhooks/Courier", {
  scoped: Effect.gen(function* () {
    const repo = yield* DeliveriesRepo
    const egress = yield* Egress
    const vault = yield* Vault
    const news = yield* (yield* Committed).subscribe
    const fibers = yield* FiberSet.make<void, never>()
    const signals = yield* Queue.sliding<void>(1)
    const signal = Queue.offer(signals, undefined)

    /** One signature for each secret; a receiver looks for one that fits. */
    const signatures = Effect.fnUntraced(function* ({ body, id, keys, secrets, userId }: Due, at: Date) {
      const signed = yield* Effect.forEach(keys, (key, index) =>
        Effect.map(vault.decrypt(secretOf(userId, key), secrets[index] ?? new Uint8Array()), (secret) =>
          new Webhook(Redacted.value(secret)).sign(id, at, body)
        )
      )
      return signed.length === 0 ? {} : { "webhook-signature": signed.join(" ") }
    }, Effect.orDie)

    const attempt = Effect.fn("Courier.attempt")(function* (due: Due) {
      const at = DateTime.toDate(yield* DateTime.now)
      const headers = {
        "content-type": "application/json",
        "user-agent": "Timbra",
        "webhook-id": due.id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        ...(yield* signatures(due, at))
      }
      const none = (error: Answer["error"]) => Effect.succeed<Answer>({ status: null, error })
      return yield* post(egress, { url: due.url, headers, body: due.body, timeout: patience }).pipe(
        Effect.map((status): Answer => ({ status, error: null })),
        Effect.catchTags({
          EgressRefused: () => none("NOT_PUBLIC"),
          HostUnknown: () => none("HOST_UNKNOWN"),
          Unanswered: () => none("NO_ANSWER")
        })
      )
    })

    const deliver = Effect.fn("Courier.deliver")(function* (due: Due) {
      const answer = yield* attempt(due)
      if (isTaken(answer)) return yield* repo.delivered(due, answer)
      const delay = yield* delayAfter(attempts, due.attempt - 1)
      yield* repo.failed(due, answer, Option.getOrNull(delay))
    })

    // One that dies leaves its delivery to the next attempt, when the lease is over.
    const contained = (due: Due) =>
      deliver(due).pipe(
        Effect.asVoid,
        Effect.catchAllCause((cause) => Effect.logError("A delivery failed", cause)),
        Effect.ensuring(signal),
        Effect.annotateLogs({ delivery: due.id })
      )

    const turn = Effect.gen(function* () {
      const free = atOnce - (yield* FiberSet.size(fibers))
      if (free <= 0) return
      const due = yield* repo.claim(free, lease)
      yield* Effect.forEach(due, (one) => FiberSet.run(fibers, contained(one)), { discard: true })
    })

    const loop = (name: string, work: Effect.Effect<unknown>, wait: Effect.Effect<unknown>) =>
      work.pipe(
        Effect.sandbox,
        Effect.catchAll((cause) => Effect.logError(`${name} failed`, cause)),
        Effect.zipRight(wait),
        Effect.forever,
        Effect.annotateLogs({ module: "webhooks/Courier" }),
        Effect.forkScoped
      )

    yield* Stream.fromQueue(news).pipe(
      Stream.filter((event) => event.type === "status"),
      Stream.runForEach(() => signal),
      Effect.forkScoped
    )
    yield* loop("Delivering", turn, Effect.timeoutOption(Queue.take(signals), poll))
    yield* loop("Forgetting", repo.forget(), Effect.sleep("1 hour"))

    return {} as const
  })
}) {}
