import { Option } from "effect"
import { parseMoney } from "../../cfdi/Money.ts"
import type { Control } from "../page/Look.ts"
import { isTime, parseDate, timeIn } from "./Dates.ts"
import { plain } from "./Plain.ts"

export const matchesPattern = (pattern: string, value: string) => {
  try {
    return new RegExp(`^(?:${pattern})$`, "v").test(value)
  } catch {
    // A pattern that no browser takes either binds nobody.
    return true
  }
}

/** The number or code that a place has before its name: "41 Xalapa Ánimas", "VER114 Boca del Río". */
export const placeNumber = (value: string) =>
  (/^\s*([A-Z]{0,4}\d{1,6})\s*[-–.:]?\s+\p{L}/u.exec(value) ??
    /^\s*(?:SUC|TDA|ES|EST|T|E)[-. ]+(\d{2,6})(?!\S)/i.exec(value))?.[1]

const asksPlaceNumber =
  /\b(no|num|numero|clave|id|codigo)\b\.?( de( la)?)? (estacion|sucursal|tienda|unidad|caseta|restaurante)/

const asksNumber = /\b(no|num|numero|clave|id)\b|\b\d{1,6}\b/

/** Does this control take the number of a place alone? */
export const fitsNumber = (control: Control, value: string) => {
  const number = placeNumber(value)
  if (number === undefined || (control.kind !== "text" && control.kind !== "combobox")) return false
  const tooShort = control.maxLength >= number.length && control.maxLength < value.length
  return (
    tooShort ||
    control.type === "number" ||
    asksPlaceNumber.test(plain(`${control.label} ${control.hint}`)) ||
    asksNumber.test(plain(`${control.placeholder} ${control.hint}`))
  )
}

/** How many characters a field says that it takes: "Código de 18 caracteres". */
const lengthAsked = ({ label, placeholder, hint, title }: Control) => {
  const said = /\b(?:de|a|los|consta de|tiene) (\d{1,2}) (?:digitos|caracteres|numeros|letras)/.exec(
    plain([label, placeholder, hint, title].join(" "))
  )
  return said ? Number(said[1]) : undefined
}

/** "RP-00418873" where a field takes the digits alone. */
export const withoutPrefix = (
  { hint, label, maxLength, pattern, placeholder, title, type }: Control,
  value: string
) => {
  const [, digits] = /^\s*\p{L}{1,4}[-. ]?(\d{3,})\s*$/u.exec(value) ?? []
  if (digits === undefined) return undefined
  const whole = value.replace(/[^\p{L}\d]/gu, "")
  const refused = pattern !== "" && !matchesPattern(pattern, value) && !matchesPattern(pattern, whole)
  const takesDigits =
    type === "number" ||
    (refused && matchesPattern(pattern, digits)) ||
    (maxLength === digits.length && maxLength < whole.length) ||
    /(solo|unicamente) (los )?(numeros|digitos)|sin (el |la |las )?(prefijo|letra)/.test(
      plain([label, placeholder, hint, title].join(" "))
    )
  return takesDigits ? digits : undefined
}

// "21.447 L", "$85" where two decimals are wanted.
const numberIn = (value: string) => /^\s*([\d.,]*\d)\s*(?:\p{L}{1,4}\.?)?\s*$/u.exec(value)?.[1]

/**
 * Is it printed as a placeholder shows, "000-0000-00"? Nothing where it shows nothing, or where no more than what stands
 * between is another.
 */
export const isPrintedSo = ({ placeholder }: Control, value: string) => {
  const shape = placeholder.trim()
  if (!/^0+([-/ ]0+)+$/.test(shape)) return undefined
  if (value.trim().replace(/\d/g, "0") === shape) return true
  return value.replace(/\D/g, "").length === shape.replace(/\D/g, "").length ? undefined : false
}

/** May this value stand in this control at all? Dates and amounts are written the field's way later. */
export const fitsShape = (control: Control, value: string) => {
  if (control.type === "date") return parseDate(value) !== undefined
  if (control.type === "time") return timeIn(value) !== undefined
  const asked = lengthAsked(control)
  if (asked !== undefined && value.replace(/\W/g, "").length !== asked) return false
  if (control.type === "email") return value.includes("@")
  if (control.kind === "text" && asksPlaceNumber.test(plain(control.label)) && !/\d/.test(value)) return false
  if (control.kind === "select" || control.kind === "chooser" || control.kind === "radio") return true
  if (parseDate(value) !== undefined && /[/-]/.test(value)) return true
  if (isTime(value)) return control.maxLength < 0 || control.maxLength >= 4
  if (withoutPrefix(control, value) !== undefined) return true
  const money = parseMoney(value)
  if (control.type === "number" && Option.isNone(money) && !/^\d+$/.test(value) && numberIn(value) === undefined)
    return false
  if (Option.isSome(money) && (value.includes(".") || /^\s*\$/.test(value))) return true
  if (control.maxLength > 0 && value.length > control.maxLength && value.replace(/\W/g, "").length > control.maxLength)
    return false
  if (parseDate(value) === undefined && isPrintedSo(control, value) === false) return false
  return (
    control.pattern === "" ||
    matchesPattern(control.pattern, value) ||
    matchesPattern(control.pattern, value.replace(/\W/g, ""))
  )
}
