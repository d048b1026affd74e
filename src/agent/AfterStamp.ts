import { Duration, Effect } from "effect"
import { press } from "./act/Press.ts"
import type { Completion } from "./Completion.ts"
import { retrieve } from "./invoice/Retrieve.ts"
import { settleAfter } from "./page/Settle.ts"
import type { Look } from "./page/Tab.ts"
import { noticePress } from "./plan/DialogPress.ts"
import type { Front } from "./plan/Front.ts"
import { hear, isBad, type Saying } from "./plan/Hear.ts"
import { downloadPresses, pressesIn } from "./plan/Presses.ts"
import { plain } from "./portal/Plain.ts"
import { refuse } from "./Refusal.ts"
import { picture, quote, type Trip, wait } from "./Trip.ts"

/** How long links may take to appear after the portal has said that all went well. */
const linksTime = Duration.toMillis("8 seconds")
/** How long a file may take that the portal offers. */
const fileTime = Duration.toMillis("25 seconds")

/** Where a portal keeps what it has made for its user. */
const listsOurs = /^(ver |ir a |consultar )?mis (facturas|cfdi|comprobantes)/

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
  const heard = hear(sayings, wentOn)
  const offered = downloadPresses(front).some(({ button }) => !journey.isMenu(button))
  // Nothing was made of what never left the browser.
  const success = speaksOfSuccess(sayings) && tab.traffic.since(journey.stampedAt).length > 0
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
  const list =
    journey.emailed || offered
      ? undefined
      : pressesIn(front).find(({ press, button }) => press === "recover" && listsOurs.test(plain(button.text)))
  if (list && journey.firstTime("list of invoices")) {
    yield* desk.step({ type: "click", message: `Busco la factura en «${list.button.text}»` })
    yield* settleAfter(tab, press(list.button), { answer: "4 seconds" })
    return undefined
  }
  const since = performance.now() - journey.successAt
  if (offered ? since < fileTime : !journey.emailed && since < linksTime) return yield* wait(trip)
  return yield* byEmail(trip, sayings)
})
