import { SqlClient, SqlSchema } from "@effect/sql"
import { Data, Effect, Either, Schema } from "effect"
import type { UserId } from "../auth/User.ts"
import type { TicketDetails } from "../cfdi/Ticket.ts"
import { Rls } from "../db/Rls.ts"
import { DuplicateTicket, IdempotencyMismatch } from "./Errors.ts"
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

const Standing = Schema.Struct({
  id: TaskId,
  ticketKey: Schema.String,
  idempotencyKey: Schema.NullOr(Schema.String),
  requestHash: Schema.NullOr(Schema.String),
  taken: Schema.Boolean
})

// What an order met when it was inserted may have failed since, and then there is room for it.
class Gone extends Data.TaggedError("Gone") {}

/** Takes orders in: each becomes a task, or is told which task has its ticket or its key already. */
export class OrdersRepo extends Effect.Service<OrdersRepo>()("tasks/OrdersRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const row = (userId: UserId) => (order: Order) => ({
      ...order,
      userId,
      vendorUrl: order.vendorUrl.href,
      vendorHost: order.vendorUrl.host,
      ticketDetails: JSON.stringify(order.ticketDetails)
    })

    const insert = (userId: UserId, orders: ReadonlyArray<Order>) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Schema.Struct({ id: TaskId }),
        execute: () =>
          sql`INSERT INTO automation_tasks ${sql.insert(orders.map(row(userId)))} ON CONFLICT DO NOTHING RETURNING id`
      })(undefined)

    const standing = (orders: ReadonlyArray<Order>) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Standing,
        execute: () => sql`
          SELECT id, ticket_key, idempotency_key, request_hash,
                 status <> 'FAILED' OR failure_code = 'SUBMIT_UNCERTAIN' AS taken
          FROM automation_tasks
          WHERE ticket_key = ANY(${orders.map((order) => order.ticketKey)}::text[])
             OR idempotency_key = ANY(${orders.map((order) => order.idempotencyKey)}::text[])`
      })(undefined)

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

    // In one order for all, so that two batches with the same tickets wait for each other and never for one another.
    const sorted = (orders: ReadonlyArray<Order>) =>
      orders.toSorted((one, other) => (one.ticketKey < other.ticketKey ? -1 : 1))

    const placing = Effect.fnUntraced(function* (userId: UserId, orders: ReadonlyArray<Order>) {
      const inserted = new Set((yield* insert(userId, sorted(orders))).map((row) => row.id))
      const refused = orders.filter((order) => !inserted.has(order.id))
      const rows = refused.length === 0 ? [] : yield* standing(refused)
      return yield* Effect.forEach(orders, (order) =>
        inserted.has(order.id) ? Effect.succeed<Placed>(Either.right(order.id)) : judge(order, rows)
      )
    })

    /** All in one statement; what each of them came to, in their order. */
    const place = Effect.fn("OrdersRepo.place")((userId: UserId, orders: ReadonlyArray<Order>) =>
      // There is no statement that inserts nothing.
      orders.length === 0
        ? Effect.succeed<ReadonlyArray<Placed>>([])
        : placing(userId, orders).pipe(
            Effect.catchTag("ParseError", Effect.die),
            rls.asUser(userId),
            Effect.retry({ while: (error) => error._tag === "Gone", times: 5 }),
            Effect.orDie
          )
    )

    return { place } as const
  })
}) {}
