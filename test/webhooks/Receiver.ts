import { Effect, Queue } from "effect"

export interface Letter {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** A real receiver on loopback, answering one status after the other; the last one stays. */
export const receiver = (...answers: ReadonlyArray<number | ((request: Request) => Response)>) =>
  Effect.gen(function* () {
    const letters = yield* Queue.unbounded<Letter>()
    let turn = 0
    const server = yield* Effect.acquireRelease(
      Effect.sync(() =>
        Bun.serve({
          hostname: "127.0.0.1",
          port: 0,
          fetch: async (request) => {
            const answer = answers[Math.min(turn++, answers.length - 1)] ?? 204
            Queue.unsafeOffer(letters, { body: await request.text(), headers: Object.fromEntries(request.headers) })
            return typeof answer === "number" ? new Response(null, { status: answer }) : answer(request)
          }
        })
      ),
      (server) => Effect.promise(() => server.stop(true))
    )
    return { url: server.url.href, next: Queue.take(letters), got: () => turn } as const
  })
