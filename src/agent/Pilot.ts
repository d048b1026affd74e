import { Duration, Effect, Schedule } from "effect"
import { afterStamp, speaksOfSuccess } from "./AfterStamp.ts"
import { PortalDown, TicketRefused, UnsupportedPortal } from "./AgentError.ts"
import { ask, doubted, mayYetSay, wrongAnswer } from "./Ask.ts"
import { fillIn } from "./act/Execute.ts"
import { guard } from "./act/Guard.ts"
import { press, pressOnce } from "./act/Press.ts"
import { askForRest, giveUp, stillRefused, tryUngrouped } from "./GiveUp.ts"
import { intend } from "./Intent.ts"
import { isPassing, type PageError } from "./page/PageError.ts"
import { settleAfter } from "./page/Settle.ts"
import type { SeenButton } from "./page/Tab.ts"
import { confirmPress, dismissals, noticePress, offersChoice } from "./plan/DialogPress.ts"
import { type Heard, isBad, saysNo } from "./plan/Hear.ts"
import { Llm } from "./plan/Llm.ts"
import { mayStamp, nextPress } from "./plan/NextPress.ts"
import type { Candidate } from "./plan/Presses.ts"
import { guestPress, tabPress } from "./plan/StartPress.ts"
import { factsOf } from "./portal/Facts.ts"
import { asksToConfirm, namesInvoice } from "./portal/Outcome.ts"
import { Questions } from "./Questions.ts"
import { recover } from "./Recover.ts"
import { refuse, refuseOtherTaxpayer, uncertain } from "./Refusal.ts"
import { heardIn, observe, type Situation } from "./Situation.ts"
import { asksForCaptcha, asksForMore, hasSteppedOn } from "./StampAhead.ts"
import { picture, quote, type Trip, wait } from "./Trip.ts"

const maxActs = 60
const patience: Duration.DurationInput = "6 seconds"
const slowest: Duration.DurationInput = "20 seconds"
const stampTime: Duration.DurationInput = "70 seconds"

