import { Effect } from "effect"
import { Hands } from "./act/Hands.ts"
import type { Look } from "./page/Tab.ts"
import { offersChoice } from "./plan/DialogPress.ts"
import { type Form, readForm, withoutLists, withoutTicket } from "./plan/Form.ts"
import { type Front, frontOf } from "./plan/Front.ts"
import { type Heard, hear, newSayings, type Saying } from "./plan/Hear.ts"
import { downloadPresses, pressesIn } from "./plan/Presses.ts"
import type { Fact } from "./portal/Facts.ts"
import { isOurs } from "./portal/FieldRole.ts"
import { asksToConfirm, outcomeOf, promises, tellsOfMaking } from "./portal/Outcome.ts"
import { bare, plain } from "./portal/Plain.ts"
import { invoicedRow, isListed, ownOnly } from "./portal/Rows.ts"
import type { Questions } from "./Questions.ts"
import type { Trip } from "./Trip.ts"

/** What one look at the page comes to. */
export interface Situation {
  readonly look: Look
  readonly front: Front
  readonly form: Form
  readonly sayings: ReadonlyArray<Saying>
  /** The page asks for something of ours that it had not asked for when it was last answered. */
  readonly wentOn: boolean
}

/** Looks at the page once it may be looked at, and reads what it asks, offers and says. */
export const observe = Effect.fn("agent.observe")(function* (
  { journey, tab }: Trip,
  facts: ReadonlyArray<Fact>,
  questions: Questions
) {
  yield* (yield* Hands).looks
  const look = yield* tab.look.pipe(Effect.retry({ times: 20, while: (error) => error._tag === "PageMoved" }))
  const seen = frontOf(look)
  const listed = journey.hasTold && look.texts.some(({ text }) => isListed(text, facts) && !journey.isFurniture(text))
  const front = { ...seen, buttons: ownOnly(seen.buttons, facts) }
  const said = [...front.texts, ...journey.putAway.map(({ text }) => text)]
  const whole = readForm(
    front,
    facts,
    (field) => questions.answerTo(field),
    journey.given,
    said,
    journey.refusedGrouped !== undefined
  )
  const { captcha } = whole
  const solved = captcha !== undefined && journey.presses.roles.has("captcha") && !questions.wasRefused(captcha)
  const form = withoutLists(listed ? withoutTicket(whole, solved) : whole, journey.emptyLists)
  journey.arrive(look, form)
  // A native question was answered when it came; it is news only where it says that the invoice is there already.
  const natives = tab.said
    .slice(journey.heardDialogs)
    .filter(({ type, text }) => type === "alert" || outcomeOf(text) === "already_invoiced")
    .map(({ text }) => text)
  // What a dialog says after a press inside it is its answer.
  const question =
    offersChoice(front) && asksToConfirm(front.dialogText) && journey.presses.last?.dialog !== front.dialog
  const asks = front.dialog !== 0 && form.fields.length > 0
  const sayings = newSayings(look, journey.textsBefore, natives, journey.stamping).filter(
    // What a question explains is no refusal, save that the invoice is there already; nor that a dialog asks for something.
    ({ text, outcome, inDialog }) =>
      !(asks && inDialog && outcome === "incomplete") &&
      !(
        question &&
        outcome !== "already_invoiced" &&
        (asksToConfirm(text) || promises(text)) &&
        bare(front.dialogText).includes(bare(text))
      )
  )
  const wentOn = form.entries.some(
    (entry) => entry._tag !== "Tick" && entry.field.role !== undefined && !journey.given.has(entry.field.role)
  )
  const situation: Situation = { look, front, form, sayings, wentOn }
  return situation
})

// Who has named no ticket yet cannot have named a wrong one: an empty list of purchases says "no hay" too.
const beforeAll = ({ outcome }: Saying) =>
  outcome === "closed" ||
  outcome === "down" ||
  outcome === "blocked" ||
  outcome === "login_failed" ||
  outcome === "captcha_wrong"

/** The XML that a portal offers in answer to the ticket alone: that of an invoice made before. */
const offeredXml = ({ journey }: Trip, { front, form }: Situation) =>
  journey.hasTold &&
  form.entries.length === 0 &&
  !form.fields.some(({ role }) => isOurs(role)) &&
  !pressesIn(front).some(({ press }) => press === "stamp")
    ? downloadPresses(front).find(({ press, button }) => press === "download_xml" && journey.presses.isNew(button))
        ?.button.text
    : undefined

/** What the portal has answered to the last press, or its list or its files have said of our ticket. */
export const heardIn = (trip: Trip, situation: Situation, facts: ReadonlyArray<Fact>): Heard | undefined => {
  const { journey } = trip
  const { look, sayings, wentOn } = situation
  const made = journey.stamping ? undefined : (invoicedRow(look.rows, facts) ?? offeredXml(trip, situation))
  if (made !== undefined) return { text: made, inDialog: false, loud: true, outcome: "already_invoiced" }
  // A text that was opened to be agreed to is no answer.
  const reads =
    journey.presses.last !== undefined && /terminos|condiciones|privacidad/.test(plain(journey.presses.last.text))
  const told =
    journey.presses.last && !reads ? hear(journey.hasTold ? sayings : sayings.filter(beforeAll), wentOn) : undefined
  // What was made before a taxpayer was told was made for somebody's earlier asking.
  const before = told?.outcome === "success" && told.loud && !journey.stamping && tellsOfMaking(told.text)
  return before && !journey.given.has("regime") && !journey.given.has("use")
    ? { ...told, outcome: "already_invoiced" }
    : told
}
