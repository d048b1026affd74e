/// <reference lib="dom" />
import { ancestors, isClipped, isVisible, isWithin, parentOf, textOf } from "./elements.ts"

export const hiddenList =
  ":is(:scope > input, :scope > * > input):is([role=combobox], [aria-haspopup=listbox]), :scope > select, :scope > * > select"
const hiddenOpener = ":scope > :is(button[aria-haspopup], [role=combobox]:not(input))"
const maxListHeight = 90

/** Too narrow for a person to read what is typed: it is there for the caret alone. */
const minTextWidth = 12

/** Words drawn where the input itself would show them: what is chosen, or that nothing is. */
const isDrawnOver = (box: Element, input: Element) => {
  const { bottom, left, right, top } = input.getBoundingClientRect()
  return [...box.children].some((child) => {
    if (isWithin(input, child) || child.matches("label") || child.querySelector("label") || !textOf(child)) return false
    const drawn = child.getBoundingClientRect()
    const middle = (drawn.top + drawn.bottom) / 2
    return isVisible(child) && middle > top && middle < bottom && drawn.left < right - 4 && drawn.right > left + 4
  })
}

const isFor = (tag: string) => (inside: Element) => inside.matches(tag)

/** Can a person put the caret into it and read what they type there? */
const takesText = (input: Element) =>
  isVisible(input) &&
  !isClipped(input) &&
  input.getBoundingClientRect().width >= minTextWidth &&
  getComputedStyle(input).pointerEvents !== "none"

const drawsList = (element: Element | null) => {
  if (!(element instanceof HTMLElement) || element.matches("input, select, [role=combobox]")) return false
  if (element.offsetHeight > maxListHeight || !isVisible(element) || isClipped(element)) return false
  if (element.querySelector(hiddenOpener))
    return ![...element.querySelectorAll("button, [role=combobox]")].some((at) => isVisible(at) && !isClipped(at))
  const within = [...element.querySelectorAll(hiddenList)]
  const inside = within.find(isFor("input")) ?? within[0]
  if (!inside || within.filter(isFor("input")).length > 1 || within.filter(isFor("select")).length > 1) return false
  if (takesText(inside) && !(inside.matches("input") && isDrawnOver(element, inside))) return false
  if (inside.matches("select") && getComputedStyle(element).cursor !== "pointer") return false
  return !element.querySelector("[role=combobox]:not(input)")
}

/**
 * A list drawn by its page: the eye sees a box with what is chosen, the keyboard an input hidden inside it. Of boxes in
 * each other it is the innermost that shows something.
 */
export const isListBox = (element: Element) => {
  if (!drawsList(element)) return false
  const parent = parentOf(element)
  if (parent?.closest("[role=combobox]")) return false
  const shows = (box: Element) => textOf(box) !== ""
  return !(drawsList(parent) && !shows(element)) && ![...element.children].some((box) => drawsList(box) && shows(box))
}

/**
 * A list drawn around its input. Where one can type into that, the input is the control, else what is drawn around it:
 * one that asks for no keyboard is there for the list.
 */
export const isListFrame = (element: Element) => {
  if (!element.matches("[role=combobox]:not(input, textarea)")) return false
  const inputs = [...element.querySelectorAll<HTMLInputElement>("input:not([type=hidden])")]
  return (
    isVisible(element) && !inputs.some((input) => !input.readOnly && input.inputMode !== "none" && takesText(input))
  )
}

const isHiddenSelect = (element: Element | null): element is HTMLSelectElement =>
  element instanceof HTMLSelectElement && !isVisible(element)

/** The hidden select that an input is drawn for: it stands beside the input, or beside the box that holds it alone. */
export const selectBehind = (input: Element) => {
  if (!input.matches("input:not([type=hidden])") || !isVisible(input)) return undefined
  for (const at of [input, ...ancestors(input)].slice(0, 4)) {
    const parent = parentOf(at)
    if (!parent || !isVisible(parent) || at.querySelector("label, textarea")) return undefined
    const inputs = [...at.querySelectorAll("input:not([type=hidden])")].filter(isVisible)
    if (inputs.length > 1) return undefined
    const beside =
      at !== input
        ? [at.previousElementSibling, at.nextElementSibling]
        : input.matches("[readonly]")
          ? [...parent.children]
          : []
    const found = beside.find(isHiddenSelect)
    if (found) return found
  }
  return undefined
}

const isShown = (element: Element) => isVisible(element) && !isClipped(element)

/** Libraries draw their list right behind the select that it stands for: is that one disabled? */
export const isDrawnForDisabled = (element: Element) =>
  [element, ...ancestors(element)].slice(0, 4).some((at) => {
    const before = at.previousElementSibling
    return before instanceof HTMLSelectElement && before.disabled && !isShown(before)
  })
