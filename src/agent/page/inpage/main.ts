/// <reference lib="dom" />
import type { FrameLook } from "../Look.ts"
import { isButton, readButton, textOfRow } from "./buttons.ts"
import { calendar, dayInFocus, standingCalendar } from "./calendar.ts"
import { captchaImage, captchas } from "./captchas.ts"
import { calm, changed, changes, rest, spoken } from "./changes.ts"
import { heldBy, isControl, pressable, readControl } from "./controls.ts"
import { findDialogs } from "./dialogs.ts"
import {
  ancestors,
  elementOf,
  elements,
  isCovered,
  isUnderLabel,
  isVisible,
  isWithin,
  refOf,
  textOf
} from "./elements.ts"
import { listensForKeys, listensForPress } from "./listeners.ts"
import { blank, focused, under } from "./pointer.ts"
import { readTexts } from "./texts.ts"
import "./veil.ts"

/** Everything visible in this frame, read in one go. */
const look = (): FrameLook => {
  const dialogs = findDialogs()
  const standing = standingCalendar()
  const all = [...elements(document)].filter(
    (element) => !standing || !isWithin(element, standing.box) || element === standing.box
  )
  return {
    url: location.href,
    title: document.title,
    changes: changes(),
    controls: all.flatMap((element, order) => {
      if (standing && element === standing.box)
        return [{ ...readControl(element, order, dialogs), type: "calendar", readOnly: true, value: standing.value }]
      return isControl(element) ? [readControl(element, order, dialogs)] : []
    }),
    buttons: all.flatMap((element, order) =>
      element !== standing?.box && isButton(element) ? [readButton(element, order, dialogs)] : []
    ),
    texts: readTexts(dialogs),
    rows: all
      .filter((element) => element.matches("tr, [role=row]"))
      .slice(0, 100)
      .map(textOfRow)
      .filter((row) => row !== ""),
    spoken: [...spoken()],
    dialogs: dialogs.map((element) => ({
      ref: refOf(element),
      text: textOf(element).slice(0, 1000),
      framed: element.querySelector("iframe, frame") !== null
    })),
    captchas: captchas()
  }
}

/** What a control holds now, to read back what was typed. */
const valueAt = (ref: number) => {
  const element = elementOf(ref)
  return element ? heldBy(element) : undefined
}

/**
 * Puts the caret into a text field, with all that it holds selected. False where a text cannot be put in there in one
 * go: where the page listens for single keys or presses, or something lies over it.
 */
const enter = (ref: number) => {
  const element = elementOf(ref)
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return false
  if (element.readOnly || listensForKeys(element) || listensForPress(element)) return false
  element.focus()
  element.select()
  return element.matches(":focus") && !isCovered(element)
}

/** An element to act on: one that has been hidden since it was looked at is none. */
const shown = (ref: number) => {
  const element = elementOf(ref)
  return element && (isVisible(element) || isUnderLabel(element)) ? element : undefined
}

const face = (ref: number) => {
  const element = elementOf(ref)
  return element ? pressable(element) : undefined
}

const imageBeside = (ref: number) => {
  const element = elementOf(ref)
  return element ? captchaImage(element) : undefined
}

const icon = "button, [role=button], img, input[type=image], svg, i, [class*=icon], [class*=trigger]"
const buttonTypes = ["hidden", "image", "button", "submit", "reset"].map((type) => `:not([type=${type}])`).join("")

/** What opens the list or calendar of a field that does not open it itself: the icon beside it, or around the corner. */
const opener = (ref: number) => {
  const element = elementOf(ref)
  for (const at of element ? [...ancestors(element)].slice(0, 4) : []) {
    if (at.querySelectorAll(`input${buttonTypes}, select, textarea`).length > 1) return undefined
    const beside = [...at.querySelectorAll(icon)].find(
      (found) => found !== element && isVisible(found) && getComputedStyle(found).pointerEvents !== "none"
    )
    if (beside) return beside
  }
  return undefined
}

const item = "li, a, button, [role=option], [role=menuitem]"

/**
 * The smallest visible elements that bear a text, so that an item of an open list can be pressed; and what items they are
 * drawn around. Without the items of the list that a control holds open already, as where the focus came to it.
 */
const bearing = (holder?: number) => {
  const isOpen = holder !== undefined && elementOf(holder)?.getAttribute("aria-expanded") === "true"
  const found: Array<{ ref: number; text: string; around: ReadonlyArray<number> }> = []
  for (const element of elements(document)) {
    if (element.matches("script, style, option, html, body, head *") || !isVisible(element)) continue
    if (isOpen && element.closest("[role=option]")) continue
    const text = textOf(element)
    if (text.length === 0 || text.length > 200) continue
    if ([...element.children].some((child) => textOf(child) === text && isVisible(child))) continue
    const items = [...element.querySelectorAll(item)].filter(isVisible)
    found.push({ ref: refOf(element), text, around: items.map(refOf) })
  }
  return found
}

/** Is the calendar of a field still open over the page? */
const calendarIsOpen = (ref: number) =>
  elementOf(ref)?.getAttribute("aria-expanded") === "true" || calendar() !== undefined

export const eyes = {
  look,
  calendar,
  calendarIsOpen,
  dayInFocus,
  opener,
  imageBeside,
  enter,
  valueAt,
  changed,
  shown,
  face,
  bearing,
  changes,
  calm,
  rest,
  under,
  blank,
  focused
}

Object.defineProperty(globalThis, Symbol.for("timbra.eyes"), { value: eyes, configurable: true })
