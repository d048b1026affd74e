import { Effect } from "effect"
import type { Assignment } from "./Assignment.ts"
import type { Desk } from "./Desk.ts"
import type { Journey } from "./Journey.ts"
import { call } from "./page/PageError.ts"
import { settleAfter } from "./page/Settle.ts"
import type { Tab } from "./page/Tab.ts"
import * as Speech from "./portal/Speech.ts"

/** One run under way: what is wanted, whom to tell, where it happens, and what is remembered of it. */
export interface Trip {
  readonly assignment: Assignment
  readonly desk: Desk
  readonly tab: Tab
  readonly journey: Journey
}

/** Until the page changes or asks the network for something, at most two seconds. */
export const wait = ({ tab }: Trip) => settleAfter(tab, Effect.void, { answer: "2 seconds" })

/**
 * A picture for a step; a page that will not be pictured is no reason to stop. With its caret: to hide that would change
 * the page, and look like an answer of it.
 */
export const picture = ({ tab }: Trip) =>
  call("screenshot", () => tab.page().screenshot({ type: "jpeg", quality: 60, caret: "initial", timeout: 5_000 })).pipe(
    Effect.map((bytes) => ({ screenshot: new Uint8Array(bytes) })),
    Effect.catchAll((error) => Effect.as(Effect.logDebug("no screenshot", error._tag), {}))
  )

/** The portal's words for a step or a reason. */
export const quote = ({ assignment }: Trip, text: string) => Speech.quote(text, assignment.profile)
