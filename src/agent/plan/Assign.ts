import { asksForChannel, channelOf } from "../portal/Channel.ts"
import { best } from "../portal/Classify.ts"
import { parseDate, timeIn } from "../portal/Dates.ts"
import type { Fact } from "../portal/Facts.ts"
import { type FieldRole, isTicketRole } from "../portal/FieldRole.ts"
import type { Field } from "../portal/Fields.ts"
import { likeness } from "../portal/Likeness.ts"
import { matchTicket } from "../portal/Match.ts"
import { isPlaceholder } from "../portal/Options.ts"
import { plain } from "../portal/Plain.ts"
import { listsReceivers, receiverOf } from "../portal/Receiver.ts"
import { formOf } from "./Aside.ts"
import { wantsHour } from "./Writing.ts"

// Who travelled, slept or was treated need not be who the invoice is for.
const ofTraveller = /pasajero|huesped|paciente|alumno|asegurado/
const nameRoles = new Set<FieldRole>(["name", "firstName", "surnames", "paternalSurname", "maternalSurname"])
const again = /^(confirm|repit|repet|vuelva a|reingres)/

/** Which fact answers which field: what a person has said first, then the taxpayer, then the ticket. */
export const assigned = (
  fields: ReadonlyArray<Field>,
  facts: ReadonlyArray<Fact>,
  answerTo: (field: Field) => string | undefined
) => {
  const found = new Map<Field, Fact>()
  const open: Array<Field> = []
  const recharge = recharged(fields, facts)
  for (const field of fields) {
    const answer = answerTo(field)
    const offered =
      field.radios.length > 0 ? field.radios.map(({ label }) => label) : field.control.options.map(({ text }) => text)
    const chosen =
      field.role === "store" && field.control.kind !== "text" && field.control.options.length === 0
        ? storeOf(field, facts)
        : listsReceivers(field)
          ? receiverOf(field, facts)
          : asksForChannel(offered)
            ? channelOf(offered, facts)
            : undefined
    // "Empresa" may be ours or the shop's: where the ticket prints the word, it is the shop's.
    const printed =
      field.role === "name" &&
      facts.some(({ label, roles }) => label !== "" && roles.size === 0 && likeness(label, field.control.label) === 1)
    const anothers =
      field === recharge ||
      printed ||
      (nameRoles.has(field.role ?? "search") && ofTraveller.test(plain(field.control.label)))
    const fiscal = anothers
      ? undefined
      : facts.find((fact) => fact.label === "" && field.role !== undefined && fact.roles.has(field.role))
    if (answer !== undefined) found.set(field, { roles: new Map(), label: field.key, value: answer, names: [] })
    else if (chosen) found.set(field, chosen)
    else if (fiscal) found.set(field, fiscal)
    else if (anothers || !field.role || isTicketRole(field.role)) open.push(field)
  }
  const matched = matchTicket(
    open.map(({ control }) => control),
    facts.filter(({ label }) => label !== "")
  )
  for (const field of open) {
    const fact = matched.get(field.control)
    if (fact) found.set(field, fact)
  }
  for (const field of fields) {
    const first = again.test(plain(field.control.label)) && !found.has(field) && isTicketRole(field.role ?? "search")
    const twin = first ? fields.find((other) => other.role === field.role && found.has(other)) : undefined
    const same = twin && found.get(twin)
    if (same) found.set(field, same)
  }
  for (const field of fields) {
    const fact = found.get(field)
    if (!fact || !wantsHour(field) || parseDate(fact.value) === undefined || timeIn(fact.value) !== undefined) continue
    const whole = withHour(fact, facts)
    if (whole) found.set(field, whole)
    else if (field.control.type === "datetime-local") found.delete(field)
  }
  // Of several moments on a ticket the hour goes with the day.
  const days = new Set(fields.flatMap((field) => (field.role === "date" ? (found.get(field)?.label ?? []) : [])))
  const hours = facts.filter(({ label, roles }) => days.has(label) && best(roles)?.role === "time")
  const [hour] = hours
  const asksHour = fields.find((field) => field.role === "time" && !found.has(field))
  if (hour && asksHour && hours.length === 1) found.set(asksHour, hour)
  for (const field of fields) {
    const beside = fields.filter(({ control }) => formOf(control) === formOf(field.control))
    const leadsToStore =
      beside.some(({ role }) => role === "store") || !beside.some(({ role }) => role !== undefined && address.has(role))
    const place = leadsToStore && places.has(field.role) && !found.has(field) ? placeOf(field, facts) : undefined
    if (place) found.set(field, place)
  }
  return found
}

/** A day and the one hour that the ticket prints under another label. */
const withHour = (day: Fact, facts: ReadonlyArray<Fact>): Fact | undefined => {
  const hours = facts.filter(({ label, roles }) => label !== "" && best(roles)?.role === "time")
  const [time] = hours.flatMap(({ value }) => timeIn(value) ?? [])
  return time !== undefined && hours.length === 1 ? { ...day, value: `${day.value} ${time}` } : undefined
}

const isRecharge = /recarga|tiempo aire/

/** The number that a ticket for a telephone's credit was for, where a form asks for one number alone. */
const recharged = (fields: ReadonlyArray<Field>, facts: ReadonlyArray<Fact>) => {
  const [field, ...more] = fields.filter(({ role }) => role === "phone")
  const speaks = ({ label, value }: Fact) => label !== "" && isRecharge.test(plain(`${label} ${value}`))
  if (!field || more.length > 0) return undefined
  const said = facts.some((fact) => speaks(fact) && plain(fact.value) !== "no")
  return said || isRecharge.test(plain(field.control.label).replace(/recargad[oa]/, "recarga")) ? field : undefined
}

/** A list of stores that shows its items only when opened: whatever the ticket names may be among them. */
const storeOf = ({ control }: Field, facts: ReadonlyArray<Fact>): Fact | undefined => {
  const ticket = facts.filter(({ label }) => label !== "")
  if (ticket.some(({ roles }) => roles.has("store"))) return undefined
  const [value, ...names] = ticket
    .filter((fact) => fact.roles.size === 0 && /^\p{L}[\p{L}\s.]{3,}$/u.test(fact.value))
    .map((fact) => fact.value)
  return value === undefined ? undefined : { roles: new Map(), label: control.label, value, names }
}

/** Among these a city is the taxpayer's. */
const address = new Set<FieldRole>(["street", "neighborhood", "exteriorNumber", "country"])

const places = new Set<FieldRole | undefined>(["state", "city", "municipality"])

/** "Morelia, Michoacán" on a ticket tells both lists that lead to its store, whatever it calls them. */
const placeOf = ({ control }: Field, facts: ReadonlyArray<Fact>): Fact | undefined => {
  const named = control.options.filter(({ text }) => {
    const name = plain(text)
    return (
      name.length >= 4 &&
      !isPlaceholder(text) &&
      facts.some(({ label, value }) => label !== "" && plain(value).includes(name))
    )
  })
  const [only] = named
  return only && named.length === 1
    ? { roles: new Map(), label: control.label, value: only.text, names: [] }
    : undefined
}
