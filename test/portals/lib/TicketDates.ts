const months = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]

const isoDate = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/Mexico_City" })

const dayMs = 24 * 60 * 60 * 1000

/** A day as tickets and forms write it. */
export interface TicketDate {
  readonly iso: string
  readonly dayMonthYear: string
  readonly dayMonthShortYear: string
  readonly monthDayYear: string
  /** `03-NOV-2026` */
  readonly spelled: string
  /** As calendar widgets mark their cells. */
  readonly utcMs: number
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  readonly day: number
}

const fromIso = (iso: string): TicketDate => {
  const [year = "", month = "", day = ""] = iso.split("-")
  return {
    iso,
    dayMonthYear: `${day}/${month}/${year}`,
    dayMonthShortYear: `${day}/${month}/${year.slice(2)}`,
    monthDayYear: `${month}/${day}/${year}`,
    spelled: `${day}-${months[Number(month) - 1]}-${year}`,
    utcMs: Date.UTC(Number(year), Number(month) - 1, Number(day)),
    year: Number(year),
    month: Number(month),
    day: Number(day)
  }
}

/** The day so many days before today, where the shop is. */
export const daysAgo = (days: number) => fromIso(isoDate.format(new Date(Date.now() - days * dayMs)))

/** Reads back what `dayMonthYear`, `dayMonthShortYear` and `spelled` print. */
export const readDate = (text: string) => {
  const [day = "", month = "", year = ""] = text.trim().split(/[/-]/)
  const number = months.indexOf(month) + 1 || Number(month)
  return fromIso(`${year.padStart(4, "20")}-${String(number).padStart(2, "0")}-${day}`)
}
