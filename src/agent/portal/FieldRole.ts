/** What a field of an invoicing portal is for. The world of these forms is closed: there is little else. */
export type FieldRole = (typeof ticketRoles)[number] | (typeof fiscalRoles)[number] | (typeof otherRoles)[number]

/** Filled from the ticket. `ticket` and `webId` together are the ticket's key. */
export const ticketRoles = [
  "ticket",
  "webId",
  "transaction",
  "authorization",
  "barcode",
  "total",
  "subtotal",
  "tip",
  "date",
  "time",
  "store",
  "register",
  "series",
  "payment",
  /** The telephone that was topped up. */
  "line",
  /** The last digits of what it was paid with. */
  "card"
] as const

/** Filled from the taxpayer's profile. */
export const fiscalRoles = [
  "rfc",
  "name",
  "firstName",
  "surnames",
  "paternalSurname",
  "maternalSurname",
  "personType",
  "postalCode",
  "regime",
  "use",
  "email"
] as const

/** Known for what they are, and filled by consent, by a person or not at all. */
export const otherRoles = [
  "consent",
  "captcha",
  "username",
  "password",
  "otp",
  "phone",
  "country",
  "state",
  "city",
  "municipality",
  "neighborhood",
  "street",
  "exteriorNumber",
  "interiorNumber",
  "comments",
  "search"
] as const

export const isTicketRole = (role: FieldRole): boolean => (ticketRoles as ReadonlyArray<string>).includes(role)
export const isFiscalRole = (role: FieldRole): boolean => (fiscalRoles as ReadonlyArray<string>).includes(role)

/** Is it something that the task may know? */
export const isOurs = (role: FieldRole | undefined): role is FieldRole =>
  role !== undefined && (isTicketRole(role) || isFiscalRole(role))
