import { Effect, Schema } from "effect"
import { Errand } from "../../tasks/lib/HeldPortal.ts"

/** What happens to the one visit that a ticket is made for. */
export type Mishap = "none" | "500" | "browser-lost" | "500-after-the-stamp"

const Question = Schema.Struct({ errand: Errand, folio: Schema.String })

/** A portal that takes its time, counts its stamps, and fails each ticket once as the ticket's folio begins. */
export const faultyPortal = (takes: number) =>
  Effect.gen(function* () {
    const stamps = new Map<string, number>()
    const met = new Set<string>()

    const answer = ({ errand, folio }: typeof Question.Type) => {
      const [mishap = "none"] = folio.split("/")
      if (errand === "stamp") stamps.set(folio, (stamps.get(folio) ?? 0) + 1)
      const meets = mishap !== "none" && !met.has(folio) && (errand === "stamp") === (mishap === "500-after-the-stamp")
      if (!meets) return Response.json({ stamped: stamps.has(folio) })
      met.add(folio)
      // What ends in the middle is to the agent of the tests a browser that is gone.
      return mishap === "browser-lost" ? new Response("{") : new Response(null, { status: 500 })
    }

    const server = yield* Effect.acquireRelease(
      Effect.sync(() =>
        Bun.serve({
          port: 0,
          hostname: "127.0.0.1",
          idleTimeout: 0,
          fetch: async (request) => {
            await Bun.sleep(takes)
            return answer(Schema.decodeUnknownSync(Question)(Object.fromEntries(new URL(request.url).searchParams)))
          }
        })
      ),
      (server) => Effect.promise(() => server.stop(true))
    )
    return { url: server.url, stamps: stamps as ReadonlyMap<string, number>, met: met as ReadonlySet<string> } as const
  })
