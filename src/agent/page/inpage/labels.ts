/// <reference lib="dom" />
import { isVisible, isWithin, parentOf, squeeze, textOf } from "./elements.ts"

const controls = "input:not([type=hidden]), select, textarea, [role=combobox], [role=textbox]"
const maxLabel = 120

const short = (text: string) => (text.length <= maxLabel ? text : "")

// What stands inside the element is its value, not its name.
const byIds = (element: Element, attribute: string) => {
  const root = element.getRootNode() as Document | ShadowRoot
  const ids = (element.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean)
  const named = ids.map((id) => root.getElementById(id)).filter((by) => by !== null && !isWithin(by, element))
  return squeeze(named.map((by) => by?.textContent).join(" "))
}

/** The text of an element without that of the controls in it, so that a select's options are no label. */
export const ownText = (element: Element): string => {
  let text = ""
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += node.textContent
    else if (
      node instanceof Element &&
      !node.matches(`${controls}, button, script, style, option, svg`) &&
      isVisible(node)
    ) {
      text += ` ${ownText(node)} `
    }
  }
  return squeeze(text)
}

const linked = (element: Element) => {
  const labels = (element as HTMLInputElement).labels
  // Some draw one label twice, to let it float.
  return labels ? squeeze([...new Set([...labels].map(ownText))].join(" ")) : ""
}

/** A replaced list stands beside, or around, the hidden select that it replaces: that one has the label. */
const ofHiddenTwin = (element: Element) => {
  if (element.matches("input:not([readonly]), select, textarea")) return ""
  const isTwin = (twin: Element | null | undefined): twin is Element => {
    const parent = twin && parentOf(twin)
    // Hidden alone, not with all that stands around it.
    return !!twin && !isVisible(twin) && !!parent && isVisible(parent)
  }
  const inside = element.querySelector("select, input")
  if (inside && (isTwin(inside) || (inside as HTMLInputElement).inputMode === "none")) return linked(inside)
  let at: Element = element
  for (let depth = 0; depth < 4; depth++) {
    for (const beside of [at.previousElementSibling, at.nextElementSibling]) {
      const twin = beside?.matches("select, input") ? beside : beside?.querySelector("select")
      if (isTwin(twin)) return linked(twin)
    }
    const parent = parentOf(at)
    if (!parent || parent.querySelectorAll(controls).length > 3) return ""
    at = parent
  }
  return ""
}

const inTable = (element: Element) => {
  const cell = element.closest("td, th")
  const row = cell?.closest("tr")
  if (!cell || !row) return ""
  const cells = [...row.children]
  const at = cells.indexOf(cell)
  for (let i = at - 1; i >= 0; i--) {
    const left = cells[i]
    if (left?.querySelector(controls)) break
    const text = left ? textOf(left) : ""
    if (text) return text
  }
  const table = row.closest("table")
  const head = table?.querySelector("thead tr")
  const above = head && head !== row ? head.children[at] : row.previousElementSibling?.children[at]
  return above && !above.querySelector(controls) ? textOf(above) : ""
}

// "Ticket localizado: T-300918 por $ 214.50" tells of something and names nothing.
const statement = /\$ ?\d|\d{5,}/

/** The nearest text before the element that no other control stands between. */
const preceding = (element: Element) => {
  let at: Element = element
  for (let depth = 0; depth < 5; depth++) {
    for (let node = at.previousSibling; node; node = node.previousSibling) {
      if (node instanceof Element) {
        if ([node, ...node.querySelectorAll(controls)].some((inner) => inner.matches(controls) && isVisible(inner)))
          return ""
        if (node.matches("script, style, template") || !isVisible(node)) continue
      }
      const text = node instanceof Element ? textOf(node) : squeeze(node.textContent)
      if (/[\p{L}\d]/u.test(text)) return statement.test(text) ? "" : short(text)
    }
    const parent = parentOf(at)
    if (!parent || parent.matches("form, body, fieldset, table")) return ""
    at = parent
  }
  return ""
}

/** Some draw one control with a table of its own: what names it stands outside. */
const ownFrame = (element: Element) => {
  const table = element.closest("table")
  return table && table.querySelectorAll(controls).length === 1 && table.rows.length === 1 ? table : element
}

const following = (element: Element) => {
  for (let node = element.nextSibling; node; node = node.nextSibling) {
    if (node instanceof Element && (node.matches(controls) || node.querySelector(controls))) return ""
    const text = node instanceof Element ? textOf(node) : squeeze(node.textContent)
    if (text) return short(text)
  }
  return ""
}

const isTick = (element: Element) =>
  element.matches("[type=checkbox], [type=radio], [role=checkbox], [role=radio], [role=switch]")

/** What names this control for a person, the most visible source first. */
export const labelOf = (element: Element) =>
  linked(element) ||
  byIds(element, "aria-labelledby") ||
  squeeze(element.getAttribute("aria-label")) ||
  ofHiddenTwin(element) ||
  (isTick(element) ? following(element) : "") ||
  inTable(element) ||
  // Of a tick box that chooses a row, the row tells; what stands above is another row.
  (isTick(element) && element.closest("tr, [role=row]") ? "" : preceding(ownFrame(element))) ||
  (isTick(element) ? short(textOf(parentOf(element) ?? element)) : "")

/** What explains a control: said of it by the page, or standing behind it. */
export const hintOf = (element: Element) =>
  byIds(element, "aria-describedby") || (isTick(element) ? "" : following(element))

/** The heading of the group that the control stands in. */
export const groupOf = (element: Element) => {
  const set = element.closest("fieldset, [role=group], [role=radiogroup]")
  const legend = set?.querySelector("legend")
  if (legend) return textOf(legend)
  if (set) return byIds(set, "aria-labelledby") || squeeze(set.getAttribute("aria-label"))
  return isTick(element) ? preceding(parentOf(element) ?? element) : ""
}
