import { HttpApiError } from "@effect/platform"
import { Array as Arr, Effect, Either, ParseResult, Schema } from "effect"
import type { UserId } from "../auth/User.ts"
import { Egress, type Refusal } from "../egress/Egress.ts"
import { RequestInfo } from "../http/RequestInfo.ts"
import { Profiles } from "../profile/Profiles.ts"
import { UrlRefused } from "./Errors.ts"
import { Intake } from "./Intake.ts"
import { type BatchItem, type Created, NewTask, requestHash, ticketKey } from "./NewTask.ts"
import { type Order, OrdersRepo } from "./OrdersRepo.ts"
import { TaskId } from "./Status.ts"
import { Wakeup } from "./Wakeup.ts"

const refusals: Readonly<Record<Refusal["code"], { readonly es: string; readonly en: string }>> = {
  URL_MALFORMED: { es: "No es una dirección web completa.", en: "This is no complete web address." },
  URL_SCHEME: { es: "Debe empezar con http:// o https://.", en: "This must begin with http:// or https://." },
  URL_CREDENTIALS: { es: "No debe llevar usuario ni contraseña.", en: "This must not hold a user or a password." },
  URL_NOT_PUBLIC: { es: "No es una dirección pública de internet.", en: "This is no public address of the internet." }
}

/** Takes orders from users: what can be judged of one without visiting the portal is judged here. */
export class Orders extends Effect.Service<Orders>()("tasks/Orders", {
  effect: Effect.gen(function* () {
    const repo = yield* OrdersRepo
    const profiles = yield* Profiles
    const egress = yield* Egress
    const intake = yield* Intake
    const wakeup = yield* Wakeup

    const address = Effect.fnUntraced(function* (pointer: string, text: string) {
      const { language } = yield* RequestInfo
      return yield* Effect.mapError(egress.parse(text), ({ code }) => {
        return new UrlRefused({ errors: [{ pointer, code, detail: refusals[code][language] }] })
      })
    })

    type Profile = ReturnType<typeof profiles.complete>

    const order = Effect.fnUntraced(function* (task: NewTask, profile: (cfdiUse?: string) => Profile, key?: string) {
      const url = yield* address("/vendor_url", task.vendor_url)
      const callback = task.callback_url === undefined ? null : yield* address("/callback_url", task.callback_url)
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
      const placed = yield* repo.place(userId, [ready])
      yield* wakeup.signal
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
      yield* wakeup.signal
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
