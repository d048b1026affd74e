import { Effect } from "effect"
import type { Frame } from "playwright-core"
import { guard } from "./act/Guard.ts"
import { Hands } from "./act/Hands.ts"
import { perform } from "./act/Perform.ts"
import { liveView } from "./browser/LiveView.ts"
import { intend } from "./Intent.ts"
import * as InPage from "./page/InPage.ts"
import type { Target } from "./page/inpage/pointer.ts"
import { call } from "./page/PageError.ts"
import { frontOf } from "./plan/Front.ts"
import { mayStamp } from "./plan/NextPress.ts"
import { pressesIn } from "./plan/Presses.ts"
import { fieldsOf } from "./portal/Fields.ts"
import { isPlaceholder } from "./portal/Options.ts"
import type { Stage, UserAct } from "./Stage.ts"
import { quote, type Trip } from "./Trip.ts"

interface Met {
  readonly frame: Frame
  readonly target: Target
}

const pressKeys = new Set(["Enter", "NumpadEnter", " "])

/** Does the page get to know of a press with this? Buttons act on either end of it. */
const isPress = (act: UserAct) =>
  (act.type === "pointer" && act.action === "down" && act.button === "left") ||
  (act.type === "key" && act.action === "down" && pressKeys.has(act.key))

const isTyping = (act: UserAct) =>
  act.type === "text" ||
  (act.type === "key" && act.action === "down" && ([...act.key].length === 1 || act.key === "Backspace"))

/**
 * The user at the wheel of a run: what they do reaches the page, is told without what they type, and where it may stamp
 * the intent is committed before it leaves.
 */
export const takeover = Effect.fn("agent.takeover")(function* (trip: Trip) {
  const { desk, journey, tab } = trip
  const hands = yield* Hands
  const frames = yield* liveView(tab.page)
  let typedInto = ""

  const inFrames = <A>(ask: (frame: Frame) => Effect.Effect<A | undefined, unknown>) =>
    Effect.forEach(tab.page().frames(), (frame) => Effect.orElseSucceed(ask(frame), () => undefined), {
      concurrency: 4
    })

  /** What lies under a point of the window, in the innermost frame that has it. */
  const under = Effect.fnUntraced(function* (x: number, y: number) {
    const main = tab.page().mainFrame()
    const met = yield* inFrames((frame) =>
      Effect.gen(function* () {
        const box = yield* call("frame", async () =>
          frame === main
            ? { x: 0, y: 0, width: x + 1, height: y + 1 }
            : await (await frame.frameElement()).boundingBox()
        )
        if (!box || x < box.x || y < box.y || x > box.x + box.width || y > box.y + box.height) return undefined
        const target = yield* InPage.under(frame, x - box.x, y - box.y)
        return target && { frame, target }
      })
    )
    return met.findLast((found) => found !== undefined)
  })

  const focused = Effect.gen(function* () {
    const met = yield* inFrames((frame) => Effect.map(InPage.focused(frame), (target) => target && { frame, target }))
    return met.find((found) => found !== undefined)
  })

  /** What the page holds by now was given by whoever drove. */
  const learn = Effect.gen(function* () {
    const look = yield* tab.look
    const front = frontOf(look)
    for (const { control, role } of fieldsOf(front.controls, front.buttons)) {
      if (role !== undefined && !isPlaceholder(control.value)) journey.given.add(role)
    }
    return { look, front }
  })

  /** Commits the intent before a press that may stamp: of the button that was met, or of one that Enter stands for. */
  const foresee = Effect.fnUntraced(function* ({ frame, target }: Met) {
    const { front, look } = yield* learn
    const meant = pressesIn(front).filter(
      ({ button }) =>
        button.frame === frame && (target.kind === "button" ? button.ref === target.ref : button.form === target.form)
    )
    if (!meant.some((candidate) => mayStamp(candidate, journey.given))) return
    // Any other press lets the page ask on for what was ordered before it.
    journey.presses.count++
    if (!journey.intended) yield* guard(tab.page().context(), journey)
    yield* intend(desk, journey)
    journey.hearAfresh(look, tab.said.length)
    journey.beginStamp()
  })

  const tell = (message: string) => desk.byHand.step({ type: "user_intervention", message })

  const pressing = Effect.fnUntraced(function* (act: UserAct) {
    const { height, width } = tab.viewport()
    const met = act.type === "pointer" ? yield* under(act.x * width, act.y * height) : yield* focused
    if (met === undefined) return
    const { kind, label } = met.target
    if (kind === "button" || act.type === "key") yield* foresee(met)
    if (kind === "button") yield* tell(`El usuario pulsa ${quote(trip, label)}`)
  })

  const typing = Effect.gen(function* () {
    const met = yield* focused
    const key = met === undefined ? "" : `${met.target.ref} ${met.frame.url()}`
    if (met === undefined || key === typedInto) return
    typedInto = key
    yield* tell(`El usuario escribe en ${quote(trip, met.target.label)}`)
  })

  const act = Effect.fn("agent.userAct")(
    function* (act: UserAct) {
      if (!hands.driven()) return
      if (isPress(act)) yield* pressing(act)
      else if (isTyping(act)) yield* typing
      tab.traffic.acted()
      yield* perform(tab, act)
    },
    // A page that moves under the user's hand is for them to see.
    Effect.catchAll((error) => Effect.logDebug("the user's act was not done", error._tag))
  )

  /** The agent finds a page that somebody else has worked on: what it holds counts, what it said before does not. */
  const takeBack = Effect.gen(function* () {
    if (!hands.driven()) return
    const { look } = yield* learn
    if (!journey.stamping) journey.hearAfresh(look, tab.said.length)
  }).pipe(
    Effect.catchAll((error) => Effect.logDebug("the page could not be looked at", error._tag)),
    Effect.zipRight(Effect.sync(() => journey.progressed())),
    Effect.zipRight(hands.takeBack),
    Effect.when(() => hands.driven())
  )

  const stage: Stage = {
    frames,
    handOver: hands.handOver,
    takeBack: Effect.asVoid(takeBack),
    driven: hands.driven,
    act: (given) => Effect.provideService(act(given), Hands, hands)
  }
  return stage
})
