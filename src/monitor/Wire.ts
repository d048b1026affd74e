import type * as Account from "../auth/Account.ts"
import type { Registration as RegistrationSchema } from "../auth/Api.ts"
import type { PrivacyNotice as Notice } from "../privacy/Notice.ts"
import type * as Profiles from "../profile/Profile.ts"
import type * as Events from "../tasks/Event.ts"
import type * as Orders from "../tasks/NewTask.ts"
import type * as Statuses from "../tasks/Status.ts"
import type * as Tasks from "../tasks/Task.ts"

// The JSON that the server's own schemas encode to. Only types: nothing of the server comes into the page.

export type Grant = typeof Account.Grant.Encoded
export type Registered = typeof Account.Registered.Encoded
export type Registration = typeof RegistrationSchema.Encoded
export type Profile = typeof Profiles.Profile.Encoded
export type ProfileChange = typeof Profiles.ProfileChange.Encoded
export type PrivacyNotice = typeof Notice.Encoded

export type TaskStatus = Statuses.TaskStatus
export type FailureCode = Statuses.FailureCode
export type Task = typeof Tasks.Task.Encoded
export type TaskDetail = typeof Tasks.TaskDetail.Encoded
export type Stats = typeof Tasks.Stats.Encoded
export type Outcome = typeof Tasks.Result.Encoded
export type NewTask = typeof Orders.NewTask.Encoded
export type Created = typeof Orders.Created.Encoded

export type Step = typeof Events.TaskStep.Encoded
export type Artifact = typeof Events.ArtifactInfo.Encoded
export type Intervention = typeof Events.InterventionView.Encoded
export type InterventionField = typeof Events.InterventionField.Encoded
export type TaskEvent = typeof Events.TaskEvent.Encoded

interface Told<Type extends string> {
  readonly type: Type
  readonly task_id: string
  readonly timestamp: string
}

/** All that `/ws/:taskId` says. */
export type TaskMessage =
  | TaskEvent
  | (Told<"snapshot"> & { readonly task: Task & Partial<TaskDetail>; readonly last_seq: number })
  | (Told<"live"> & { readonly live_url: string | null })
  | (Told<"error"> & { readonly code: string; readonly detail: string })
  | Told<"pong">
