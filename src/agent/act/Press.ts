import { Effect } from "effect"
import * as InPage from "../page/InPage.ts"
import { call } from "../page/PageError.ts"
import type { SeenButton, SeenControl } from "../page/Tab.ts"
import { act, Hands } from "./Hands.ts"

const actionMs = 5_000

/** A real press of the pointer, once the element is visible, still and uncovered. */
export const press = Effect.fn("act.press")(function* (target: Pick<SeenButton | SeenControl, "frame" | "ref">) {
  const handle = yield* InPage.face(target.frame, target.ref)
  yield* act("press", () => handle.click({ timeout: actionMs }))
})

/** A press on the page's own ground, as a person puts away what opened over it; none where all of it means something. */
export const pressBeside = Effect.fn("act.pressBeside")(function* ({ frame }: Pick<SeenControl, "frame">) {
  const position = yield* InPage.blank(frame)
  if (position) yield* act("press", () => frame.locator("html").click({ position, force: true, timeout: 2_000 }))
})

/** A tick box by its left edge: further in, its words may hold a link to what is agreed to. */
export const tick = Effect.fn("act.tick")(function* (target: SeenControl) {
  const handle = yield* InPage.face(target.frame, target.ref)
  const [, , width, height] = target.box
  const position = width > 2 * height ? { position: { x: height / 2, y: height / 2 } } : {}
  yield* act("press", () => handle.click({ timeout: actionMs, ...position }))
})

/**
 * The press that may not be repeated, in one act with what has to be done `before` it. All that can go wrong beforehand
 * goes wrong in a trial; whatever happens after it counts as pressed.
 */
export const pressOnce = Effect.fn("act.pressOnce")(function* <E>(
  target: Pick<SeenButton, "frame" | "ref">,
  before: Effect.Effect<void, E>
) {
  const hands = yield* Hands
  const handle = yield* InPage.face(target.frame, target.ref)
  const pressing = Effect.gen(function* () {
    yield* call("press", () => handle.click({ timeout: actionMs, trial: true }))
    yield* before
    yield* call("press", () => handle.click({ timeout: actionMs })).pipe(
      Effect.catchTags({
        PageMoved: (error) => Effect.logDebug("the page moved under the press", error.during),
        PageStuck: (error) => Effect.logDebug("the press was not confirmed", error.during)
      })
    )
  })
  yield* hands.act(pressing)
})
