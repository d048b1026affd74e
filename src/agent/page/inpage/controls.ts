/// <reference lib="dom" />
import type { Control } from "../Look.ts"
import { dialogRefOf } from "./dialogs.ts"
import {
  ancestors,
  isClipped,
  isCovered,
  isUnderLabel,
  isVisible,
  parentOf,
  refOf,
  squeeze,
  textOf
} from "./elements.ts"
import { groupOf, hintOf, isDrawnTick, labelOf, ownText } from "./labels.ts"
import { hiddenList, isDrawnForDisabled, isListBox, isListFrame, selectBehind } from "./lists.ts"

const field =
  "input, textarea, select, [contenteditable=''], [contenteditable=true], [role=combobox], [role=textbox], [role=checkbox], [role=radio], [role=switch], button[aria-haspopup=listbox]"
const notField = "input:is([type=hidden], [type=submit], [type=button], [type=image], [type=reset])"

// Dojo draws the arrow of a list as an input.
const drawing = "input[readonly]:is([role~=button], [role~=presentation])"

// What the well-known libraries call an input that brings up a list to choose from.
const suggesting =
  /\b(ui-autocomplete-input|tt-input|typeahead|rcbInput|autocomplete__input|easy-autocomplete)\b|(^|\s)autocomplete(\s|$)/
const suggests = (element: Element) =>
  suggesting.test(element.className) || /typeahead|autocomplete/.test(element.getAttribute("data-provide") ?? "")

const kindOf = (element: Element): Control["kind"] => {
  const type = element.getAttribute("type")?.toLowerCase()
  const role = element.getAttribute("role")
  if (element instanceof HTMLSelectElement) return "select"
  if (isListBox(element)) return "chooser"
  if (type === "checkbox" || role === "checkbox" || role === "switch" || isDrawnTick(element)) return "checkbox"
  if (type === "radio" || role === "radio") return "radio"
  if (type === "password" || type === "file") return type
  const typed = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
  if (role === "combobox" || element.getAttribute("aria-haspopup") === "listbox") {
    return typed && !element.readOnly ? "combobox" : "chooser"
  }
  if (typed && !element.readOnly && suggests(element)) return "combobox"
  if (selectBehind(element)) return typed && !element.readOnly ? "combobox" : "chooser"
  if (typed && (element.hasAttribute("list") || /list|both/.test(element.getAttribute("aria-autocomplete") ?? "")))
    return "combobox"
  return "text"
}

/** A date whose day, month and year are boxes of their own inside one field. */
const hasSections = (element: Element) => element.querySelectorAll("[role=spinbutton][contenteditable]").length >= 2
const isSections = (element: Element) =>
  element.matches("[role=group]") &&
  hasSections(element) &&
  ![...element.querySelectorAll("[role=group]")].some(hasSections)

/** A styled tick box is often an invisible input with a visible label: that is what a person presses. */
export const pressable = (element: Element): Element => {
  if (isVisible(element) || !(element instanceof HTMLInputElement)) return element
  const face = [...(element.labels ?? [])].find(isVisible) ?? parentOf(element)
  return face ?? element
}

/** A labelled button that opens a calendar and then shows the day: a field that only looks like no field. */
const isDayButton = (element: Element) =>
  element instanceof HTMLButtonElement &&
  element.getAttribute("aria-haspopup") === "dialog" &&
  element.labels.length > 0 &&
  /fecha|\bd[ií]a\b|date|\d[-/.]\d/i.test(`${labelOf(element)} ${textOf(element)}`)

export const isControl = (element: Element) => {
  if (isSections(element) || isDayButton(element) || isDrawnTick(element)) return isVisible(element)
  if (isListBox(element)) return true
  if (element.matches("[role=spinbutton][contenteditable]")) return false
  // The line in which a list shows its choice is no field beside it.
  if (element.matches("[role=textbox]:not(input, textarea)") && element.parentElement?.closest("[role=combobox]"))
    return false
  if (!element.matches(field) || element.matches(notField) || element.matches(drawing)) return false
  if ([...ancestors(element)].slice(0, 2).some(isDrawnTick)) return false
  // One inside the box of a list is what opens that.
  if (element.matches("button[aria-haspopup=listbox]"))
    return isVisible(element) && !isClipped(element) && ![...ancestors(element)].slice(0, 3).some(isListBox)
  // What is drawn around a tick box says the same as the box.
  if (element.matches(":is([role=checkbox], [role=radio], [role=switch]):has(input:is([type=checkbox], [type=radio]))"))
    return false
  if (element.matches("[role=combobox]:not(input, textarea)") && element.querySelector("input:not([type=hidden])"))
    return isListFrame(element)
  const frame = element instanceof HTMLInputElement ? element.closest("[role=combobox]:not(input)") : null
  if (frame && (isListFrame(frame) || !isVisible(element))) return false
  if (element.matches("input[role=combobox]") && [...ancestors(element)].slice(0, 2).some(isListBox)) return false
  const tick = /checkbox|radio/.test(element.getAttribute("type") ?? "")
  if (tick && element.matches("input")) return isVisible(pressable(element))
  const typed = element.matches("input:not([type=checkbox], [type=radio], [role=combobox]), textarea")
  return (isVisible(element) || (typed && isUnderLabel(element))) && !isClipped(element)
}

/** A label that floats in the box of a list is not what is chosen. */
const besideLabel = (box: Element, label: string) => ownText(box, (node) => label !== "" && ownText(node) === label)

