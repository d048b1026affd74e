import { Option } from "effect"
import { formatMoney, parseMoney } from "../../cfdi/Money.ts"
import { dateFormat, parseDate, timeIn, writeDate } from "../portal/Dates.ts"
import type { Fact } from "../portal/Facts.ts"
import type { Field } from "../portal/Fields.ts"
import { plain } from "../portal/Plain.ts"
import { fitsNumber, matchesPattern, placeNumber, withoutPrefix } from "../portal/Shape.ts"

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

const wantsSeconds = ({ control: { label, hint, maxLength, placeholder, step, title } }: Field) =>
  step === "1" || maxLength === 8 || /:ss|\d:\d\d:\d\d/.test(plain([label, hint, placeholder, title].join(" ")))

/** Is it to be written without what a ticket prints between its groups, by its own hint or by what the page says of it? */
export const wantsBare = ({ control: { hint, label, placeholder, title } }: Field, said: ReadonlyArray<string>) => {
  const [name = ""] = plain(label).split(/[^\p{L}\d]+/u)
  const telling = [hint, placeholder, title, ...said.filter((text) => name.length >= 3 && plain(text).includes(name))]
  return telling.some((text) => /\bsin( \S+){0,3} (espacios|guiones)\b/.test(plain(text)))
}

const bothAsked = /\bfecha ?(y|\/|-|e) ?(la )?hora\b|\bdia y hora\b|[ay]{2,4}[ t]+hh:mm|\b\d{4} \d\d:\d\d/
const dayAlone = /^\W*[dmay]{1,4}[-/. ][dmay]{1,4}[-/. ][dmay]{1,4}\W*$/

/** Does a field for the day ask for the hour as well? */
export const wantsHour = ({
  control: { label, maxLength, placeholder, hint, title, type }
}: Pick<Field, "control">) => {
  if (type === "datetime-local") return true
  const roomy = maxLength < 0 || maxLength >= 14
  if (type === "date" || !roomy || dayAlone.test(plain(placeholder))) return false
  return bothAsked.test(plain([label, placeholder, hint, title].join(" ")))
}

/** Does a ticket print it in groups, as "0457-1220-8843-917"? */
export const isGrouped = ({ label, value }: Fact) =>
  label !== "" && /^[\p{L}\d]+([-\s]\d+){2,}$/u.test(value) && parseDate(value) === undefined

/** How a fact is written for one field. */
export const writing = (field: Field, { value }: Fact, whole: boolean): string => {
  const { type } = field.control
  const date = field.role === "date" || type === "date" ? parseDate(value) : undefined
  const time = timeIn(value)
  const hour = wantsSeconds(field) ? time : time?.slice(0, 5)
  if (date && hour && type === "datetime-local") return `${writeDate(date, "yyyy-mm-dd")}T${hour}`
  if (date) {
    const day = writeDate(date, dateFormat(field.control))
    return hour && wantsHour(field) ? `${day} ${hour}` : day
  }
  if (hour && (field.role === "time" || type === "time")) return hour
  const cents = amounts.has(field.role) || /^\s*\$/.test(value) ? parseMoney(value) : Option.none()
  if (Option.isSome(cents)) return amount(cents.value, whole)
  const [surname, given] = value.split("/").map((part) => part.trim())
  if (surname && given && /^\p{L}[\p{L}\s]*\/\p{L}/u.test(value)) {
    const wanted = plain(`${field.control.label} ${field.control.placeholder}`)
    if (/apellido|last ?name|surname/.test(wanted)) return surname
    if (/nombre|first ?name/.test(wanted)) return given
  }
  // "3,451,112": a till parts the thousands of a ticket's number too.
  if (/^\d{1,3}(,\d{3})+$/.test(value)) return value.replaceAll(",", "")
  const number = fitsNumber(field.control, value) ? placeNumber(value) : undefined
  if (number !== undefined) return type === "number" || wantsNoZeros(field) ? number.replace(/^0+(?=\d)/, "") : number
  const digits = withoutPrefix(field.control, value)
  if (digits !== undefined) return wantsNoZeros(field) ? digits.replace(/^0+/, "") : digits
  if (/^0+\d+$/.test(value) && wantsNoZeros(field)) return value.replace(/^0+/, "")
  const litres = /^\s*([\d.,]+) ?(?:lts?|litros)\.?\s*$/i.exec(value)?.[1]
  if (litres !== undefined) return litres
  if (type === "number") return value.replace(/[^\d.]/g, "")
  return fitsAsPrinted(field, value) ? value : value.replace(/[^\p{L}\d]/gu, "")
}

// Tickets print long codes in groups; a field just as long as the code wants it without them.
const fitsAsPrinted = ({ control: { maxLength, pattern } }: Field, value: string) =>
  (maxLength < 0 || value.length <= maxLength) && (pattern === "" || matchesPattern(pattern, value))
