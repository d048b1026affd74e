import { type HttpApp, HttpServerRequest, HttpServerResponse, UrlParams } from "@effect/platform"
import { Array as Arr, Context, DateTime, Effect, Option, Ref } from "effect"

/**
 * `lookup` asks for a ticket or a list; `submit` asked for an invoice and was refused; `stamp` is the request that
 * produced one; `file` fetched it.
 */
export type RequestKind = "page" | "lookup" | "submit" | "stamp" | "file"

export interface LoggedRequest {
  readonly seq: number
  readonly at: string
  readonly method: string
  readonly path: string
  readonly kind: RequestKind
  /** The decoded form or JSON; null where there was none or it could not be read. */
  readonly body: unknown
  /** Null while the request is being answered, and for good where its client went away. */
  readonly status: number | null
}

/** Lets a route say what the request it answers turned out to be. */
export class CurrentRequest extends Context.Tag("demo/CurrentRequest")<
  CurrentRequest,
  { readonly is: (kind: RequestKind) => Effect.Effect<void> }
>() {}

export const requestIs = (kind: RequestKind) => Effect.flatMap(CurrentRequest, (current) => current.is(kind))

/** Marks the request that stamped, and lets no departing visitor come between the stamp and its mark. */
export const stamping = <A, E, R>(stamp: Effect.Effect<A, E, R>) =>
  Effect.uninterruptible(Effect.zipLeft(stamp, requestIs("stamp")))

/** The oldest entries go first: a portal left running for weeks keeps a few megabytes at most. */
const capacity = 2000

const readBody = Effect.gen(function* () {
  const request = yield* HttpServerRequest.HttpServerRequest
  const type = request.headers["content-type"] ?? ""
  if (type.startsWith("application/json")) return yield* request.json
  if (type.startsWith("application/x-www-form-urlencoded")) return UrlParams.toRecord(yield* request.urlParamsBody)
  return null
})

export const makeRequestLog = Effect.gen(function* () {
  const entries = yield* Ref.make<ReadonlyArray<LoggedRequest>>([])
  const counter = yield* Ref.make(0)

  const append = (entry: LoggedRequest) => Ref.update(entries, (all) => Arr.takeRight([...all, entry], capacity))
  const amend = (seq: number, change: Partial<LoggedRequest>) =>
    Ref.update(entries, (all) => all.map((entry) => (entry.seq === seq ? { ...entry, ...change } : entry)))

  const logged = <E, R>(app: HttpApp.Default<E, R>) =>
    Effect.gen(function* () {
      const request = yield* HttpServerRequest.HttpServerRequest
      const at = DateTime.formatIso(yield* DateTime.now)
      const body = Option.getOrNull(yield* Effect.option(readBody))
      const seq = yield* Ref.updateAndGet(counter, (n) => n + 1)
      yield* append({ seq, at, method: request.method, path: request.url, kind: "page", body, status: null })
      const response = yield* Effect.provideService(app, CurrentRequest, { is: (kind) => amend(seq, { kind }) })
      yield* amend(seq, { status: response.status })
      return response
    })

  const asJson = Effect.flatMap(Ref.get(entries), (all) => HttpServerResponse.json(all))

  return { requests: Ref.get(entries), logged, asJson } as const
})
