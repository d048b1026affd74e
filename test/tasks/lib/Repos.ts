import { Layer } from "effect"
import { Rls } from "../../../src/db/Rls.ts"
import { WorkerSql } from "../../../src/db/WorkerSql.ts"
import { ArtifactsRepo } from "../../../src/tasks/ArtifactsRepo.ts"
import { BrowserSessions } from "../../../src/tasks/BrowserSessions.ts"
import { HandRepo } from "../../../src/tasks/HandRepo.ts"
import { InterventionsRepo } from "../../../src/tasks/InterventionsRepo.ts"
import { OrdersRepo } from "../../../src/tasks/OrdersRepo.ts"
import { QueueRepo } from "../../../src/tasks/QueueRepo.ts"
import { RunRepo } from "../../../src/tasks/RunRepo.ts"
import { TasksRepo } from "../../../src/tasks/TasksRepo.ts"
import { TaskViews } from "../../../src/tasks/TaskViews.ts"
import { PgTest } from "../../lib/postgres.ts"
import { VaultTest } from "../../lib/vault.ts"

/** All that speaks SQL, on a database of its own. */
export const ReposTest = Layer.mergeAll(
  TasksRepo.Default,
  TaskViews.Default,
  OrdersRepo.Default,
  QueueRepo.Default,
  RunRepo.Default,
  HandRepo.Default,
  InterventionsRepo.Default,
  ArtifactsRepo.Default,
  BrowserSessions.Default
).pipe(
  Layer.provide(WorkerSql.Default),
  Layer.provideMerge(Layer.merge(Rls.Default, VaultTest)),
  Layer.provideMerge(PgTest)
)
