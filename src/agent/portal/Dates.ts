import type { Control } from "../page/Look.ts"
import { plain } from "./Plain.ts"

export interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

const months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]

const romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]

const make = (year: string, month: number, day: string): CalendarDate | undefined => {
  const date = { year: Number(year.length === 2 ? `20${year}` : year), month, day: Number(day) }
  const real = new Date(Date.UTC(date.year, month - 1, date.day))
  return real.getUTCMonth() === month - 1 && real.getUTCDate() === date.day ? date : undefined
}

/** A ticket's date as printed in Mexico: day first, or ISO; month first where nothing else can be meant. */
export const parseDate = (said: string): CalendarDate | undefined => {
  const text = said.replace(/^\s*(lun|mar|mi[eé]|jue|vie|s[aá]b|dom)[a-zé]*[.,]*\s+(?=\d)/i, "")
  const iso = /^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text)
  if (iso) return make(iso[1] ?? "", Number(iso[2]), iso[3] ?? "")
  const dayFirst = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/.exec(text)
  if (dayFirst) {
    const [, one = "", other = "", year = ""] = dayFirst
    // "11/23/2026": there is no 23rd month.
    return make(year, Number(other), one) ?? make(year, Number(one), other)
  }
  const roman = /^\s*(\d{1,2})[-/. ]([ivx]{1,4})[-/. ](\d{4}|\d{2})(?!\d)/i.exec(text)
  const nth = roman ? romans.indexOf((roman[2] ?? "").toLowerCase()) : -1
  if (roman && nth >= 0) return make(roman[3] ?? "", nth + 1, roman[1] ?? "")
  const named = /^\s*(\d{1,2})[-/. ]*(?:de )?([a-z]{3})[a-z]*\.?[-/., ]*(?:del? )?(\d{4}|\d{2})(?!\d)/.exec(plain(text))
  const month = named ? months.indexOf(named[2] ?? "") : -1
  return named && month >= 0 ? make(named[3] ?? "", month + 1, named[1] ?? "") : undefined
}

const clock = /(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)(?:\s*([ap])\.?\s?m\b\.?)?/i

/** The hour that a text tells, by 24 hours and with the seconds that it has: "14:07:33". */
export const timeIn = (text: string) => {
  const [, hour = "", minute = "", second, half] = clock.exec(text) ?? []
  if (hour === "" || Number(hour) > 23 || Number(minute) > 59) return undefined
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0)
  return [pad(hours), minute, ...(second === undefined ? [] : [second])].join(":")
}

/** Does a text tell the hour and nothing else? */
export const isTime = (text: string) =>
  timeIn(text) !== undefined &&
  text
    .replace(clock, "")
    .replace(/hrs?\b|horas/i, "")
    .replace(/[\s.]/g, "") === ""

const pad = (value: number) => String(value).padStart(2, "0")

/** How a field wants its date, told by its type, placeholder, title, label or the value it already shows. */
export const dateFormat = (control: Control): string => {
  if (control.type === "date" || /^\^?(\[0-9\]|\\d)\{4\}-/.test(control.pattern)) return "yyyy-mm-dd"
  for (const hint of [
    control.placeholder,
    control.type === "sections" ? control.value : "",
    control.title,
    control.hint,
    control.label,
    control.pattern
  ]) {
    const found = /(dd|mm|[ay]{2,4}|d|m)([-/. ])(dd|mm|[ay]{2,4}|d|m)\2([ay]{2,4}|dd|mm|d|m)/i.exec(plain(hint))
    if (found) return found[0].replace(/a/g, "y")
    const joined = /\b(ddmm[ay]{2,4}|[ay]{4}mmdd)\b/.exec(plain(hint))
    if (joined) return joined[0].replace(/a/g, "y")
  }
  const sample = [control.value, control.placeholder].find((text) => /\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}/.test(text)) ?? ""
  if (/^\d{4}-/.test(sample)) return "yyyy-mm-dd"
  if (/^\d{4}\//.test(sample)) return "yyyy/mm/dd"
  const parts = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{2,4})/.exec(sample)
  if (parts) {
    const [, first = "", separator = "/", second = "", year = ""] = parts
    const order = Number(second) > 12 && Number(first) <= 12 ? ["mm", "dd"] : ["dd", "mm"]
    return [...order, year.length === 2 ? "yy" : "yyyy"].join(separator)
  }
  return control.maxLength === 8 ? "dd/mm/yy" : "dd/mm/yyyy"
}

export const writeDate = ({ year, month, day }: CalendarDate, format: string) =>
  format.replace(/y+|m+|d+/g, (token) => {
    if (token.startsWith("y")) return token.length === 2 ? String(year).slice(-2) : String(year)
    const value = token.startsWith("m") ? month : day
    return token.length === 1 ? String(value) : pad(value)
  })

/** Do two texts tell one day, in whatever form? */
export const isSameDay = (one: string, other: string) => {
  const [a, b] = [parseDate(one), parseDate(other)]
  return a !== undefined && b !== undefined && writeDate(a, "yyyymmdd") === writeDate(b, "yyyymmdd")
}
