import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema } from "@effect/platform"
import { Schema } from "effect"
import { Authentication } from "../auth/Authentication.ts"
import { UrlRefused } from "../egress/UrlRefused.ts"
import { body } from "../http/Body.ts"
import { pathId } from "../http/PathId.ts"
import { ConsentRequired, ProfileIncomplete } from "../profile/Profile.ts"
import {
  AnswersRefused,
  ArtifactNotFound,
  DuplicateTicket,
  IdempotencyMismatch,
  InterventionNotFound,
  InvalidState,
  ShuttingDown,
  TaskNotFound
} from "./Errors.ts"
import { TaskStep } from "./Event.ts"
import { InterventionAnswer } from "./Interventions.ts"
import { Batch, BatchItem, Created, NewTask } from "./NewTask.ts"
import { TaskId, TaskStatus } from "./Status.ts"
import { Stats, Task, TaskDetail } from "./Task.ts"

const taskId = pathId("taskId", TaskId)
const artifactId = pathId("artifactId", Schema.UUID)

const numeric = (from: number, to: number, otherwise: number) =>
  Schema.optionalWith(Schema.NumberFromString.pipe(Schema.int(), Schema.between(from, to)), {
    default: () => otherwise
  })

const maxInt = 2 ** 31 - 1

const Message = <const Text extends string>(text: Text) => Schema.Struct({ message: Schema.Literal(text) })

const IdempotencyKey = Schema.Struct({
  "idempotency-key": Schema.optional(Schema.String.pipe(Schema.pattern(/^[\x21-\x7e]{1,255}$/)))
})

export class TasksApi extends HttpApiGroup.make("tasks")
  .add(
    HttpApiEndpoint.get("list")`/tasks`
      .setUrlParams(
        Schema.Struct({
          page: numeric(1, 1_000_000, 1),
          limit: numeric(1, 100, 10),
          status: Schema.optionalWith(Schema.Union(TaskStatus, Schema.Literal("all")), {
            default: () => "all" as const
          })
        })
      )
      .addSuccess(Schema.Array(Task))
  )
  .add(
    HttpApiEndpoint.post("create")`/tasks`
      .setHeaders(IdempotencyKey)
      .setPayload(NewTask)
      .addSuccess(Created, { status: 201 })
      .addError(UrlRefused)
      .addError(DuplicateTicket)
      .addError(IdempotencyMismatch)
      .addError(ProfileIncomplete)
      .addError(ConsentRequired)
      .addError(ShuttingDown)
  )
  .add(
    HttpApiEndpoint.post("createAll")`/tasks/batch`
      .setPayload(Batch)
      .addSuccess(Schema.Array(BatchItem), { status: 207 })
      .addError(ShuttingDown)
  )
  .add(HttpApiEndpoint.get("get")`/tasks/${taskId}`.addSuccess(TaskDetail).addError(TaskNotFound))
  .add(
    HttpApiEndpoint.get("steps")`/tasks/${taskId}/steps`
      .setUrlParams(Schema.Struct({ after: numeric(0, maxInt, 0), limit: numeric(1, 1000, 1000) }))
      .addSuccess(Schema.Array(TaskStep))
      .addError(TaskNotFound)
  )
  .add(
    HttpApiEndpoint.post("pause")`/tasks/${taskId}/pause`
      .addSuccess(Message("Task paused"))
      .addError(TaskNotFound)
      .addError(InvalidState)
  )
  .add(
    HttpApiEndpoint.post("resume")`/tasks/${taskId}/resume`
      .addSuccess(Message("Task resumed"))
      .addError(TaskNotFound)
      .addError(InvalidState)
  )
  .add(
    HttpApiEndpoint.post("cancel")`/tasks/${taskId}/cancel`
      .addSuccess(Message("Task cancelled"))
      .addError(TaskNotFound)
      .addError(InvalidState)
  )
  .add(
    HttpApiEndpoint.post("takeover")`/tasks/${taskId}/takeover`
      .addSuccess(Message("Task taken over"))
      .addError(TaskNotFound)
      .addError(InvalidState)
  )
  .add(
    HttpApiEndpoint.post("release")`/tasks/${taskId}/release`
      .addSuccess(Message("Task released"))
      .addError(TaskNotFound)
      .addError(InvalidState)
  )
  .add(
    HttpApiEndpoint.post("retry")`/tasks/${taskId}/retry`
      .setPayload(body({ confirm: Schema.optional(Schema.Boolean) }))
      .addSuccess(Message("Task queued"))
      .addError(TaskNotFound)
      .addError(InvalidState)
      .addError(DuplicateTicket)
  )
  .add(
    HttpApiEndpoint.post("answer")`/tasks/${taskId}/intervention`
      .setPayload(InterventionAnswer)
      .addSuccess(Message("Intervention received"))
      .addError(InterventionNotFound)
      .addError(InvalidState)
      .addError(AnswersRefused)
  )
  .add(
    HttpApiEndpoint.get("artifact")`/tasks/${taskId}/artifacts/${artifactId}`
      .addSuccess(HttpApiSchema.Uint8Array())
      .addError(ArtifactNotFound)
  )
  .add(HttpApiEndpoint.get("stats")`/stats`.addSuccess(Stats))
  .middleware(Authentication) {}
