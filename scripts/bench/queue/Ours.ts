import { BunContext } from "@effect/platform-bun"
import { SqlClient } from "@effect/sql"
import { Array as Arr, ConfigProvider, Effect, Layer, Logger, LogLevel, Redacted, Ref, Schema } from "effect"
import { Agent } from "../../../src/agent/Agent.ts"
import { UserId } from "../../../src/auth/User.ts"
import { FiscalProfile } from "../../../src/cfdi/FiscalProfile.ts"
import { SatStatusLive } from "../../../src/cfdi/SatStatus.ts"
import { DataDir } from "../../../src/db/DataDir.ts"
import { Rls } from "../../../src/db/Rls.ts"
import { SqlLive } from "../../../src/db/Sql.ts"
import { WorkerSql } from "../../../src/db/WorkerSql.ts"
import { Egress } from "../../../src/egress/Egress.ts"
import { Readiness } from "../../../src/http/Readiness.ts"
import { Audit } from "../../../src/privacy/Audit.ts"
import { Profiles } from "../../../src/profile/Profiles.ts"
import { Artifacts } from "../../../src/tasks/Artifacts.ts"
import { BrowserSessions } from "../../../src/tasks/BrowserSessions.ts"
import { Committed } from "../../../src/tasks/Committed.ts"
import { Desk } from "../../../src/tasks/Desk.ts"
import { HandRepo } from "../../../src/tasks/HandRepo.ts"
import { Intake } from "../../../src/tasks/Intake.ts"
import { Interventions } from "../../../src/tasks/Interventions.ts"
import { InterventionsRepo } from "../../../src/tasks/InterventionsRepo.ts"
import { ticketKey } from "../../../src/tasks/NewTask.ts"
import { NoticesLive } from "../../../src/tasks/Notices.ts"
import { type Order, OrdersRepo } from "../../../src/tasks/OrdersRepo.ts"
import { Queue } from "../../../src/tasks/Queue.ts"
import { QueueRepo } from "../../../src/tasks/QueueRepo.ts"
import { Remembered } from "../../../src/tasks/Remembered.ts"
import { Run } from "../../../src/tasks/Run.ts"
import { RunRepo } from "../../../src/tasks/RunRepo.ts"
import { Stages } from "../../../src/tasks/Stages.ts"
import { TaskId } from "../../../src/tasks/Status.ts"
import { TasksRepo } from "../../../src/tasks/TasksRepo.ts"
import { Wakeup } from "../../../src/tasks/Wakeup.ts"
import { Keyring, makeKeyring } from "../../../src/vault/Keyring.ts"
import { Vault } from "../../../src/vault/Vault.ts"
import { VendorCredentials } from "../../../src/vault/VendorCredentials.ts"
import { VendorDomain } from "../../../src/vault/VendorDomain.ts"
import type { Contestant } from "./Contestant.ts"

const slots = 200
const vendorUrl = new URL("https://portal.example.mx/factura")

const profile = Schema.decodeSync(FiscalProfile)({
  rfc: "EKU9003173C9",
  fullName: "ESCUELA KEMPER URGATE",
  fiscalRegime: "601",
  postalCode: "42501",
  cfdiUse: "G03",
  email: "ana@example.mx"
})

const orderOf = (sentAt: number): Order => {
  const ticketDetails = { Folio: crypto.randomUUID(), sent: String(sentAt) }
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
    requestHash: "x"
  }
}

const KeyringBench = Layer.effect(
  Keyring,
  Effect.orDie(makeKeyring(Redacted.make(`1:${Buffer.alloc(32, 7).toString("base64")}`)))
)

const environment = (url: string, perUser: number) =>
  Layer.setConfigProvider(
    ConfigProvider.fromMap(
      new Map([
        ["DATABASE_URL", url],
        ["WORKER_CONCURRENCY", String(slots)],
        ["USER_CONCURRENCY", String(perUser)]
      ])
    )
  )

