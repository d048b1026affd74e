import { Data, type Duration } from "effect"

interface Told {
  /** For the user, Spanish; quotes the portal's own words where it said any. */
  readonly reason: string
}

/** The portal understood the ticket or the taxpayer's data and said no. */
export class TicketRefused extends Data.TaggedError("TicketRefused")<
  Told & { readonly code: "TICKET_EXPIRED" | "TICKET_NOT_FOUND" | "ALREADY_INVOICED" | "DATA_REJECTED" }
> {}

/** Out of service, unreachable or failing, before anything irreversible. */
export class PortalDown extends Data.TaggedError("PortalDown")<Told> {
  readonly code = "PORTAL_DOWN"
}

/** The portal itself says that it does nothing at present, whenever it says so. */
export class PortalClosed extends Data.TaggedError("PortalClosed")<Told> {
  readonly code = "PORTAL_DOWN"
}

/** The portal keeps robots or foreign addresses out. */
export class PortalBlocked extends Data.TaggedError("PortalBlocked")<Told> {
  readonly code = "PORTAL_BLOCKED"
}

export class CaptchaUnsolved extends Data.TaggedError("CaptchaUnsolved")<Told> {
  readonly code = "CAPTCHA"
}

export class LoginFailed extends Data.TaggedError("LoginFailed")<Told> {
  readonly code = "LOGIN_FAILED"
}

/** The three minutes of a run are over before anything irreversible. */
export class RunTimeout extends Data.TaggedError("RunTimeout")<Told> {
  readonly code = "TIMEOUT"
}

/** The browser went away before anything irreversible. */
export class BrowserGone extends Data.TaggedError("BrowserGone")<Told> {
  readonly code = "BROWSER_LOST"
}

/** Nothing was begun, because there is no browser for it now. */
export class BrowsersTaken extends Data.TaggedError("BrowsersTaken")<
  Told & { readonly retryAfter: Duration.Duration }
> {
  readonly code = "BROWSER_LOST"
}

/** An invoice came, but it is not the one that was asked for. */
export class WrongInvoice extends Data.TaggedError("WrongInvoice")<Told> {
  readonly code = "INVOICE_MISMATCH"
}

/** The irreversible act was done, or may have been, and nothing tells how it ended. */
export class SubmitUncertain extends Data.TaggedError("SubmitUncertain")<Told> {
  readonly code = "SUBMIT_UNCERTAIN"
}

/** Not an invoicing portal, or one that the agent cannot complete. */
export class UnsupportedPortal extends Data.TaggedError("UnsupportedPortal")<Told> {
  readonly code = "UNSUPPORTED_PORTAL"
}

/** The address may not be visited. */
export class UrlRefused extends Data.TaggedError("UrlRefused")<Told> {
  readonly code = "URL_REFUSED"
}

/** The user chose to stop when asked. */
export class Aborted extends Data.TaggedError("Aborted")<Told> {
  readonly code = "CANCELLED"
}

export type AgentError =
  | TicketRefused
  | PortalDown
  | PortalClosed
  | PortalBlocked
  | CaptchaUnsolved
  | LoginFailed
  | RunTimeout
  | BrowserGone
  | BrowsersTaken
  | WrongInvoice
  | SubmitUncertain
  | UnsupportedPortal
  | UrlRefused
  | Aborted
