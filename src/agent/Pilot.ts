import { Duration, Effect } from "effect"
import { SubmitUncertain, UnsupportedPortal } from "./AgentError.ts"
import type { Assignment } from "./Assignment.ts"
import { fillIn } from "./act/Execute.ts"
import { press as pressButton, pressOnce } from "./act/Press.ts"
import type { Desk } from "./Desk.ts"
import { Ending } from "./Ending.ts"
import type { Journey } from "./Journey.ts"
import { settleAfter } from "./page/Settle.ts"
import type { Look, SeenButton, Tab } from "./page/Tab.ts"
import { type Form, readForm } from "./plan/Form.ts"
import { type Front, frontOf } from "./plan/Front.ts"
import { hear, newSayings } from "./plan/Hear.ts"
import {
  type Candidate,
  confirmPress,
  formPress,
  mayStamp,
  noticePress,
  pressesIn,
  startPress
} from "./plan/NextPress.ts"
import { factsOf } from "./portal/Facts.ts"
import { asksToConfirm } from "./portal/Outcome.ts"
import { pressOf } from "./portal/Press.ts"
import { Questions } from "./Questions.ts"

const maxRounds = 80
const answerTime: Duration.DurationInput = "4 seconds"
const stampTime: Duration.DurationInput = "70 seconds"

