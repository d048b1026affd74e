import type { FiscalProfile } from "../cfdi/FiscalProfile.ts"
import type { TicketDetails } from "../cfdi/Ticket.ts"

/** All that a run of the agent needs to know: one ticket, one taxpayer, one portal. */
export interface Assignment {
  readonly vendorUrl: URL
  /** What the ticket says, `label → value`, as printed. */
  readonly ticket: TicketDetails
  /** The taxpayer; its `cfdiUse` is already the one that this task wants. */
  readonly profile: FiscalProfile
  /** What else is known of the taxpayer, by a label: a telephone, a street. */
  readonly details: Readonly<Record<string, string>>
  /** What the user answered in earlier interventions, by the name of the field that was asked for. */
  readonly answers: Readonly<Record<string, string>>
  readonly confirmBeforeSubmit: boolean
  /** An earlier run has recorded its intent to submit: look for the invoice, never submit. */
  readonly submitted: boolean
}