export const heldBy = (element: Element) => {
  if (isDayButton(element)) return /\d/.test(textOf(element)) ? textOf(element) : ""
  if (isSections(element)) return squeeze(element.textContent).replace(/[\u2066-\u2069\u200e\u200f]/g, "")
  if (isListBox(element)) return besideLabel(element, labelOf(element))
  // An option without a value is the list's own name for itself: nothing is chosen.
  if (element instanceof HTMLSelectElement) return element.value === "" ? "" : squeeze(element.selectedOptions[0]?.text)
  if (element instanceof HTMLInputElement) return element.value || drawnFor(element)
  if (element instanceof HTMLTextAreaElement) return element.value
  return element.querySelector("select, input, label") ? besideLabel(element, labelOf(element)) : textOf(element)
}

const drawnBefore = (input: HTMLInputElement) => {
  const { bottom, left, top } = input.getBoundingClientRect()
  const label = labelOf(input)
  for (let at = input.previousElementSibling; at; at = at.previousElementSibling) {
    const drawn = at.getBoundingClientRect()
    const middle = (drawn.top + drawn.bottom) / 2
    const text = at.matches("label") || !isVisible(at) ? "" : ownText(at)
    if (text !== "" && text !== label && middle > top && middle < bottom && drawn.right <= left + 1) return text
  }
  return ""
}

/** What was chosen may be drawn beside the input that searches. */
const drawnFor = (input: HTMLInputElement) => {
  const behind = selectBehind(input)
  if (behind) return behind.value === "" ? "" : squeeze(behind.selectedOptions[0]?.text)
  const frame = input.closest("[role=combobox]:not(input)")
  if (frame) return besideLabel(frame, labelOf(input))
  return input.matches("[role=combobox]") ? drawnBefore(input) : ""
}

const demand =
  /obligatori|requerid|(falta|capture|captura|ingrese|ingresa|seleccione|selecciona|elija|elige|escriba)\b.{0,30}(dato|campo|valor|opci[oó]n)|no puede (estar|quedar) vac/i

const isRequired = (element: Element, label: string) =>
  demand.test(hintOf(element)) ||
  (element as HTMLInputElement).required === true ||
  element.getAttribute("aria-required") === "true" ||
  /[*✱]|\b(obligatori[oa]|requerid[oa])\b/i.test(label)

const isEnabled = (element: Element) =>
  !element.matches(":disabled, [aria-disabled=true]") &&
  !element.closest("[inert], fieldset:disabled") &&
  !(isListBox(element) && element.querySelector(hiddenList)?.matches(":disabled")) &&
  !isDrawnForDisabled(element)

const optionsOf = (element: Element) =>
  element instanceof HTMLSelectElement
    ? [...element.options].map((option) => ({
        text: squeeze(option.text),
        value: option.value,
        disabled:
          option.disabled || (option.parentElement instanceof HTMLOptGroupElement && option.parentElement.disabled)
      }))
    : element instanceof HTMLInputElement && element.list
      ? [...element.list.options].map((option) => ({
          text: squeeze(option.label),
          value: option.value,
          disabled: false
        }))
      : []

const placeholderOf = (element: Element) => {
  const [first] = element instanceof HTMLSelectElement ? element.options : []
  const unchosen = first && first.value === "" ? squeeze(first.text) : ""
  return attribute(element, "placeholder") || attribute(element, "data-placeholder") || unchosen
}

const rowOf = (element: Element) => {
  const row = element.matches("[type=checkbox], [type=radio], [role=checkbox], [role=radio]")
    ? element.closest("tr, [role=row], li")
    : null
  return row ? textOf(row).slice(0, 300) : ""
}

const attribute = (element: Element, name: string) => element.getAttribute(name) ?? ""

export const readControl = (element: Element, order: number, dialogs: ReadonlyArray<Element>): Control => {
  const input = element as HTMLInputElement
  const label = labelOf(element)
  const box = pressable(element).getBoundingClientRect()
  const form = element.closest("form")
  return {
    ref: refOf(element),
    order,
    kind: kindOf(element),
    type: isSections(element)
      ? "sections"
      : element instanceof HTMLInputElement
        ? element.type
        : element.tagName.toLowerCase(),
    label,
    group: groupOf(element),
    row: rowOf(element),
    placeholder: placeholderOf(element),
    title: attribute(element, "title") || attribute(element, "aria-description"),
    hint: hintOf(element),
    name: attribute(element, "name") || attribute(element, "formcontrolname"),
    id: element.id,
    autocomplete: attribute(element, "autocomplete"),
    pattern: attribute(element, "pattern"),
    maxLength: input.maxLength > 0 ? input.maxLength : -1,
    step: attribute(element, "step"),
    value: heldBy(element),
    checked:
      input.checked === true ||
      attribute(element, "aria-checked") === "true" ||
      (isDrawnTick(element) && !/unchecked/i.test(attribute(element, "class"))),
    options: optionsOf(element),
    required: isRequired(element, label),
    enabled: isEnabled(element),
    readOnly: input.readOnly === true || isDayButton(element) || attribute(element, "aria-readonly") === "true",
    invalid:
      attribute(element, "aria-invalid") === "true" ||
      /(^|[\s-])(is-invalid|ng-invalid-\w+|error)(\s|$)/.test(attribute(element, "class")),
    form: form ? refOf(form) : 0,
    dialog: dialogRefOf(element, dialogs),
    covered: isCovered(pressable(element)),
    box: [Math.round(box.x + scrollX), Math.round(box.y + scrollY), Math.round(box.width), Math.round(box.height)]
  }
}
