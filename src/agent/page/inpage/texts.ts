/// <reference lib="dom" />
import type { Text } from "../Look.ts"
import { dialogRefOf } from "./dialogs.ts"
import { ancestors, isVisible, refOf, squeeze } from "./elements.ts"

const maxText = 400
const skipped = "script, style, noscript, template, option, select, textarea, svg, button *"
const block = /^(block|flex|grid|table|list-item|table-cell|table-row|flow-root|inline-block|inline-flex)$/

const alarming = /error|danger|invalid|alert|warn|fail|help-block|mensaje|message|notice|toast|swal|growl/i
const pleasing = /success|exito|ok\b|correct/i

/** By what the line's element is called, and the colour of what says most in it. */
const toneOf = (element: Element, said: Element): Text["tone"] => {
  let depth = 0
  for (let at: Element | null = element; at && depth < 4; at = at.parentElement, depth++) {
    const name = `${at.id} ${at.getAttribute("class") ?? ""}`
    if (pleasing.test(name)) return "success"
    if (/^(alert|alertdialog)$/.test(at.getAttribute("role") ?? "") || alarming.test(name)) return "alert"
  }
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(said).color.match(/\d+/g) ?? []).map(Number)
  if (red > 140 && green < 90 && blue < 90) return "alert"
  return green > 100 && red < 80 && blue < 100 ? "success" : "plain"
}

/** The element whose line or paragraph this text node belongs to. */
const holderOf = (node: Node) => {
  const parent = node.parentElement
  if (!parent) return undefined
  if (block.test(getComputedStyle(parent).display)) return parent
  for (const at of ancestors(parent)) if (block.test(getComputedStyle(at).display)) return at
  return parent
}

function* textNodes(root: Node): Generator<Node> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      if (node.shadowRoot) yield* textNodes(node.shadowRoot)
    } else if (node.nodeValue && /\S/.test(node.nodeValue)) yield node
  }
}

/** Every visible line of text with its place. */
export const readTexts = (dialogs: ReadonlyArray<Element>): ReadonlyArray<Text> => {
  const lines = new Map<Element, { readonly text: string; readonly said: Element; readonly most: number }>()
  for (const node of textNodes(document.documentElement)) {
    const parent = node.parentElement
    if (!parent || parent.matches(skipped) || !isVisible(parent)) continue
    const holder = holderOf(node)
    if (!holder) continue
    const value = node.nodeValue ?? ""
    const { text, said, most } = lines.get(holder) ?? { text: "", said: parent, most: 0 }
    const more = value.length > most ? { said: parent, most: value.length } : { said, most }
    lines.set(holder, { text: `${text} ${value}`, ...more })
  }
  return [...lines].map(([element, { said, text }]) => ({
    ref: refOf(element),
    text: squeeze(text).slice(0, maxText),
    tone: toneOf(element, said),
    dialog: dialogRefOf(element, dialogs)
  }))
}
