import { Duration, Effect } from "effect"
import { UnsupportedPortal } from "./AgentError.ts"
import { doubted } from "./Ask.ts"
import type { Look } from "./page/Tab.ts"
import { type Heard, hear, hearQuietly, newSayings, type Saying, saysNo } from "./plan/Hear.ts"
import { downloadPresses } from "./plan/Presses.ts"
import { isGrouped } from "./plan/Writing.ts"
import type { Fact } from "./portal/Facts.ts"
import { isTicketRole } from "./portal/FieldRole.ts"
import { type Outcome, outcomeOf } from "./portal/Outcome.ts"
import type { Questions } from "./Questions.ts"
import { refuse } from "./Refusal.ts"
import type { Situation } from "./Situation.ts"
import { quote, type Trip } from "./Trip.ts"

// What a page may say from the start, and not only in answer to something.
const standing = new Set<Outcome>(["closed", "down", "blocked"])

const describe = (trip: Trip, look: Look, sayings: ReadonlyArray<Saying>) => {
  const news = trip.journey.presses.last ? sayings : look.texts
  const words = news
    .map(({ text }) => text)
    .filter((text) => text.length > 3)
    .slice(0, 4)
  return `No encontré cómo seguir en «${look.title}»${words.length === 0 ? "" : `: ${quote(trip, words.join(" · "))}`}`
}

/** Nothing was found, and something of the ticket is lacking in the form: a person may know it. False where nothing is. */
export const askForRest = Effect.fn("agent.askForRest")(function* (
  { journey, tab }: Trip,
  questions: Questions,
  { form, look }: Situation
) {
  const lacking = form.unfilled.filter(({ role }) => role !== undefined && isTicketRole(role))
  if (lacking.length === 0 || !journey.firstTime(`not found without ${lacking.map(({ key }) => key)}`)) return false
  yield* questions.lacking(form, lacking)
  journey.answered()
  journey.hearAfresh(look, tab.said.length)
  return true
})

/** Nothing was found by a code in groups: it may be wanted without what parts them. False where that was tried, or nothing is to be. */
export const tryUngrouped = (
  { journey, tab }: Trip,
  facts: ReadonlyArray<Fact>,
  { look }: Situation,
  heard: Heard
): boolean => {
  const grouped = facts.some((fact) => isGrouped(fact) && look.controls.some(({ value }) => value === fact.value))
  // Neither another answer of a person nor a page that comes back to be written anew is worth it.
  const pressedAt = performance.now() - Duration.toMillis(journey.sinceProgress())
  const came = tab.traffic.since(pressedAt).some(({ kind }) => kind === "document")
  if (!grouped || came || journey.refusedGrouped || journey.presses.roles.has("captcha")) return false
  journey.refusedGrouped = heard
  journey.answered()
  journey.hearAfresh(look, tab.said.length)
  return true
}

/** Written without its groups the ticket was answered with nothing new, and stands there still: it is the same refusal. */
export const stillRefused = ({ journey }: Trip, { form, sayings }: Situation): Heard | undefined =>
  sayings.length === 0 &&
  form.fields.some(({ control, role }) => role !== undefined && isTicketRole(role) && control.value !== "")
    ? journey.refusedGrouped
    : undefined

/** Nothing leads on: the page's words may say why, or a field that nobody has filled. */
export const giveUp = Effect.fn("agent.giveUp")(function* (
  trip: Trip,
  questions: Questions,
  { look, front, sayings, form }: Situation
) {
  const { journey, tab } = trip
  const all = look.texts.map(({ text }) => ({ text, inDialog: false, loud: false, outcome: outcomeOf(text) }))
  const heard = hear(all, false)
  if (heard && standing.has(heard.outcome)) return yield* refuse(trip, heard)
  const turnAway = Effect.fnUntraced(function* (said: Heard) {
    if (!(yield* doubted(trip, questions, look, said))) return yield* refuse(trip, said)
  })
  const asksForTicket = form.fields.some(({ role }) => role !== undefined && isTicketRole(role))
  if (journey.refusedGrouped && asksForTicket) return yield* refuse(trip, journey.refusedGrouped)
  const untold = [...sayings, ...journey.putAway]
  const quiet = journey.hasTold && !journey.intended ? hearQuietly(untold) : undefined
  if (quiet) return yield* turnAway(quiet)
  const natives = tab.said.map(({ text }) => text)
  const sinceFirst = newSayings(look, journey.atFirst ?? new Set(), natives, false)
  const read =
    journey.hasTold && !journey.intended ? yield* questions.advice.refusalIn([...untold, ...sinceFirst]) : undefined
  if (read && read.outcome !== "incomplete") return yield* turnAway(read)
  if (journey.hasTold && form.blank.length > 0 && journey.firstTime("blank at the end")) {
    yield* questions.lacking(form, form.blank)
    return journey.notStampedAfterAll()
  }
  // Files that nobody asked to be made are those of an invoice that was there before.
  const offered = downloadPresses(front).some(({ button }) => journey.presses.isNew(button))
  if (journey.hasTold && offered && !journey.alreadyInvoiced) {
    const text = sayings[0]?.text ?? look.title
    journey.alreadyInvoiced = { text, inDialog: false, loud: false, outcome: "already_invoiced" }
    return undefined
  }
  // Of the purchases that the portal lists none is the ticket's.
  const rows = front.controls.filter(({ kind, row }) => kind === "checkbox" && row !== "")
  if (journey.hasTold && rows.length > 0 && !rows.some(({ checked }) => checked)) {
    const text = front.texts.find((said) => saysNo({ text: said, inDialog: false, loud: true, outcome: undefined }))
    return yield* turnAway({
      text: text ?? "La lista no tiene la compra del ticket.",
      inDialog: false,
      loud: false,
      outcome: "not_found"
    })
  }
  const refusal = journey.hasTold ? untold.find(saysNo) : undefined
  if (refusal) return yield* turnAway({ ...refusal, outcome: "not_found" })
  return yield* new UnsupportedPortal({ reason: describe(trip, look, sayings) })
})
