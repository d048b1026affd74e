import { SqlClient, SqlSchema } from "@effect/sql"
import { Effect, Schema } from "effect"
import { UserId } from "../auth/User.ts"
import { Rls } from "../db/Rls.ts"
import { TaskId } from "./Status.ts"

const Artifact = Schema.Struct({
  id: Schema.UUID,
  userId: UserId,
  taskId: TaskId,
  kind: Schema.Literal("xml", "pdf", "screenshot", "other"),
  filename: Schema.String,
  contentType: Schema.String,
  size: Schema.Int,
  sha256: Schema.String,
  /** Until it is in the store; plain where the version before wrote it. */
  sealed: Schema.NullOr(Schema.Uint8ArrayFromSelf),
  content: Schema.NullOr(Schema.Uint8ArrayFromSelf)
})
const InvoiceFile = Schema.Struct({ ...Artifact.fields, kind: Schema.Literal("xml", "pdf") })
const Found = Schema.extend(Artifact, Schema.Struct({ asked: Schema.Boolean }))
export type Artifact = typeof Artifact.Type
/** `asked`: the picture of a question, which can be seen as long as that is open. */
export type Found = typeof Found.Type

export class ArtifactsRepo extends Effect.Service<ArtifactsRepo>()("tasks/ArtifactsRepo", {
  effect: Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rls = yield* Rls

    const find = Effect.fn("ArtifactsRepo.find")((userId: UserId, taskId: TaskId, id: string) =>
      SqlSchema.findOne({
        Request: Schema.Void,
        Result: Found,
        execute: () => sql`
          SELECT a.*, i.id IS NOT NULL AS asked FROM artifacts a LEFT JOIN interventions i ON i.image_id = a.id
          WHERE a.id = ${id} AND a.task_id = ${taskId} AND (i.id IS NULL OR (i.closed_at IS NULL AND i.expires_at > now()))`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), rls.onceAsUser(userId))
    )

    /** The invoices of a task and what came with them, in the order that they came in. */
    const ofRun = Effect.fn("ArtifactsRepo.ofRun")((taskId: TaskId) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: InvoiceFile,
        execute: () =>
          sql`SELECT * FROM artifacts WHERE task_id = ${taskId} AND kind IN ('xml', 'pdf') ORDER BY created_at`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), rls.onceAsWorker)
    )

    const unstored = Effect.fn("ArtifactsRepo.unstored")((limit: number) =>
      SqlSchema.findAll({
        Request: Schema.Void,
        Result: Artifact,
        execute: () =>
          sql`SELECT * FROM artifacts WHERE NOT stored OR sealed IS NOT NULL ORDER BY created_at LIMIT ${limit}`
      })(undefined).pipe(Effect.catchTag("ParseError", Effect.die), rls.onceAsWorker)
    )

    const stored = Effect.fn("ArtifactsRepo.stored")((id: string) =>
      rls.onceAsWorker(sql`UPDATE artifacts SET stored = true, content = NULL, sealed = NULL WHERE id = ${id}`)
    )

    return { find, ofRun, unstored, stored } as const
  })
}) {}
