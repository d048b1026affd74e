import { Duration, Effect } from "effect"
import { afterStamp, speaksOfSuccess } from "./AfterStamp.ts"
import { UnsupportedPortal } from "./AgentError.ts"
import { fillIn } from "./act/Execute.ts"
import { guard } from "./act/Guard.ts"
import { press, pressOnce } from "./act/Press.ts"
import { retrieve } from "./invoice/Retrieve.ts"
import { settleAfter } from "./page/Settle.ts"
import type { Look } from "./page/Tab.ts"
import { type Form, readForm } from "./plan/Form.ts"
import { type Front, frontOf } from "./plan/Front.ts"
import { hear, isBad, newSayings, type Saying } from "./plan/Hear.ts"
import { type Candidate, confirmPress, downloadPresses, mayStamp, nextPress } from "./plan/NextPress.ts"
import { factsOf } from "./portal/Facts.ts"
import { asksToConfirm, outcomeOf } from "./portal/Outcome.ts"
import { Questions } from "./Questions.ts"
import { type Heard, refuse, refuseOtherTaxpayer, uncertain } from "./Refusal.ts"
import { picture, quote, type Trip, wait } from "./Trip.ts"

const maxRounds = 80
const maxWaits = 2
const answerTime: Duration.DurationInput = "4 seconds"
const stampTime: Duration.DurationInput = "70 seconds"

/** What one look at the page comes to. */
interface Situation {
  readonly look: Look
  readonly front: Front
  readonly form: Form
  readonly sayings: ReadonlyArray<Saying>
  /** The page asks for something of ours that it had not asked for when it was last answered. */
  readonly wentOn: boolean
}

