import { Option } from "effect"
import { parseMoney } from "../../cfdi/Money.ts"
import { best } from "./Classify.ts"
import type { Fact } from "./Facts.ts"
import { plain } from "./Plain.ts"

export const isAmount = (value: string) => /^\s*\$|\d[.,]\d{2}$/.test(value) && Option.isSome(parseMoney(value))

const cents = ({ value }: Fact) => Option.getOrElse(parseMoney(value), () => 0n)

const isTotal = ({ roles }: Fact) => best(roles)?.role === "total"

const foreign = /\busd\b|dolar/

/** What is left or given back is not what was sold for. */
const kept = /saldo|puntos|ahorr|cambio|balance|disponible|descuento|monedero/

/** Litres and prices have no sign of money where the total has; and the one amount of a ticket is its total. */
const inPesos = (printed: ReadonlyArray<Fact>): ReadonlyArray<Fact> => {
  const facts = printed.map((fact) => (foreign.test(plain(fact.label)) ? { ...fact, roles: new Map() } : fact))
  const isSigned = ({ label, value }: Fact) => /\$/.test(value) && !kept.test(plain(label))
  const [signed, ...more] = facts.filter((fact) => isSigned(fact) && (isTotal(fact) || fact.roles.size === 0))
  if (facts.some((fact) => isTotal(fact) && isSigned(fact)))
    return facts.map((fact) =>
      isTotal(fact) && !isSigned(fact) && (fact.roles.get("total") ?? 0) <= 6 ? { ...fact, roles: new Map() } : fact
    )
  return signed && more.length === 0 && !facts.some(isTotal)
    ? facts.map((fact) => (fact === signed ? { ...fact, roles: new Map([["total", 6]]) } : fact))
    : facts
}

/** What was handed over is not what was paid, where the difference came back. */
const withoutChange = (facts: ReadonlyArray<Fact>): ReadonlyArray<Fact> => {
  const change = facts.find(({ label }) => /\bcambio\b/.test(plain(label)))
  if (!change || cents(change) === 0n) return facts
  const isHanded = (fact: Fact) =>
    isTotal(fact) &&
    facts.some((other) => other !== change && cents(other) > 0n && cents(other) + cents(change) === cents(fact))
  return facts.map((fact) => (isHanded(fact) ? { ...fact, roles: new Map() } : fact))
}

/** "Importe" on a ticket that adds IVA to it is not what was paid. */
const withNet = (facts: ReadonlyArray<Fact>): ReadonlyArray<Fact> => {
  const total = facts.find(({ label, roles }) => /\btotal\b/.test(plain(label)) && best(roles)?.role === "total")
  const tax = facts.find(({ label }) => /\b(iva|i\.v\.a|impuestos?)\b/.test(plain(label)))
  if (!total || !tax) return facts
  return facts.map((fact) =>
    fact !== total && cents(fact) > 0n && cents(fact) + cents(tax) === cents(total)
      ? { ...fact, roles: new Map([["subtotal", 12]]), net: true }
      : fact
  )
}

/** Of amounts that differ by the tip the lesser is what was sold. */
const withoutTip = (facts: ReadonlyArray<Fact>): ReadonlyArray<Fact> => {
  const tip = facts.find((fact) => best(fact.roles)?.role === "tip" && cents(fact) > 0n)
  if (!tip) return facts
  const amounts = facts.filter((fact) => fact !== tip && isAmount(fact.value))
  const sold = amounts.find(
    (fact) =>
      best(fact.roles)?.role !== "subtotal" && amounts.some((other) => cents(fact) + cents(tip) === cents(other))
  )
  if (!sold) return facts
  return facts.map((fact) => {
    if (fact === sold && !fact.net) return { ...fact, roles: new Map([...fact.roles, ["total", 10]]) }
    return fact !== tip && cents(fact) === cents(sold) + cents(tip) ? { ...fact, withTip: true } : fact
  })
}

/** A ticket's facts with the one amount told apart that was sold for: no litres, no cash, no net price, no tip. */
export const soldFor = (facts: ReadonlyArray<Fact>) => withoutTip(withNet(withoutChange(inPesos(facts))))
