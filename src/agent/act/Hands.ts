import { Context, Effect } from "effect"
import { call, PageMoved } from "../page/PageError.ts"

export const makeHands = Effect.gen(function* () {
  const wheel = (yield* Effect.makeSemaphore(1)).withPermits(1)
  const free = yield* Effect.makeLatch(true)
  let driven = false
  /** How often the wheel has changed hands, and how often it had when the agent last looked. */
  let turns = 0
  let seen = 0

  const turn = (byUser: boolean) =>
    Effect.suspend(() => {
      if (driven === byUser) return Effect.void
      driven = byUser
      turns++
      return byUser ? free.close : free.open
    })

  const stale = new PageMoved({ during: "act", cause: "the user has driven since the agent looked" })

  return {
    /** An act of the agent: waits while the user drives, and is not done if they have driven since it was decided. */
    act: <A, E, R>(act: Effect.Effect<A, E, R>) =>
      Effect.zipRight(
        free.await,
        wheel(Effect.suspend((): Effect.Effect<A, E | PageMoved, R> => (driven || turns !== seen ? stale : act)))
      ),
    /** The agent looks now, once the user does not drive: what it decides next is about the page as it is. */
    looks: Effect.zipRight(
      free.await,
      Effect.sync(() => {
        seen = turns
      })
    ),
    /** Returns when no act of the agent is under way; none begins before `takeBack`. */
    handOver: Effect.asVoid(wheel(turn(true))),
    takeBack: Effect.asVoid(turn(false)),
    driven: () => driven
  } as const
})

/** Whose hands are on the page of a run. An agent that nobody watches has the wheel to itself. */
export class Hands extends Context.Reference<Hands>()("agent/act/Hands", {
  defaultValue: () => Effect.runSync(makeHands)
}) {}

/** One act on the page: the only way in which the agent touches it. */
export const act = <A>(during: string, run: () => Promise<A>) =>
  Effect.flatMap(Hands, (hands) => hands.act(call(during, run)))
