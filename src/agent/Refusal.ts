import { Effect } from "effect"
import {
  CaptchaUnsolved,
  LoginFailed,
  PortalBlocked,
  PortalClosed,
  PortalDown,
  SubmitUncertain,
  TicketRefused
} from "./AgentError.ts"
import type { Look } from "./page/Tab.ts"
import type { Heard, Saying } from "./plan/Hear.ts"
import { isTicketRole } from "./portal/FieldRole.ts"
import type { Outcome } from "./portal/Outcome.ts"
import { picture, quote, type Trip } from "./Trip.ts"

/** Was the last press made on a form about the taxpayer rather than about the ticket? */
const wasFiscal = ({ journey }: Trip) => {
  const roles = [...journey.presses.roles]
  return (roles.includes("regime") || roles.includes("use")) && !roles.some(isTicketRole)
}

const refusal = (trip: Trip, outcome: Outcome, reason: string) => {
  switch (outcome) {
    case "already_invoiced":
      return new TicketRefused({ code: "ALREADY_INVOICED", reason })
    case "expired":
      return new TicketRefused({ code: "TICKET_EXPIRED", reason })
    case "data_rejected":
    case "incomplete":
      return new TicketRefused({ code: "DATA_REJECTED", reason })
    case "not_yet":
      return new TicketRefused({ code: "TICKET_NOT_FOUND", reason })
    case "not_found":
      return new TicketRefused({ code: wasFiscal(trip) ? "DATA_REJECTED" : "TICKET_NOT_FOUND", reason })
    case "captcha_wrong":
      return new CaptchaUnsolved({ reason })
    case "login_failed":
      return new LoginFailed({ reason })
    case "blocked":
      return new PortalBlocked({ reason })
    case "closed":
      return new PortalClosed({ reason })
    default:
      return trip.journey.stamping ? new SubmitUncertain({ reason }) : new PortalDown({ reason })
  }
}

/** Ends the run in the portal's own words. */
export const refuse = Effect.fn("agent.refuse")(function* (trip: Trip, { outcome, text }: Heard) {
  const reason = `El portal dice: ${quote(trip, text)}`
  yield* trip.desk.step({ type: "error", message: reason, ...(yield* picture(trip)) })
  return yield* refusal(trip, outcome, reason)
})

const rfcs = /\b[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}\b/g

/** Fails where the page shows a taxpayer and it is not ours: then nothing is sent. A shop's own RFC was there from the start. */
export const refuseOtherTaxpayer = Effect.fn("agent.refuseOtherTaxpayer")(function* (
  { assignment, journey }: Trip,
  look: Look
) {
  const { rfc } = assignment.profile
  const rfcsIn = (text: string): ReadonlyArray<string> => text.toUpperCase().match(rfcs) ?? []
  const told = look.texts
    .filter(({ text }) => /r\.?f\.?c/i.test(text) && !journey.isFurniture(text))
    .flatMap(({ text }) => rfcsIn(text))
  const chosen = look.controls
    .filter(({ kind }) => kind === "select" || kind === "chooser" || kind === "combobox")
    .flatMap(({ value }) => rfcsIn(value))
  const shown = [...told, ...chosen]
  const ours = [...look.texts.map(({ text }) => text), ...look.controls.map(({ value }) => value)].some((text) =>
    rfcsIn(text).includes(rfc)
  )
  const another = chosen.some((other) => other !== rfc)
  if (another || (shown.length > 0 && !shown.includes(rfc) && !ours)) {
    return yield* new TicketRefused({
      code: "DATA_REJECTED",
      reason: "El portal muestra el RFC de otro contribuyente; no se envió nada."
    })
  }
  return ours
})

/** The portal was told to stamp and never said how it went. */
export const uncertain = (trip: Trip, sayings: ReadonlyArray<Saying>) => {
  const words = sayings.filter(({ text }) => text.length > 3).map(({ text }) => text.slice(0, 120))
  const said = words.length > 0 ? ` El portal dice: ${quote(trip, words.slice(0, 3).join(" · "))}` : ""
  return new SubmitUncertain({ reason: `Se envió la solicitud y el portal no dijo cómo terminó.${said}` })
}