/** Drives one portal from its first page to the invoice: looks, decides, acts, and looks again. */
export const drive = Effect.fn("agent.drive")(function* (
  assignment: Assignment,
  desk: Desk,
  tab: Tab,
  journey: Journey
) {
  const facts = factsOf(assignment)
  const questions = new Questions(desk, assignment)
  const ending = new Ending(assignment, desk, tab, journey)

  const saidNatively = () => tab.said.slice(journey.heardDialogs).map(({ text }) => text)

  const pressAndSettle = Effect.fnUntraced(function* (look: Look, { button }: Candidate, message: string) {
    yield* desk.step({ type: "click", message })
    journey.beforePress(look, button, tab.said.length)
    yield* settleAfter(tab, pressButton(button), { answer: answerTime })
  })

  /** The one press that may stamp: confirmed where the user wants it, its intent committed, done once. */
  const stamp = Effect.fnUntraced(function* (look: Look, { button }: Candidate, form: Form) {
    yield* ending.refuseOtherTaxpayer(look)
    if (assignment.confirmBeforeSubmit && !journey.stamping) yield* questions.confirm(button.text)
    yield* desk.step({ type: "click", message: `Envío con «${button.text}»`, ...(yield* ending.screenshot) })
    journey.beforePress(look, button, tab.said.length)
    journey.formRoles = form.roles
    const before = journey.stamping ? Effect.void : desk.intend
    yield* settleAfter(
      tab,
      pressOnce(
        button,
        Effect.zipRight(
          before,
          Effect.sync(() => journey.beginStamp())
        )
      ),
      { answer: "8 seconds", limit: stampTime }
    )
  })

  const wasPressed = (button: SeenButton) => journey.wasPressed(button)

  /** What to do on a page whose form is filled, or that has none. */
  const goOn = (front: Front, form: Form) => {
    if (front.dialog !== 0 && form.entries.length === 0 && form.fields.length === 0) {
      const candidate = asksToConfirm(front.dialogText) ? confirmPress(front) : noticePress(front)
      if (candidate && !journey.wasPressed(candidate.button)) return candidate
    }
    const candidate = formPress(front, form, wasPressed)
    if (candidate) return candidate
    const ours = form.fields.some(({ role }) => role !== undefined && role !== "search")
    if (journey.given.size > 0) {
      const onward = pressesIn(front).filter(
        ({ press, button }) => ["stamp", "next", "accept"].includes(press) && !wasPressed(button)
      )
      if (onward[0] && (!ours || form.fields.every(({ control }) => control.readOnly)))
        return onward.find(({ press }) => press === "stamp") ?? onward[0]
    }
    return ours ? undefined : startPress(front, wasPressed)
  }

  /** After a press that may have stamped: only look, unless the portal plainly has not done it yet. */
  const follow = Effect.fnUntraced(function* (look: Look, front: Front, form: Form) {
    const sayings = newSayings(look, journey.textsBefore, saidNatively())
    const wentOn = asksForMore(form, journey)
    const done = yield* ending.afterStamp(look, front, sayings, wentOn)
    if (done) return done
    const asks = front.dialog !== 0 ? asksToConfirm(front.dialogText) : sayings.some(({ text }) => asksToConfirm(text))
    if (!ending.speaksOfSuccess(sayings) && asks) {
      const candidate = confirmPress(front)
      if (candidate && !wasPressed(candidate.button)) {
        yield* stamp(look, candidate, form)
        return undefined
      }
    }
    if (wentOn || (tab.traffic.since(journey.stampedAt).length === 0 && form.entries.length > 0)) {
      journey.notStampedAfterAll()
      return undefined
    }
    if (Duration.greaterThan(journey.sinceStamp(), stampTime)) {
      return yield* new SubmitUncertain({ reason: ending.uncertain(sayings) })
    }
    yield* ending.wait
    return undefined
  })

  for (let round = 0; round < maxRounds; round++) {
    if (!journey.stamping) yield* desk.checkpoint
    const look = yield* tab.look.pipe(Effect.retry({ times: 20, while: (error) => error._tag === "PageMoved" }))
    journey.arrive(look)
    const front = frontOf(look)
    const form = readForm(front, facts, questions.answers)
    if (journey.stamping) {
      const done = yield* follow(look, front, form)
      if (done) return done
      continue
    }
    const sayings = newSayings(look, journey.textsBefore, saidNatively())
    const heard = journey.pressed ? hear(sayings, asksForMore(form, journey)) : undefined
    if (heard?.outcome === "captcha_wrong" && form.captcha) {
      questions.forget(form.captcha)
      journey.hearAfresh(look, tab.said.length)
      continue
    }
    const over = yield* ending.beforeStamp(look, front, form, heard)
    if (over) return over

    if (form.entries.length > 0 && journey.mayFill(form)) {
      const done = yield* fillIn(tab, desk, form.entries).pipe(
        Effect.catchTag("PageMoved", () => Effect.succeed({ _tag: "Held" } as const))
      )
      for (const entry of form.entries)
        if (entry._tag !== "Tick" && entry.field.role) journey.given.add(entry.field.role)
      if (done._tag === "NotOffered") yield* questions.choice(done.field, done.offered)
      if (done._tag === "NotHeld") yield* questions.missing([done.field])
      continue
    }
    if (form.captcha && form.captcha.control.value === "") {
      yield* questions.captcha(tab, form.captcha)
      continue
    }
    if (form.login) {
      yield* questions.login(form.login)
      continue
    }
    if (form.missing.length > 0) {
      yield* questions.missing(form.missing)
      continue
    }
    const candidate = goOn(front, form)
    const stamps = candidate !== undefined && mayStamp(candidate, journey.given)
    if (form.awaited.length > 0 && (candidate === undefined || stamps)) {
      if (journey.waited < 2) yield* ending.wait
      else yield* questions.awaited(form.awaited)
      journey.waited++
      continue
    }
    if (candidate === undefined) {
      if (journey.waited++ < 2) {
        yield* ending.wait
        continue
      }
      return yield* new UnsupportedPortal({ reason: ending.describe(look, sayings) })
    }
    journey.waited = 0
    if (stamps) {
      if (assignment.submitted) return yield* new SubmitUncertain({ reason: ending.uncertain(sayings) })
      yield* stamp(look, candidate, form)
    } else {
      const verb =
        pressOf(candidate.button) === "start" ? "Abro" : front.dialog !== 0 ? "Cierro el aviso con" : "Sigo con"
      yield* pressAndSettle(look, candidate, `${verb} «${candidate.button.text}»`)
    }
  }
  return yield* new UnsupportedPortal({ reason: "El portal pide pasos sin fin." })
})

/** Does the page ask for something of ours that it had not asked for when it was last answered? */
const asksForMore = (form: Form, journey: Journey) =>
  form.entries.some(
    (entry) => entry._tag !== "Tick" && entry.field.role !== undefined && !journey.given.has(entry.field.role)
  )
