import { Duration, Effect } from "effect"
import { press } from "./act/Press.ts"
import { invoicesIn } from "./invoice/Collect.ts"
import { retrieve } from "./invoice/Retrieve.ts"
import { settleAfter } from "./page/Settle.ts"
import type { Look } from "./page/Tab.ts"
import { confirmPress } from "./plan/DialogPress.ts"
import type { Form } from "./plan/Form.ts"
import type { Front } from "./plan/Front.ts"
import { pressesIn } from "./plan/Presses.ts"
import { plain } from "./portal/Plain.ts"
import { type Trip, wait } from "./Trip.ts"

const patience: Duration.DurationInput = "8 seconds"

const offersOldFile =
  /recuper|reenvi|reimpri|descarg|(obtener|consultar|recuperar|descargar)l[oa]\b|(obtener|consultar|ver) (su |tu |mi |la |el |los |las |sus |tus |mis )?(factura|archivos|documentos|comprobante|cfdi)/

/**
 * The ticket has its invoice already: gets it where the portal offers it and it is the user's. `trying` while that may
 * still come; nothing where it does not come or is somebody else's.
 */
export const recover = Effect.fn("agent.recover")(function* (trip: Trip, look: Look, front: Front, form: Form) {
  const { assignment, desk, journey, tab } = trip
  const came = yield* invoicesIn(tab.documents.found)
  if (came.length > 0 && came.every(({ invoice }) => invoice.receiver.rfc !== assignment.profile.rfc)) return undefined
  const retrieved = yield* retrieve(trip, front)
  if (retrieved) return { ...retrieved, warnings: [...retrieved.warnings, "RECOVERED"] }
  const ways = pressesIn(front).filter(
    ({ press, button }) => press !== "back" && offersOldFile.test(plain(button.text))
  )
  // What stands in the menu is the way only where the portal names it.
  const named = [...ways, ...pressesIn(front).filter(({ press }) => press === "recover")]
  const said = plain(journey.alreadyInvoiced?.text ?? "")
  const offered =
    ways.find(({ button }) => !journey.isMenu(button)) ??
    (offersOldFile.test(plain(front.dialogText))
      ? confirmPress(front, (button) => journey.presses.wasPressed(button))
      : undefined) ??
    named.find(({ button }) => said.includes(plain(button.text)) && !journey.presses.wasPressed(button)) ??
    (journey.hasAskedForOldFile && form.known.size > 0
      ? pressesIn(front).find(
          ({ press, button }) =>
            (press === "next" || press === "recover") && !journey.presses.wasPressed(button) && !journey.isMenu(button)
        )
      : undefined)
  if (offered && !journey.presses.wasPressed(offered.button)) {
    yield* desk.step({ type: "click", message: `Recupero la factura con «${offered.button.text}»` })
    journey.beforePress(look, form, offered.button, tab.said.length)
    yield* settleAfter(tab, press(offered.button), { answer: "4 seconds" }).pipe(
      Effect.catchTags({ PageMoved: () => Effect.void, PageStuck: () => Effect.void })
    )
    return "trying" as const
  }
  if (!journey.hasAskedForOldFile || Duration.greaterThan(journey.sinceProgress(), patience)) return undefined
  yield* wait(trip)
  return "trying" as const
})
