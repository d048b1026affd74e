import { HttpApiError } from "@effect/platform"
import { Array as Arr, Effect, Either, ParseResult, Schema } from "effect"
import type { UserId } from "../auth/User.ts"
import { Egress } from "../egress/Egress.ts"
import { judged } from "../egress/UrlRefused.ts"
import { Profiles } from "../profile/Profiles.ts"
import * as TaskTrace from "../telemetry/TaskTrace.ts"
import { Intake } from "./Intake.ts"
import { type BatchItem, type Created, NewTask, requestHash, ticketKey } from "./NewTask.ts"
import { type Order, OrdersRepo } from "./OrdersRepo.ts"
import { TaskId } from "./Status.ts"
import { Wakeup } from "./Wakeup.ts"

/** Takes orders from users: what can be judged of one without visiting the portal is judged here. */
export class Orders extends Effect.Service<Orders>()("tasks/Orders", {
  effect: Effect.gen(function* () {
    const repo = yield* OrdersRepo
    const profiles = yield* Profiles
    const egress = yield* Egress
    const intake = yield* Intake
    const wakeup = yield* Wakeup

    type Profile = ReturnType<typeof profiles.complete>

    const order = Effect.fnUntraced(function* (task: NewTask, profile: (cfdiUse?: string) => Profile, key?: string) {
      const url = yield* judged(egress, "/vendor_url", task.vendor_url)
      const callback =
        task.callback_url === undefined ? null : yield* judged(egress, "/callback_url", task.callback_url)
      const { cfdiUse } = yield* profile(task.cfdi_use)
      const order: Order = {
        id: TaskId.make(Bun.randomUUIDv7()),
        vendorUrl: url,
        ticketDetails: task.ticket_details,
        ticketKey: ticketKey(url, task.ticket_details),
        cfdiUse,
        priority: task.priority ?? 0,
        callbackUrl: callback?.href ?? null,
        confirmBeforeSubmit: task.confirm_before_submit ?? false,
        retryNotFound: task.retry_not_found ?? false,
        idempotencyKey: key ?? null,
        requestHash: requestHash(task)
      }
      return order
    })

    const created = (taskId: TaskId): Created => ({ taskId, status: "PENDING" })

    const place = Effect.fn("Orders.place")(function* (userId: UserId, task: NewTask, key?: string) {
      yield* intake.check
      const ready = yield* order(task, (use) => profiles.complete(userId, use), key)
      yield* Effect.linkSpanCurrent(TaskTrace.of(ready.id))
      const placed = yield* repo.place(userId, [ready])
      yield* wakeup.announce
      return created(
        yield* Effect.all(placed).pipe(Effect.flatMap(Arr.head), Effect.catchTag("NoSuchElementException", Effect.die))
      )
    })

    const decoded = (index: number, task: unknown) =>
      Schema.decodeUnknown(NewTask)(task).pipe(
        Effect.mapError(({ issue }) => ParseResult.parseError(new ParseResult.Pointer(["tasks", index], task, issue))),
        Effect.catchAll(HttpApiError.HttpApiDecodeError.refailParseError)
      )

    /** Each for itself: what is wrong with one order stops no other. */
    const placeAll = Effect.fn("Orders.placeAll")(function* (userId: UserId, tasks: ReadonlyArray<unknown>) {
      yield* intake.check
      const profile = yield* Effect.cachedFunction((use?: string) => profiles.complete(userId, use))
      const judged = yield* Effect.forEach(tasks, (task, index) =>
        Effect.either(Effect.flatMap(decoded(index, task), (task) => order(task, profile)))
      )
      const ready = Arr.getRights(judged)
      const placed = yield* repo.place(userId, ready)
      yield* wakeup.announce
      const outcome = new Map(Arr.zip(ready, placed).map(([{ id }, outcome]) => [id, outcome]))
      return judged.map((judgement, index): BatchItem => {
        const result = Either.flatMap(judgement, ({ id }) => outcome.get(id) ?? Either.right(id))
        return Either.match(result, {
          onLeft: (error) => ({ index, error }),
          onRight: (id) => ({ index, ...created(id) })
        })
      })
    })

    return { place, placeAll } as const
  })
}) {}
