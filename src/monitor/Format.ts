import { language } from "./Text.ts"

const locale = () => (language.value === "en" ? "en-US" : "es-MX")

export const moment = (iso: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso))

export const clock = (iso: string) =>
  new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(
    new Date(iso)
  )

/** The currency is not told; an amount that is no number is shown as it came. */
export const money = (amount: string) => {
  const value = Number(amount)
  if (!Number.isFinite(value)) return amount
  return new Intl.NumberFormat(locale(), { style: "currency", currency: "MXN" }).format(value)
}

export const size = (bytes: number) => {
  const [value, unit] =
    bytes < 1000 ? [bytes, "byte"] : bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"]
  return new Intl.NumberFormat(locale(), { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(
    value
  )
}

export const count = (value: number) => new Intl.NumberFormat(locale()).format(value)

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1]
] as const

/** How long from `now` until then, in the largest unit that is not zero. */
export const until = (iso: string, now: number) => {
  const seconds = Math.max(0, Math.round((Date.parse(iso) - now) / 1000))
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? units[3]
  return new Intl.RelativeTimeFormat(locale(), { numeric: "always" }).format(Math.floor(seconds / length), unit)
}

export const seconds = (ms: number) =>
  new Intl.NumberFormat(locale(), { style: "unit", unit: "second", maximumFractionDigits: 1 }).format(ms / 1000)

/** The shop, as its address names it. */
export const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url)