/** Drives one portal from its first page to the invoice: looks, decides, acts, and looks again. */
export const drive = Effect.fn("agent.drive")(function* (trip: Trip) {
  const { assignment, desk, journey, tab } = trip
  const facts = factsOf(assignment)
  const questions = new Questions(desk, assignment, yield* Llm)

  /** A press that could not be made may be tried again; one that may have stamped may not. */
  const attempt = (button: SeenButton, pressing: Effect.Effect<unknown, PageError>) =>
    Effect.catchIf(pressing, isPassing, (error) =>
      journey.stamping || journey.presses.mayPressAgain(button)
        ? Effect.logDebug("press not made", error._tag)
        : new PortalDown({ reason: `El portal no deja usar «${button.text}».` })
    )

  const advance = Effect.fnUntraced(function* (
    { look, form, front, sayings }: Situation,
    { button }: Candidate,
    message: string
  ) {
    if (front.dialog !== 0) journey.putAway = [...journey.putAway, ...sayings]
    yield* desk.step({ type: "click", message })
    journey.beforePress(look, form, button, tab.said.length)
    questions.spend()
    yield* attempt(button, settleAfter(tab, press(button), { answer: "4 seconds" }))
  })

  /** The one press that may stamp: confirmed where the user wants it, its intent committed, done once. */
  const stamp = Effect.fnUntraced(function* ({ look, form, sayings }: Situation, { button }: Candidate) {
    if (assignment.submitted) return yield* uncertain(trip, sayings)
    const named = yield* refuseOtherTaxpayer(trip, look)
    // Where no taxpayer is shown nor typed, or the language model chose what is sent, a person has to say that it is right.
    const known = (named || journey.given.has("rfc")) && !questions.advice.standsIn(form)
    if ((assignment.confirmBeforeSubmit || !known) && !journey.confirmed) {
      journey.confirmed = yield* questions.confirm(tab, form, button.text)
      if (!journey.confirmed) return
    }
    const pictured = yield* Effect.fork(picture(trip))
    journey.beforePress(look, form, button, tab.said.length)
    const begin = Effect.gen(function* () {
      yield* desk.step({ type: "click", message: `Envío con «${button.text}»`, ...(yield* pictured) })
      if (!journey.intended) yield* guard(tab.page().context(), journey)
      yield* intend(desk, journey)
      journey.beginStamp()
      questions.spend()
    })
    yield* attempt(button, settleAfter(tab, pressOnce(button, begin), { answer: "8 seconds", limit: stampTime }))
  })

  /** After a press that may have stamped: only look, unless the portal plainly has not done it yet. */
  const follow = Effect.fnUntraced(function* (situation: Situation) {
    const { front, form, sayings, wentOn } = situation
    const done = yield* afterStamp(trip, situation.look, front, sayings, wentOn)
    if (done || !journey.stamping || journey.searching) return done
    const nothingSent = tab.traffic.since(journey.stampedAt).length === 0
    const asks =
      front.dialog === 0
        ? form.blank.length === 0 && sayings.some(({ text }) => asksToConfirm(text))
        : asksToConfirm(front.dialogText) || (nothingSent && offersChoice(front))
    const yes =
      asks && !speaksOfSuccess(sayings) && !asksForCaptcha(trip, form)
        ? confirmPress(front, (button) => journey.presses.wasPressed(button) || journey.presses.wasUsed(button))
        : undefined
    if (yes) return yield* stamp(situation, yes)
    if (hasSteppedOn(trip, situation, facts, nothingSent)) journey.stepped()
    else if (asksForMore(trip, situation, facts)) journey.notStampedAfterAll()
    else if (nothingSent && (yield* complained(situation))) journey.notStampedAfterAll()
    else if (Duration.greaterThan(journey.sinceStamp(), stampTime)) return yield* uncertain(trip, sayings)
    else yield* wait(trip)
    return undefined
  })

  /** The page itself, without asking its shop, will not send the form: something in it is wrong or lacking. */
  const complained = Effect.fnUntraced(function* ({ front, form, sayings }: Situation) {
    const notice = front.dialog === 0 ? undefined : noticePress(front)
    if (notice) yield* attempt(notice.button, settleAfter(tab, press(notice.button), { answer: "2 seconds" }))
    const lacking = form.entries.length > 0 || form.missing.length > 0
    const said = notice !== undefined || sayings.some(({ loud }) => loud)
    if (!said && !lacking)
      return Duration.greaterThan(journey.sinceStamp(), patience) && journey.firstTime("press again")
    const again = ["complaint", "second complaint", "third complaint"].some((nth) => journey.firstTime(nth))
    if (again) return true
    if (form.blank.length > 0 && journey.firstTime("blank")) {
      yield* questions.lacking(form, form.blank)
      return true
    }
    const words = sayings.find(({ loud }) => loud)?.text ?? front.dialogText
    return yield* new TicketRefused({ code: "DATA_REJECTED", reason: `El portal dice: ${quote(trip, words)}` })
  })

  /** The portal says that something is empty: what is, is asked for, and the press made again. */
  const complete = Effect.fnUntraced(function* ({ look, front, form }: Situation, said: Heard) {
    const notice = front.dialog === 0 ? undefined : noticePress(front)
    journey.lacks = notice ? said : undefined
    journey.notStampedAfterAll()
    journey.hearAfresh(look, tab.said.length)
    if (notice) return yield* attempt(notice.button, settleAfter(tab, press(notice.button), { answer: "2 seconds" }))
    if (form.entries.length > 0 && journey.firstTime("incomplete")) return
    if (form.blank.length === 0 || !journey.firstTime(`blank ${form.blank.map(({ key }) => key)}`))
      return yield* refuse(trip, said)
    yield* questions.lacking(form, form.blank)
  })

  /** The portal's answer to the last press, where it ends the run. */
  const judge = Effect.fnUntraced(function* ({ look, front, form }: Situation, heard: Heard | undefined) {
    const told = journey.alreadyInvoiced ?? heard
    if (told?.outcome === "already_invoiced") {
      journey.alreadyInvoiced = told
      const recovered = yield* recover(trip, look, front, form)
      if (recovered === "trying") return undefined
      return recovered ?? (yield* refuse(trip, told))
    }
    if (told && isBad(told.outcome)) return yield* refuse(trip, told)
    return undefined
  })

  const fill = Effect.fnUntraced(function* ({ form, sayings }: Situation) {
    if (!sayings.some(saysNo)) journey.presses.loseWith(form, journey.given)
    const done = yield* fillIn(tab, desk, form.entries).pipe(
      Effect.catchIf(isPassing, () => Effect.succeed({ _tag: "Held" } as const))
    )
    if (!form.login) journey.hasTold = true
    journey.putAway = []
    for (const entry of form.entries) if (entry._tag !== "Tick" && entry.field.role) journey.given.add(entry.field.role)
    if (done._tag === "NotOffered" && done.offered.length === 0) journey.emptyLists.add(done.field.key)
    else if (done._tag === "NotOffered") yield* questions.choice(done.field, done.offered)
    if (done._tag === "NotHeld") yield* questions.missing([done.field])
    journey.progressed()
  })

  /** On a page whose form is filled, or that has none. */
  const goOn = Effect.fnUntraced(function* (situation: Situation) {
    const { front, form } = situation
    if (tab.traffic.isBusy() && Duration.lessThan(journey.sinceProgress(), slowest)) return yield* wait(trip)
    const candidate = nextPress(front, form, journey, facts)
    // A bar that lies over the button is put away first.
    const bar =
      candidate && (candidate.button.covered || journey.presses.hasFailed(candidate.button))
        ? dismissals(front).find(({ button }) => !journey.presses.wasPressed(button))
        : undefined
    if (bar) return yield* advance(situation, bar, `Cierro el aviso con «${bar.button.text}»`)
    const stamps = candidate && (mayStamp(candidate, journey.given) || journey.presses.isStamp(candidate.button))
    const early = Duration.lessThan(journey.sinceProgress(), patience)
    if (candidate === undefined || (form.awaited.length > 0 && stamps)) {
      if (form.fields.length === 0 && (yield* tab.leavePopup())) return undefined
      if (early) return yield* wait(trip)
      if (form.awaited.length > 0) return yield* questions.awaited(form.awaited)
      return yield* giveUp(trip, questions, situation)
    }
    // Once the ticket was told, the menu leads back to where it was not: the page may yet go on.
    if (early && candidate.press === "start" && journey.hasTold && journey.isMenu(candidate.button))
      return yield* wait(trip)
    if (stamps && form.unfilled.length > 0 && journey.firstTime(`unfilled ${form.unfilled.map(({ key }) => key)}`))
      return yield* questions.lacking(form, form.unfilled)
    const refused = stillRefused(trip, situation)
    if (stamps && refused) return yield* refuse(trip, refused)
    if (stamps) return yield* stamp(situation, candidate)
    const verb = candidate.press === "start" ? "Abro" : front.dialog !== 0 ? "Cierro el aviso con" : "Sigo con"
    yield* advance(situation, candidate, `${verb} «${candidate.button.text}»`)
  })

  while (journey.acts < maxActs) {
    if (!journey.stamping) yield* desk.checkpoint
    const situation = yield* observe(trip, facts, questions)
    const { form, front, look, sayings } = situation
    const heard = heardIn(trip, situation, facts)
    const wrong = wrongAnswer(form, heard, look, questions)
    if (wrong) {
      questions.refuse(wrong, heard?.text ?? "")
      journey.hearAfresh(look, tab.said.length)
      journey.notStampedAfterAll()
      continue
    }
    const lacks = journey.lacks ?? (heard?.outcome === "incomplete" ? heard : undefined)
    if (lacks && !speaksOfSuccess(sayings)) {
      yield* complete(situation, lacks)
      continue
    }
    // The portal is done although nothing looked like its last word: the intent is what happened.
    const surprise =
      heard !== undefined && !isBad(heard.outcome) && namesInvoice(heard.text) && journey.given.has("regime")
    if (!journey.stamping && surprise && !journey.intended) {
      yield* intend(desk, journey).pipe(
        Effect.tapError(() => desk.checkpoint),
        Effect.retry(Schedule.forever)
      )
      journey.beginStamp()
    }
    if (journey.stamping) {
      const done = yield* follow(situation)
      if (done) return done
      continue
    }
    // The way to an old file may ask whose it is.
    if (journey.hasAskedForOldFile && form.entries.length > 0 && journey.mayFill(form)) {
      yield* fill(situation)
      continue
    }
    if (heard?.outcome === "not_found" && tryUngrouped(trip, facts, situation, heard)) continue
    if (heard?.outcome === "not_found" && (yield* askForRest(trip, questions, situation))) continue
    if (heard && (yield* doubted(trip, questions, look, heard))) continue
    const over = yield* judge(situation, heard)
    if (over) return over
    if (journey.alreadyInvoiced) continue
    // A page that is worked on has been listened to: its hints are no answer to what comes next.
    if (form.entries.length > 0) journey.hearAfresh(look, tab.said.length)
    const walled = form.login !== undefined && questions.wantsLogin(form.login)
    const guest = walled ? guestPress(front, (button) => journey.presses.wasPressed(button)) : undefined
    const named = journey.hasTold ? undefined : tabPress(front, facts)
    if (guest) yield* advance(situation, guest, `Sigo sin cuenta con «${guest.button.text}»`)
    else if (named && journey.firstTime(`tab ${named.button.text}`))
      yield* advance(situation, named, `Abro «${named.button.text}»`)
    else if (form.entries.length > 0 && journey.mayFill(form)) yield* fill(situation)
    else if (mayYetSay(journey, situation)) yield* wait(trip)
    else if (yield* ask(questions, tab, look, form)) journey.answered()
    else yield* goOn(situation)
  }
  return yield* new UnsupportedPortal({ reason: "El portal pide pasos sin fin." })
})
