/// <reference lib="dom" />
import { ancestors, elements, isVisible, refOf, squeeze, textOf } from "./elements.ts"
import { labelOf } from "./labels.ts"

export interface Calendar {
  /** 1 to 12. */
  readonly month: number
  readonly year: number
  /** The days of that month that can be pressed, by their number. */
  readonly days: ReadonlyArray<{ readonly day: number; readonly ref: number }>
  readonly previous: number | undefined
  readonly next: number | undefined
  /** What some want pressed before they give the day to their field. */
  readonly confirm: number | undefined
}

const months = [
  "ene|jan",
  "feb",
  "mar(?!tes)",
  "abr|apr",
  "may",
  "jun",
  "jul",
  "ago|aug",
  "sep",
  "oct",
  "nov",
  "dic|dec"
]
const weekdays = /(^|[^a-z])(lun|mi[eé]|jue|vie|s[aá]b|dom|mon|tue|wed|thu|fri)[a-z]*/i
// "Mar" stands for Tuesday as well.
const monthOf = (text: string) => {
  const find = (rest: string) =>
    months.findIndex((name) => new RegExp(`(^|[^a-z])(${name})${rest}([^a-z]|$)`, "i").test(text)) + 1
  return find("[a-zñ]{1,9}") || (weekdays.test(text) ? find("(?<!mar)") : find(""))
}

const outside =
  /(?:\b|_)(old|new|other|outside|disabled|muted|prevMonthDay|nextMonthDay)\b|other-?month|flatpickr-disabled|unselectable|outside/i

const isDay = (element: Element) => {
  if (!element.matches("td, [role=gridcell], button, [class*=day]")) return false
  if (!/^(0?[1-9]|[12]\d|3[01])$/.test(squeeze(element.textContent)) || !isVisible(element)) return false
  if (
    ![...element.children].every(
      (child) => squeeze(child.textContent) === "" || squeeze(child.textContent) === squeeze(element.textContent)
    )
  )
    return false
  return !element.querySelector("td, [role=gridcell], button, [class*=day]")
}

const isOutside = (element: Element) => {
  const around = [element, ...ancestors(element)].slice(0, 2)
  return around.some(
    (at) => outside.test(at.getAttribute("class") ?? "") || at.matches("[aria-disabled=true], :disabled")
  )
}

const said = (element: Element) =>
  ["class", "aria-label", "title", "data-action"].map((name) => element.getAttribute(name) ?? "").join(" ")

const turner = (box: Element, pattern: RegExp, arrow: RegExp) => {
  const found = [...elements(box)].find(
    (element) =>
      element.matches("button, a, th, span[class], div[class], i[class]") &&
      isVisible(element) &&
      (pattern.test(said(element)) || arrow.test(squeeze(element.textContent))) &&
      !/year|año|decade|decada/i.test(said(element))
  )
  return found && refOf(found)
}

/** The day that the keyboard has been led to, as some calendars do with what was typed. */
export const dayInFocus = () => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at?.matches("td, [role=gridcell]") && isDay(at)
    ? { day: Number(squeeze(at.textContent)), ref: refOf(at) }
    : undefined
}

const confirming = /^(aplicar|aceptar|ok|listo|hecho|confirmar|apply|done)$/i

const confirmer = (first: Element) => {
  for (const box of [...ancestors(first)].slice(0, 10)) {
    const found = [...elements(box)].find(
      (at) => at.matches("button, a, [role=button]") && confirming.test(textOf(at)) && isVisible(at)
    )
    if (found) return refOf(found)
    if (box.matches("form, body")) return undefined
  }
  return undefined
}

const leaf = () => {
  const cells = [...elements(document)].filter(isDay)
  const [first] = cells
  if (!first || cells.length < 28) return undefined
  for (const box of ancestors(first)) {
    const chosen = [...box.querySelectorAll("select")].map((select) => select.selectedOptions[0]?.text ?? "").join(" ")
    const typed = [...box.querySelectorAll("input")].map((input) => input.value).join(" ")
    const text = `${textOf(box).replace(/\d{1,2}(?!\d)/g, " ")} ${chosen} ${typed}`
    const month = monthOf(chosen) || monthOf(text)
    const year = Number(/(?<!\d)(20\d\d)(?!\d)/.exec(`${chosen} ${typed} ${textOf(box)}`)?.[1])
    if (month === 0 || Number.isNaN(year)) continue
    return { box, first, month, year, cells: cells.filter((cell) => !isOutside(cell)) }
  }
  return undefined
}

const dayOf = (cell: Element) => Number(squeeze(cell.textContent))

/** The calendar that is open over the page, if one is: what month it shows, its days, and how to turn its leaves. */
export const calendar = (): Calendar | undefined => {
  const open = leaf()
  return (
    open && {
      month: open.month,
      year: open.year,
      days: open.cells.map((cell) => ({ day: dayOf(cell), ref: refOf(cell) })),
      previous: turner(open.box, /prev|anterior/i, /^[‹<←❮◀]$/),
      next: turner(open.box, /next|siguiente|posterior/i, /^[›>→❯▶]$/),
      confirm: confirmer(open.first)
    }
  )
}

const isChosen = (cell: Element) =>
  [cell, ...cell.children, ...[...ancestors(cell)].slice(0, 1)].some(
    (at) =>
      at.matches("[aria-selected=true], [aria-pressed=true]") ||
      /selected|current-day/.test(at.getAttribute("class") ?? "")
  )

const floats = (element: Element) => /absolute|fixed/.test(getComputedStyle(element).position)
const field = "input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button])"

/** Is there a field that the day of a calendar goes to? */
const hasField = () =>
  [...elements(document)].some(
    (element) =>
      element.matches(field) &&
      isVisible(element) &&
      /fecha|\bd[ií]as?\b|date|dd\/mm|calend/i.test(
        `${labelOf(element)} ${element.getAttribute("placeholder") ?? ""} ${said(element)} ${element.id}`
      )
  )

/** A calendar that stands in the page for the want of a field: where it is, and the day that is chosen in it. */
export const standingCalendar = (): { readonly box: Element; readonly value: string } | undefined => {
  // Where there are no weeks there is none: most pages are spared the search.
  if (![...elements(document)].some((element) => element.matches("table, [role=grid], [class*=calendar]")))
    return undefined
  const open = leaf()
  if (!open || [open.box, ...ancestors(open.box)].some(floats) || hasField()) return undefined
  const chosen = open.cells.find(isChosen)
  const two = (number: number) => String(number).padStart(2, "0")
  return { box: open.box, value: chosen ? `${open.year}-${two(open.month)}-${two(dayOf(chosen))}` : "" }
}
