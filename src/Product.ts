import { Layer } from "effect"
import type { Agent } from "./agent/Agent.ts"
import * as Browsers from "./agent/browser/BrowserLive.ts"
import { AccountsRepo } from "./auth/AccountsRepo.ts"
import { AuthenticationLive } from "./auth/AuthenticationLive.ts"
import { AuthHttp } from "./auth/Http.ts"
import { IdentityLive } from "./auth/Identity.ts"
import { LoginLimits } from "./auth/LoginLimits.ts"
import { Passwords } from "./auth/Passwords.ts"
import { KeyringLive, Secrets } from "./auth/Secrets.ts"
import { CatalogsHttp } from "./catalogs/Http.ts"
import { SatStatusLive } from "./cfdi/SatStatus.ts"
import { DataDir } from "./db/DataDir.ts"
import { Rls } from "./db/Rls.ts"
import { SqlLive } from "./db/Sql.ts"
import { WorkerSql } from "./db/WorkerSql.ts"
import { Egress } from "./egress/Egress.ts"
import { ForwardProxy } from "./egress/ForwardProxy.ts"
import { Readiness } from "./http/Readiness.ts"
import { Audit } from "./privacy/Audit.ts"
import { Consents } from "./privacy/Consents.ts"
import { Erasure } from "./privacy/Erasure.ts"
import { ErasureRepo } from "./privacy/ErasureRepo.ts"
import { Export } from "./privacy/Export.ts"
import { ExportRepo } from "./privacy/ExportRepo.ts"
import { PrivacyHttp } from "./privacy/Http.ts"
import { KeeperLive } from "./privacy/Keeper.ts"
import { Sealing } from "./privacy/Sealing.ts"
import { ProfileHttp } from "./profile/Http.ts"
import { Profiles } from "./profile/Profiles.ts"
import { ProfilesRepo } from "./profile/ProfilesRepo.ts"
import { HeadsLive } from "./realtime/Heads.ts"
import { Hub } from "./realtime/Hub.ts"
import { RelayLive } from "./realtime/Relay.ts"
import { SocketsLive } from "./realtime/Sockets.ts"
import * as Server from "./Server.ts"
import { ArtifactMoverLive } from "./tasks/ArtifactMover.ts"
import { ArtifactStore } from "./tasks/ArtifactStore.ts"
import { Artifacts } from "./tasks/Artifacts.ts"
import { ArtifactsRepo } from "./tasks/ArtifactsRepo.ts"
import { BrowserReadyLive } from "./tasks/BrowserReady.ts"
import { BrowserSessions } from "./tasks/BrowserSessions.ts"
import { Committed } from "./tasks/Committed.ts"
import { Desk } from "./tasks/Desk.ts"
import { HandRepo } from "./tasks/HandRepo.ts"
import { TasksHttp } from "./tasks/Http.ts"
import { Intake } from "./tasks/Intake.ts"
import { Interventions } from "./tasks/Interventions.ts"
import { InterventionsRepo } from "./tasks/InterventionsRepo.ts"
import { LiveUrls } from "./tasks/LiveUrls.ts"
import { NoticesLive } from "./tasks/Notices.ts"
import { Orders } from "./tasks/Orders.ts"
import { OrdersRepo } from "./tasks/OrdersRepo.ts"
import { Queue } from "./tasks/Queue.ts"
import { QueueRepo } from "./tasks/QueueRepo.ts"
import { ReconcileLive } from "./tasks/Reconcile.ts"
import { Remembered } from "./tasks/Remembered.ts"
import { RetentionLive } from "./tasks/Retention.ts"
import { RetentionRepo } from "./tasks/RetentionRepo.ts"
import { Run } from "./tasks/Run.ts"
import { RunRepo } from "./tasks/RunRepo.ts"
import { Stages } from "./tasks/Stages.ts"
import { Tasks } from "./tasks/Tasks.ts"
import { TasksRepo } from "./tasks/TasksRepo.ts"
import { TaskViews } from "./tasks/TaskViews.ts"
import { Wakeup } from "./tasks/Wakeup.ts"
import { measured } from "./telemetry/MeasuredAgent.ts"
import { QueueGaugesLive } from "./telemetry/QueueGauges.ts"
import { CredentialsHttp } from "./vault/Http.ts"
import { KeysInUseLive, Rotation } from "./vault/Rotation.ts"
import { RotationRepo } from "./vault/RotationRepo.ts"
import { Vault } from "./vault/Vault.ts"
import { VendorCredentials } from "./vault/VendorCredentials.ts"
import { VendorDomain } from "./vault/VendorDomain.ts"
import { Courier } from "./webhooks/Courier.ts"
import { DeliveriesRepo } from "./webhooks/DeliveriesRepo.ts"
import { WebhooksHttp } from "./webhooks/Http.ts"
import { Webhooks } from "./webhooks/Webhooks.ts"
import { WebhooksRepo } from "./webhooks/WebhooksRepo.ts"

