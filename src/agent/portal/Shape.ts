import { Option } from "effect"
import { parseMoney } from "../../cfdi/Money.ts"
import type { Control } from "../page/Look.ts"
import { parseDate } from "./Dates.ts"

export const matchesPattern = (pattern: string, value: string) => {
  try {
    return new RegExp(`^(?:${pattern})$`, "v").test(value)
  } catch {
    // A pattern that no browser takes either binds nobody.
    return true
  }
}

/** May this value stand in this control at all? Dates and amounts are written the field's way later. */
export const fitsShape = (control: Control, value: string) => {
  if (control.type === "date") return parseDate(value) !== undefined
  if (control.type === "time") return /\d{1,2}:\d{2}/.test(value)
  if (control.type === "email") return value.includes("@")
  if (control.kind === "select" || control.kind === "chooser" || control.kind === "radio") return true
  if (parseDate(value) !== undefined && /[/-]/.test(value)) return true
  if (control.type === "number" && Option.isNone(parseMoney(value)) && !/^\d+$/.test(value)) return false
  if (Option.isSome(parseMoney(value)) && value.includes(".")) return true
  if (control.maxLength > 0 && value.length > control.maxLength && value.replace(/\W/g, "").length > control.maxLength)
    return false
  return (
    control.pattern === "" ||
    matchesPattern(control.pattern, value) ||
    matchesPattern(control.pattern, value.replace(/\W/g, ""))
  )
}
