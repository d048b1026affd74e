import { Option } from "effect"
import { formatMoney, parseMoney } from "../../cfdi/Money.ts"
import { dateFormat, parseDate, writeDate } from "../portal/Dates.ts"
import type { Fact } from "../portal/Facts.ts"
import type { Field } from "../portal/Fields.ts"
import { plain } from "../portal/Plain.ts"

const amounts = new Set<Field["role"]>(["total", "subtotal", "tip"])
const wholePesos = /sin (centavos|decimales)|pesos (cerrados|enteros|completos)|numeros? enteros?/

/** An amount as fields take it: digits and a point; without the point where the field says so and no centavo is lost. */
const amount = (field: Field, cents: bigint) => {
  const { label, hint, placeholder, title, step } = field.control
  const whole = wholePesos.test(plain([label, hint, placeholder, title].join(" "))) || step === "1"
  return whole && cents % 100n === 0n ? String(cents / 100n) : formatMoney(cents)
}

/** How a fact is written for one field. */
export const writing = (field: Field, { value }: Fact): string => {
  const { type } = field.control
  const date = field.role === "date" || type === "date" ? parseDate(value) : undefined
  if (date) return writeDate(date, dateFormat(field.control))
  const time = field.role === "time" || type === "time" ? /\d{1,2}:\d{2}/.exec(value)?.[0] : undefined
  if (time !== undefined) return time.padStart(5, "0")
  const cents = amounts.has(field.role) || /^\s*\$/.test(value) ? parseMoney(value) : Option.none()
  if (Option.isSome(cents)) return amount(field, cents.value)
  return type === "number" ? value.replace(/[^\d.]/g, "") : value
}
