import { speaksOfSuccess } from "./AfterStamp.ts"
import type { Form } from "./plan/Form.ts"
import { nextPress } from "./plan/NextPress.ts"
import { pressesIn } from "./plan/Presses.ts"
import type { Fact } from "./portal/Facts.ts"
import { isTicketRole } from "./portal/FieldRole.ts"
import { foretells } from "./portal/Outcome.ts"
import { pressOf } from "./portal/Press.ts"
import type { Situation } from "./Situation.ts"
import type { Trip } from "./Trip.ts"

/** What was pressed has gone and the stamp is offered by another button: that was a step within the page. */
const isAtNextStep = ({ journey }: Trip, { look, front, form }: Situation, facts: ReadonlyArray<Fact>) =>
  !look.buttons.some(({ frame, ref }) => frame === journey.presses.last?.frame && ref === journey.presses.last.ref) &&
  nextPress(front, form, journey, facts)?.press === "stamp"

/** The dialog that was answered has gone, and the form behind it still holds our ticket and offers the stamp. */
const isBackAtForm = ({ journey }: Trip, { look, front, form }: Situation, facts: ReadonlyArray<Fact>) => {
  const pressed = journey.presses.last
  if (!pressed || pressed.dialog === 0 || look.dialogs.some(({ ref }) => ref === pressed.dialog)) return false
  const ticketHeld = form.fields.some(
    ({ role, control }) => role !== undefined && isTicketRole(role) && control.value !== ""
  )
  return ticketHeld && nextPress(front, form, journey, facts)?.press === "stamp"
}

/** A captcha that comes with the answer wants to be solved before anything is made. */
export const asksForCaptcha = ({ journey }: Trip, { captcha }: Form) =>
  captcha !== undefined && captcha.control.value === "" && !journey.presses.roles.has("captcha")

/** Has the last press, for all that it might have been the stamp, plainly brought the page to the step before it? */
export const hasSteppedOn = (
  trip: Trip,
  situation: Situation,
  facts: ReadonlyArray<Fact>,
  nothingSent: boolean
): boolean => {
  const { journey } = trip
  // What says itself that it stamps has come after a press that did not say so.
  const stampAhead =
    journey.presses.last !== undefined &&
    pressOf(journey.presses.last) !== "stamp" &&
    !speaksOfSuccess(situation.sayings) &&
    pressesIn(situation.front).some(
      ({ press, button }) => press === "stamp" && button.href === "" && journey.presses.isNew(button)
    )
  // The one "Siguiente" of a wizard has come to the step that says that the next press makes the invoice.
  const foretold =
    journey.presses.last !== undefined &&
    pressOf(journey.presses.last) === "next" &&
    !speaksOfSuccess(situation.sayings) &&
    situation.sayings.some(({ text }) => foretells(text))
  return stampAhead || foretold || (nothingSent && isAtNextStep(trip, situation, facts))
}

/** Does the portal want something more before the last press can have been the stamp? */
export const asksForMore = (trip: Trip, situation: Situation, facts: ReadonlyArray<Fact>): boolean => {
  const { journey } = trip
  const { form, wentOn } = situation
  // No ticket was named yet: what was sent was something about the taxpayer.
  const asksForTicket = form.blank.some(
    ({ role }) => role !== undefined && isTicketRole(role) && !journey.given.has(role)
  )
  return wentOn || asksForTicket || asksForCaptcha(trip, form) || isBackAtForm(trip, situation, facts)
}
