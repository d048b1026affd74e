import { failure, problemOf, type Result, success, unreachable, unreadable } from "./Problem.ts"
import { language } from "./Text.ts"

export interface Sending {
  readonly method?: "GET" | "POST" | "PUT"
  readonly json?: unknown
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/** One request. Whatever goes wrong comes back as a problem in the user's language. */
export const send = (path: string, { method = "GET", json, token, headers = {}, signal }: Sending = {}) =>
  fetch(path, {
    method,
    headers: {
      "Accept-Language": language.value,
      ...(json === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...headers
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...(signal === undefined ? {} : { signal })
  }).then(
    async (response): Promise<Result<Response>> =>
      response.ok ? success(response) : failure(await problemOf(response)),
    (): Result<Response> => failure(unreachable())
  )

/** Reads a body as what the contract says it is. */
export const body = async <A>(sent: Promise<Result<Response>>): Promise<Result<A>> => {
  const answer = await sent
  if (!answer.ok) return answer
  return answer.value.json().then(
    (value: A) => success(value),
    () => failure(unreadable(answer.value.status))
  )
}
