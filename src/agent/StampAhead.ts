import { speaksOfSuccess } from "./AfterStamp.ts"
import type { Form } from "./plan/Form.ts"
import { nextPress } from "./plan/NextPress.ts"
import { pressesIn } from "./plan/Presses.ts"
import type { Fact } from "./portal/Facts.ts"
import { isTicketRole } from "./portal/FieldRole.ts"
import { pressOf } from "./portal/Press.ts"
import type { Situation } from "./Situation.ts"
import type { Trip } from "./Trip.ts"

/** What was pressed has gone and the stamp is offered by another button: that was a step within the page. */
const isAtNextStep = ({ journey }: Trip, { look, front, form }: Situation, facts: ReadonlyArray<Fact>) =>
  !look.buttons.some(({ frame, ref }) => frame === journey.pressed?.frame && ref === journey.pressed.ref) &&
  nextPress(front, form, journey, facts)?.press === "stamp"

/** The dialog that was answered has gone, and the form behind it still holds our ticket and offers the stamp. */
const isBackAtForm = ({ journey }: Trip, { look, front, form }: Situation, facts: ReadonlyArray<Fact>) => {
  const { pressed } = journey
  if (!pressed || pressed.dialog === 0 || look.dialogs.some(({ ref }) => ref === pressed.dialog)) return false
  const ticketHeld = form.fields.some(
    ({ role, control }) => role !== undefined && isTicketRole(role) && control.value !== ""
  )
  return ticketHeld && nextPress(front, form, journey, facts)?.press === "stamp"
}

/** A captcha that comes with the answer wants to be solved before anything is made. */
export const asksForCaptcha = ({ journey }: Trip, { captcha }: Form) =>
  captcha !== undefined && captcha.control.value === "" && !journey.formRoles.has("captcha")

/** Was the last press, for all that it might have been the stamp, plainly but a step on the way to it? */
export const stampIsAhead = (
  trip: Trip,
  situation: Situation,
  facts: ReadonlyArray<Fact>,
  nothingSent: boolean
): boolean => {
  const { journey } = trip
  const { front, form, sayings, wentOn } = situation
  // No ticket was named yet: what was sent was something about the taxpayer.
  const asksForTicket = form.blank.some(
    ({ role }) => role !== undefined && isTicketRole(role) && !journey.given.has(role)
  )
  // What says itself that it stamps has come after a press that did not say so.
  const stampAhead =
    journey.pressed !== undefined &&
    pressOf(journey.pressed) !== "stamp" &&
    !speaksOfSuccess(sayings) &&
    pressesIn(front).some(({ press, button }) => press === "stamp" && button.href === "" && journey.isNew(button))
  const stepped = stampAhead || (nothingSent && isAtNextStep(trip, situation, facts))
  return wentOn || asksForTicket || asksForCaptcha(trip, form) || stepped || isBackAtForm(trip, situation, facts)
}
