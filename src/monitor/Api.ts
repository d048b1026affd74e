import { type Result, success } from "./Problem.ts"
import { body, type Sending, send } from "./Send.ts"
import { freshToken, renewed } from "./Session.ts"
import type {
  Created,
  NewTask,
  PrivacyNotice,
  Profile,
  ProfileChange,
  Registered,
  Registration,
  Stats,
  Task,
  TaskDetail,
  TaskStatus
} from "./Wire.ts"

const base = "/api/v1"

/** As the user who is logged in. A token that the server no longer takes is renewed once. */
const ask = async (path: string, sending: Sending = {}): Promise<Result<Response>> => {
  const token = await freshToken()
  if (!token.ok) return token
  const answer = await send(path, { ...sending, token: token.value })
  if (answer.ok || answer.problem.status !== 401) return answer
  const other = await renewed(token.value)
  return other.ok ? send(path, { ...sending, token: other.value }) : other
}

export const register = (account: Registration) =>
  body<Registered>(send(`${base}/auth/register`, { method: "POST", json: account }))

export const privacyNotice = () => body<PrivacyNotice>(send(`${base}/privacy-notice`))

export const profile = () => body<Profile>(ask(`${base}/profile`))

export const changeProfile = (change: ProfileChange) =>
  body<Profile>(ask(`${base}/profile`, { method: "PUT", json: change }))

export interface Listed {
  readonly tasks: ReadonlyArray<Task>
  readonly total: number
}

export interface ListQuery {
  readonly page: number
  readonly status: TaskStatus | "all"
}

export const pageSize = 10

export const tasks = async ({ page, status }: ListQuery, signal?: AbortSignal): Promise<Result<Listed>> => {
  const answer = await ask(`${base}/tasks?page=${page}&limit=${pageSize}&status=${status}`, { signal })
  if (!answer.ok) return answer
  const listed = await body<ReadonlyArray<Task>>(Promise.resolve(answer))
  if (!listed.ok) return listed
  const total = Number(answer.value.headers.get("X-Total-Count") ?? listed.value.length)
  return success({ tasks: listed.value, total })
}

export const stats = (signal?: AbortSignal) => body<Stats>(ask(`${base}/stats`, { signal }))

const at = (taskId: string) => `${base}/tasks/${encodeURIComponent(taskId)}`

export const task = (taskId: string, signal?: AbortSignal) => body<TaskDetail>(ask(at(taskId), { signal }))

/** The same key sent again gives the first one's answer, so a lost reply orders nothing twice. */
export const createTask = (order: NewTask, idempotencyKey: string) =>
  body<Created>(ask(`${base}/tasks`, { method: "POST", json: order, headers: { "Idempotency-Key": idempotencyKey } }))

export type Action = "pause" | "resume" | "cancel" | "retry" | "takeover" | "release"

export const act = (taskId: string, action: Action, confirm = false) =>
  ask(`${at(taskId)}/${action}`, { method: "POST", ...(action === "retry" ? { json: { confirm } } : {}) })

export interface Answer {
  readonly intervention_id: string
  readonly answers?: Readonly<Record<string, string>>
  readonly action?: "continue" | "abort"
  readonly remember?: boolean
}

export const answer = (taskId: string, answer: Answer) =>
  ask(`${at(taskId)}/intervention`, { method: "POST", json: answer })

export const artifactPath = (taskId: string, artifactId: string) => `${at(taskId)}/artifacts/${artifactId}`

/** A file that only its owner may read, which an `img` or a link could not ask for. */
export const file = async (path: string, signal?: AbortSignal): Promise<Result<Blob>> => {
  const answer = await ask(path, { signal })
  return answer.ok ? success(await answer.value.blob()) : answer
}
