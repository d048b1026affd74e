import { FileSystem } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import type { SqlClient } from "@effect/sql"
import type { PgClient } from "@effect/sql-pg"
import {
  ConfigProvider,
  Context,
  Data,
  Duration,
  Effect,
  Queue as Inbox,
  Layer,
  Logger,
  LogLevel,
  Ref,
  Schedule,
  Schema
} from "effect"
import { Agent } from "../../../src/agent/Agent.ts"
import type { AgentError } from "../../../src/agent/AgentError.ts"
import type { Assignment } from "../../../src/agent/Assignment.ts"
import type { Completion } from "../../../src/agent/Completion.ts"
import type { Desk as AgentDesk } from "../../../src/agent/Desk.ts"
import type { UserId } from "../../../src/auth/User.ts"
import { FiscalProfile } from "../../../src/cfdi/FiscalProfile.ts"
import { SatStatusLive } from "../../../src/cfdi/SatStatus.ts"
import { DataDir } from "../../../src/db/DataDir.ts"
import { Rls } from "../../../src/db/Rls.ts"
import { WorkerSql } from "../../../src/db/WorkerSql.ts"
import { Egress } from "../../../src/egress/Egress.ts"
import { Readiness } from "../../../src/http/Readiness.ts"
import { Audit } from "../../../src/privacy/Audit.ts"
import { Profiles } from "../../../src/profile/Profiles.ts"
import { ArtifactMoverLive } from "../../../src/tasks/ArtifactMover.ts"
import { ArtifactStore } from "../../../src/tasks/ArtifactStore.ts"
import { Artifacts } from "../../../src/tasks/Artifacts.ts"
import { ArtifactsRepo } from "../../../src/tasks/ArtifactsRepo.ts"
import { BrowserSessions } from "../../../src/tasks/BrowserSessions.ts"
import { Committed } from "../../../src/tasks/Committed.ts"
import { Desk } from "../../../src/tasks/Desk.ts"
import { HandRepo } from "../../../src/tasks/HandRepo.ts"
import { Intake } from "../../../src/tasks/Intake.ts"
import { Interventions } from "../../../src/tasks/Interventions.ts"
import { InterventionsRepo } from "../../../src/tasks/InterventionsRepo.ts"
import { LiveUrls } from "../../../src/tasks/LiveUrls.ts"
import { NoticesLive } from "../../../src/tasks/Notices.ts"
import { Orders } from "../../../src/tasks/Orders.ts"
import { OrdersRepo } from "../../../src/tasks/OrdersRepo.ts"
import { Queue } from "../../../src/tasks/Queue.ts"
import { QueueRepo } from "../../../src/tasks/QueueRepo.ts"
import { Remembered } from "../../../src/tasks/Remembered.ts"
import { Run } from "../../../src/tasks/Run.ts"
import { RunRepo } from "../../../src/tasks/RunRepo.ts"
import { Stages } from "../../../src/tasks/Stages.ts"
import type { TaskId, TaskStatus } from "../../../src/tasks/Status.ts"
import { Tasks } from "../../../src/tasks/Tasks.ts"
import { TasksRepo } from "../../../src/tasks/TasksRepo.ts"
import { TaskViews } from "../../../src/tasks/TaskViews.ts"
import { type Intervals, Timing } from "../../../src/tasks/Timing.ts"
import { Wakeup } from "../../../src/tasks/Wakeup.ts"
import { VendorCredentials } from "../../../src/vault/VendorCredentials.ts"
import { VendorDomain } from "../../../src/vault/VendorDomain.ts"
import { PgTest } from "../../lib/postgres.ts"
import { VaultTest } from "../../lib/vault.ts"
import { addTask, addUser } from "./Fixtures.ts"

type Script = (assignment: Assignment, desk: AgentDesk) => Effect.Effect<Completion, AgentError>

/** What the agent of every process of a test does, by the ticket's folio. */
export class Scripts extends Context.Tag("test/Scripts")<Scripts, Ref.Ref<ReadonlyMap<string, Script>>>() {}

export const ScriptsLive = Layer.effect(Scripts, Ref.make<ReadonlyMap<string, Script>>(new Map()))

export const onTicket = (folio: string, script: Script) =>
  Effect.flatMap(
    Scripts,
    Ref.update((scripts) => new Map([...scripts, [folio, script]]))
  )

export const sent: Completion = { delivery: "email", warnings: [], artifacts: [] }

const ScriptedAgent = Layer.effect(
  Agent,
  Effect.map(Scripts, (scripts) =>
    Agent.make({
      run: (assignment, desk) =>
        Effect.flatMap(Ref.get(scripts), (scripts) => {
          const script = scripts.get(assignment.ticket.Folio ?? "")
          return script === undefined ? Effect.succeed(sent) : script(assignment, desk)
        })
    })
  )
)

const profile = (cfdiUse = "G03") =>
  Schema.decodeSync(FiscalProfile)({
    rfc: "EKU9003173C9",
    fullName: "ESCUELA KEMPER URGATE",
    fiscalRegime: "601",
    postalCode: "42501",
    cfdiUse,
    email: "ana@example.mx"
  })

