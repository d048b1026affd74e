import { text } from "./Text.ts"
import type { TaskStatus } from "./Wire.ts"

export interface FieldError {
  /** A JSON pointer into what was sent. */
  readonly pointer: string
  readonly code: string
  readonly detail: string
}

/** What the server refused with, or that it could not be asked. */
export interface Problem {
  /** 0 where no answer came. */
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors: ReadonlyArray<FieldError>
  readonly request_id?: string
  readonly task_id?: string
  readonly task_status?: TaskStatus
}

export type Result<A> = { readonly ok: true; readonly value: A } | { readonly ok: false; readonly problem: Problem }

export const success = <A>(value: A): Result<A> => ({ ok: true, value })

export const failure = (problem: Problem): Result<never> => ({ ok: false, problem })

export const unreachable = (): Problem => ({
  status: 0,
  code: "UNREACHABLE",
  detail: text.value.problem.unreachable,
  errors: []
})

/** An answer that is not ours: a proxy's page, or a body cut short. */
export const unreadable = (status: number): Problem => ({
  status,
  code: "UNREADABLE",
  detail: text.value.problem.unreadable(status),
  errors: []
})

export const problemOf = async (response: Response): Promise<Problem> => {
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return unreadable(response.status)
  return response.json().then(
    (body: Problem) => ({ ...body, errors: body.errors ?? [] }),
    () => unreadable(response.status)
  )
}

/** What is said of one value, and of all that stands below it. */
export const errorsAt = ({ errors }: Problem, pointer: string) =>
  errors.filter((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))
