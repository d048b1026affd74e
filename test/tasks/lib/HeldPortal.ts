import { Deferred, Effect, Queue, Schema } from "effect"

/** What an agent of the tests asks a portal: for the form, for the stamp, or whether there is one already. */
export const Errand = Schema.Literal("open", "stamp", "look")

const Question = Schema.Struct({
  errand: Errand,
  folio: Schema.String,
  pid: Schema.NumberFromString
})

export interface Visit extends Schema.Schema.Type<typeof Question> {
  /** Lets the agent go on. */
  readonly answer: Effect.Effect<boolean>
  /** Returns when the agent does not wait any longer. */
  readonly left: Effect.Effect<void>
}

const held = "held"

/** The folio of a ticket whose visits are answered when the test says so. */
export const heldFolio = () => `${held}-${crypto.randomUUID()}`

/** A portal that counts its stamps, and whose visitors the test may keep waiting. */
export const heldPortal = Effect.gen(function* () {
  const visits = yield* Queue.unbounded<Visit>()
  const stamps = new Map<string, number>()

  const visit = Effect.fnUntraced(function* (request: Request) {
    const question = yield* Schema.decodeUnknown(Question)(Object.fromEntries(new URL(request.url).searchParams))
    const { errand, folio } = question
    if (errand === "stamp") stamps.set(folio, (stamps.get(folio) ?? 0) + 1)
    const answered = yield* Deferred.make<void>()
    const left = yield* Deferred.make<void>()
    request.signal.addEventListener("abort", () => Deferred.unsafeDone(left, Effect.void))
    if (folio.startsWith(held)) {
      const answer = Deferred.succeed(answered, undefined)
      yield* Queue.offer(visits, { ...question, answer, left: Deferred.await(left) })
      yield* Deferred.await(answered)
    }
    return Response.json({ stamped: stamps.has(folio) })
  })

  const server = yield* Effect.acquireRelease(
    Effect.sync(() =>
      Bun.serve({
        port: 0,
        hostname: "127.0.0.1",
        idleTimeout: 0,
        fetch: (request) => Effect.runPromise(Effect.orDie(visit(request)))
      })
    ),
    (server) => Effect.promise(() => server.stop(true))
  )
  return { url: server.url, visits, stampsOf: (folio: string) => stamps.get(folio) ?? 0 } as const
})
