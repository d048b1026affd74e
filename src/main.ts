import { Command } from "@effect/cli"
import { RateLimiter } from "@effect/experimental"
import { BunContext, BunRuntime } from "@effect/platform-bun"
import { Effect, Layer } from "effect"
import { Agent } from "./agent/Agent.ts"
import { LocalChromium } from "./agent/browser/LocalChromium.ts"
import { Accounts } from "./auth/Accounts.ts"
import { AccountsRepo } from "./auth/AccountsRepo.ts"
import { AuthenticationLive } from "./auth/AuthenticationLive.ts"
import { AuthHttp } from "./auth/Http.ts"
import { LoginLimits } from "./auth/LoginLimits.ts"
import { Passwords } from "./auth/Passwords.ts"
import { KeyringLive, Secrets } from "./auth/Secrets.ts"
import { Sessions } from "./auth/Sessions.ts"
import { SessionsRepo } from "./auth/SessionsRepo.ts"
import { Tokens } from "./auth/Tokens.ts"
import { CatalogsHttp } from "./catalogs/Http.ts"
import { demo } from "./cli/Demo.ts"
import { migrate } from "./cli/Migrate.ts"
import { openapi } from "./cli/Openapi.ts"
import { told } from "./cli/Refusal.ts"
import { serve } from "./cli/Serve.ts"
import { DataDir } from "./db/DataDir.ts"
import { Rls } from "./db/Rls.ts"
import { SqlLive } from "./db/Sql.ts"
import { Readiness } from "./http/Readiness.ts"
import { PrivacyHttp } from "./privacy/Http.ts"
import { ProfileHttp } from "./profile/Http.ts"
import { Profiles } from "./profile/Profiles.ts"
import { ProfilesRepo } from "./profile/ProfilesRepo.ts"
import { HeadsLive } from "./realtime/Heads.ts"
import { Hub } from "./realtime/Hub.ts"
import { SocketsLive } from "./realtime/Sockets.ts"
import * as Server from "./Server.ts"
import { ArtifactMoverLive } from "./tasks/ArtifactMover.ts"
import { ArtifactStore } from "./tasks/ArtifactStore.ts"
import { Artifacts } from "./tasks/Artifacts.ts"
import { ArtifactsRepo } from "./tasks/ArtifactsRepo.ts"
import { Committed } from "./tasks/Committed.ts"
import { Desk } from "./tasks/Desk.ts"
import { TasksHttp } from "./tasks/Http.ts"
import { Intake } from "./tasks/Intake.ts"
import { Interventions } from "./tasks/Interventions.ts"
import { InterventionsRepo } from "./tasks/InterventionsRepo.ts"
import { Orders } from "./tasks/Orders.ts"
import { OrdersRepo } from "./tasks/OrdersRepo.ts"
import { Queue } from "./tasks/Queue.ts"
import { QueueRepo } from "./tasks/QueueRepo.ts"
import { Run } from "./tasks/Run.ts"
import { RunRepo } from "./tasks/RunRepo.ts"
import { Tasks } from "./tasks/Tasks.ts"
import { TasksRepo } from "./tasks/TasksRepo.ts"
import { TaskViews } from "./tasks/TaskViews.ts"
import { VendorUrl } from "./tasks/VendorUrl.ts"
import { Wakeup } from "./tasks/Wakeup.ts"
import { Vault } from "./vault/Vault.ts"

const Main = Server.layer({ drain: "20 seconds" }).pipe(
  Layer.provide([AuthHttp, ProfileHttp, PrivacyHttp, CatalogsHttp, TasksHttp]),
  Layer.provide([Queue.Default, ArtifactMoverLive, HeadsLive]),
  Layer.provide([AuthenticationLive, SocketsLive, Run.Default]),
  Layer.provide([Accounts.Default, Tasks.Default, Orders.Default, Artifacts.Default, Hub.Default, Desk.Default]),
  Layer.provide([Interventions.Default, Readiness.Default, Agent.Default]),
  Layer.provide([Sessions.Default, Passwords.Default, LoginLimits.Default, Profiles.Default, TaskViews.Default]),
  Layer.provide([AccountsRepo.Default, SessionsRepo.Default, ProfilesRepo.Default, Tokens.Default, Vault.Default]),
  Layer.provide([TasksRepo.Default, OrdersRepo.Default, InterventionsRepo.Default, ArtifactsRepo.Default]),
  Layer.provide([QueueRepo.Default, RunRepo.Default, LocalChromium]),
  Layer.provide([ArtifactStore.Default, Committed.Default, Intake.Default, Wakeup.Default, VendorUrl.Default]),
  Layer.provide([KeyringLive, Rls.Default, RateLimiter.layer.pipe(Layer.provide(RateLimiter.layerStoreMemory))]),
  Layer.provide([Secrets.Default, SqlLive]),
  Layer.provide(DataDir.Default)
)

const timbra = Command.make("timbra").pipe(
  Command.withDescription("From a shop's ticket to a proven CFDI 4.0."),
  Command.withSubcommands([serve(Main), migrate, demo(Main), openapi])
)

Command.run(timbra, { name: "timbra", version: "0.1.0" })(process.argv).pipe(
  told,
  Effect.provide(BunContext.layer),
  BunRuntime.runMain({ disableErrorReporting: true, disablePrettyLogger: true })
)