const ProfilesTest = Layer.mock(Profiles, {
  _tag: "profile/Profiles",
  complete: (_, cfdiUse) => Effect.succeed(profile(cfdiUse)),
  forRun: (_, cfdiUse) => Effect.succeed({ profile: profile(cfdiUse), details: {} })
})

/** The database, the scripts and nothing else: what the processes of one test share. */
export const sharedOn = <E>(database: Layer.Layer<PgClient.PgClient | SqlClient.SqlClient, E>) =>
  Layer.mergeAll(ScriptsLive, Rls.Default, VaultTest).pipe(Layer.provideMerge(database))

export const SharedTest = sharedOn(PgTest)

export const quick: Intervals = {
  budget: Duration.minutes(3),
  hold: Duration.minutes(10),
  kept: 1,
  affinity: Duration.seconds(5),
  poll: Duration.millis(50),
  floor: Duration.millis(100),
  control: Duration.millis(200),
  lease: Duration.seconds(30),
  heartbeat: Duration.seconds(10),
  rescue: Duration.millis(200),
  debounce: Duration.millis(1),
  ping: Duration.seconds(10),
  patience: Duration.seconds(5)
}

/** All of the tasks side, the agent and the profiles left open. */
const TasksLive = Layer.mergeAll(Queue.Default, NoticesLive, Tasks.Default, Orders.Default, ArtifactMoverLive).pipe(
  Layer.provideMerge(Run.Default.pipe(Layer.provide(SatStatusLive))),
  Layer.provideMerge(Desk.Default),
  Layer.provide(Layer.mock(LiveUrls, { _tag: "tasks/LiveUrls", shown: (_user, view) => Effect.succeed(view) })),
  Layer.provideMerge(Layer.mergeAll(Interventions.Default, Artifacts.Default, Stages.Default)),
  Layer.provideMerge(
    Remembered.Default.pipe(
      Layer.provideMerge(VendorCredentials.Default.pipe(Layer.provide([Audit.Default, VendorDomain.Default])))
    )
  ),
  Layer.provideMerge(Layer.mergeAll(Committed.Default, Wakeup.Default, Intake.Default, Egress.Default)),
  Layer.provideMerge(
    Layer.mergeAll(
      TasksRepo.Default,
      TaskViews.Default,
      OrdersRepo.Default,
      QueueRepo.Default,
      RunRepo.Default,
      BrowserSessions.Default,
      HandRepo.Default,
      InterventionsRepo.Default,
      ArtifactsRepo.Default
    )
  ),
  Layer.provide(WorkerSql.Default),
  Layer.provideMerge(ArtifactStore.Default.pipe(Layer.provide(DataDir.Default), Layer.provide(BunContext.layer)))
)

/** The tasks side with the scripted agent, its intervals and its environment. */
export const tasksWith = (settings: Readonly<Record<string, string>>, intervals: Partial<Intervals>) =>
  TasksLive.pipe(
    Layer.provideMerge(ScriptedAgent),
    Layer.provide(Layer.succeed(Timing, { ...quick, ...intervals })),
    Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(settings))))),
    Layer.provide(Logger.minimumLogLevel(LogLevel.Fatal))
  )

/** A process of its own on the shared database, as long as the scope it is started in. */
export const startProcess = (settings: Readonly<Record<string, string>> = {}, intervals: Partial<Intervals> = {}) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const folder = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-test-" })
    const layer = tasksWith({ DATA_DIR: folder, RETRY_BASE: "20 millis", ...settings }, intervals).pipe(
      Layer.provideMerge(Layer.mergeAll(ProfilesTest, Readiness.Default))
    )
    return yield* Layer.build(Layer.fresh(layer))
  }).pipe(Effect.provide(BunContext.layer))

export type Process = Effect.Effect.Success<ReturnType<typeof startProcess>>

class NotReached extends Data.TaggedError("NotReached")<{ readonly id: TaskId; readonly status: TaskStatus }> {}

/**
 * Returns once the task is in this status. The news of this process tell of each status at once; looking tells of what
 * another process did, and of what was committed by one whose answer was lost.
 */
export const reaches = (process: Process, userId: UserId, id: TaskId, status: TaskStatus) =>
  Effect.gen(function* () {
    const { snapshot } = yield* Tasks
    const news = yield* (yield* Committed).subscribe
    const told = Effect.repeat(Inbox.take(news), {
      until: (event) => event.task_id === id && event.type === "status" && event.status === status
    })
    const seen = Effect.repeat(snapshot(userId, id), {
      until: ({ view }) => view.status === status,
      schedule: Schedule.spaced("500 millis")
    })
    yield* Effect.raceFirst(told, seen)
  }).pipe(
    Effect.scoped,
    Effect.timeoutFail({ duration: "40 seconds", onTimeout: () => new NotReached({ id, status }) }),
    Effect.provide(process)
  )

/** A new user's task with a ticket of its own; `script` is what the agent does with it. */
export const order = (process: Process, script?: Script) =>
  Effect.gen(function* () {
    const folio = crypto.randomUUID()
    if (script !== undefined) yield* onTicket(folio, script)
    const userId = yield* addUser
    const id = yield* addTask(userId, { ticketDetails: { Folio: folio, Total: "116.00" } })
    yield* (yield* Wakeup).announce
    return { userId, id }
  }).pipe(Effect.provide(process))