/** Drives one portal from its first page to the invoice: looks, decides, acts, and looks again. */
export const drive = Effect.fn("agent.drive")(function* (trip: Trip) {
  const { assignment, desk, journey, tab } = trip
  const facts = factsOf(assignment)
  const questions = new Questions(desk, assignment)

  const observe = Effect.gen(function* () {
    const look = yield* tab.look.pipe(Effect.retry({ times: 20, while: (error) => error._tag === "PageMoved" }))
    journey.arrive(look)
    const front = frontOf(look)
    const form = readForm(front, facts, questions.answers)
    const natives = tab.said.slice(journey.heardDialogs).map(({ text }) => text)
    const sayings = newSayings(look, journey.textsBefore, natives)
    const wentOn = form.entries.some(
      (entry) => entry._tag !== "Tick" && entry.field.role !== undefined && !journey.given.has(entry.field.role)
    )
    const situation: Situation = { look, front, form, sayings, wentOn }
    return situation
  })

  const advance = Effect.fnUntraced(function* ({ look, form }: Situation, { button }: Candidate, message: string) {
    yield* desk.step({ type: "click", message })
    journey.beforePress(look, form, button, tab.said.length)
    yield* settleAfter(tab, press(button), { answer: answerTime })
  })

  /** The one press that may stamp: confirmed where the user wants it, its intent committed, done once. */
  const stamp = Effect.fnUntraced(function* ({ look, form, sayings }: Situation, { button }: Candidate) {
    if (assignment.submitted) return yield* uncertain(trip, sayings)
    yield* refuseOtherTaxpayer(trip, look)
    if (assignment.confirmBeforeSubmit && journey.firstTime("confirm")) yield* questions.confirm(button.text)
    yield* desk.step({ type: "click", message: `Envío con «${button.text}»`, ...(yield* picture(trip)) })
    journey.beforePress(look, form, button, tab.said.length)
    const first = journey.firstTime("intend")
    if (first) yield* guard(tab.page().context())
    const intend = first ? desk.intend : Effect.void
    const begin = Effect.zipRight(
      intend,
      Effect.sync(() => journey.beginStamp())
    )
    yield* settleAfter(tab, pressOnce(button, begin), { answer: "8 seconds", limit: stampTime })
  })

  /** After a press that may have stamped: only look, unless the portal plainly has not done it yet. */
  const follow = Effect.fnUntraced(function* (situation: Situation) {
    const { front, form, sayings, wentOn } = situation
    const done = yield* afterStamp(trip, front, sayings, wentOn)
    if (done) return done
    const asks = front.dialog !== 0 ? asksToConfirm(front.dialogText) : sayings.some(({ text }) => asksToConfirm(text))
    const yes = asks && !speaksOfSuccess(sayings) ? confirmPress(front) : undefined
    if (yes && !journey.wasPressed(yes.button)) return yield* stamp(situation, yes)
    const neverLeft = tab.traffic.since(journey.stampedAt).length === 0 && form.entries.length > 0
    if (wentOn || neverLeft) journey.notStampedAfterAll()
    else if (Duration.greaterThan(journey.sinceStamp(), stampTime)) return yield* uncertain(trip, sayings)
    else yield* wait(trip)
    return undefined
  })

  /** The portal's answer to the last press, where it ends the run. */
  const judge = Effect.fnUntraced(function* ({ look, front, form }: Situation, heard: Heard | undefined) {
    if (heard?.outcome === "already_invoiced" && downloadPresses(front).length > 0) {
      const recovered = yield* retrieve(trip, front)
      if (recovered) return recovered
    }
    if (heard && isBad(heard.outcome)) return yield* refuse(trip, heard)
    // A first page without a form has nothing but its words.
    if (form.fields.length > 0 || journey.pressed) return undefined
    const all = look.texts.map(({ text }) => ({ text, loud: true, outcome: outcomeOf(text) }))
    const closed = hear(all, false)
    return closed && (closed.outcome === "down" || closed.outcome === "blocked")
      ? yield* refuse(trip, closed)
      : undefined
  })

  /** Asks a person for what only a person can give; false where nothing is open. */
  const ask = Effect.fnUntraced(function* (form: Form) {
    if (form.captcha && form.captcha.control.value === "") yield* questions.captcha(tab, form.captcha)
    else if (form.login) yield* questions.login(form.login)
    else if (form.missing.length > 0) yield* questions.missing(form.missing)
    else return false
    return true
  })

  const fill = Effect.fnUntraced(function* (form: Form) {
    const done = yield* fillIn(tab, desk, form.entries).pipe(
      Effect.catchTag("PageMoved", () => Effect.succeed({ _tag: "Held" } as const))
    )
    for (const entry of form.entries) if (entry._tag !== "Tick" && entry.field.role) journey.given.add(entry.field.role)
    if (done._tag === "NotOffered") yield* questions.choice(done.field, done.offered)
    if (done._tag === "NotHeld") yield* questions.missing([done.field])
  })

  /** On a page whose form is filled, or that has none. */
  const goOn = Effect.fnUntraced(function* (situation: Situation) {
    const { look, front, form, sayings } = situation
    const candidate = nextPress(front, form, journey)
    const stamps = candidate !== undefined && mayStamp(candidate, journey.given)
    if (candidate === undefined || (form.awaited.length > 0 && stamps)) {
      if (journey.waited++ < maxWaits) return yield* wait(trip)
      if (form.awaited.length > 0) return yield* questions.awaited(form.awaited)
      return yield* new UnsupportedPortal({ reason: describe(trip, look, sayings) })
    }
    journey.waited = 0
    if (stamps) return yield* stamp(situation, candidate)
    const verb = candidate.press === "start" ? "Abro" : front.dialog !== 0 ? "Cierro el aviso con" : "Sigo con"
    yield* advance(situation, candidate, `${verb} «${candidate.button.text}»`)
  })

  for (let round = 0; round < maxRounds; round++) {
    if (!journey.stamping) yield* desk.checkpoint
    const situation = yield* observe
    const { form, look, sayings, wentOn } = situation
    if (journey.stamping) {
      const done = yield* follow(situation)
      if (done) return done
      continue
    }
    const heard = journey.pressed ? hear(sayings, wentOn) : undefined
    if (heard?.outcome === "captcha_wrong" && form.captcha) {
      questions.forget(form.captcha)
      journey.hearAfresh(look, tab.said.length)
      continue
    }
    const over = yield* judge(situation, heard)
    if (over) return over
    if (form.entries.length > 0 && journey.mayFill(form)) yield* fill(form)
    else if (!(yield* ask(form))) yield* goOn(situation)
  }
  return yield* new UnsupportedPortal({ reason: "El portal pide pasos sin fin." })
})

const describe = (trip: Trip, look: Look, sayings: ReadonlyArray<Saying>) => {
  const news = trip.journey.pressed ? sayings : look.texts
  const words = news
    .map(({ text }) => text)
    .filter((text) => text.length > 3)
    .slice(0, 4)
  return `No encontré cómo seguir en «${look.title}»${words.length === 0 ? "" : `: ${quote(trip, words.join(" · "))}`}`
}
