import { SqlClient, SqlSchema } from "@effect/sql"
import { Array as Arr, Cause, Data, Effect, Either, Exit, Schema } from "effect"
import type { UserId } from "../auth/User.ts"
import type { TicketDetails } from "../cfdi/Ticket.ts"
import { Rls } from "../db/Rls.ts"
import { isOutage } from "../http/Outage.ts"
import { DuplicateTicket, IdempotencyMismatch } from "./Errors.ts"
import * as GroupCommit from "./GroupCommit.ts"
import { TaskId } from "./Status.ts"

/** A task that may be inserted, as far as its own text tells. */
export interface Order {
  readonly id: TaskId
  readonly vendorUrl: URL
  readonly ticketDetails: TicketDetails
  readonly ticketKey: string
  readonly cfdiUse: string
  readonly priority: number
  readonly callbackUrl: string | null
  readonly confirmBeforeSubmit: boolean
  readonly retryNotFound: boolean
  readonly idempotencyKey: string | null
  readonly requestHash: string
}

export type Placed = Either.Either<TaskId, DuplicateTicket | IdempotencyMismatch>

interface Batch {
  readonly userId: UserId
  readonly orders: ReadonlyArray<Order>
}

const Standing = Schema.Struct({
  id: TaskId,
  ticketKey: Schema.String,
  idempotencyKey: Schema.NullOr(Schema.String),
  requestHash: Schema.NullOr(Schema.String),
  taken: Schema.Boolean
})

// What an order met when it was inserted may have failed since, and then there is room for it.
class Gone extends Data.TaggedError("Gone") {}

const columns = ({ vendorUrl, ...order }: Order) => ({
  id: order.id,
  vendor_url: vendorUrl.href,
  vendor_host: vendorUrl.host,
  ticket_details: order.ticketDetails,
  ticket_key: order.ticketKey,
  cfdi_use: order.cfdiUse,
  priority: order.priority,
  callback_url: order.callbackUrl,
  confirm_before_submit: order.confirmBeforeSubmit,
  retry_not_found: order.retryNotFound,
  idempotency_key: order.idempotencyKey,
  request_hash: order.requestHash
})

// In one order for all, so that two statements with the same tickets wait for each other and never for one another.
const byUser = (batches: ReadonlyArray<Batch>) =>
  [...Map.groupBy(batches, ({ userId }) => userId)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([user_id, batches]) => ({
      user_id,
      orders: batches
        .flatMap(({ orders }) => orders.map(columns))
        .toSorted((one, other) => (one.ticket_key < other.ticket_key ? -1 : 1))
    }))

/** Takes orders in: each becomes a task, or is told which task has its ticket or its key already. */
export class OrdersRepo extends Effect.Service<OrdersRepo>()("tasks/OrdersRepo", {
  scoped: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const together = (batches: Arr.NonEmptyReadonlyArray<Batch>) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Schema.Struct({ id: TaskId }),
        execute: () => sql`SELECT id FROM place_orders(${JSON.stringify(byUser(batches))}::jsonb) AS id`
      })(undefined).pipe(
        Effect.catchTag("ParseError", Effect.die),
        Effect.map((rows) => {
          const inserted = new Set(rows.map(({ id }) => id))
          return Arr.map(batches, () => Exit.succeed(inserted))
        })
      )

    // Orders that the database refuses must not keep the others from being taken.
    const singly = (batches: Arr.NonEmptyReadonlyArray<Batch>) =>
      Effect.forEach(batches, (batch) =>
        Effect.map(Effect.exit(Effect.orDie(together([batch]))), Exit.flatMap(Arr.headNonEmpty))
      )

    /** Which of the orders, by their ids, are tasks now. Those that come at about the same time share a commit. */
    const insert = yield* GroupCommit.make(
      (batches: Arr.NonEmptyReadonlyArray<Batch>) =>
        Effect.catchIf(
          together(batches),
          (error) => !isOutage(Cause.fail(error)),
          () => singly(batches)
        ).pipe(Effect.orDie),
      { max: 20 }
    )

    const standing = (userId: UserId, orders: ReadonlyArray<Order>) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Standing,
        execute: () => sql`
          SELECT id, ticket_key, idempotency_key, request_hash,
                 status <> 'FAILED' OR failure_code = 'SUBMIT_UNCERTAIN' AS taken
          FROM automation_tasks
          WHERE ticket_key = ANY(${orders.map((order) => order.ticketKey)}::text[])
             OR idempotency_key = ANY(${orders.map((order) => order.idempotencyKey)}::text[])`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), rls.asUser(userId))

    const judge = (order: Order, rows: ReadonlyArray<typeof Standing.Type>): Effect.Effect<Placed, Gone> => {
      const same = rows.find((row) => row.idempotencyKey !== null && row.idempotencyKey === order.idempotencyKey)
      if (same !== undefined) {
        return Effect.succeed(
          same.requestHash === order.requestHash ? Either.right(same.id) : Either.left(new IdempotencyMismatch())
        )
      }
      const rival = rows.find((row) => row.taken && row.ticketKey === order.ticketKey)
      return rival === undefined ? new Gone() : Effect.succeed(Either.left(new DuplicateTicket({ task_id: rival.id })))
    }

    const once = Effect.fnUntraced(function* (userId: UserId, order: Order) {
      const inserted = yield* insert({ userId, orders: [order] })
      return inserted.has(order.id) ? Either.right(order.id) : yield* judge(order, yield* standing(userId, [order]))
    })

    const anew = (userId: UserId, order: Order) =>
      Effect.retry(once(userId, order), { while: (error) => error._tag === "Gone", times: 5 })

    /** All in one statement; what each of them came to, in their order. */
    const place = Effect.fn("OrdersRepo.place")(function* (userId: UserId, orders: ReadonlyArray<Order>) {
      const inserted = yield* insert({ userId, orders })
      const refused = orders.filter((order) => !inserted.has(order.id))
      const rows = refused.length === 0 ? [] : yield* standing(userId, refused)
      return yield* Effect.forEach(orders, (order) =>
        inserted.has(order.id)
          ? Effect.succeed<Placed>(Either.right(order.id))
          : Effect.catchTag(judge(order, rows), "Gone", () => anew(userId, order))
      )
    }, Effect.orDie)

    return { place } as const
  })
}) {}
