import { Effect, Option } from "effect"
import { choose } from "../act/Choose.ts"
import { press } from "../act/Press.ts"
import type { Step } from "../Desk.ts"
import { settle, settleAfter } from "../page/Settle.ts"
import type { Front } from "../plan/Front.ts"
import { downloadPresses } from "../plan/Presses.ts"
import { plain } from "../portal/Plain.ts"
import { picture, type Trip, wait } from "../Trip.ts"
import { conclude, invoicesIn, oursAmong } from "./Collect.ts"

const has = ({ tab }: Trip, kind: "xml" | "pdf") => tab.documents.found.some((found) => found.kind === kind)

/** A list of kinds of file with one button for whichever is chosen. */
const byKind = Effect.fn("invoice.byKind")(
  function* (trip: Trip, front: Front) {
    const { desk, tab } = trip
    for (const kind of ["xml", "pdf"] as const) {
      const names = (text: string) =>
        plain(text)
          .split(/[^a-z]+/)
          .includes(kind)
      const list = front.controls.find(
        ({ kind, enabled, options }) => kind === "select" && enabled && options.some(({ text }) => names(text))
      )
      const option = list?.options.find(({ text }) => names(text))
      const button = front.buttons.find(({ enabled, order }) => list && enabled && order > list.order)
      if (!list || !option || !button || has(trip, kind) || !trip.journey.firstTime(`choose ${kind}`)) continue
      yield* desk.step({ type: "click", message: `Elijo «${option.text}» y descargo con «${button.text}»` })
      const more = tab.documents.beyond(tab.documents.found.length)
      yield* choose(tab, list, { value: option.text, names: [] })
      yield* settleAfter(tab, press(button), { answer: "5 seconds", until: more })
      yield* Effect.zipRight(wait(trip), tab.documents.downloaded).pipe(Effect.raceFirst(more))
    }
  },
  Effect.catchTags({ PageMoved: () => Effect.void, PageStuck: () => Effect.void })
)

/**
 * Gets the files of the invoice: what has come already, else what the page offers, each pressed once, the XML first.
 * Nothing where no XML came.
 */
export const retrieve = Effect.fn("invoice.retrieve")(function* (trip: Trip, front: Front) {
  const { assignment, desk, journey, tab } = trip
  let pictured: Effect.Effect<Partial<Step>> | undefined
  for (const { button } of downloadPresses(front).filter(({ button }) => !journey.isMenu(button))) {
    if (has(trip, "xml") && has(trip, "pdf")) break
    const name = `${button.ref} ${button.text}`
    // A file may be slow in coming, and asking twice for one does no harm.
    if (!journey.firstTime(name) && !journey.firstTime(`${name} again`)) continue
    yield* desk.step({ type: "click", message: `Descargo con «${button.text}»` })
    // Of the page that offers them, while the first one comes.
    pictured ??= yield* Effect.fork(picture(trip))
    const more = tab.documents.beyond(tab.documents.found.length)
    yield* settleAfter(tab, press(button), { answer: "5 seconds", until: more }).pipe(
      Effect.catchTags({ PageMoved: () => Effect.void, PageStuck: () => Effect.void }),
      Effect.zipRight(Effect.zipRight(wait(trip), tab.documents.downloaded).pipe(Effect.raceFirst(more)))
    )
  }
  yield* byKind(trip, front)
  // One press may have brought both, the second a moment later.
  if (has(trip, "xml") !== has(trip, "pdf")) yield* Effect.zipRight(settle(tab), tab.documents.downloaded)
  const came = yield* invoicesIn(tab.documents.found)
  // Among old invoices may be those of other tickets, and that of who invoiced this one before us.
  const read =
    journey.alreadyInvoiced || journey.searching ? Option.getOrUndefined(yield* oursAmong(assignment, came)) : came[0]
  if (!read) return undefined
  const completion = yield* conclude(assignment, desk, read, tab.documents.found)
  yield* desk.step({
    type: "completed",
    message: `Factura ${read.invoice.uuid} recibida y comprobada`,
    ...(yield* pictured ?? picture(trip))
  })
  return completion
})
