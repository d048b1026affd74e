import { Option } from "effect"
import { formatMoney, parseMoney } from "../../cfdi/Money.ts"
import { dateFormat, parseDate, writeDate } from "../portal/Dates.ts"
import type { Fact } from "../portal/Facts.ts"
import type { Field } from "../portal/Fields.ts"
import { plain } from "../portal/Plain.ts"
import { fitsNumber, matchesPattern, placeNumber } from "../portal/Shape.ts"

const amounts = new Set<Field["role"]>(["total", "subtotal", "tip"])
const wholePesos = /sin (centavos|decimales)|pesos (cerrados|enteros|completos)|numeros? enteros?/

/** Does a form want its amounts without centavos? One field says it for all. */
export const wantsWholePesos = (fields: ReadonlyArray<Field>) =>
  fields.some(
    ({ role, control: { label, hint, placeholder, title, step } }) =>
      (amounts.has(role) && step === "1") || wholePesos.test(plain([label, hint, placeholder, title].join(" ")))
  )

/** An amount as fields take it: digits and a point, and no point where none is wanted and no centavo is lost. */
const amount = (cents: bigint, whole: boolean) =>
  whole && cents % 100n === 0n ? String(cents / 100n) : formatMoney(cents)

const wantsNoZeros = ({ control: { label, hint, placeholder, title } }: Field) =>
  /sin (los |incluir (los )?)?ceros/.test(plain([label, hint, placeholder, title].join(" ")))

/** How a fact is written for one field. */
export const writing = (field: Field, { value }: Fact, whole: boolean): string => {
  const { type } = field.control
  const date = field.role === "date" || type === "date" ? parseDate(value) : undefined
  if (date) return writeDate(date, dateFormat(field.control))
  const time = field.role === "time" || type === "time" ? /\d{1,2}:\d{2}/.exec(value)?.[0] : undefined
  if (time !== undefined) return time.padStart(5, "0")
  const cents = amounts.has(field.role) || /^\s*\$/.test(value) ? parseMoney(value) : Option.none()
  if (Option.isSome(cents)) return amount(cents.value, whole)
  const [surname, given] = value.split("/").map((part) => part.trim())
  if (surname && given && /^\p{L}[\p{L}\s]*\/\p{L}/u.test(value)) {
    const wanted = plain(`${field.control.label} ${field.control.placeholder}`)
    if (/apellido|last ?name|surname/.test(wanted)) return surname
    if (/nombre|first ?name/.test(wanted)) return given
  }
  const number = fitsNumber(field.control, value) ? placeNumber(value) : undefined
  if (number !== undefined) return number
  if (/^0+\d+$/.test(value) && wantsNoZeros(field)) return value.replace(/^0+/, "")
  if (type === "number") return value.replace(/[^\d.]/g, "")
  return fitsAsPrinted(field, value) ? value : value.replace(/[^\p{L}\d]/gu, "")
}

// Tickets print long codes in groups; a field just as long as the code wants it without them.
const fitsAsPrinted = ({ control: { maxLength, pattern } }: Field, value: string) =>
  (maxLength < 0 || value.length <= maxLength) && (pattern === "" || matchesPattern(pattern, value))
