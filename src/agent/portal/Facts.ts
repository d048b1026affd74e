import { Option } from "effect"
import { paymentFormName, regimeName, useName } from "../../cfdi/Catalogs.ts"
import { parseMoney } from "../../cfdi/Money.ts"
import { personType } from "../../cfdi/Rfc.ts"
import type { Assignment } from "../Assignment.ts"
import { best, readLabel, type Scores } from "./Classify.ts"
import { type FieldRole, isTicketRole } from "./FieldRole.ts"
import { splitName } from "./PersonName.ts"

/** One thing that the task knows and a portal may ask for. */
export interface Fact {
  readonly roles: Scores
  /** The ticket's own label; empty for the taxpayer's data. */
  readonly label: string
  readonly value: string
  /** Other ways a list may say the same: a catalogue's name for its code. */
  readonly names: ReadonlyArray<string>
}

const known: Readonly<Record<string, FieldRole>> = {
  folio: "ticket",
  ticket_number: "ticket",
  transaction: "transaction",
  web_id: "webId",
  store: "store",
  register: "register",
  total: "total",
  subtotal: "subtotal",
  date: "date",
  time: "time",
  payment_method: "payment",
  barcode: "barcode"
}

const readEntry = (label: string): Scores => {
  const key = known[label]
  const said = readLabel(label.replace(/_/g, " "))
  const roles = key ? new Map([...said, [key, 12] as const]) : said
  return new Map([...roles].filter(([role]) => isTicketRole(role)))
}

const names = (role: FieldRole | undefined, value: string) =>
  role === "payment" ? Option.toArray(paymentFormName(value.padStart(2, "0"))) : []

const ticketFacts = (ticket: Assignment["ticket"]): ReadonlyArray<Fact> =>
  Object.entries(ticket).map(([label, value]) => {
    const roles = readEntry(label)
    return { roles, label, value, names: names(best(roles)?.role, value) }
  })

const fact = (role: FieldRole, value: string, names: ReadonlyArray<string> = []): Fact => ({
  roles: new Map([[role, 12]]),
  label: "",
  value,
  names
})

const profileFacts = ({ profile }: Assignment): ReadonlyArray<Fact> => {
  const person = personType(profile.rfc)
  const split = splitName(profile.fullName, profile.rfc)
  const parts: ReadonlyArray<Fact> =
    person === "moral"
      ? []
      : [
          fact("firstName", split.firstName),
          fact("paternalSurname", split.paternalSurname),
          fact("maternalSurname", split.maternalSurname),
          fact("surnames", `${split.paternalSurname} ${split.maternalSurname}`.trim())
        ]
  return [
    fact("rfc", profile.rfc),
    fact("name", profile.fullName),
    ...parts,
    fact(
      "personType",
      person === "moral" ? "Persona Moral" : "Persona Física",
      person === "moral" ? ["Moral"] : ["Física"]
    ),
    fact("postalCode", profile.postalCode),
    fact("regime", profile.fiscalRegime, Option.toArray(regimeName(profile.fiscalRegime))),
    fact("use", profile.cfdiUse, Option.toArray(useName(profile.cfdiUse))),
    fact("email", profile.email)
  ]
}

/** All that may be typed into a portal for this assignment. */
export const factsOf = (assignment: Assignment): ReadonlyArray<Fact> => [
  ...profileFacts(assignment),
  ...ticketFacts(assignment.ticket)
]

/** The ticket's amounts by what they are: the invoice's total must be one of them. */
export const amountsOf = (ticket: Assignment["ticket"]) => {
  const amounts = ticketFacts(ticket).flatMap(({ roles, value }) => {
    const role = best(roles)?.role
    const cents = parseMoney(value)
    return role && Option.isSome(cents) ? [{ role, cents: cents.value }] : []
  })
  const of = (role: FieldRole) => amounts.filter((amount) => amount.role === role).map(({ cents }) => cents)
  const [total] = of("total")
  const tips = of("tip")
  return {
    total: Option.fromNullable(total),
    /** The total with or without what was tipped. */
    tolerated: total === undefined ? [] : tips.flatMap((tip) => [total - tip, total + tip])
  }
}
