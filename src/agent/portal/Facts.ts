import { Option, Schema } from "effect"
import { regimeName, useName } from "../../cfdi/Catalogs.ts"
import { parseMoney } from "../../cfdi/Money.ts"
import { normalise, personType, Rfc } from "../../cfdi/Rfc.ts"
import type { Assignment } from "../Assignment.ts"
import { spelled } from "./Abbreviations.ts"
import { isAmount, soldFor } from "./Amounts.ts"
import { best, readLabel, type Scores } from "./Classify.ts"
import { isTime, parseDate, timeIn, writeDate } from "./Dates.ts"
import { detailOf } from "./Details.ts"
import { type FieldRole, isTicketRole } from "./FieldRole.ts"
import { labelParts } from "./LabelParts.ts"
import { isKey } from "./Match.ts"
import { lastDigits, payment, paymentCode } from "./Payment.ts"
import { splitName } from "./PersonName.ts"
import { plain } from "./Plain.ts"
import { thingIn } from "./Things.ts"
import { lineOf } from "./TopUp.ts"

/** One thing that the task knows and a portal may ask for. */
export interface Fact {
  readonly roles: Scores
  /** The ticket's own label; empty for the taxpayer's data. */
  readonly label: string
  readonly value: string
  /** What the total was before tax, proved by the ticket's own sums. */
  readonly net?: true
  /** The total and the tip: what was left on the table is not invoiced, unless the portal asks for it so. */
  readonly withTip?: true
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

/** What tells a moment tells no number of a ticket, whatever it is called: "Cruce: 21/11/26 08:41". */
const momentRoles = (value: string): Scores =>
  new Map([
    ...(parseDate(value) === undefined ? [] : [["date", 6] as const]),
    ...(isTime(value) ? [["time", 6] as const] : [])
  ])

const readEntry = (label: string, value: string): Scores => {
  const key = known[label]
  const read = readLabel(spelled(label.replace(/_/g, " ")))
  // Money is no key: "Consumo $640.00" is what was eaten for.
  const money = isAmount(value) && best(read)?.role === "ticket"
  if (!money && thingIn({ label, value }) !== undefined) return new Map()
  const moment = money ? new Map<FieldRole, number>() : momentRoles(value)
  const shape: Scores = money ? new Map([["total", 6]]) : moment
  const other = [...read].filter(
    ([role]) => role !== "ticket" && (moment.size === 0 || role === "date" || role === "time")
  )
  const said = shape.size > 0 ? new Map([...shape, ...other]) : read
  // What a ticket calls a password is its own code, and "SUC 118" is a store under whatever name.
  if (/^contrasena$/.test(plain(label))) return new Map([["webId", 8]])
  if (!key && read.size === 0 && /^(suc|sucursal|tda|tienda)\b\.? ?[\p{L}\d]/iu.test(value))
    return new Map([["store", 8]])
  const roles = key ? new Map([...said, [key, 12] as const]) : said
  if (!key && isKey(roles) && namesPlace(value)) return new Map()
  return new Map([...roles].filter(([role]) => isTicketRole(role) && (/\d/.test(value) || mayBeWords(role, label))))
}

const numbers = new Set<FieldRole>(["total", "subtotal", "tip", "date", "time", "card", "barcode", "authorization"])
const keys = new Set<FieldRole>(["ticket", "transaction"])

/** "Mostrador 63", "Mesa 4": where it was ordered, not under what key. */
const namesPlace = (value: string) => /^\p{L}{4,}\.?\s+\d{1,3}$/u.test(value.trim())

/** What has no digit in it is no amount and no date; and a ticket's key only where it is said to be a code. */
const mayBeWords = (role: FieldRole, label: string) =>
  !numbers.has(role) && (!keys.has(role) || /cod|clave|localizador|locator|\bpnr\b|reserv/.test(plain(label)))

/** "22/11/2026 14:07" under one label answers a field for the day and another for the hour. */
const withTimes = (facts: ReadonlyArray<Fact>): ReadonlyArray<Fact> => [
  ...facts,
  ...facts.flatMap((fact) => {
    const time = parseDate(fact.value) === undefined ? undefined : timeIn(fact.value)
    return time === undefined ? [] : [{ ...fact, roles: new Map([["time", 8] as const]), value: time }]
  })
]

const isCode = ({ roles, value }: Fact) => isKey(roles) && /\d/.test(value)
const lengthOf = ({ value }: Fact) => value.replace(/[^\p{L}\d]/gu, "").length

/** "Orden: 275" is the kitchen's number for the day where the ticket has a real key as well. */
const withoutTurns = (facts: ReadonlyArray<Fact>): ReadonlyArray<Fact> =>
  facts.some((fact) => isCode(fact) && lengthOf(fact) >= 5)
    ? facts.map((fact) =>
        isCode(fact) && lengthOf(fact) <= 3 && !/ticket|folio|nota/.test(spelled(fact.label))
          ? { ...fact, roles: new Map() }
          : fact
      )
    : facts

/** "EFECTIVO: $200.00" and "VALES: $300.00": which of them an invoice is to say, its person knows. */
const withoutMixture = (facts: ReadonlyArray<Fact>): ReadonlyArray<Fact> => {
  const isShare = ({ label, names, roles }: Fact) => roles.has("payment") && names[0] === label
  const forms = new Set(facts.filter(isShare).map(({ value }) => value))
  return forms.size > 1 ? facts.filter((fact) => !isShare(fact)) : facts
}

const ticketFacts = (ticket: Assignment["ticket"]): ReadonlyArray<Fact> =>
  withTimes(soldFor(withoutTurns(withoutMixture(entryFacts(ticket)))))

const ticketNouns = /^(boleto|folio|nota|orden|pedido|recibo|referencia|remision|reservacion|ticket)[:.#]*$/

/** "$ 289.00 IVA INCL.", "#8812-7719", "CAJA 2" under Caja. */
const withoutNoise = (label: string, printed: string) => {
  const amount = /^\s*(?:MXN ?)?\$ ?[\d,]+(?:\.\d{2})?(?=\s+\p{L}|\.-)/u.exec(printed)?.[0]
  const [first = "", ...rest] = printed.trim().split(/\s+/)
  const repeated =
    rest.length === 1 && /^\d+$/.test(rest[0] ?? "") && spelled(label).split(" ").includes(spelled(first))
  // "Orden 00042-003-0017": what it is stands before it.
  if (rest.length > 0 && /\d/.test(rest.join(" ")) && ticketNouns.test(spelled(first))) return rest.join(" ")
  return amount ?? (repeated ? (rest[0] ?? printed) : printed.replace(/^#\s*(?=\w)/, ""))
}

/** What the house would like to be tipped, nobody has paid. */
const suggested =
  /\b(propina|tip|gratificacion|servicio)\b.*\b(suger|recomend|sugg)|\b(suger|recomend|sugg)\p{L}* (propina|tip)\b/u

const entryFacts = (ticket: Assignment["ticket"]): ReadonlyArray<Fact> =>
  Object.entries(ticket)
    .filter(([label]) => !suggested.test(plain(label)))
    .flatMap(([label, printed]) => [[label, printed] as const, ...labelParts(label, printed)])
    .flatMap(([label, printed]): ReadonlyArray<Fact> => {
      const value = withoutNoise(label, printed)
      const roles = readEntry(label, value)
      const plainFact = { roles, label, value, names: [] }
      // "JUE 05 NOV 2026" is no label of what is printed behind it.
      if (parseDate(label) !== undefined)
        return [{ ...plainFact, roles: new Map([["date", 9]]), value: `${label} ${printed}` }]
      // "Pago: EFECTIVO" says how it was paid, and so does "T. DEBITO: 486.35".
      const paid =
        Option.isNone(parseMoney(value)) || /^\d{1,2}$/.test(value)
          ? payment(label, value)
          : Option.contains(parseMoney(value), 0n)
            ? []
            : payment(label, label)
      const card = lastDigits(value)
      if (card !== undefined)
        return [
          ...(paymentCode(value) ? payment(label, value) : payment(label, label)),
          { ...plainFact, roles: new Map([["card", 12]]), value: card }
        ]
      if (best(roles)?.role === "payment" && paid.length > 0) return paid
      // "Pago TAG: $104.00" is what was paid; "Pago con: $200.00" what was handed over.
      if (best(roles)?.role === "payment" && isAmount(value) && !/\b(con|su)\b|recib|entreg/.test(spelled(label)))
        return [{ ...plainFact, roles: new Map([["total", 6]]) }]
      // "Venta: T. CREDITO": no ticket's key is without a digit and speaks of money.
      const bySaying = paid.length > 0 && (roles.size === 0 ? !/^\d+$/.test(value) : isKey(roles) && !/\d/.test(value))
      return bySaying ? paid : [plainFact]
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
  ...ticketFacts(assignment.ticket),
  ...lineOf(assignment.ticket),
  ...detailFacts(assignment.details)
]

const detailFacts = (details: Assignment["details"]) =>
  Object.entries(details).flatMap(([label, value]): ReadonlyArray<Fact> => {
    const role = detailOf(label)
    return role === undefined ? [] : [fact(role, value)]
  })

/** The ticket's amounts by what they are: the invoice's total must be one of them. */
export const amountsOf = (ticket: Assignment["ticket"]) => {
  const amounts = ticketFacts(ticket).flatMap(({ roles, value }) => {
    const read = best(roles)
    const cents = parseMoney(value)
    return read && Option.isSome(cents) ? [{ ...read, cents: cents.value }] : []
  })
  // "Total" says it plainer than "Precio".
  amounts.sort((a, b) => b.score - a.score)
  const of = (role: FieldRole) => amounts.filter((amount) => amount.role === role).map(({ cents }) => cents)
  const [total] = of("total")
  const tips = of("tip")
  return {
    total: Option.fromNullable(total),
    /** The total with or without what was tipped. */
    tolerated: total === undefined ? [] : tips.flatMap((tip) => [total - tip, total + tip])
  }
}

/** The day that the ticket says it was bought on, as ISO writes it. */
export const purchaseDateOf = (ticket: Assignment["ticket"]) => {
  const dates = ticketFacts(ticket).filter(({ roles }) => best(roles)?.role === "date")
  const [date] = dates.flatMap(({ value }) => parseDate(value) ?? [])
  return date && writeDate(date, "yyyy-mm-dd")
}

const isRfc = Schema.is(Rfc)

/** What stands on the ticket as an RFC: the shop's own, most likely. */
export const rfcsOn = (ticket: Assignment["ticket"]) =>
  Object.values(ticket)
    .map(normalise)
    .filter((text) => isRfc(text))
