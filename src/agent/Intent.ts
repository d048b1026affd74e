import { Effect } from "effect"
import { Hands } from "./act/Hands.ts"
import type { Desk } from "./Desk.ts"
import type { Journey } from "./Journey.ts"
import { PageMoved } from "./page/PageError.ts"

/**
 * Has the intent to submit committed, once for a run, whoever's hands are on the page. Where it is refused nothing may be
 * submitted: the page has to be looked at again.
 */
export const intend = Effect.fn("agent.intend")(function* (desk: Desk, journey: Journey) {
  if (journey.intended) return
  const hands = yield* Hands
  const committed = yield* hands.driven() ? desk.byHand.intend : desk.intend
  if (!committed) return yield* new PageMoved({ during: "intend", cause: "the user has paused" })
  journey.intended = true
})
