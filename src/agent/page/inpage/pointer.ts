/// <reference lib="dom" />
import { isButton } from "./buttons.ts"
import { isControl } from "./controls.ts"
import { ancestors, refOf, squeeze, textOf } from "./elements.ts"
import { labelOf } from "./labels.ts"

export interface Target {
  readonly ref: number
  readonly kind: "control" | "button"
  readonly label: string
  /** The form it stands in; 0: in none. */
  readonly form: number
}

const targetOf = (element: Element): Target | undefined => {
  for (const at of [element, ...ancestors(element)]) {
    const form = at.closest("form")
    const target = { ref: refOf(at), form: form ? refOf(form) : 0 }
    if (isControl(at)) return { ...target, kind: "control", label: labelOf(at) }
    if (isButton(at)) {
      const said = at instanceof HTMLInputElement ? at.value : textOf(at)
      return { ...target, kind: "button", label: squeeze(said || at.getAttribute("aria-label")).slice(0, 120) }
    }
  }
  return undefined
}

/** What a press at this point of the window meets. */
export const under = (x: number, y: number) => {
  let top = document.elementFromPoint(x, y)
  for (let inner = top?.shadowRoot?.elementFromPoint(x, y); inner && inner !== top; ) {
    top = inner
    inner = top.shadowRoot?.elementFromPoint(x, y)
  }
  return top ? targetOf(top) : undefined
}

/** A point by the left edge of the window, from the document's corner, where there is nothing but the page's own ground. */
export const blank = () => {
  const x = 2
  for (let y = 2; y < innerHeight; y += 20) {
    const top = document.elementFromPoint(x, y)
    if (top?.matches("html, body, :has(:focus)") && !top.matches("label") && under(x, y) === undefined) {
      const { left, top: above } = document.documentElement.getBoundingClientRect()
      return { x: x - left, y: y - above }
    }
  }
  return undefined
}

/** What the keys go to, if to anything in this very document. */
export const focused = () => {
  if (!document.hasFocus()) return undefined
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at && at !== document.body && !at.matches("iframe, frame") ? targetOf(at) : undefined
}