const KeysLive = KeysInUseLive.pipe(
  Layer.provide(Rotation.Default),
  Layer.provide([RotationRepo.Default, Vault.Default])
)

const LoginsLive = VendorCredentials.Default.pipe(Layer.provide(VendorDomain.Default))

/** The browsers, wherever they run, with their one way out. */
export const BrowserLive = Browsers.BrowserLive.pipe(Layer.provide(ForwardProxy.Default), Layer.provide(Egress.Default))

/** All of Timbra around an agent; a test puts one of its own in. */
export const productWith = <E, R>(agent: Layer.Layer<Agent, E, R>) =>
  // The queue stops first: while its last runs end, the server still tells of them and refuses new tasks.
  Queue.Default.pipe(
    Layer.provideMerge(Server.layer({ drain: "20 seconds" })),
    Layer.provide([AuthHttp, ProfileHttp, PrivacyHttp, CatalogsHttp, TasksHttp, CredentialsHttp, WebhooksHttp]),
    Layer.provide([
      BrowserReadyLive,
      NoticesLive,
      RetentionLive,
      ReconcileLive,
      ArtifactMoverLive,
      HeadsLive,
      KeeperLive
    ]),
    Layer.provide([QueueGaugesLive, Courier.Default, Erasure.Default, Export.Default, Sealing.Default]),
    Layer.provide([AuthenticationLive, SocketsLive, Run.Default.pipe(Layer.provide(SatStatusLive))]),
    Layer.provide([IdentityLive, Tasks.Default, Orders.Default, Hub.Default, Desk.Default]),
    Layer.provide([Interventions.Default, Readiness.Default, Webhooks.Default, Stages.Default, RelayLive]),
    Layer.provide([LiveUrls.Default, Remembered.Default, Artifacts.Default]),
    Layer.provide([LoginsLive, Passwords.Default, LoginLimits.Default, Profiles.Default, TaskViews.Default]),
    Layer.provide([
      AccountsRepo.Default,
      ProfilesRepo.Default,
      TasksRepo.Default,
      OrdersRepo.Default,
      InterventionsRepo.Default,
      ArtifactsRepo.Default,
      QueueRepo.Default,
      RunRepo.Default,
      RetentionRepo.Default,
      HandRepo.Default,
      ErasureRepo.Default,
      ExportRepo.Default,
      BrowserSessions.Default,
      WebhooksRepo.Default,
      DeliveriesRepo.Default
    ]),
    Layer.provide([
      WorkerSql.Default,
      Vault.Default,
      KeysLive,
      Consents.Default.pipe(Layer.provideMerge(Audit.Default))
    ]),
    Layer.provide([ArtifactStore.Default, Committed.Default, Intake.Default, Wakeup.Default]),
    Layer.provide([KeyringLive, Rls.Default]),
    Layer.provide([measured(agent), Secrets.Default, SqlLive]),
    Layer.provide(BrowserLive),
    Layer.provide([DataDir.Default, Egress.Default])
  )