export const Ground = Layer.mergeAll(
  TasksRepo.Default,
  OrdersRepo.Default,
  QueueRepo.Default,
  RunRepo.Default,
  HandRepo.Default,
  BrowserSessions.Default,
  InterventionsRepo.Default
).pipe(
  Layer.provide(WorkerSql.Default),
  Layer.provideMerge(Layer.merge(Rls.Default, Vault.Default.pipe(Layer.provide(KeyringBench)))),
  Layer.provideMerge(Readiness.Default),
  Layer.provideMerge(SqlLive.pipe(Layer.provide(DataDir.Default), Layer.provide(BunContext.layer))),
  Layer.provideMerge(Layer.mergeAll(Committed.Default, Wakeup.Default, Intake.Default))
)

const worker = (ran: (sentAt: number) => void) =>
  Layer.merge(Queue.Default, NoticesLive).pipe(
    Layer.provide(Run.Default.pipe(Layer.provide(SatStatusLive))),
    Layer.provide(Desk.Default),
    // No job of the bench has a file.
    Layer.provide(Layer.mock(Artifacts, { _tag: "tasks/Artifacts", kept: () => Effect.succeed([]) })),
    Layer.provide([Interventions.Default, Stages.Default]),
    Layer.provide(Remembered.Default),
    Layer.provide(VendorCredentials.Default),
    Layer.provide([Audit.Default, VendorDomain.Default.pipe(Layer.provide(Egress.Default))]),
    Layer.provide(
      Layer.succeed(
        Agent,
        Agent.make({
          run: ({ ticket }) =>
            Effect.sync(() => {
              ran(Number(ticket.sent))
              return { delivery: "email", warnings: [], artifacts: [] }
            })
        })
      )
    ),
    // What a job does with its user is no part of the queue.
    Layer.provide(
      Layer.mock(Profiles, {
        _tag: "profile/Profiles",
        complete: () => Effect.succeed(profile),
        forRun: () => Effect.succeed({ profile, details: {} })
      })
    )
  )

export const addUsers = Effect.fnUntraced(function* (count: number) {
  const sql = yield* SqlClient.SqlClient
  const ids = Arr.makeBy(count, () => UserId.make(crypto.randomUUID()))
  yield* sql`INSERT INTO users ${sql.insert(ids.map((id) => ({ id, email: `${id}@example.mx`, passwordHash: "x" })))}`
  return ids
})

export const addTasks = Effect.fnUntraced(function* (user: UserId, count: number) {
  const orders = yield* OrdersRepo
  const chunks = Arr.chunksOf(
    Arr.makeBy(count, () => orderOf(0)),
    100
  )
  yield* Effect.forEach(chunks, (chunk) => orders.place(user, chunk), { discard: true })
})

/** Timbra's own queue: claims, runs and ends through every layer of the product, with the history of each task kept. */
export const ours = (url: string, { users: most }: { readonly users: number }) =>
  Effect.gen(function* () {
    const perUser = most === 1 ? slots : 2
    const ground = yield* Layer.build(Ground.pipe(Layer.provide(environment(url, perUser))))
    const one = yield* Ref.make(yield* Effect.map(Effect.provide(addUsers(1), ground), ([id]) => id))

    const contestant: Contestant = {
      name: "timbra",
      settings: `${slots} at a time, history kept`,
      fill: (jobs, users) =>
        addUsers(users).pipe(
          Effect.flatMap((ids) => {
            const each = Math.ceil(jobs / users)
            return Effect.forEach(ids, (user) => addTasks(user, each), { concurrency: 4, discard: true })
          }),
          Effect.provide(ground),
          Effect.orDie
        ),
      put: (sentAt) =>
        Effect.gen(function* () {
          const user = yield* Ref.get(one)
          if (user !== undefined) yield* (yield* OrdersRepo).place(user, [orderOf(sentAt)])
          yield* (yield* Wakeup).announce
        }).pipe(Effect.provide(ground)),
      work: (ran) =>
        Layer.build(
          worker(ran).pipe(
            Layer.provide(environment(url, perUser)),
            Layer.provide(Logger.minimumLogLevel(LogLevel.Warning))
          )
        ).pipe(Effect.provide(ground), Effect.orDie, Effect.asVoid)
    }
    return contestant
  })
