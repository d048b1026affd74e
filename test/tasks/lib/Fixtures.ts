import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Duration, Effect, Either } from "effect"
import { UserId } from "../../../src/auth/User.ts"
import { Rls } from "../../../src/db/Rls.ts"
import { noFloor } from "../../../src/tasks/Claim.ts"
import { ticketKey } from "../../../src/tasks/NewTask.ts"
import { type Order, OrdersRepo } from "../../../src/tasks/OrdersRepo.ts"
import { QueueRepo } from "../../../src/tasks/QueueRepo.ts"
import { TaskId } from "../../../src/tasks/Status.ts"
import { TaskViews } from "../../../src/tasks/TaskViews.ts"

/** An account with nothing but its row. */
export const addUser = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const rls = yield* Rls
  const id = UserId.make(crypto.randomUUID())
  yield* rls.asUser(id)(sql`INSERT INTO users ${sql.insert({ id, email: `${id}@example.mx`, passwordHash: "x" })}`)
  return id
})

const portal = new URL("https://portal.example.mx/factura")

export const orderOf = (given: Partial<Order> = {}): Order => {
  const ticketDetails = given.ticketDetails ?? { Folio: crypto.randomUUID(), Total: "116.00" }
  const vendorUrl = given.vendorUrl ?? portal
  return {
    id: TaskId.make(Bun.randomUUIDv7()),
    vendorUrl,
    ticketDetails,
    ticketKey: ticketKey(vendorUrl, ticketDetails),
    cfdiUse: "G03",
    priority: 0,
    callbackUrl: null,
    confirmBeforeSubmit: false,
    retryNotFound: false,
    idempotencyKey: null,
    requestHash: "x",
    ...given
  }
}

/** A PENDING task of the user. */
export const addTask = Effect.fnUntraced(function* (userId: UserId, given: Partial<Order> = {}) {
  const [placed] = yield* (yield* OrdersRepo).place(userId, [orderOf(given)])
  if (placed === undefined) throw new Error("nothing was placed")
  return Either.getOrThrow(placed)
})

/** A worker with a lease of half a minute and no fibers. */
export const addWorker = Effect.gen(function* () {
  const id = crypto.randomUUID()
  yield* (yield* QueueRepo).register(id, Duration.seconds(30))
  return id
})

export const claimFor = Effect.fnUntraced(function* (
  workerId: string,
  {
    free = 100,
    perUser = 100,
    held = [] as ReadonlyArray<TaskId>,
    affinity = Duration.seconds(5),
    served = [] as ReadonlyArray<UserId>,
    floor = noFloor
  } = {}
) {
  const claimed = yield* (yield* QueueRepo).claim({ workerId, free, perUser, held, affinity, served, floor })
  return claimed.map(({ claim }) => claim)
})

/** The only claim there is. */
export const claimOne = Effect.fnUntraced(function* (workerId: string) {
  const [claim, ...others] = yield* claimFor(workerId)
  if (claim === undefined || others.length > 0) throw new Error(`${others.length + (claim ? 1 : 0)} claims`)
  return claim
})

/** Every event of the task in order; their numbers are checked to be 1, 2, 3 … */
export const logOf = Effect.fnUntraced(function* (userId: UserId, id: TaskId) {
  const events = yield* (yield* TaskViews).events(userId, id, 0, 10_000)
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1))
  return events
})

export const statusesOf = (userId: UserId, id: TaskId) =>
  Effect.map(logOf(userId, id), (events) => events.flatMap((event) => (event.type === "status" ? [event.status] : [])))
