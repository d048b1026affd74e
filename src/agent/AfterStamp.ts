import { Duration, Effect } from "effect"
import { press } from "./act/Press.ts"
import type { Completion } from "./Completion.ts"
import { retrieve } from "./invoice/Retrieve.ts"
import { settleAfter } from "./page/Settle.ts"
import type { Look } from "./page/Tab.ts"
import { noticePress } from "./plan/DialogPress.ts"
import type { Front } from "./plan/Front.ts"
import { hear, isBad, type Saying } from "./plan/Hear.ts"
import { downloadPresses } from "./plan/Presses.ts"
import { listPress, searchPress } from "./plan/SearchPress.ts"
import { refuse, uncertain } from "./Refusal.ts"
import { picture, quote, type Trip, wait } from "./Trip.ts"

/** How long links may take to appear after the portal has said that all went well. */
const linksTime = Duration.toMillis("8 seconds")
/** How long a file may take that the portal offers. */
const fileTime = Duration.toMillis("25 seconds")

/** How long a portal that has answered may say nothing before its user's list is looked into, and how long that takes. */
const silence = Duration.toMillis("12 seconds")
const searchTime: Duration.DurationInput = "40 seconds"

const fellSilent = ({ journey, tab }: Trip) =>
  tab.traffic.since(journey.stampedAt).length > 0 &&
  !tab.traffic.isBusy() &&
  performance.now() - journey.stampedAt >= silence

export const speaksOfSuccess = (sayings: ReadonlyArray<Saying>) =>
  sayings.some(({ outcome }) => outcome === "success" || outcome === "emailed")

const byEmail = Effect.fn("agent.byEmail")(function* (trip: Trip, sayings: ReadonlyArray<Saying>) {
  const words = sayings.find(({ outcome }) => outcome === "emailed" || outcome === "success")?.text ?? ""
  yield* trip.desk.step({
    type: "completed",
    message: `El portal envía la factura por correo: ${quote(trip, words)}`,
    ...(yield* picture(trip))
  })
  const completion: Completion = {
    delivery: "email",
    warnings: trip.journey.emailed ? [] : ["DELIVERY_UNSTATED"],
    artifacts: []
  }
  return completion
})

/** After the stamp the agent only looks: for a refusal, for the files, for the word that they were mailed. */
export const afterStamp = Effect.fn("agent.afterStamp")(function* (
  trip: Trip,
  look: Look,
  front: Front,
  sayings: ReadonlyArray<Saying>,
  wentOn: boolean
) {
  const { desk, journey, tab } = trip
  // What stands in a list of old invoices tells nothing of the new one.
  const heard = journey.searching ? undefined : hear(sayings, wentOn)
  const offered = downloadPresses(front).some(({ button }) => !journey.isMenu(button))
  // Nothing was made of what never left the browser.
  const success = !journey.searching && speaksOfSuccess(sayings) && tab.traffic.since(journey.stampedAt).length > 0
  if (heard && isBad(heard.outcome) && heard.outcome !== "incomplete" && !(success && offered)) {
    if (heard.outcome !== "already_invoiced") return yield* refuse(trip, heard)
    // It had its invoice before the press: the old file may be offered with the refusal.
    journey.alreadyInvoiced = heard
    journey.notStampedAfterAll()
    return undefined
  }
  if (wentOn) return undefined
  if (success) journey.succeeded(sayings.some(({ outcome }) => outcome === "emailed"))
  if (success || offered || tab.documents.found.length > 0) {
    const retrieved = yield* retrieve(trip, front)
    if (retrieved) return retrieved
  }
  const search =
    journey.successAt === undefined && !offered && fellSilent(trip) ? searchPress(front, journey) : undefined
  if (search && journey.firstTime(`search by ${search.button.text}`)) {
    journey.searching = true
    yield* desk.step({ type: "click", message: `Busco la factura en «${search.button.text}»` })
    yield* settleAfter(tab, press(search.button), { answer: "4 seconds" })
    return undefined
  }
  if (journey.searching)
    return yield* Duration.greaterThan(journey.sinceStamp(), searchTime) ? uncertain(trip, []) : wait(trip)
  // The files lie behind what the portal has to say first, in whatever words.
  const behind = front.dialog !== 0 && downloadPresses({ ...front, buttons: look.buttons }).length > 0
  if (journey.successAt === undefined && !behind) return undefined
  const notice = front.dialog === 0 ? undefined : noticePress(front)
  if (
    notice &&
    (notice.press === "accept" || notice.press === "dismiss") &&
    journey.firstTime(`notice ${notice.button.ref}`)
  ) {
    yield* settleAfter(tab, press(notice.button), { answer: "2 seconds" })
    return undefined
  }
  if (journey.successAt === undefined) return undefined
  const list = journey.emailed || offered ? undefined : listPress(front)
  if (list && journey.firstTime("list of invoices")) {
    yield* desk.step({ type: "click", message: `Busco la factura en «${list.button.text}»` })
    yield* settleAfter(tab, press(list.button), { answer: "4 seconds" })
    return undefined
  }
  const since = performance.now() - journey.successAt
  if (offered ? since < fileTime : !journey.emailed && since < linksTime) return yield* wait(trip)
  return yield* byEmail(trip, sayings)
})
