/// <reference lib="dom" />
import { ancestors, elements, isVisible, isWithin, refOf, textOf } from "./elements.ts"

const role = "[role=dialog], [role=alertdialog], [aria-modal=true], dialog[open], :popover-open"
const name = /modal|dialog|swal|popup|alertify|lightbox|jconfirm|toast|noty|growl|messenger|snack/i
const list =
  "[role=listbox], [role=menu], [role=tree], [role=grid], select, ul[class*=results], [class*=datepicker], [class*=calendar]"

const floats = (element: Element) => {
  const style = getComputedStyle(element)
  if (style.position === "fixed") return true
  return style.position === "absolute" && Number(style.zIndex) >= 10
}

const isDialog = (element: Element) => {
  if (element === document.body || element === document.documentElement || !isVisible(element)) return false
  if (element.matches(list)) return false
  const text = textOf(element)
  if (element.matches(role)) return text.length > 0 && !element.querySelector("[role=listbox]")
  if (!floats(element) || text.length === 0 || element.matches("header, nav, footer, aside")) return false
  const box = element.getBoundingClientRect()
  if (box.width < 120 || box.height < 30) return false
  if (element.querySelector(list) && !element.querySelector("input, button")) return false
  const named = name.test(`${element.id} ${element.getAttribute("class") ?? ""}`)
  // A bar that sticks to an edge over the whole width is furniture, unless it calls itself a message.
  const bar = box.height < innerHeight / 3 && box.width > innerWidth * 0.9 && !named
  if (bar) return false
  if (named) return true
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
  if (middle === null || !isWithin(middle, element)) return false
  const veils = box.width * box.height > innerWidth * innerHeight * 0.4
  return veils || Number(getComputedStyle(element).zIndex) >= 10
}

/** What lies over the page: dialogs, modals, toasts; the outermost of each. */
export const findDialogs = () => {
  const found: Array<Element> = []
  for (const element of elements(document)) {
    if (!found.some((outer) => isWithin(element, outer)) && isDialog(element)) found.push(element)
  }
  return found
}

export const dialogRefOf = (element: Element, dialogs: ReadonlyArray<Element>) => {
  if (dialogs.length === 0) return 0
  if (dialogs.includes(element)) return refOf(element)
  for (const outer of ancestors(element)) if (dialogs.includes(outer)) return refOf(outer)
  return 0
}
